"""The URL map of the whole server."""

from django.urls import include, path

from kith.rest import pages
from kith.rest.api import api
from kith.web import urls

urlpatterns = [
    *urls.urlpatterns,
    *pages.urlpatterns,
    path("api/v1/", api.urls),
    path("accounts/", include("allauth.urls")),
]
handler400 = "kith.web.refusals.bad_request"
handler404 = "kith.web.refusals.not_found"
handler500 = "kith.web.refusals.fault"
