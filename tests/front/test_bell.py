"""A bell rings on the pages of one person, and nobody else hears it."""

import asyncio

from kith.connect.api import BELL, Happening
from kith.front.live_data import RUNG, Limits
from kith.front.live_rooms import Rooms


class Page:
    """A listener that keeps what it was sent."""

    def __init__(self) -> None:
        self.frames: list[bytes] = []

    def push(self, frame: bytes) -> None:
        self.frames.append(frame)

    def close(self) -> None: ...


def test_a_bell_is_heard_by_its_person_alone_and_kept_for_nobody() -> None:
    async def scene() -> tuple[Page, Page, Page, int]:
        rooms, mine, also_mine, theirs = Rooms(Limits()), Page(), Page(), Page()
        for page, person in ((mine, 7), (also_mine, 7), (theirs, 8)):
            holders = rooms.take("::1", 1, person)
            with rooms.arrival(1) as room:
                rooms.seat(page, room, holders, until=1e9)
        await rooms.announce(1, Happening(0, BELL, 7, 0))
        await rooms.announce(2, Happening(0, BELL, 7, 0))
        return mine, also_mine, theirs, len(rooms.rooms[1].recent)

    mine, also_mine, theirs, kept = asyncio.run(scene())
    assert (mine.frames, also_mine.frames, theirs.frames, kept) == ([RUNG], [RUNG], [], 0)
