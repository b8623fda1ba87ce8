"""The URL map of the whole server."""

from django.urls import path

from kith.front import pages
from kith.rest.api import api

urlpatterns = [path("api/v1/", api.urls), *pages.urlpatterns]
handler400, handler404, handler500 = pages.handler400, pages.handler404, pages.handler500
