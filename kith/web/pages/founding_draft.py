"""What a founder has typed so far: kept in the session through every step, judged only when they go on."""

import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Self

from django.http import QueryDict
from django.utils.translation import gettext as _

from kith.lib.errors import NotFound, Refusal
from kith.lib.text import clean_line
from kith.people import api as people
from kith.people.api import SlugTaken
from kith.web.refusals import words

STEPS = ("name", "values", "rules", "boundary")
VALUES = 5
WORD, SENTENCE, RULES, LINE, QUESTIONS = 20, 200, 5000, 300, 10
KEY = "founding"
WORDS = ("river", "pine", "harbour", "lantern", "meadow", "ridge", "orchard", "ferry", "cedar", "spring")

Faults = dict[str, str]


@dataclass(slots=True)
class Draft:
    name: str = ""
    slug: str = ""
    suggested: str = ""
    pursuit: str = ""
    values: list[list[str]] = field(default_factory=list)
    rules: str = ""
    visible_to: str = "members"
    entered_by: str = "application"
    questions: str = ""

    @classmethod
    def kept(cls, session: Mapping[str, Any]) -> Self:
        return cls(**session.get(KEY, {}))

    def facts(self) -> dict[str, Any]:
        return asdict(self)

    def take(self, form: QueryDict) -> None:
        """Keep what a form brings, however wrong it is."""
        for name in ("name", "slug", "pursuit", "rules", "visible_to", "entered_by", "questions"):
            if name in form:
                setattr(self, name, form.get(name, "")[: RULES + 1])
        if "word" in form:
            pairs = zip(form.getlist("word"), form.getlist("sentence"), strict=False)
            self.values = [[w[: LINE + 1], s[: LINE + 1]] for w, s in pairs][:VALUES]

    def asked(self) -> list[str]:
        return [line for line in self.questions.splitlines() if line.strip()]

    def faults(self, step: str) -> Faults:
        """Return a sentence for each field of a step that cannot stay so."""
        return {"name": self._name, "values": self._values, "rules": self._rules, "boundary": self._boundary}[step]()

    def _name(self) -> Faults:
        found = {
            "name": refused(people.checked_name, self.name),
            "slug": refused(free, self.slug),
            "pursuit": refused(people.checked_pursuit, self.pursuit),
        }
        if len(self.pursuit.strip()) > SENTENCE:
            found["pursuit"] = _("Say it in at most %(num)s characters.") % {"num": SENTENCE}
        return {name: sentence for name, sentence in found.items() if sentence}

    def _values(self) -> Faults:
        return value_faults(self.values)

    def _rules(self) -> Faults:
        return {"rules": _("Say it in at most %(num)s characters.") % {"num": RULES}} if len(self.rules) > RULES else {}

    def _boundary(self) -> Faults:
        return boundary_faults(self.visible_to, self.entered_by, self.asked())


def value_faults(values: list[list[str]]) -> Faults:
    """Return what is wrong with values; `word-2` is the word of the third."""
    found: Faults = {}
    seen: set[str] = set()
    for i, (raw, sentence) in enumerate(values):
        word = clean_line(raw)
        if not word and clean_line(sentence):
            found[f"word-{i}"] = _("This value needs a word.")
        elif len(word) > WORD:
            found[f"word-{i}"] = _("A word of at most %(num)s characters, please.") % {"num": WORD}
        elif word and word in seen:
            found[f"word-{i}"] = _("You named this value already.")
        if len(sentence) > SENTENCE:
            found[f"sentence-{i}"] = _("Say it in at most %(num)s characters.") % {"num": SENTENCE}
        seen.add(word)
    return found


def boundary_faults(visible_to: str, entered_by: str, questions: list[str]) -> Faults:
    found: Faults = {}
    if visible_to not in people.VISIBLE_TO:
        found["visible_to"] = _("Choose who may see it.")
    if entered_by not in people.ENTERED_BY:
        found["entered_by"] = _("Choose how people come in.")
    if len(questions) > QUESTIONS:
        found["questions"] = _("Ask at most %(num)s questions; people answer few questions better.") % {
            "num": QUESTIONS
        }
    elif any(len(q) > LINE for q in questions):
        found["questions"] = _("A question has at most %(num)s characters.") % {"num": LINE}
    return found


def refused(check: Callable[[Any], object], raw: object) -> str:
    """Return the sentence with which a check refuses, or nothing."""
    try:
        check(raw)
    except Refusal as refusal:
        return words(refusal)
    return ""


def free(raw: str) -> str:
    """Return a well-formed address nobody has.

    Raises:
        BadSlug: it is malformed.
        SlugTaken: somebody has it.

    """
    slug = people.checked_slug(raw)
    try:
        people.community(slug)
    except NotFound:
        return slug
    raise SlugTaken(slug=slug)


def suggest(name: str, email: str) -> str:
    """Return a free address like the name; for a name without Latin letters one from the founder's mail and a word."""
    base = latin(name)
    if len(base) < 3:
        base = f"{latin(email.partition('@')[0])[:20]}-{secrets.choice(WORDS)}".strip("-")
    slug, count = base, 1
    while refused(free, slug):
        count += 1
        slug = f"{base}-{count}"
    return slug


def latin(raw: str) -> str:
    return "-".join(re.findall(r"[a-z0-9]+", raw.lower()))[:32].strip("-")
