"""The URL map of the pages: all but the API, which takes longer to load than everything else and waits for its first caller."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import include, path

from kith.rest import pages
from kith.web import urls

API = "/api/"

urlpatterns = [
    *urls.urlpatterns,
    *pages.urlpatterns,
    path("accounts/", include("allauth.urls")),
]
handler400 = "kith.web.refusals.bad_request"
handler404 = "kith.web.refusals.not_found"
handler500 = "kith.web.refusals.fault"


class ByPath:
    """Middleware: requests outside of the API are resolved, and name addresses, by the map of the pages."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.path_info.startswith(API):
            request.urlconf = __name__
        return self.get_response(request)
