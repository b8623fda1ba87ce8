"""The JSON API under /api/v1."""

from ninja import NinjaAPI

api = NinjaAPI(title="Kith", version="1", urls_namespace="api")
