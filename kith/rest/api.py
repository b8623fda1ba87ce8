"""The JSON API under /api/v1."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.urls import URLPattern, URLResolver, path, re_path, reverse
from django.utils.cache import patch_vary_headers
from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema
from ninja.openapi.views import openapi_json
from ninja.renderers import JSONRenderer

from kith.bring import api as bring
from kith.rest import (
    docs,
    limits,
    routes_chains,
    routes_channels,
    routes_chapters,
    routes_circles,
    routes_columns,
    routes_communities,
    routes_conduct,
    routes_coupons,
    routes_daily,
    routes_deeds,
    routes_entering,
    routes_events,
    routes_flags,
    routes_groups,
    routes_hooks,
    routes_ideas,
    routes_importing,
    routes_inviting,
    routes_launch,
    routes_lived,
    routes_map,
    routes_membership,
    routes_messages,
    routes_network,
    routes_notices,
    routes_orders,
    routes_outreach,
    routes_own,
    routes_pulse,
    routes_rush,
    routes_search,
    routes_share,
    routes_simulations,
    routes_spaces,
    routes_talk,
    routes_tiers,
    routes_tokens,
    routes_writing,
)
from kith.rest.caller import PersonalToken
from kith.rest.data import MethodNotAllowed, NoSuchRoute, TooLarge, TooManyRequests
from kith.rest.parsing import Checked
from kith.rest.refusals import answer

UPLOAD_LIMIT = 11_000_000  # ten megabytes of picture and its wrapping
FILE_LIMIT = bring.FILE_GIGABYTES * 10**9 + 1_000_000  # for an import, with its wrapping
View = Callable[..., HttpResponse]


class Plain(JSONRenderer):
    """Chinese as it is written, not as escapes."""

    json_dumps_params = {"ensure_ascii": False}  # noqa: RUF012 -- ninja's own way


def guarded(view: View, most: int = UPLOAD_LIMIT) -> View:
    """Wrap a view of the API: HEAD is answered, a wrong method in JSON, and no cache keeps what one person may see."""

    def door(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        is_head = request.method == "HEAD"
        if is_head:
            request.method = "GET"
        response = _turned_away(request, most) or view(request, **kwargs)
        if isinstance(response, HttpResponseNotAllowed):
            response = _not_allowed(request, response["Allow"])
        if is_head:
            request.method = "HEAD"
        response.headers.setdefault("Cache-Control", "no-store")
        patch_vary_headers(response, ["Authorization", "Cookie", "Accept-Language"])
        return response

    door.csrf_exempt = True  # type: ignore[attr-defined]  # a session's writes are checked where it is accepted
    return door


def _turned_away(request: HttpRequest, most: int) -> HttpResponse | None:
    """Refuse what is asked too often from one address, or too large, before anything else costs anything."""
    try:
        limits.check_address(request)
    except TooManyRequests as refusal:
        return answer(request, refusal)
    return answer(request, TooLarge()) if _is_too_large(request, most) else None


def _is_too_large(request: HttpRequest, most: int) -> bool:
    """Tell it before a byte of the body is read."""
    length = request.headers.get("Content-Length", "")
    return length.isascii() and length.isdecimal() and int(length[:20]) > most


def _not_allowed(request: HttpRequest, allow: str) -> HttpResponse:
    response = answer(request, MethodNotAllowed())
    methods = {m.strip() for m in allow.split(",")}
    response["Allow"] = ", ".join(sorted(methods | ({"HEAD"} if "GET" in methods else set())))
    return response


def home(request: HttpRequest) -> HttpResponse:
    """Say where to read on."""
    if request.method != "GET":
        return HttpResponseNotAllowed(["GET"])
    return JsonResponse({"docs": reverse("api:docs"), "openapi": reverse("api:openapi-json")})


def nowhere(request: HttpRequest) -> HttpResponse:
    return answer(request, NoSuchRoute())


def _way(way: dict[str, list[str]], scope: str) -> dict[str, list[str]]:
    """Return a security requirement; a stranger's is the empty one."""
    if "Nobody" in way:
        return {}
    return {"PersonalToken": [scope]} if "PersonalToken" in way else way


class Api(NinjaAPI):
    """Ninja, with every refusal in one shape and no page of its own."""

    def _get_urls(self) -> list[URLResolver | URLPattern]:
        routes = [
            path("", home, name="api-root"),
            path("openapi.json", self.openapi, name="openapi-json"),
            path("docs", self.page, name="docs"),
        ]
        for bound in self._get_bound_routers():
            routes.extend(bound.urls_paths(bound.prefix))
        for route in routes:
            is_file = str(route.pattern).endswith(routes_importing.FILES.rpartition("}")[2])
            route.callback = guarded(route.callback, FILE_LIMIT if is_file else UPLOAD_LIMIT)
        return [*routes, re_path("", guarded(nowhere))]

    def openapi(self, request: HttpRequest) -> HttpResponse:
        return openapi_json(request, self) if request.method == "GET" else HttpResponseNotAllowed(["GET"])

    def page(self, request: HttpRequest) -> HttpResponse:
        return (
            docs.page(request, self.get_openapi_schema())
            if request.method == "GET"
            else HttpResponseNotAllowed(["GET"])
        )

    def on_exception(self, request: HttpRequest, exc: Any) -> HttpResponse:
        return answer(request, exc)

    def get_openapi_schema(self, **kwargs: Any) -> OpenAPISchema:
        """Return the schema, with what ninja does not say right: scopes, ways for strangers, examples."""
        schema = super().get_openapi_schema(**kwargs)
        del schema["components"]["securitySchemes"]["Nobody"]
        scopes = self._scopes()
        for operations in schema["paths"].values():
            for operation in operations.values():
                operation["security"] = [_way(way, scopes[operation["operationId"]]) for way in operation["security"]]
                for parameter in operation["parameters"]:
                    parameter.pop(
                        "examples", None
                    )  # a list, where OpenAPI has a map; the schema beside it has them too
        return schema

    def _scopes(self) -> dict[str, str]:
        views = (view for bound in self._get_bound_routers() for view in bound.path_operations.values())
        return {
            self.get_openapi_operation_id(o): way.scope
            for view in views for o in view.operations for way in o.auth_callbacks if isinstance(way, PersonalToken)
        }  # fmt: skip

    def get_openapi_operation_id(self, operation: Any) -> str:
        return str(operation.view_func.__name__)


DESCRIPTION = """Everything a member or operator can do on the pages, by JSON.

Call with a personal token in `Authorization: Bearer kith_…`; it has exactly your rights, cut by its scopes. Without one
you see what a public community shows to everybody. Every refusal is `{"error", "sentence", "facts"}`: a code for programs,
a sentence in the language of `Accept-Language`, and the facts that fill it. Times are ISO 8601 with an offset. What is not
yours to see is not found (404): the answer never tells whether it exists."""

api = Api(
    title="Kith",
    version="1",
    description=DESCRIPTION,
    urls_namespace="api",
    parser=Checked(),
    renderer=Plain(),
    docs_url=None,
)
for module in (
    routes_communities,
    routes_talk,
    routes_spaces,
    routes_columns,
    routes_ideas,
    routes_events,
    routes_writing,
    routes_search,
    routes_notices,
    routes_messages,
    routes_deeds,
    routes_lived,
    routes_entering,
    routes_inviting,
    routes_conduct,
    routes_flags,
    routes_network,
    routes_pulse,
    routes_simulations,
    routes_map,
    routes_launch,
    routes_orders,
    routes_rush,
    routes_channels,
    routes_coupons,
    routes_groups,
    routes_hooks,
    routes_membership,
    routes_share,
    routes_tiers,
    routes_chapters,
    routes_circles,
    routes_daily,
    routes_chains,
    routes_outreach,
    routes_own,
    routes_importing,
    routes_tokens,
):
    api.add_router("", module.router)
