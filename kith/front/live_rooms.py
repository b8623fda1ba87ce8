"""Who listens where, and what was said there lately. Nothing here waits for the database."""

import asyncio
import random
from collections import Counter, deque
from collections.abc import Collection, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from kith.connect.api import BELL, Happening
from kith.front.live_data import PING, RUNG, Limits, Listener, TooManyStreams, encoded

RECENT = 256
# After so many frames the loop gets to do something else.
SLICE = 1000


@dataclass(slots=True)
class Room:
    """The listeners of a community; `recent` are the last frames as announced, `last_id` the newest known to be told."""

    community_id: int
    last_id: int | None = None
    arriving: int = 0
    listeners: set[Listener] = field(default_factory=set)
    recent: deque[tuple[int, bytes]] = field(default_factory=lambda: deque(maxlen=RECENT))

    def knows(self, news_id: int) -> bool:
        return any(known == news_id for known, _ in self.recent)

    def after(self, news_id: int) -> list[bytes]:
        """Return the frames announced after a known one: ids may be announced out of their order."""
        ids = [known for known, _ in self.recent]
        return [frame for _, frame in list(self.recent)[ids.index(news_id) + 1 :]]

    def newer(self, news_id: int, but: Collection[int] = ()) -> list[bytes]:
        return [frame for n, frame in self.recent if n > news_id and n not in but]

    @property
    def is_empty(self) -> bool:
        return not self.listeners and not self.arriving


@dataclass(slots=True)
class Seat:
    """A listener's place; `until` is the loop's time at which the stream ends."""

    room: Room
    holders: tuple[Hashable, ...]
    until: float
    beat: int


class Rooms:
    """All rooms of this process, the limits on its streams, and its heartbeat."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.rooms: dict[int, Room] = {}
        self.seats: dict[Listener, Seat] = {}
        self.pushed = 0
        self.taken: Counter[Hashable] = Counter()
        self.beats: list[set[Listener]] = [set() for _ in range(limits.beat_seconds)]

    def take(self, address: str, community_id: int, person_id: int) -> tuple[Hashable, ...]:
        """Count one stream more, and return for whom.

        Raises:
            TooManyStreams: for this process, address or person.

        """
        wanted: dict[Hashable, int] = {"": self.limits.streams, address: self.limits.per_address}
        if person_id:
            wanted[community_id, person_id] = self.limits.per_person
        if any(self.taken[who] >= limit for who, limit in wanted.items()):
            raise TooManyStreams
        self.taken.update(wanted.keys())
        return tuple(wanted)

    def give_back(self, holders: tuple[Hashable, ...]) -> None:
        self.taken.subtract(holders)
        for who in holders:
            if not self.taken[who]:
                del self.taken[who]

    @contextmanager
    def arrival(self, community_id: int) -> Iterator[Room]:
        """Yield the room, which from now on keeps what is announced, though nobody may listen yet."""
        room = self.rooms.setdefault(community_id, Room(community_id))
        room.arriving += 1
        try:
            yield room
        finally:
            room.arriving -= 1

    def seat(self, listener: Listener, room: Room, holders: tuple[Hashable, ...], until: float) -> None:
        beat = random.randrange(len(self.beats))  # noqa: S311 -- spreads the load
        self.seats[listener] = Seat(room, holders, until, beat)
        room.listeners.add(listener)
        self.beats[beat].add(listener)

    def leave(self, listener: Listener) -> None:
        """Forget a listener; it may have left before."""
        seat = self.seats.pop(listener, None)
        if seat is None:
            return
        seat.room.listeners.discard(listener)
        self.beats[seat.beat].discard(listener)
        self.give_back(seat.holders)

    async def announce(self, community_id: int, news: Happening) -> None:
        """Tell everybody in the room, with one frame for all."""
        room = self.rooms.get(community_id)
        if room is not None and news.kind == BELL:
            self._ring(room, news.root_id)
            return
        if room is None or room.knows(news.id):
            return
        frame = encoded(news)
        room.recent.append((news.id, frame))
        room.last_id = max(room.last_id or 0, news.id)
        for listener in tuple(room.listeners):
            listener.push(frame)
            self.pushed += 1
            if self.pushed % SLICE == 0:
                await asyncio.sleep(0)

    def _ring(self, room: Room, person_id: int) -> None:
        """Have the pages of one person look at their bell; nobody else hears that anything happened."""
        for listener in tuple(room.listeners):
            if (room.community_id, person_id) in self.seats[listener].holders:
                listener.push(RUNG)

    async def keep_beating(self) -> None:
        """Say every second to another part of the listeners that the line holds; end those whose time is over."""
        loop, second = asyncio.get_running_loop(), 0
        while True:
            await asyncio.sleep(1)
            second += 1
            for listener in tuple(self.beats[second % len(self.beats)]):
                if self.seats[listener].until <= loop.time():
                    listener.close()
                else:
                    listener.push(PING)
            if second % len(self.beats) == 0:
                self.rooms = {key: room for key, room in self.rooms.items() if not room.is_empty}

    def close(self) -> None:
        for listener in tuple(self.seats):
            listener.close()
