"""Core figures, duties and treasures in words."""

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

FIGURES = {
    "leader": _("Opinion leader"), "expert": _("Expert"), "connector": _("Connector"), "host": _("Host"), "own": _("a name of our own"),
}  # fmt: skip
FIGURE_TEXTS = {
    "leader": _("Whom many turn to and listen to."),
    "expert": _("Whose answers help."),
    "connector": _("Who brings together people that would not have met."),
    "host": _("Who holds a place open: a chapter, a space, the first days of a newcomer."),
    "own": _("What only this community knows."),
}
TREASURES = {"person": _("Person"), "tool": _("Tool"), "text": _("Text"), "ritual": _("Ritual")}
TREASURE_ICONS = {"person": "user", "tool": "key-round", "text": "quote", "ritual": "repeat-2"}


def figure_word(kind: str, title: str = "") -> str:
    return title or gettext(FIGURES[kind])


def figure_text(kind: str) -> str:
    return gettext(FIGURE_TEXTS[kind])


def treasure_word(kind: str) -> str:
    return gettext(TREASURES[kind])
