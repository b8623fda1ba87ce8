"""Posts as HTML, kept by version: a feed of thirty is thirty look-ups, not thirty renderings."""

from hashlib import blake2b

from django.core.cache import cache
from django.http import HttpRequest
from django.template.loader import get_template
from django.utils import timezone, translation
from markupsafe import Markup

from kith.connect import api as connect
from kith.connect.api import Head, Said
from kith.web.jinja import age
from kith.web.pages.guard import Here

# A name that changed shows on cards at the latest after this time; all else changes the version.
KEPT_SECONDS = 600


def cards(request: HttpRequest, here: Here, heads: list[Head]) -> Markup:
    """Return the cards of posts, in order: the whole page where it is kept, else card by card."""
    supers, shelf, now = here.supers, _shelf(here), timezone.now().timestamp()
    labels = {head.id: _label(here, head, supers, now) for head in heads}
    page = shelf + blake2b("".join(labels.values()).encode(), digest_size=16).hexdigest()
    found: str | None = cache.get(page)
    if found is None:
        locked = {head.id: head.is_locked for head in heads}
        found, is_same = _joined(request, here, {i: shelf + label for i, label in labels.items()}, locked, supers)
        if is_same:
            cache.set(page, found, KEPT_SECONDS)
    return Markup(found)  # noqa: S704 -- each was escaped when it was rendered


def _joined(
    request: HttpRequest, here: Here, keys: dict[int, str], locked: dict[int, bool], supers: frozenset[int]
) -> tuple[str, bool]:
    """Join cards. Only those that are not kept are read from the database, all at once.

    A card that was opened or closed to its reader since its head was read is shown to nobody else: then nothing is kept.
    """
    kept = cache.get_many(keys.values())
    missing = [i for i, key in keys.items() if key not in kept]
    found = connect.some(here.community, missing, reader=here.person)
    made = {keys[said.id]: _rendered(request, here, said, supers) for said in found}
    is_same = all((said.lock is not None) == locked[said.id] for said in found)
    if made and is_same:
        cache.set_many(made, KEPT_SECONDS)
    kept |= made
    return "".join(kept.get(key, "") for key in keys.values()), is_same


def shown(request: HttpRequest, here: Here, found: list[Said]) -> Markup:
    """Return the cards of posts that are at hand, in order."""
    return Markup("".join(_rendered(request, here, said, here.supers) for said in found))  # noqa: S704 -- escaped when rendered


def card_of(request: HttpRequest, here: Here, said: Said) -> str:
    """Return the card of one post that is at hand."""
    return _rendered(request, here, said, here.supers)


def _shelf(here: Here) -> str:
    """Name what makes the cards of one page differ from those of another: the language, and what the reader may do."""
    return f"card:{translation.get_language()}:{here.is_member:d}{here.runs:d}:"


def _label(here: Here, head: Head, supers: frozenset[int], now: float) -> str:
    """Name what makes a card differ from another: what the post is, what the reader did, and how old it says it is."""
    mine = here.standing is not None and head.author_id == here.standing.person_id
    unit, many = age(now - head.at_us / 1_000_000)
    return f"{head.id}:{head.version}:{mine:d}{head.thanked:d}{head.is_locked:d}{head.author_id in supers:d}{head.mark}:{unit}{many};"


def _rendered(request: HttpRequest, here: Here, said: Said, supers: frozenset[int]) -> str:
    template = get_template("card.html", using="jinja2")
    return str(template.render({"said": said, "here": here, "supers": supers}, request))
