"""Whole pages kept as they were sent: who comes back to a feed in which nothing has happened gets what was made before."""

from collections.abc import Callable
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.template.loader import get_template
from django.utils import timezone

from kith.web.compressing import page_of, zipped
from kith.web.pages.guard import Here
from kith.web.pieces import shelf
from kith.web.signed_in import reader

MINUTE = 60


def kept(
    request: HttpRequest, template: str, here: Here, *, under: tuple[object, ...], facts: Callable[[], dict[str, Any]],
) -> HttpResponse:  # fmt: skip
    """Render a page of a community, or take it from where it is kept for this reader, browser, address and minute.

    `under` names all else that may change what the page shows and must be seen at once: values whose `repr` tells all of them, such
    as the answers of the database. `facts` are what the template shows of it, made only where the page is.

    A kept page is the same to the byte, with its tokens: so whoever has a browser ask for it again and again learns nothing from
    lengths (BREACH), and another address is another page with other tokens.
    """
    secret = request.META.get("CSRF_COOKIE")  # Django's, of this browser: what the tokens of its forms are made from
    if secret is None:
        return HttpResponse(_rendered(request, template, here, facts))
    key = _key(request, template, here, (secret, *under))
    content: bytes | None = cache.get(key)
    if content is None:
        content = zipped(_rendered(request, template, here, facts))
        cache.set(key, content, MINUTE)
    return page_of(request, content)


def _rendered(request: HttpRequest, template: str, here: Here, facts: Callable[[], dict[str, Any]]) -> bytes:
    shown = facts() | {"here": here, "reader": reader(request)}
    return get_template(template, using="jinja2").render(shown, request).encode()


def _key(request: HttpRequest, template: str, here: Here, under: tuple[object, ...]) -> str:
    person, community, standing = reader(request), here.community, here.standing
    who = (person.pk, person.name) if person else None
    mine = (standing.person_id, standing.name, standing.role, standing.refuses_measures) if standing else None
    at = (request.scheme, request.get_host(), request.get_full_path(), int(timezone.now().timestamp()) // MINUTE)
    shown = (at, who, mine, here.frame, community.pursuit, community.visible_to, under)
    return shelf(f"page:{template}", shown)
