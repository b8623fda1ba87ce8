"""Whole pages kept as HTML: who comes back to a feed in which nothing has happened gets what was made before, with tokens of their own."""

from dataclasses import fields, is_dataclass
from datetime import datetime
from secrets import token_hex
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template.loader import get_template
from markupsafe import escape

from kith.web.pages.guard import Here
from kith.web.pieces import KEPT_SECONDS, NotPlain, shelf
from kith.web.signed_in import reader

# Stand in a kept page where tokens go. Nobody can know them: who wrote them into a text would be sent its readers' tokens.
TOKEN, LIVE = token_hex(16), token_hex(16)
LONG = 200


def kept(request: HttpRequest, template: str, here: Here, *, live: str, **facts: object) -> HttpResponse:
    """Render a page of a community, or take it from where it is kept under all that it shows.

    `facts` are all that the template shows besides `here.frame`, the community's pursuit and boundary, the reader and the address:
    values whose fields can be named. The token of forms and `live`, the address of the stream of news, are put in each time.

    Raises:
        NotPlain: a fact is something else.

    """
    key = _key(request, template, here, facts)
    html: str | None = cache.get(key)
    if html is None:
        shown = facts | {"request": request, "here": here, "reader": reader(request), "csrf_token": TOKEN, "live": LIVE}
        html = get_template(template, using="jinja2").template.render(shown)  # type: ignore[attr-defined]  # its own Jinja template
        cache.set(key, html, KEPT_SECONDS)
    return HttpResponse(html.replace(TOKEN, get_token(request)).replace(LIVE, str(escape(live))))


def _key(request: HttpRequest, template: str, here: Here, facts: dict[str, object]) -> str:
    person, community, standing = reader(request), here.community, here.standing
    who = (person.pk, person.name) if person else None
    mine = (standing.person_id, standing.name, standing.role) if standing else None
    at = (request.scheme, request.get_host(), request.get_full_path())
    shown = (at, who, mine, here.frame, community.pursuit, community.visible_to, _named(facts))
    return shelf(f"page:{TOKEN}:{template}", shown)


def _named(fact: Any) -> object:
    if isinstance(fact, str) and len(fact) > LONG:
        return len(fact), hash(fact)  # of 64 bits, by a key of this process, as TOKEN is
    if isinstance(fact, str | int | float | datetime | None):
        return fact
    if isinstance(fact, tuple | list):
        return tuple(map(_named, fact))
    if isinstance(fact, dict):
        return tuple((name, _named(value)) for name, value in fact.items())
    if is_dataclass(fact):
        return type(fact).__name__, tuple(_named(getattr(fact, field.name)) for field in fields(fact))
    raise NotPlain(repr(fact))
