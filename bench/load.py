"""What benchmarks of pages have in common: a server of its own, a steady load on it, and what both cost.

Requests start on a clock (an open loop), so a slow answer does not spare the server the next. CPU is that of all processes of the
server, its database apart, divided by the requests; the load begins when they have finished starting.
"""

import argparse
import asyncio
import json
import os
import platform
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import psutil

from kith.run.environment import database, set_up_django

if TYPE_CHECKING:
    from kith.people.api import Person

HOST = "127.0.0.1"
WARM_UP = 200
CONNECTIONS = 16
READY_SECONDS = 60
SETTLED_CPU_SECONDS = 0.05


def steady(name: str, path: str, seed: Callable[[], str], *, rate: int = 100, **about: object) -> None:
    """Fill a database by `seed`, which returns the cookie of a reader, load the page at `path` and print what was measured."""
    steady_each({name: path}, seed, rate=rate, **about)


def steady_each(pages: Mapping[str, str], seed: Callable[[], str], *, rate: int = 100, **about: object) -> None:
    """Do so with several pages, by name, of one database: each with a server just started."""
    given = argparse.ArgumentParser()
    given.add_argument("--rate", type=int, default=rate, help="requests a second")
    given.add_argument("--seconds", type=int, default=20)
    wanted = given.parse_args()
    with tempfile.TemporaryDirectory(prefix="kith-bench-") as data:
        os.environ["KITH_DATA"] = data
        os.environ.pop("DATABASE_URL", None)
        with database():
            set_up_django()
            cookie = seed()
        Path(data).chmod(0o755)
        for name, path in pages.items():
            facts = measured(data, path, cookie, wanted.rate, wanted.seconds)
            print(json.dumps({"bench": name, **about, "rate_per_s": wanted.rate, **facts}), flush=True)


def signed_in(person: "Person") -> str:
    """Return the session cookie of somebody."""
    from importlib import import_module  # noqa: PLC0415 -- Django is set up only now

    from django.conf import settings  # noqa: PLC0415
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: PLC0415

    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY], session[HASH_SESSION_KEY] = str(person.pk), person.get_session_auth_hash()
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session.save()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


def measured(data: str, path: str, cookie: str, rate: int, seconds: int) -> dict[str, object]:
    port = free_port()
    cookies = f"{cookie}; csrftoken={'k' * 32}; lang=zh-hans"  # as a browser has them since it signed in
    head = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookies}\r\nAccept-Encoding: gzip\r\n\r\n".encode()
    with served(data, port) as server:
        asyncio.run(until_ready(port))
        asyncio.run(load(port, head, WARM_UP, 1))
        until_settled(server, data)
        before = cpu_seconds(server, data)
        taken, size = asyncio.run(load(port, head, rate, seconds))
        after = cpu_seconds(server, data)
    return facts(taken, size, [b - a for a, b in zip(before, after, strict=True)])


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


@contextmanager
def served(data: str, port: int) -> Iterator[psutil.Process]:
    environment = os.environ | {"KITH_DATA": data, "PORT": str(port), "DJANGO_SETTINGS_MODULE": "kith.settings.prod"}
    environment.pop("DATABASE_URL", None)
    process = subprocess.Popen([sys.executable, "-m", "kith", "serve"], env=environment, stdout=subprocess.DEVNULL)
    try:
        yield psutil.Process(process.pid)
    finally:
        process.terminate()
        process.wait(30)


async def request(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, head: bytes) -> int:
    """Send one GET on a kept connection; return the length of the page."""
    writer.write(head)
    answer = await reader.readuntil(b"\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 200"), answer[:200]
    lengths = [h for h in answer.lower().split(b"\r\n") if h.startswith(b"content-length:")]
    length = int(lengths[0].split(b":")[1])
    await reader.readexactly(length)
    return length


async def load(port: int, head: bytes, rate: int, seconds: int) -> tuple[list[float], int]:
    """Start requests on the clock; return how long each took from when it was due, in ms, and the page's bytes."""
    pool: asyncio.Queue[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = asyncio.Queue()
    for _ in range(CONNECTIONS):
        pool.put_nowait(await asyncio.open_connection("127.0.0.1", port))
    taken: list[float] = []
    size = 0

    async def one(due: float) -> None:
        nonlocal size
        pair = await pool.get()
        size = await request(*pair, head)
        pool.put_nowait(pair)
        taken.append((time.perf_counter() - due) * 1000)

    begin = time.perf_counter()
    tasks = []
    for n in range(rate * seconds):
        due = begin + n / rate
        await asyncio.sleep(max(0, due - time.perf_counter()))
        tasks.append(asyncio.create_task(one(due)))
    await asyncio.gather(*tasks)
    return taken, size


def cpu_seconds(server: psutil.Process, data: str) -> tuple[float, float]:
    """Return the CPU seconds of the server's own processes, and of its database."""
    base = database_processes(data)
    own = {server, *server.children(recursive=True)} - base
    return spent_seconds(own), spent_seconds(base)


def database_processes(data: str) -> set[psutil.Process]:
    """Return the processes of the database in a data folder."""
    masters = [p for p in psutil.process_iter(["cmdline"]) if any(data in word for word in p.info["cmdline"] or [])]
    return {q for p in masters if p.name() == "postgres" for q in [p, *p.children(recursive=True)]}


def spent_seconds(processes: set[psutil.Process]) -> float:
    total = 0.0
    for process in processes:
        try:
            times = process.cpu_times()
        except psutil.NoSuchProcess:
            continue  # a back end that ended meanwhile
        total += times.user + times.system
    return total


async def until_ready(port: int) -> None:
    for _ in range(READY_SECONDS * 5):
        try:
            await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            await asyncio.sleep(0.2)
        else:
            return
    sys.exit("bench: the server did not answer")


def until_settled(server: psutil.Process, data: str) -> None:
    """Wait until nothing is starting any more: that is paid once, not by requests."""
    spent = cpu_seconds(server, data)[0]
    for _ in range(READY_SECONDS):
        time.sleep(1)
        before, spent = spent, cpu_seconds(server, data)[0]
        if spent - before < SETTLED_CPU_SECONDS:
            return
    sys.exit("bench: the server never came to rest")


def facts(taken: list[float], size: int, cpu: list[float]) -> dict[str, object]:
    ordered = sorted(taken)
    return {
        "requests": len(taken), "page_bytes": size,
        "median_ms": round(statistics.median(ordered), 1), "p99_ms": round(ordered[int(len(ordered) * 0.99)], 1),
        "web_cpu_ms": round(cpu[0] / len(taken) * 1000, 2), "database_cpu_ms": round(cpu[1] / len(taken) * 1000, 2),
        "machine": platform.machine(), "cores": os.cpu_count(),
    }  # fmt: skip
