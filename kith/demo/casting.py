"""Decides who says what: by place, craft, language, habit and the ties that have formed."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from random import Random

from kith.demo.corpus import OPENER, Thread, language_of
from kith.demo.data import Person

FOUNDER = "lin"
BRIDGE = "tang"
# These two cities hardly speak to one another but through one person.
APART = frozenset({"重庆", "昆明"})
SAME_CIRCLE, SAME_CITY = 4.0, 16.0
FAREWELL = timedelta(days=5)  # who is about to fall silent begins nothing that would outlast them
# People of Chinese tongue who also write English.
BILINGUAL = 4


def fits(p: Person, thread: Thread) -> bool:
    """Tell whether a thread may be somebody's: its tongue, its city, its craft."""
    right = thread.city in ("", p.city) and p.key not in thread.cast.values()
    return right and p.language == thread.language and thread.circle in {"", p.circle}


def is_there(p: Person, at: datetime) -> bool:
    """Tell whether somebody has come and is not about to fall silent."""
    return p.joined_at < at < p.quiet_at - FAREWELL


def _across(a: Person, b: Person, bridged: float) -> float:
    """Return how much more, or less, likely two people meet for the sake of the one bridge between two cities."""
    if BRIDGE in {a.key, b.key}:
        return bridged if {a.city, b.city} == APART else 0.6 if a.city != b.city else 1.0
    return 0.05 if {a.city, b.city} == APART else 1.0


class Casting:
    """Chooses speakers; remembers who has spoken with whom, because people answer those they know."""

    def __init__(self, rng: Random, people: Iterable[Person]) -> None:
        self.rng = rng
        self.people = tuple(people)
        self.of = {p.key: p for p in self.people}
        self.met: dict[tuple[str, str], int] = defaultdict(int)
        self.opened: dict[str, int] = defaultdict(int)
        self.bilingual = {p.key for p in self.people[::BILINGUAL]} | {FOUNDER, BRIDGE}

    def present(self, at: datetime) -> list[Person]:
        return [p for p in self.people if is_there(p, at)]

    def opener(self, thread: Thread, at: datetime) -> Person:
        """Return who opens a thread."""
        if thread.by:
            return self.of[thread.by]
        able = [p for p in self.present(at) if p.pull and p.kind != "founder" and fits(p, thread)]
        return self._draw(able, [p.pull * self._circle(p, thread) / (1 + 1.5 * self.opened[p.key]) for p in able])

    def _circle(self, p: Person, thread: Thread) -> float:
        return 4.0 if thread.circle == p.circle else 1.0

    def speakers(self, thread: Thread, opener: Person, at: datetime) -> dict[str, Person]:
        """Return who is who in a thread, by letter; everybody has one letter only."""
        found = {OPENER: opener}
        texts: dict[str, str] = {}
        for line in thread.replies:
            texts[line.speaker] = texts.get(line.speaker, "") + line.text
        hints = sorted(texts, key=lambda letter: thread.cast.get(letter, "") not in self.of)
        for letter in hints:
            if letter != OPENER:
                found[letter] = self._speaker(thread, letter, found, language_of(texts[letter]), at)
        return found

    def _speaker(self, thread: Thread, letter: str, found: dict[str, Person], language: str, at: datetime) -> Person:
        hint = thread.cast.get(letter, "")
        if hint in self.of:
            return self.of[hint]
        taken = {p.key for p in found.values()} | {h for h in thread.cast.values() if h in self.of}
        able = [p for p in self.present(at) if p.pull and p.key not in taken and self._speaks(p, language)]
        wanted = [p for p in able if hint in {p.city, p.circle, p.kind}] if hint else able
        able = wanted or able
        return self._draw(able, [self._likely(p, found[OPENER], thread) for p in able])

    def _speaks(self, p: Person, language: str) -> bool:
        return p.language == language or (language == "en" and p.key in self.bilingual)

    def _likely(self, p: Person, opener: Person, thread: Thread) -> float:
        """Return how likely somebody is to answer."""
        weight = p.pull * (1 + 1.5 * self.met[p.key, opener.key])
        if p.circle == (thread.circle or opener.circle):
            weight *= SAME_CIRCLE
        if p.city == opener.city:
            weight *= SAME_CITY
        return weight * _across(p, opener, 30.0)

    def thankers(self, to: Person, at: datetime, many: int, taken: set[str]) -> list[Person]:
        """Return people who thank: those near, and those who only read, too."""
        able = [p for p in self.present(at) if p.key not in taken and p.key != to.key]
        weights = [
            (0.35 * p.pull + 0.5) * (6.0 if p.city == to.city else 1) * (2.0 if p.circle == to.circle else 1)
            * _across(p, to, 4.0)
            for p in able
        ]  # fmt: skip
        chosen = {p.key: p for p in self.rng.choices(able, weights, k=many)} if able and many else {}
        return list(chosen.values())

    def _draw(self, people: list[Person], weights: list[float]) -> Person:
        return self.rng.choices(people, weights)[0]

    def note_opening(self, p: Person) -> None:
        self.opened[p.key] += 1

    def note_meeting(self, by: Person, to: Person) -> None:
        self.met[by.key, to.key] += 1
        self.met[to.key, by.key] += 1
