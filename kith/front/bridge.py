"""Django as WSGI in a pool of threads, behind ASGI.

a2wsgi does the same with three hops between thread and loop a response, joins HTTP/2 cookies with commas, and hands a body that
broke off to the page as if it were whole. Here a body is complete before it costs a thread, and an answer of known length
crosses back in one hop.
"""

import asyncio
import contextvars
import io
import logging
import sys
import tempfile
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any, BinaryIO, TypeVar, cast

from kith.lib.errors import Refusal

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Headers = list[tuple[bytes, bytes]]
Environ = dict[str, Any]
T = TypeVar("T")
WsgiApp = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]

log = logging.getLogger(__name__)

# Each thread keeps a database connection; pages wait little, mail and pictures more.
THREADS = 8
MEMORY_BYTES = 1 << 20
BODY_BYTES = 512 << 20
# An answer up to this size leaves its thread at once, however slow the reader.
WHOLE_BYTES = 4 << 20
UNPREFIXED = {"content-type": "CONTENT_TYPE", "content-length": "CONTENT_LENGTH"}


class BodyTooLarge(Refusal):
    sentence = "That is more than this server takes at once (%(megabytes)s MB)."
    status = 413


class BrokeOff(Exception):  # noqa: N818 -- nobody is left to be told
    """The visitor left before the request was complete."""


class Bridge:
    """An ASGI application of a WSGI one. A `body_bytes` too small for a request is answered with 413."""

    def __init__(self, app: WsgiApp, *, threads: int = THREADS, body_bytes: int = BODY_BYTES) -> None:
        self.app = app
        self.body_bytes = body_bytes
        self.threads = Threads(threads)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            body, length = await read_body(receive, self.body_bytes)
        except BrokeOff:
            return
        except BodyTooLarge as refusal:
            await answer_plain(send, refusal.status, str(refusal))
            return
        call = Call(self.app, environ(scope, body, length), send)
        try:
            await call.run(self.threads)
        except Exception:  # the last net: whatever went wrong, the visitor gets an answer
            log.exception("unforeseen fault at %s", scope["path"])
            if not call.started:
                await answer_plain(send, 500, "Something went wrong on our side.")
        finally:
            body.close()

    def close(self) -> None:
        self.threads.close()


class Threads:
    """Threads of which the one that worked last works next: it and its database connection are warm, the others may sleep.

    In a pool that hands work round, an even load costs half as much again.
    """

    def __init__(self, many: int) -> None:
        self.all = [ThreadPoolExecutor(1, f"page-{n}") for n in range(many)]
        self.idle = self.all.copy()
        self.places = asyncio.Semaphore(many)

    async def run(self, work: Callable[[], T]) -> T:
        await self.places.acquire()
        thread = self.idle.pop()
        # A context of its own, for what Django keeps in context variables (language, URL map).
        running = thread.submit(contextvars.Context().run, work)
        try:
            return await asyncio.wrap_future(running)
        finally:
            if running.done():
                self._rest(thread)
            else:  # the visitor left; the thread works on
                loop = asyncio.get_running_loop()
                running.add_done_callback(lambda _: loop.call_soon_threadsafe(self._rest, thread))

    def _rest(self, thread: ThreadPoolExecutor) -> None:
        self.idle.append(thread)
        self.places.release()

    def close(self) -> None:
        for thread in self.all:
            thread.shutdown(wait=False)


class Call:
    """One request on its way through a thread."""

    def __init__(self, app: WsgiApp, env: Environ, send: Send) -> None:
        self.app, self.env, self.send = app, env, send
        self.loop = asyncio.get_running_loop()
        self.status = 0
        self.headers: Headers = []
        self.started = False

    async def run(self, threads: Threads) -> None:
        whole = await threads.run(self.work)
        if whole is not None:
            await self.start()
        await self.send({"type": "http.response.body", "body": whole or b"", "more_body": False})

    async def start(self) -> None:
        self.started = True
        await self.send({"type": "http.response.start", "status": self.status, "headers": self.headers})

    async def more(self, chunk: bytes) -> None:
        if not self.started:
            await self.start()
        await self.send({"type": "http.response.body", "body": chunk, "more_body": True})

    def work(self) -> bytes | None:
        """In the thread: return the whole body, or None when it went out in pieces."""
        pieces = self.app(self.env, self.start_response)
        try:
            if self.is_short():
                return b"".join(pieces)
            for piece in pieces:
                asyncio.run_coroutine_threadsafe(self.more(piece), self.loop).result()
            if not self.started:
                return b""
            return None
        finally:
            getattr(pieces, "close", lambda: None)()

    def is_short(self) -> bool:
        length = next((value for name, value in self.headers if name == b"content-length"), b"")
        return length.isdigit() and int(length) <= WHOLE_BYTES

    def start_response(self, status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Callable[..., Any]:
        self.status = int(status[:3])
        self.headers = [(name.lower().encode("latin1"), value.encode("latin1")) for name, value in headers]
        return self.no_write

    @staticmethod
    def no_write(data: bytes) -> None:
        raise NotImplementedError("Django never uses WSGI's write()")


async def read_body(receive: Receive, limit: int) -> tuple[BinaryIO, int]:
    """Return the complete body, on disk when it is large, and its length.

    Raises:
        BrokeOff, BodyTooLarge: as they say.

    """
    message = await receive()
    if message["type"] == "http.request" and not message.get("more_body"):
        whole = message.get("body", b"")
        return io.BytesIO(whole), len(whole)
    spool = cast("BinaryIO", tempfile.SpooledTemporaryFile(MEMORY_BYTES))  # noqa: SIM115 -- the caller closes it
    try:
        return spool, await _fill(spool, message, receive, limit)
    except BaseException:
        spool.close()
        raise


async def _fill(spool: BinaryIO, message: MutableMapping[str, Any], receive: Receive, limit: int) -> int:
    length = 0
    while True:
        if message["type"] != "http.request":
            raise BrokeOff
        chunk = message.get("body", b"")
        length += len(chunk)
        if length > limit:
            raise BodyTooLarge(megabytes=limit >> 20)
        if length > MEMORY_BYTES:  # a slow disk must not hold up the loop
            await asyncio.to_thread(spool.write, chunk)
        else:
            spool.write(chunk)
        if not message.get("more_body"):
            spool.seek(0)
            return length
        message = await receive()


async def answer_plain(send: Send, status: int, sentence: str) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": sentence.encode(), "more_body": False})


def environ(scope: Scope, body: BinaryIO, length: int) -> Environ:
    """Return the request as WSGI names it."""
    server, port = scope.get("server") or ("localhost", 80)
    client = scope.get("client") or ("", 0)
    found = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": scope["path"].encode().decode("latin1"),
        "QUERY_STRING": scope["query_string"].decode("latin1"),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "SERVER_NAME": server,
        "SERVER_PORT": str(port or 80),
        "REMOTE_ADDR": client[0],
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.get("scheme", "http"),
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    add_headers(found, scope["headers"])
    found["CONTENT_LENGTH"] = str(length)
    return found


def add_headers(found: Environ, headers: Iterable[tuple[bytes, bytes]]) -> None:
    for raw, value in headers:
        name = raw.decode("latin1").lower()
        if "_" in name:  # X_Forwarded_Proto would pass for X-Forwarded-Proto
            continue
        key = UNPREFIXED.get(name) or "HTTP_" + name.upper().replace("-", "_")
        text = value.decode("latin1")
        joint = "; " if name == "cookie" else ","
        found[key] = f"{found[key]}{joint}{text}" if key in found else text
