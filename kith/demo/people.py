"""Casts the people: those named by hand, and about 280 more by chance."""

import math
from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random
from typing import Any

from kith.demo.clock import CHINA, DAYS, started_at
from kith.demo.corpus import table
from kith.demo.data import Person

CITIES = {"成都": 0.27, "上海": 0.21, "杭州": 0.17, "重庆": 0.14, "广州": 0.12, "昆明": 0.09}
CIRCLES = {
    "brew": 0.17, "ferment": 0.10, "tea": 0.11, "bake": 0.10, "farm": 0.11, "shop": 0.14, "design": 0.08, "clay": 0.07,
    "write": 0.06, "trade": 0.06,
}  # fmt: skip
ENGLISH = 0.15
KINDS = {"newcomer": 16, "faded": 34, "lurker": 78}
EVERYBODY = 300
STAYS = timedelta(days=3650)


def cast(rng: Random, now: datetime) -> tuple[Person, ...]:
    """Return everybody, the earliest first."""
    words = table("cast")
    named = [_named(raw, now) for raw in words["person"]]
    rest = EVERYBODY - len(named)
    kinds = [kind for kind, count in KINDS.items() for _ in range(count)]
    kinds += ["member"] * (rest - len(kinds))
    rng.shuffle(kinds)
    invented = _Chance(rng, words, now, {p.name for p in named})
    people = [*named, *(invented.person(number, kind) for number, kind in enumerate(kinds))]
    return tuple(sorted(people, key=lambda p: (p.joined_at, p.key)))


def _named(raw: dict[str, Any], now: datetime) -> Person:
    joined_at = _on(now, raw["joined_day"], 9.5)
    return Person(
        key=raw["key"], name=raw["name"], city=raw["city"], circle=raw["circle"], role=raw.get("role", "member"),
        headline=raw["headline"], language=raw.get("language", "zh"), kind=raw["kind"], pull=raw["pull"],
        joined_at=joined_at, quiet_at=now - timedelta(days=raw["quiet_days"]) if "quiet_days" in raw else now + STAYS,
    )  # fmt: skip


def _on(now: datetime, day: float, hour: float) -> datetime:
    """Return a moment of a day of the story; days below 0 count back from the end."""
    if day < 0:
        return now.astimezone(CHINA) + timedelta(days=day)
    return started_at(now).replace(hour=0) + timedelta(days=day, hours=hour)


class _Chance:
    """Draws people: names without repetition, cities and crafts by share, headlines that fit the craft."""

    def __init__(self, rng: Random, words: dict[str, Any], now: datetime, taken: set[str]) -> None:
        self.rng = rng
        self.now = now
        self.names = {"zh": self._names(words["zh"], "", taken), "en": self._names(words["en"], " ", taken)}
        self.headlines = {key: self._endless(lines) for key, lines in words["headline"].items()}

    def _names(self, parts: dict[str, list[str]], joint: str, taken: set[str]) -> Iterator[str]:
        first, last = parts["given"] * 2, parts["family"] * 6
        self.rng.shuffle(first)
        self.rng.shuffle(last)
        for given, family in zip(first, last, strict=False):
            name = f"{given} {family}" if joint else family + given
            if name not in taken and family not in given:
                taken.add(name)
                yield name

    def _endless(self, lines: list[str]) -> Iterator[str]:
        while True:
            yield from self.rng.sample(lines, len(lines))

    def _share(self, shares: dict[str, float]) -> str:
        return self.rng.choices(list(shares), list(shares.values()))[0]

    def person(self, number: int, kind: str) -> Person:
        language = "en" if self.rng.random() < ENGLISH else "zh"
        circle = self._share(CIRCLES)
        joined_at, quiet_at = self._stay(kind)
        return Person(
            key=f"n{number:03}", name=next(self.names[language]), city=self._share(CITIES), circle=circle, role="member",
            headline=next(self.headlines[f"{circle}_{language}"]), language=language, kind=kind, pull=self._pull(kind),
            joined_at=joined_at, quiet_at=quiet_at,
        )  # fmt: skip

    def _stay(self, kind: str) -> tuple[datetime, datetime]:
        if kind == "newcomer":
            return _on(self.now, -self.rng.uniform(1.2, 27), 0), self.now + STAYS
        grown = self.rng.betavariate(2.0, 1.7)
        if kind == "faded":
            day = 20 + grown * (DAYS - 230)
            return _on(self.now, day, self.rng.uniform(8, 22)), self.now - timedelta(days=self.rng.uniform(68, 150))
        return _on(self.now, 10 + grown * (DAYS - 45), self.rng.uniform(8, 22)), self.now + STAYS

    def _pull(self, kind: str) -> float:
        """Return a share of attention: a power law for members, so that a few do much and most do little."""
        if kind == "lurker":
            return 0.0
        drawn = math.pow(1 - self.rng.random(), -1 / 1.3)
        if kind == "faded":  # they were somebody once
            return 3.0 + 2.0 * min(drawn, 6.0)
        return (0.8 if kind == "newcomer" else 1.0) * min(drawn, 14.0)
