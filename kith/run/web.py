"""The web process: Granian with its workers. Started by the supervisor as `python -m kith.run.web`."""

import gc
import os
import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any

from granian.constants import HTTPModes, Interfaces, Loops
from granian.log import LogLevels
from granian.server import Server

from kith.run.environment import raise_file_limit
from kith.run.orphan import follow, follow_parent

APPLICATION = "kith.front.asgi"
BACKLOG = 4096
STOP_SECONDS = 5  # open live streams would otherwise hold the process for ever
HEADER_BYTES = 64 * 1024


def main(host: str, port: int, workers: int) -> None:
    files = raise_file_limit()
    follow_parent()
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


def load() -> Callable[..., Any]:
    """Run in each worker: a worker whose Granian was killed must not keep the port."""
    follow(int(os.environ["KITH_GRANIAN"]))
    application: Callable[..., Any] = import_module(APPLICATION).application
    _spare_the_collector()
    return application


def _spare_the_collector() -> None:
    """Set what was loaded apart from what pages leave behind.

    A full collection looked at 160,000 objects of libraries, for a tenth of a second and more in which no page was answered.
    """
    gc.collect()
    gc.freeze()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
