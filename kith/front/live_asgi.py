"""The live stream behind an ASGI server: for the rooms of a web process."""

import asyncio
from collections import deque

from kith.front.bridge import Receive, Scope, Send
from kith.front.live import Live, read_wanted
from kith.front.live_data import HEADERS, NoSuchStream, counted_address, refused
from kith.lib.errors import Refusal

# What may wait for a listener at all; a burst of announcements comes in one go.
WAITING_FRAMES = 20_000
FAREWELL_SECONDS = 1


class AsgiListener:
    """Sends from a task of its own, which exists only while there is something to send.

    `over` tells whether the stream may still be ended in order.
    """

    __slots__ = ("loop", "over", "pump", "send", "since", "started", "stuck_seconds", "waiting")

    def __init__(self, send: Send, stuck_seconds: float) -> None:
        self.send, self.stuck_seconds = send, stuck_seconds
        self.loop = asyncio.get_running_loop()
        self.over: asyncio.Future[bool] = self.loop.create_future()
        self.waiting: deque[bytes] = deque()
        self.pump: asyncio.Task[None] | None = None
        self.started = False
        self.since = 0.0

    def push(self, frame: bytes) -> None:
        if self.over.done():
            return
        self.waiting.append(frame)
        if self.pump is None:
            self.since = self.loop.time()
            self.pump = self.loop.create_task(self._send())
        elif len(self.waiting) > WAITING_FRAMES or self.loop.time() - self.since > self.stuck_seconds:
            self._end(in_order=False)

    def close(self) -> None:
        self._end(in_order=True)

    def _end(self, *, in_order: bool) -> None:
        if not self.over.done():
            self.over.set_result(in_order)

    async def _send(self) -> None:
        if not self.started:
            self.started = True
            await self.send({"type": "http.response.start", "status": 200, "headers": HEADERS})
        while self.waiting:
            self.since = self.loop.time()
            frames = b"".join(self.waiting)
            self.waiting.clear()
            await self.send({"type": "http.response.body", "body": frames, "more_body": True})
        self.pump = None

    async def last(self, receive: Receive) -> None:
        """Wait until the reader is gone, the server ends the stream, or the line is given up."""
        gone = self.loop.create_task(_left(receive))
        gone.add_done_callback(lambda _: self._end(in_order=False))
        in_order = await self.over
        gone.cancel()
        if in_order and self.pump:
            await asyncio.wait([self.pump], timeout=FAREWELL_SECONDS)
        if self.pump:
            self.pump.cancel()
        elif in_order:
            await self.send({"type": "http.response.body", "body": b"", "more_body": False})


async def _left(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def stream(live: Live, scope: Scope, receive: Receive, send: Send) -> None:
    """Answer one request below /live/."""
    given = {name.decode("latin1").lower(): value.decode("latin1") for name, value in scope["headers"]}
    peer = str((scope.get("client") or ("",))[0])
    try:
        if scope["method"] != "GET":
            raise NoSuchStream
        wanted = read_wanted(
            scope["path"], scope["query_string"].decode("latin1"), given.get("last-event-id", ""),
            counted_address(peer, given.get("x-forwarded-for", "")),
        )  # fmt: skip
        listener = await live.enter(wanted, lambda: AsgiListener(send, live.rooms.limits.stuck_seconds))
    except Refusal as refusal:
        await answer(send, refusal)
        return
    try:
        await listener.last(receive)
    finally:
        live.rooms.leave(listener)


async def answer(send: Send, refusal: Refusal) -> None:
    status, headers, body = refused(refusal)
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body, "more_body": False})
