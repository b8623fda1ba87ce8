"""Whole pages kept as HTML: who comes back to a feed in which nothing has happened gets what was made before, with tokens of their own."""

from collections.abc import Callable
from secrets import token_hex
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template.loader import get_template
from django.utils import timezone
from markupsafe import escape

from kith.web.pages.guard import Here
from kith.web.pieces import shelf
from kith.web.signed_in import reader

# Stand in a kept page where tokens go. Nobody can know them: who wrote them into a text would be sent its readers' tokens.
TOKEN, LIVE = token_hex(16), token_hex(16)
MINUTE = 60


def kept(
    request: HttpRequest, template: str, here: Here, *, live: str, under: tuple[object, ...],
    facts: Callable[[], dict[str, Any]],
) -> HttpResponse:  # fmt: skip
    """Render a page of a community, or take it from where it is kept for this reader, this address and this minute.

    `under` names all else that may change what the page shows and must be seen at once: values whose `repr` tells all of them, such
    as the answers of the database. `facts` are what the template shows of it, made only where the page is. The token of forms and
    `live`, the address of the stream of news, are put in each time.
    """
    key = _key(request, template, here, under)
    html: bytes | None = cache.get(key)
    if html is None:
        shown = facts() | {
            "request": request,
            "here": here,
            "reader": reader(request),
            "csrf_token": TOKEN,
            "live": LIVE,
        }
        page = get_template(template, using="jinja2").template  # type: ignore[attr-defined]  # its own Jinja template
        html = page.render(shown).encode()
        cache.set(key, html, MINUTE)
    return HttpResponse(
        html.replace(TOKEN.encode(), get_token(request).encode()).replace(LIVE.encode(), escape(live).encode())
    )


def _key(request: HttpRequest, template: str, here: Here, under: tuple[object, ...]) -> str:
    person, community, standing = reader(request), here.community, here.standing
    who = (person.pk, person.name) if person else None
    mine = (standing.person_id, standing.name, standing.role, standing.refuses_measures) if standing else None
    at = (request.scheme, request.get_host(), request.get_full_path(), int(timezone.now().timestamp()) // MINUTE)
    shown = (at, who, mine, here.frame, community.pursuit, community.visible_to, under)
    return shelf(f"page:{TOKEN}:{template}", shown)
