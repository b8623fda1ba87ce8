"""One ASGI application for the one port: live streams and the order lane by asyncio, everything else by Django in threads."""

import asyncio
import os
import signal
from collections.abc import Callable
from types import FrameType

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kith.settings.prod")
django = get_wsgi_application()

from django.conf import settings  # noqa: E402 -- Django is set up only now

from kith.front.bridge import Bridge, Receive, Scope, Send  # noqa: E402
from kith.front.live import PREFIX, Live  # noqa: E402
from kith.front.live_asgi import stream  # noqa: E402
from kith.front.live_data import Limits  # noqa: E402
from kith.front.live_news import conninfo  # noqa: E402
from kith.front.rush import Lane  # noqa: E402
from kith.front.rush_asgi import order  # noqa: E402
from kith.front.rush_data import Limits as RushLimits  # noqa: E402
from kith.lib.passes import LANE_PREFIX  # noqa: E402


class Front:
    """The application. The live streams wake with the first listener, the order lane with the first order."""

    def __init__(self, pages: Bridge, limits: Limits, rush: RushLimits) -> None:
        self.pages, self.limits, self.rush = pages, limits, rush
        self.waking: asyncio.Task[Live] | None = None
        self.lane: Lane | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        match scope["type"]:
            case "http" if scope["path"].startswith(PREFIX):
                await stream(await self.live(), scope, receive, send)
            case "http" if scope["path"].startswith(LANE_PREFIX):
                self.lane = self.lane or Lane(self.rush)
                await order(self.lane, scope, receive, send)
            case "http":
                await self.pages(scope, receive, send)
            case "lifespan":
                await self.live_and_die(receive, send)
            case _:
                await send({"type": "websocket.close", "code": 1000})

    async def live(self) -> Live:
        if self.waking is None:
            self.waking = asyncio.create_task(self._wake())
        return await asyncio.shield(self.waking)

    async def _wake(self) -> Live:
        live = Live(conninfo(), settings.SECRET_KEY, self.limits)
        await live.open()
        return live

    async def live_and_die(self, receive: Receive, send: Send) -> None:
        await receive()
        self._end_streams_at_signals()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        if self.waking:
            await (await self.waking).close()
        if self.lane:
            await self.lane.close()
        self.pages.close()
        await send({"type": "lifespan.shutdown.complete"})

    def _end_streams_at_signals(self) -> None:
        """Hear the signals that stop the server before it does: it would wait for every open stream to end."""
        loop = asyncio.get_running_loop()

        def chain(before: Callable[[int, FrameType | None], object]) -> Callable[[int, FrameType | None], None]:
            def heard(number: int, frame: FrameType | None) -> None:
                loop.call_soon_threadsafe(self._end_streams)
                before(number, frame)

            return heard

        for number in (signal.SIGINT, signal.SIGTERM):
            before = signal.getsignal(number)
            if callable(before):
                signal.signal(number, chain(before))

    def _end_streams(self) -> None:
        if self.waking and self.waking.done():
            self.waking.result().end_streams()


application = Front(Bridge(django), Limits(), RushLimits())
