"""Posts as HTML, kept by version: a feed of thirty is thirty look-ups, not thirty renderings."""

from django.core.cache import cache
from django.http import HttpRequest
from django.template.loader import get_template
from django.utils import translation

from kith.connect.api import Said
from kith.web.jinja import ago
from kith.web.pages.guard import Here

KEPT_SECONDS = 600


def cards(request: HttpRequest, here: Here, posts: list[Said]) -> list[str]:
    """Return the card of each post, in order. A card differs by who reads only in what they may do."""
    supers = here.supers
    keys = {said.id: _key(here, said, supers) for said in posts}
    kept = cache.get_many(keys.values())
    made = {}
    out = []
    for said in posts:
        key = keys[said.id]
        if key not in kept:
            made[key] = kept[key] = _rendered(request, here, said, supers)
        out.append(kept[key])
    if made:
        cache.set_many(made, KEPT_SECONDS)
    return out


def _key(here: Here, said: Said, supers: frozenset[int]) -> str:
    rights = f"{here.is_member:d}{here.runs:d}{said.mine:d}{said.thanked:d}{said.author.person_id in supers:d}"
    return f"card:{translation.get_language()}:{said.id}:{said.version}:{rights}:{hash((ago(said.at), said.author))}"


def _rendered(request: HttpRequest, here: Here, said: Said, supers: frozenset[int]) -> str:
    template = get_template("card.html", using="jinja2")
    return str(template.render({"said": said, "here": here, "supers": supers}, request))
