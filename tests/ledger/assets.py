"""The table of assets, for tests whose clean-up takes rows away."""

from importlib import import_module

from kith.ledger.models import Asset

SEEDED: list[tuple[str, str, int]] = import_module("kith.ledger.migrations.0002_guards").ASSETS


def bring_back_assets() -> None:
    Asset.objects.bulk_create((Asset(code=c, kind=k, scale=s) for c, k, s in SEEDED), ignore_conflicts=True)
