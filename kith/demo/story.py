"""Tells the story of an invented community: who came when, who said what to whom. Pure; the same seed, the same story."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from kith.demo.casting import Casting
from kith.demo.clock import awake, lag, on_day
from kith.demo.corpus import OPENER, Line, Thread, table, threads
from kith.demo.data import Accepted, Event, Person, Posted, Replied, Story
from kith.demo.gratitude import Gratitude
from kith.demo.people import cast
from kith.demo.schedule import Slot, scheduled

SEED = 20_240_607
FIRST_ANSWER_HOURS, NEXT_ANSWER_HOURS = 1.3, 0.6
SHOWCASE_HOURS = 3.0


def story(now: datetime, seed: int = SEED, corpus: Iterable[Thread] | None = None) -> Story:
    """Return the whole story, ending at `now`."""
    rng = Random(seed)  # noqa: S311 -- a story, not a secret
    people = cast(rng, now)
    told = _Telling(rng, people, now)
    for slot in scheduled(rng, tuple(corpus) if corpus is not None else threads(), people, now):
        told.tell(slot)
    return Story(people, tuple(sorted(told.events, key=lambda e: e.at)), now)


@dataclass(slots=True)
class _Scene:
    """A thread as it is being told: who is who, and the last reply of each."""

    thread: Thread
    key: str
    who: dict[str, Person]
    last_at: datetime
    is_fresh: bool
    said: dict[str, str] = field(default_factory=dict)
    replies: list[tuple[Line, str, Person, datetime]] = field(default_factory=list)

    def text(self, raw: str) -> str:
        """Fill in the opener's city, as the thread's tongue calls it."""
        city = self.who[OPENER].city
        return raw.replace("{city}", table("cast")["city"][city] if self.thread.language == "en" else city)


class _Telling:
    def __init__(self, rng: Random, people: tuple[Person, ...], now: datetime) -> None:
        self.rng = rng
        self.now = now
        self.casting = Casting(rng, people)
        self.gratitude = Gratitude(rng, self.casting, now)
        self.spaces: dict[str, str] = table("cast")["space"]
        self.events: list[Event] = []
        self.replies = 0
        self.posts = 0

    def tell(self, slot: Slot) -> None:
        """Let somebody open a thread and others answer, thank and accept."""
        opener = self._opener(slot)
        thread = slot.thread
        scene = _Scene(
            thread, self._post_key(), {}, slot.at, thread.minutes_ago is not None,
        )  # fmt: skip
        scene.who = self.casting.speakers(thread, opener, slot.at)
        self.casting.note_opening(opener)
        space = self.spaces[thread.language if thread.language == "en" else thread.circle or "any"]
        self.events.append(Posted(scene.key, opener.key, slot.at, thread.kind, scene.text(thread.text), space))
        for line in thread.replies:
            if not self._answer(scene, line):
                break
        self._accept(scene)
        self.events += self.gratitude.given(
            thread, (scene.key, opener, slot.at), scene.replies, scene.text, self._accepted(scene)
        )

    def _opener(self, slot: Slot) -> Person:
        return slot.opener or self.casting.opener(slot.thread, slot.at)

    def _post_key(self) -> str:
        self.posts += 1
        return f"p{self.posts:04}"

    def _answer(self, scene: _Scene, line: Line) -> bool:
        """Add a reply; False when it would fall after the end, or after its speaker went silent."""
        at = self._answered_at(scene, line)
        by, to = scene.who[line.speaker], self._answered(scene, line)
        if at > self.now or at > by.quiet_at:
            return False
        self.replies += 1
        key = f"r{self.replies:04}"
        to_key = self._to_key(scene, line, to)
        text, quotes = self._addressed(scene, line, to, to_key)
        self.events.append(Replied(key, scene.key, to_key, by.key, at, text, quotes))
        scene.said[line.speaker] = key
        scene.replies.append((line, key, by, at))
        scene.last_at = at
        if to != line.speaker:
            self.casting.note_meeting(by, scene.who[to])
        return True

    def _answered_at(self, scene: _Scene, line: Line) -> datetime:
        if scene.is_fresh:
            soon = scene.last_at + (self.now - scene.last_at) * self.rng.uniform(0.1, 0.35)
            morning = awake(self.rng, soon)
            return morning if morning < self.now else soon
        if line.days_later:
            return on_day(self.rng, scene.last_at + timedelta(days=line.days_later))
        hours = NEXT_ANSWER_HOURS if scene.replies else FIRST_ANSWER_HOURS
        return awake(self.rng, scene.last_at + lag(self.rng, hours))

    def _answered(self, scene: _Scene, line: Line) -> str:
        """Return whom a line answers: whom it names, else the opener; the opener answers who spoke last."""
        if line.answers:
            return line.answers
        if line.speaker != OPENER:
            return OPENER
        others = [done.speaker for done, *_ in scene.replies if done.speaker != OPENER]
        return others[-1] if others else OPENER

    def _to_key(self, scene: _Scene, line: Line, to: str) -> str:
        """Return what a line answers: others answer the post itself, unless they were written to take up a reply."""
        if to == OPENER and not line.answers and self.rng.random() < 0.85:
            return scene.key
        return scene.said.get(to, scene.key)

    def _addressed(self, scene: _Scene, line: Line, to: str, to_key: str) -> tuple[str, str]:
        """Return the text, and the key of what it quotes: who answers a reply quotes it or calls its author by name."""
        text = scene.text(line.text)
        if to_key == scene.key or to == line.speaker:
            return text, ""
        if line.answers or self.rng.random() < 0.5:
            return text, to_key
        return (text if "@" in text else f"@{scene.who[to].handle} {text}"), ""

    def _accepted(self, scene: _Scene) -> str:
        return next((key for line, key, *_ in scene.replies if line.accepted), "")

    def _accept(self, scene: _Scene) -> None:
        if key := self._accepted(scene):
            at = scene.last_at + timedelta(minutes=self.rng.uniform(2, 240))
            self.events.append(Accepted(scene.key, key, min(at, self.now)))
