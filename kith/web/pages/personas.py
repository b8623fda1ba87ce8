"""Being somebody of the invented community at one click: in the demo only."""

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path

from kith.lib.errors import NotFound
from kith.people import api as people
from kith.people.api import Person
from kith.web.pages.guard import allow

BACKEND = "django.contrib.auth.backends.ModelBackend"


@allow("anyone", "POST")
def become(request: HttpRequest) -> HttpResponse:
    """Sign the visitor in as the persona `key` names, and lead them in.

    Raises:
        NotFound: this is no demo, or nobody there has that key.

    """
    if not settings.DEMO:
        raise NotFound
    person = _persona(request.POST.get("key", ""))
    home = next((c for c in people.communities_of(person) if c.is_demo), None)
    if home is None:
        raise NotFound
    login(request, person, backend=BACKEND)
    return redirect("feed", slug=home.slug)


def _persona(key: str) -> Person:
    from kith.demo.api import personas  # noqa: PLC0415 -- a server without a demo never loads it

    found = next((p for p in personas() if p.key == key), None)
    person = Person.objects.filter(pk=found.person_id, is_active=True).first() if found else None
    if person is None:
        raise NotFound
    return person


urlpatterns = [path("become", become, name="become")]
