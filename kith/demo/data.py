"""Frozen values of an invented community."""

from dataclasses import dataclass
from datetime import datetime

from kith.lib.errors import Refusal
from kith.lib.text import handle_from

KINDS = ("founder", "operator", "super", "member", "newcomer", "faded", "lurker")

# One of each kind: founder, super node, member, newcomer.
SHOWN = {"lin": "founder", "tang": "super", "zhao": "member", "ruan": "newcomer"}


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody invented. `quiet_at` is when they stop coming; after the story's end for those who stay.

    `kind` is one of KINDS, `circle` the craft they live by, `pull` how much they take part.
    """

    key: str
    name: str
    city: str
    circle: str
    role: str
    headline: str
    language: str
    kind: str
    pull: float
    joined_at: datetime
    quiet_at: datetime

    @property
    def handle(self) -> str:
        return handle_from(self.name)


@dataclass(frozen=True, slots=True)
class Posted:
    key: str
    author: str
    at: datetime
    kind: str
    text: str
    space: str = ""


@dataclass(frozen=True, slots=True)
class Replied:
    """`to` is the key of the post or reply this answers, `quotes` the key shown above it, if any."""

    key: str
    post: str
    to: str
    author: str
    at: datetime
    text: str
    quotes: str = ""


@dataclass(frozen=True, slots=True)
class Thanked:
    """`post` is the key of a post or reply."""

    post: str
    by: str
    at: datetime
    why: str = ""


@dataclass(frozen=True, slots=True)
class Accepted:
    post: str
    reply: str
    at: datetime


Event = Posted | Replied | Thanked | Accepted


@dataclass(frozen=True, slots=True)
class Story:
    """Everybody, and everything that happened, oldest first; nothing is later than `now`."""

    people: tuple[Person, ...]
    events: tuple[Event, ...]
    now: datetime

    def of(self, key: str) -> Person:
        return next(p for p in self.people if p.key == key)


@dataclass(frozen=True, slots=True)
class Persona:
    """A person of the demo a visitor may sign in as; `kind` is founder, super, member or newcomer."""

    key: str
    kind: str
    person_id: int
    name: str
    handle: str
    headline: str


@dataclass(frozen=True, slots=True)
class Poured:
    """What a demo holds. `made` is False when it was there already."""

    slug: str
    made: bool
    people: int
    texts: int
    acts: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Removed:
    """What went. `kept` are invented people who have found a place in another community."""

    slug: str
    people: int
    kept: int
    texts: int
    acts: int


class BadWords(Refusal):
    """A file of the corpus breaks its own rules; found by tests, never by a visitor."""

    sentence = "%(file)s: thread %(number)s: %(reason)s."


class DemoAddressTaken(Refusal):
    sentence = "The address “%(slug)s” belongs to a real community here; the demo needs it."
    status = 409


class NoDemo(Refusal):
    sentence = "There is no demo here. `kith demo` makes one."
    status = 404
