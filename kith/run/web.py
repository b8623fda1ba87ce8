"""The web process: Granian with its workers. Started by the supervisor as `python -m kith.run.web`."""

import gc
import os
import sys
from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import Any

from granian.constants import HTTPModes, Interfaces, Loops
from granian.log import LogLevels
from granian.server import Server

from kith.lib.errors import Refusal
from kith.run.data import NOT_PREPARED
from kith.run.environment import raise_file_limit, set_up_django
from kith.run.orphan import follow, follow_parent

APPLICATION = "kith.front.asgi"
PAGES = "kith.front.pages"
BACKLOG = 4096
STOP_SECONDS = 5  # open live streams would otherwise hold the process for ever
HEADER_BYTES = 64 * 1024


def main(host: str, port: int, workers: int) -> None:
    files = raise_file_limit()
    follow_parent()
    try:
        make_ready()
    except Refusal as refusal:
        sys.stderr.write(f"{refusal}\n")
        sys.exit(NOT_PREPARED)
    server = Server(
        APPLICATION,
        address=host,
        port=port,
        interface=Interfaces.ASGI,
        workers=workers,
        loop=Loops.auto,
        http=HTTPModes.http1,
        websockets=False,
        backlog=BACKLOG,
        # Each listener of a live stream is one open request; the limit is what the system lets us open.
        backpressure=files,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        respawn_interval=0.1,
        workers_kill_timeout=STOP_SECONDS,
    )
    os.environ["KITH_GRANIAN"] = str(os.getpid())
    server.serve(target_loader=load, wrap_loader=False)


def make_ready() -> None:
    """Make tables and static files ready, and load the application once for all workers, where they are forked from here.

    Raises:
        Refusal: the tables cannot be made ready.

    """
    set_up_django()
    # Django is set up only now.
    from django.db import connections  # noqa: PLC0415

    from kith.run.migrations import migrate  # noqa: PLC0415
    from kith.run.static import collect  # noqa: PLC0415

    migrate()
    collect()
    connections.close_all()  # a worker must not inherit one
    application()


def load() -> Callable[..., Any]:
    """Run in each worker: a worker whose Granian was killed must not keep the port."""
    follow(int(os.environ["KITH_GRANIAN"]))
    return application()


@cache
def application() -> Callable[..., Any]:
    """Load all that pages need; a worker that was forked has it already."""
    loaded: Callable[..., Any] = import_module(APPLICATION).application
    from django.urls import reverse  # noqa: PLC0415 -- Django is set up only now

    reverse("account_login", urlconf=PAGES)  # reads the whole URL map, which the first visitor would wait for
    _spare_the_collector()
    return loaded


def _spare_the_collector() -> None:
    """Set what was loaded apart from what pages leave behind.

    A full collection looked at 160,000 objects of libraries, for a tenth of a second and more in which no page was answered.
    """
    gc.collect()
    gc.freeze()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
