"""Time how announcements reach a full room, by a web process and by `kith live`. One JSON line each.

    python -m bench.live [--listeners N] [--rounds N]

Everybody listens from this process over loopback, which takes CPU from the server too; the latency is from NOTIFY to the moment
the last listener has the event. CPU is that of the one server process, divided by listeners and rounds.
"""

import argparse
import asyncio
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial

import psutil
import psycopg
import uvloop

from kith.run.environment import database, raise_file_limit, set_up_django

HOST = "127.0.0.1"
READY_SECONDS = 60
AT_ONCE = 100
BEHIND_ONE_ADDRESS = 500


class Crowd:
    """All listeners of a round together."""

    def __init__(self, size: int) -> None:
        self.size, self.heard, self.lost = size, 0, 0
        self.everybody = asyncio.Event()

    def count(self, events: int) -> None:
        self.heard += events
        if self.heard >= self.size:
            self.everybody.set()

    async def all(self) -> None:
        await asyncio.wait_for(self.everybody.wait(), READY_SECONDS)
        self.heard = 0
        self.everybody.clear()


class Ear(asyncio.Protocol):
    def __init__(self, crowd: Crowd, head: bytes) -> None:
        self.crowd, self.head = crowd, head

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        transport.write(self.head)  # type: ignore[attr-defined]  # uvloop's transport does not say that it is one

    def data_received(self, data: bytes) -> None:
        # Each event, the greeting included, has one line of data.
        self.crowd.count(data.count(b"\ndata: "))

    def connection_lost(self, exc: Exception | None) -> None:
        self.crowd.lost += 1


def seed() -> tuple[int, str]:
    """Found a public community in an empty database; return its id and a visitor's pass."""
    from django.conf import settings  # noqa: PLC0415 -- Django is set up only now
    from django.core.management import call_command  # noqa: PLC0415

    from kith.lib.passes import issue  # noqa: PLC0415
    from kith.people import api as people  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    now = datetime.now(UTC)
    founder = people.Person.objects.create_user("bench@example.org", "bench", "Bench")
    home = people.found(name="Bench", slug="bench", pursuit="speed", by=founder, now=now)
    home.visible_to = "public"
    home.save()
    return home.pk, issue(key=settings.SECRET_KEY, community_id=home.pk, person_id=0, now=now)


def free_port() -> int:
    with socket.create_server((HOST, 0)) as listening:
        return int(listening.getsockname()[1])


@contextmanager
def served(words: list[str], port: int) -> Iterator[psutil.Process]:
    """Run a server and yield the process that does the work."""
    process = subprocess.Popen([sys.executable, "-m", *words], stderr=subprocess.DEVNULL)
    try:
        end = time.monotonic() + READY_SECONDS
        while True:
            try:
                socket.create_connection((HOST, port), timeout=1).close()
                break
            except OSError:
                if process.poll() is not None or time.monotonic() > end:
                    raise
                time.sleep(0.05)
        own = psutil.Process(process.pid)
        children = [p for p in own.children() if "resource_tracker" not in " ".join(p.cmdline())]
        yield children[0] if children else own
    finally:
        process.terminate()
        process.wait(30)


async def measure(
    server: psutil.Process, port: int, listeners: int, rounds: int, community: int, token: str
) -> dict[str, float]:
    from kith.connect.api import CHANNEL  # noqa: PLC0415 -- Django is set up only now

    crowd, loop, before = Crowd(listeners), asyncio.get_running_loop(), server.memory_info().rss
    began = time.perf_counter()
    for start in range(0, listeners, AT_ONCE):
        await asyncio.gather(*(
            loop.create_connection(partial(Ear, crowd, head(token, n)), HOST, port)
            for n in range(start, min(start + AT_ONCE, listeners))
        ))  # fmt: skip
    await crowd.all()
    connected, memory, taken, spent = time.perf_counter() - began, server.memory_info().rss, [], cpu(server)
    async with await psycopg.AsyncConnection.connect(os.environ["DATABASE_URL"], autocommit=True) as line:
        for n in range(rounds):
            began = time.perf_counter()
            await line.execute("SELECT pg_notify(%s, %s)", [CHANNEL, f"{community} {10**6 + n} post {n} {n}"])
            await crowd.all()
            taken.append((time.perf_counter() - began) * 1000)
    spent = cpu(server) - spent
    assert crowd.lost == 0, f"{crowd.lost} listeners were lost"
    return {
        "listeners": listeners, "rounds": rounds, "connect_seconds": round(connected, 2),
        "last_listener_ms_median": round(statistics.median(taken), 1), "last_listener_ms_worst": round(max(taken), 1),
        "cpu_us_per_message": round(spent / listeners / rounds * 1e6, 1),
        "memory_bytes_per_listener": round((memory - before) / listeners), "cores": os.cpu_count() or 1,
    }  # fmt: skip


def head(token: str, number: int) -> bytes:
    """Return a request from one of many addresses, as a proxy would name them."""
    address = f"198.51.100.{number // BEHIND_ONE_ADDRESS}"
    return f"GET /live/bench?token={token} HTTP/1.1\r\nHost: bench\r\nX-Forwarded-For: {address}\r\n\r\n".encode()


def cpu(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--listeners", type=int, default=2000)
    parser.add_argument("--rounds", type=int, default=20)
    chosen = parser.parse_args()
    raise_file_limit()
    os.environ.pop("DATABASE_URL", None)
    with tempfile.TemporaryDirectory() as data:
        os.environ["KITH_DATA"] = data
        with database():
            set_up_django()
            community, token = seed()
            port = free_port()
            ways = {
                "web": ["kith.run.web", HOST, str(port), "1"],
                "gateway": ["kith", "live", "--port", str(port)],
            }
            for way, words in ways.items():
                with served(words, port) as server:
                    found = uvloop.run(measure(server, port, chosen.listeners, chosen.rounds, community, token))
                print(json.dumps({"bench": "live", "way": way} | found), flush=True)


if __name__ == "__main__":
    main()
