"""Places conversations in time: seasons in their months, beginnings at the beginning, first questions after an arrival."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from kith.demo.casting import fits, is_there
from kith.demo.clock import CHINA, MORNING, evening_before, moments, on_day, started_at
from kith.demo.corpus import Thread
from kith.demo.data import Person

LATE_DAYS = 150
NEWCOMER = "newcomer"
# Enough people to answer one another, by tongue.
BY_NIGHT_MINUTES = 120  # what is younger keeps its age, even when the visitor comes at night
GROWN_DAYS = {"zh": 30, "en": 110}


@dataclass(frozen=True, slots=True)
class Slot:
    thread: Thread
    at: datetime
    opener: Person | None = None


def scheduled(rng: Random, threads: Sequence[Thread], people: Sequence[Person], now: datetime) -> list[Slot]:
    """Return every thread with its moment, oldest first."""
    start = started_at(now)
    fixed = [Slot(t, at) for t in threads if (at := _placed(t, start, now))]
    first = [t for t in threads if t.who == NEWCOMER and not _placed(t, start, now)]
    rest = [t for t in threads if t.who != NEWCOMER and not _placed(t, start, now)]
    settled = [p for p in people if p.joined_at > start + timedelta(days=GROWN_DAYS[p.language])]
    slots = [*fixed, *_arrivals(rng, first, settled, now), *_seasons(rng, rest, people, start, now)]
    return sorted(slots, key=lambda s: s.at)


def _placed(thread: Thread, start: datetime, now: datetime) -> datetime | None:
    """Return the moment of a thread that says itself when it was."""
    if thread.minutes_ago is not None:
        at = now.astimezone(CHINA) - timedelta(minutes=thread.minutes_ago)
        return evening_before(at) if at.hour < MORNING and thread.minutes_ago > BY_NIGHT_MINUTES else at
    return None if thread.day is None else start + timedelta(days=thread.day)


def _arrivals(rng: Random, threads: list[Thread], people: Sequence[Person], now: datetime) -> list[Slot]:
    """Give first questions to people in their first days; those who came last come first, so that none is without."""
    slots = []
    waiting = [p for p in people if p.kind in {"newcomer", "member", "faded"} and p.pull and not p.key.isalpha()]
    waiting.sort(key=lambda p: (p.kind != NEWCOMER, rng.random()))
    for thread in rng.sample(threads, len(threads)):
        match = next((p for p in waiting if fits(p, thread)), None)
        if match is None:
            continue
        waiting.remove(match)
        slots.append(Slot(thread, _soon(rng, match.joined_at, now), match))
    return slots


def _soon(rng: Random, joined_at: datetime, now: datetime) -> datetime:
    """Return a waking moment within three days of arriving."""
    for _ in range(40):
        at = on_day(rng, joined_at + timedelta(days=rng.choice((0, 0, 1, 1, 2))))
        if joined_at + timedelta(minutes=10) < at < now - timedelta(hours=1):
            return at
    return joined_at + (now - joined_at) / 2


def _seasons(
    rng: Random, threads: list[Thread], people: Sequence[Person], start: datetime, now: datetime
) -> Iterator[Slot]:
    """Deal threads to moments: the pickiest choose first. A thread no moment suits is left out."""
    free = moments(rng, start, now, len(threads))
    calendar = Calendar(people, start, now)
    for thread in sorted(rng.sample(threads, len(threads)), key=_pickiness, reverse=True):
        able = [at for at in free if calendar.suits(thread, at)]
        at = rng.choice(able) if able else calendar.any_moment(rng, thread)
        if at is None:
            continue
        # Whoever found no free moment takes the place of one as good as any, so that the rhythm stays.
        free.remove(at if able else rng.choice(free))
        yield Slot(thread, at)


def _pickiness(thread: Thread) -> float:
    months = 12 - len(thread.months) if thread.months else 0
    return months + (5 if thread.stage else 0) + (2 if thread.by else 0) + len(thread.cast)


class Calendar:
    """Knows which conversation may take place when."""

    def __init__(self, people: Sequence[Person], start: datetime, now: datetime) -> None:
        self.people = people
        self.of = {p.key: p for p in people}
        self.start = start
        self.now = now
        self.able: dict[tuple[str, str, str, str], list[Person]] = {}

    def suits(self, thread: Thread, at: datetime) -> bool:
        """Tell whether the season, the stage and the people of a thread agree with a moment."""
        in_season = not thread.months or at.astimezone(CHINA).month in thread.months
        return in_season and self._in_stage(thread, at) and self._are_there(thread, at)

    def _in_stage(self, thread: Thread, at: datetime) -> bool:
        if thread.stage == "late":
            return at > self.now - timedelta(days=LATE_DAYS)
        return at > self.start + timedelta(days=GROWN_DAYS[thread.language])

    def _are_there(self, thread: Thread, at: datetime) -> bool:
        named = [self.of[key] for key in (thread.by, *thread.cast.values()) if key in self.of]
        return all(is_there(p, at) for p in named) and any(is_there(p, at) for p in self._openers(thread))

    def _openers(self, thread: Thread) -> list[Person]:
        """Return who could open a thread, whenever; remembered, because every moment asks."""
        wanted = (thread.by, thread.language, thread.city, thread.circle)
        if wanted not in self.able:
            found = [self.of[thread.by]] if thread.by else [p for p in self.people if p.pull and fits(p, thread)]
            self.able[wanted] = [p for p in found if thread.by or p.kind != "founder"]
        return self.able[wanted]

    def any_moment(self, rng: Random, thread: Thread) -> datetime | None:
        """Return a moment that suits a thread when none of those dealt did; None when there is none at all."""
        days = list(range((self.now - self.start).days))
        tries = (on_day(rng, self.start + timedelta(days=d)) for d in rng.sample(days, len(days)))
        return next((at for at in tries if at < self.now and self.suits(thread, at)), None)
