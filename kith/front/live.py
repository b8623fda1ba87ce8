"""The live stream: what happens in a community, told to its open pages as server-sent events.

`GET /live/<slug>?token=<pass>[&after=<news id>]`. The pass (kith.lib.passes) is checked once; who comes back with Last-Event-ID,
or `after`, is first told what was missed. An event is `id`, `event: post|reply|edit|delete|thank|answer` and
`data: {"root": …, "post": …}`; `event: hello` comes first and names by its id where the listener stands; `event: bell`, without an id, goes to one person alone: their bell changed. `event: reset` says that too much was missed and the page should load anew. An event may be told
twice around a reconnection, never not at all.
"""

import asyncio
import random
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeVar
from urllib.parse import parse_qs

from kith.front.live_data import RESET, Limits, Listener, NoSuchStream, StreamsAway, encoded
from kith.front.live_news import Asking, Wire
from kith.front.live_rooms import Room, Rooms
from kith.lib.passes import BadPass, Pass, checked

PREFIX = "/live/"
REPLAYED = 200
READY_SECONDS = 3
UNREADABLE = -1
SLUG = re.compile(r"[a-z0-9-]{1,80}")

L = TypeVar("L", bound=Listener)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody asks for; `after` is the last news id they have, None when they come for the first time."""

    slug: str
    token: str
    after: int | None
    address: str


def read_wanted(path: str, query: str, last_event_id: str, address: str) -> Wanted:
    """Return what a request asks for.

    Raises:
        NoSuchStream: it cannot be read.

    """
    slug = path.removeprefix(PREFIX)
    try:
        found = parse_qs(query, max_num_fields=10)
    except ValueError:
        raise NoSuchStream from None
    if not SLUG.fullmatch(slug):
        raise NoSuchStream
    # A browser that reconnects by itself repeats the address it had and adds the newer id as a header.
    after = last_event_id or found.get("after", [""])[0]
    number = int(after) if after.isascii() and after.isdigit() and len(after) < 19 else UNREADABLE
    return Wanted(slug, found.get("token", [""])[0], number if after else None, address)


class Live:
    """The streams of one process; to be made within the running loop."""

    def __init__(self, database: str, key: str, limits: Limits) -> None:
        self.key = key
        self.rooms = Rooms(limits)
        self.asking = Asking(database)
        self.wire = Wire(database, self.rooms.announce, self.catch_up)
        self.tasks: list[asyncio.Task[None]] = []
        self.closing = False

    async def open(self) -> None:
        await self.asking.open()
        self.tasks = [asyncio.create_task(self.wire.hear()), asyncio.create_task(self.rooms.keep_beating())]

    def end_streams(self) -> None:
        """End every stream and let nobody in any more."""
        self.closing = True
        self.rooms.close()

    async def close(self) -> None:
        self.end_streams()
        for task in self.tasks:
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)
        await self.asking.close()

    async def enter(self, wanted: Wanted, make: Callable[[], L]) -> L:
        """Make a listener, give it a seat, greet it and tell it what it missed.

        Raises:
            NoSuchStream, TooManyStreams, StreamsAway: as they say; then no listener was made.

        """
        given = self._checked_pass(wanted.token)
        holders = self.rooms.take(wanted.address, given.community_id, given.person_id)
        try:
            with self.rooms.arrival(given.community_id) as room:
                greeting = await self._greeting(wanted, given, room)
                # Between the greeting and the seat nothing waits, so nothing is announced unheard.
                listener = make()
                self.rooms.seat(listener, room, holders, self._until(given))
        except BaseException:
            self.rooms.give_back(holders)
            raise
        listener.push(greeting)
        return listener

    def _checked_pass(self, token: str) -> Pass:
        if self.closing:
            raise StreamsAway
        try:
            return checked(token, key=self.key, now=datetime.now(UTC))
        except BadPass:
            raise NoSuchStream from None

    async def _greeting(self, wanted: Wanted, given: Pass, room: Room) -> bytes:
        """Return when to come back after a break (the later the more there are), where they stand, what they missed."""
        await self._heard()
        newest = await self.asking.newest(wanted.slug, given)
        if newest is None:
            raise NoSuchStream
        room.last_id = max(room.last_id or 0, newest)
        missed = await self._missed(room, newest, wanted.after)
        if self.closing:
            raise StreamsAway
        retry = random.randrange(1000, 4000 + len(self.rooms.seats))  # noqa: S311 -- spreads the load
        stand = newest if wanted.after is None else max(wanted.after, 0)
        return b"retry: %d\nid: %d\nevent: hello\ndata: {}\n\n" % (retry, stand) + b"".join(missed)

    async def _heard(self) -> None:
        """Wait until announcements are heard: nothing that comes from then on is missed."""
        try:
            await asyncio.wait_for(self.wire.up.wait(), READY_SECONDS)
        except TimeoutError:
            raise StreamsAway from None

    async def _missed(self, room: Room, newest: int, after: int | None) -> list[bytes]:
        if after is None:
            return room.newer(newest)
        if room.knows(after):
            return room.after(after)
        rows = []
        if UNREADABLE < after <= newest:
            rows = await self.asking.since(room.community_id, after - 1, REPLAYED + 2)
        told = [news for news in rows if news.id != after]
        # While the last one they have stands among the rows, none after it was swept away.
        is_whole = after == 0 or len(told) < len(rows)
        if not is_whole or len(told) > REPLAYED:
            return [b"id: %d\n" % newest + RESET, *room.newer(newest)]
        return [encoded(news) for news in told] + room.newer(after, {news.id for news in told})

    def _until(self, given: Pass) -> float:
        left = given.expires_at - datetime.now(UTC).timestamp()
        life = self.rooms.limits.life_seconds * random.uniform(0.75, 1.25)  # noqa: S311 -- spreads the load
        return asyncio.get_running_loop().time() + min(left, life)

    async def catch_up(self) -> None:
        """Announce what was told while the database was away."""
        for room in tuple(self.rooms.rooms.values()):
            while room.last_id is not None:
                page = await self.asking.since(room.community_id, room.last_id, REPLAYED)
                if not page:
                    break
                for news in page:
                    await self.rooms.announce(room.community_id, news)
