"""The live stream as a process of its own, for big rooms: no ASGI between the socket and the listener.

A listener costs a quarter of the memory here and less than half of the time. It answers `GET /live/...` and nothing else; the proxy in front of
Kith sends that path here. Several may share a port.
"""

import asyncio
import logging
import re
import signal
import socket
from collections.abc import Callable
from http import HTTPStatus
from importlib import import_module
from typing import cast

from django.conf import settings

from kith.front.live import Live, Wanted, read_wanted
from kith.front.live_data import HEADERS, Limits, NoSuchStream, counted_address, refused
from kith.front.live_news import conninfo
from kith.lib.errors import Refusal

log = logging.getLogger(__name__)

HEAD_BYTES = 16 << 10
HEAD_SECONDS = 10
BACKLOG = 65535
WAITING_BYTES = 256 << 10
REQUEST = re.compile(r"GET (/[^ ?]*)\??([^ ]*) HTTP/1\.[01]")
OPENING = b"HTTP/1.1 200 OK\r\nconnection: close\r\n" + b"".join(b"%s: %s\r\n" % h for h in HEADERS) + b"\r\n"


class Door(asyncio.Protocol):
    """One connection: a request head, then a stream. It is its own listener."""

    __slots__ = ("entering", "head", "late", "live", "pipe")

    def __init__(self, live: Live) -> None:
        self.live = live
        self.head: bytes | None = b""  # None once it is complete
        self.entering: asyncio.Task[None] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.pipe = cast("asyncio.Transport", transport)  # uvloop's is one, and does not say so
        self.late = asyncio.get_running_loop().call_later(HEAD_SECONDS, self.pipe.abort)

    def data_received(self, data: bytes) -> None:
        if self.head is None:
            return
        self.head += data
        if b"\r\n\r\n" in self.head:
            self.late.cancel()
            head, self.head = self.head.partition(b"\r\n\r\n")[0], None
            self.entering = asyncio.get_running_loop().create_task(self._enter(head.decode("latin1")))
        elif len(self.head) > HEAD_BYTES:
            self.pipe.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        self.late.cancel()
        if self.entering is not None:
            self.entering.cancel()
        self.live.rooms.leave(self)

    async def _enter(self, head: str) -> None:
        try:
            await self.live.enter(self._wanted(head), self._opened)
        except Refusal as refusal:
            self._refuse(refusal)
        except Exception:
            log.exception("live: an unforeseen fault")
            self.pipe.abort()
        finally:
            self.entering = None

    def _wanted(self, head: str) -> Wanted:
        line, *rest = head.split("\r\n")
        found = REQUEST.fullmatch(line)
        if found is None:
            raise NoSuchStream
        given = {name.strip().lower(): value.strip() for name, _, value in (r.partition(":") for r in rest)}
        peer = str((self.pipe.get_extra_info("peername") or ("",))[0])
        address = counted_address(peer, given.get("x-forwarded-for", ""))
        return read_wanted(found[1], found[2], given.get("last-event-id", ""), address)

    def _opened(self) -> "Door":
        self.pipe.write(OPENING)
        return self

    def _refuse(self, refusal: Refusal) -> None:
        status, headers, body = refused(refusal)
        lines = b"".join(b"%s: %s\r\n" % header for header in headers)
        self.pipe.write(
            b"HTTP/1.1 %d %s\r\nconnection: close\r\n%s\r\n%s"
            % (status, HTTPStatus(status).phrase.encode(), lines, body)
        )
        self.pipe.close()

    def push(self, frame: bytes) -> None:
        if self.pipe.get_write_buffer_size() > WAITING_BYTES:
            self.pipe.abort()
        else:
            self.pipe.write(frame)

    def close(self) -> None:
        self.pipe.close()


def run(host: str, port: int, limits: Limits) -> None:
    """Serve until a signal asks to stop; then every listener is let go, and comes back to whoever serves next.

    Raises:
        OSError: the port is taken, or not ours to take.

    """
    with asyncio.Runner(loop_factory=_fast_loop()) as runner:
        runner.run(_serve(host, port, limits))


def _fast_loop() -> Callable[[], asyncio.AbstractEventLoop]:
    try:
        return cast("Callable[[], asyncio.AbstractEventLoop]", import_module("uvloop").new_event_loop)
    except ImportError:  # Windows has none
        return asyncio.new_event_loop


async def _serve(host: str, port: int, limits: Limits) -> None:
    live = Live(conninfo(), settings.SECRET_KEY, limits)
    loop, stop = asyncio.get_running_loop(), asyncio.Event()
    server = await loop.create_server(
        lambda: Door(live), host, port, backlog=BACKLOG, reuse_port=hasattr(socket, "SO_REUSEPORT")
    )
    await live.open()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    await stop.wait()
    server.close()
    await live.close()
