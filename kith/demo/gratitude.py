"""Who thanks for what, with which words."""

import math
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from random import Random

from kith.demo.casting import Casting
from kith.demo.clock import awake, lag
from kith.demo.corpus import OPENER, Line, Thread, table
from kith.demo.data import Person, Thanked

# What was said so lately has its first thanks already.
JUST_NOW = timedelta(days=3)
Told = tuple[Line, str, Person, datetime]


class Gratitude:
    """Gives thanks: with the words written for a thread, with common ones, mostly with none."""

    def __init__(self, rng: Random, casting: Casting, now: datetime) -> None:
        self.rng = rng
        self.casting = casting
        self.now = now
        self.common = {language: self._endless(lines) for language, lines in table("thanks").items()}

    def _endless(self, lines: list[str]) -> Iterator[str]:
        while True:
            yield from self.rng.sample(lines, len(lines))

    def given(
        self,
        thread: Thread,
        post: tuple[str, Person, datetime],
        replies: list[Told],
        fill: Callable[[str], str],
        accepted: str,
    ) -> Iterator[Thanked]:
        """Yield the thanks of one thread; nobody thanks twice for the same words.

        What was written for the thread may take up its end, so it is said after the last reply.
        """
        key, opener, at = post
        ended_at = max((told[3] for told in replies), default=at)
        words = [fill(line.text) for line in thread.thanks if line.speaker == OPENER]
        mood = "ask" if thread.kind == "ask" else "talk"
        for person in self._people(opener, at, max(self._many(opener), len(words)), set()):
            if words:
                yield from self._one(key, person, ended_at, words.pop(0))
            else:
                yield from self._one(key, person, at, self._why(person, mood))
        for told in replies:
            if told[2] is not opener:
                yield from self._for_reply(thread, told, opener, fill, accepted, ended_at)

    def _for_reply(
        self, thread: Thread, told: Told, opener: Person, fill: Callable[[str], str], accepted: str, ended_at: datetime
    ) -> Iterator[Thanked]:
        line, key, by, at = told
        words = [fill(t.text) for t in thread.thanks if t.speaker == line.speaker and self._is_first(thread, line)]
        if words:
            yield from self._one(key, opener, ended_at, words.pop(0))
        elif key == accepted or self.rng.random() < 0.12:
            yield from self._one(key, opener, at, next(self.common[f"answer_{opener.language}"]))
        many = 1 if key == accepted or line.accepted else int(self.rng.random() < 0.3)
        for person in self._people(by, at, max(many, len(words)), {opener.key}):
            why = words.pop(0) if words else self._why(person, "answer")
            yield from self._one(key, person, ended_at, why)

    def _is_first(self, thread: Thread, line: Line) -> bool:
        """Tell whether this is the reply thanks are meant for: the accepted one, else the first of its speaker."""
        of = [n for n in thread.replies if n.speaker == line.speaker]
        return line is next((n for n in of if n.accepted), of[0])

    def _many(self, opener: Person) -> int:
        """Return how many thank for a post: few for most, many for a few, more for those who are known."""
        mean = {"founder": 5.5, "super": 3.6}.get(opener.kind, 1.7)
        return min(int(mean * math.exp(self.rng.gauss(-0.2, 0.8)) + self.rng.random()), 24)

    def _people(self, to: Person, at: datetime, many: int, taken: set[str]) -> list[Person]:
        return self.casting.thankers(to, at, many, taken)

    def _why(self, person: Person, mood: str) -> str:
        return next(self.common[f"{mood}_{person.language}"]) if self.rng.random() < 0.3 else ""

    def _one(self, key: str, by: Person, at: datetime, why: str) -> Iterator[Thanked]:
        when = awake(self.rng, at + lag(self.rng, 2.5, 1.3) + timedelta(seconds=20))
        if when > self.now and self.now - at < JUST_NOW:
            when = at + (self.now - at) * self.rng.uniform(0.2, 0.95)
        if when < min(self.now, by.quiet_at):
            yield Thanked(key, by.key, when, why)
