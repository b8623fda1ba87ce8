"""Kinds of post as pages know them: the place where a kind that is more than a text is entered, one line each.

Such a kind has in `templates/kinds/` a form (`KIND_form.html`, given `typed` and `wrong` by field) and, where it shows more
than its text, a block for the card (`KIND_card.html`) and one for its own page (`KIND_thread.html`, given `facts`).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_noop as _

from kith.connect.api import Said, SpaceValue
from kith.lib.errors import Refusal
from kith.web.pages import kind_announcement, kind_chain, kind_checkin, kind_event, kind_idea
from kith.web.pages.guard import Here

Write = Callable[[Here, QueryDict, datetime], Said]


@dataclass(frozen=True, slots=True)
class Kind:
    """`word` names one post, `many` their list; `color` is one of the five of values (`data-v`); `board` the name of the
    page that lists them better than the feed does.

    `write` makes a post of a form and raises what is wrong; `start` fills the form; `faults` names the field a refusal belongs
    to. `facts` are what its own page shows besides the post.
    """

    word: str
    many: str
    icon: str
    color: str = ""
    is_staffs: bool = False
    board: str = ""
    write: Write | None = None
    start: Callable[[Here, datetime], dict[str, str]] = lambda here, now: {}
    faults: Mapping[type[Refusal], str] = field(default_factory=dict)
    form_facts: Callable[[Here], dict[str, Any]] = lambda here: {}
    facts: Callable[[Here, Said, datetime], dict[str, Any]] = lambda here, said, now: {}


KINDS: dict[str, Kind] = {
    "talk": Kind(_("Talk"), _("Talk"), "message-circle"),
    "ask": Kind(_("Ask"), _("Asks"), "hand-heart", "resource"),
    "viewpoint": Kind(_("Viewpoint"), _("Viewpoints"), "lightbulb", "content"),
    "idea": Kind(
        _("Idea"), _("Ideas"), "lightbulb", "content", write=kind_idea.write, start=kind_idea.start, facts=kind_idea.facts, board="ideas",
    ),
    "event": Kind(
        _("Event"), _("Events"), "calendar", "info", write=kind_event.write, start=kind_event.start, faults=kind_event.FAULTS,
        facts=kind_event.facts, board="events", form_facts=kind_event.form_facts,
    ),
    "announcement": Kind(
        _("Announcement"), _("Announcements"), "megaphone", "goods", is_staffs=True, write=kind_announcement.write,
        start=kind_announcement.start, faults=kind_announcement.FAULTS, facts=kind_announcement.facts,
    ),
    "chain": Kind(
        _("Chain"), _("Chains"), "list-ordered", "resource", write=kind_chain.write, start=kind_chain.start, faults=kind_chain.FAULTS,
        facts=kind_chain.facts,
    ),
    "checkin": Kind(
        _("Check-in"), _("Check-ins"), "calendar-check", "emotion", write=kind_checkin.write, start=kind_checkin.start,
        faults=kind_checkin.FAULTS, facts=kind_checkin.facts,
    ),
}  # fmt: skip


def plain(here: Here, space: SpaceValue | None = None) -> dict[str, Kind]:
    """Return the kinds that a text alone makes, of those a space takes."""
    return {name: kind for name, kind in writable(here, space).items() if kind.write is None}


def formed(here: Here, space: SpaceValue | None = None) -> dict[str, Kind]:
    """Return the kinds with a form of their own that the reader may write, of those a space takes."""
    return {name: kind for name, kind in writable(here, space).items() if kind.write is not None}


def writable(here: Here, space: SpaceValue | None = None) -> dict[str, Kind]:
    if not here.is_member:
        return {}
    return {n: k for n, k in KINDS.items() if (here.runs or not k.is_staffs) and (space is None or space.takes(n))}


def facts_of(here: Here, said: Said, now: datetime) -> dict[str, Any]:
    """Return what the page of a post shows besides it."""
    return KINDS[said.kind].facts(here, said, now) if said.kind in KINDS and said.extra is not None else {}
