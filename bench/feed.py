"""Time the feed page of a signed-in member under a steady load, against a real `kith serve`. One JSON line.

    python -m bench.feed [--posts N] [--rate N] [--seconds N]

10,000 posts of 300 members; requests start on a clock (an open loop), so a slow answer does not spare the server the next.
CPU is that of all processes of the server, its database apart, divided by the requests.
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
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import psutil

from kith.run.environment import database, set_up_django

if TYPE_CHECKING:
    from kith.connect.api import Line
    from kith.people.api import Community

MEMBERS = 300
WARM_UP = 200
CONNECTIONS = 16
READY_SECONDS = 60


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


PORT = free_port()


def lines(ids: list[int], posts: int) -> "Iterator[Line]":
    """Invent posts over a year, every third one answering an earlier one."""
    from kith.connect.api import Line  # noqa: PLC0415 -- Django is set up only now

    now = datetime.now(UTC)
    for n in range(posts):
        to = f"b:{n - n % 7 - 1}" if n % 3 == 2 and n > 7 else ""
        text = f"第 {n} 条：今天去看了仓库，路上想起上回说的那批酒，还是想听听大家怎么看。" * (1 + n % 3)
        yield Line(f"b:{n}", ids[n * 31 % len(ids)], text, now - timedelta(minutes=(posts - n) * 50), to_key=to)


def seed(posts: int) -> str:
    """Fill an empty database; return the session cookie of a member."""
    from importlib import import_module  # noqa: PLC0415 -- Django is set up only now

    from django.conf import settings  # noqa: PLC0415
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: PLC0415
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import transaction  # noqa: PLC0415

    from kith.connect import api as connect  # noqa: PLC0415
    from kith.energy import api as energy  # noqa: PLC0415
    from kith.people import api as people  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    founder = people.Person.objects.create_user("bench@example.org", "bench", "Bench")
    home: Community = people.found(name="Bench", slug="bench", pursuit="speed", by=founder, now=datetime.now(UTC))
    with transaction.atomic(), energy.staging():
        ids = people.bring_people(community=home, names=(f"member {n}" for n in range(MEMBERS)), now=datetime.now(UTC))
        connect.bring_lines(community=home, lines=lines(ids, posts), origin="bench")
        energy.append_staged(community=home)
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY], session[HASH_SESSION_KEY] = str(founder.pk), founder.get_session_auth_hash()
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session.save()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


@contextmanager
def served(data: str) -> Iterator[psutil.Process]:
    environment = os.environ | {"KITH_DATA": data, "PORT": str(PORT), "DJANGO_SETTINGS_MODULE": "kith.settings.prod"}
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


async def load(head: bytes, rate: int, seconds: int) -> tuple[list[float], int]:
    """Start requests on the clock; return how long each took from when it was due, in ms, and the page's bytes."""
    pool: asyncio.Queue[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = asyncio.Queue()
    for _ in range(CONNECTIONS):
        pool.put_nowait(await asyncio.open_connection("127.0.0.1", PORT))
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
    masters = [p for p in psutil.process_iter(["cmdline"]) if any(data in word for word in p.info["cmdline"] or [])]
    base = {q for p in masters if p.name() == "postgres" for q in [p, *p.children(recursive=True)]}
    own = {server, *server.children(recursive=True)} - base
    return _spent(own), _spent(base)


def _spent(processes: set[psutil.Process]) -> float:
    total = 0.0
    for process in processes:
        try:
            times = process.cpu_times()
        except psutil.NoSuchProcess:
            continue  # a back end that ended meanwhile
        total += times.user + times.system
    return total


async def until_ready() -> None:
    for _ in range(READY_SECONDS * 5):
        try:
            await asyncio.open_connection("127.0.0.1", PORT)
        except OSError:
            await asyncio.sleep(0.2)
        else:
            return
    sys.exit("bench: the server did not answer")


def main() -> None:
    given = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    given.add_argument("--posts", type=int, default=10_000)
    given.add_argument("--rate", type=int, default=100)
    given.add_argument("--seconds", type=int, default=20)
    wanted = given.parse_args()
    with tempfile.TemporaryDirectory(prefix="kith-bench-") as data:
        os.environ["KITH_DATA"] = data
        os.environ.pop("DATABASE_URL", None)
        with database():
            set_up_django()
            cookie = seed(wanted.posts)
        Path(data).chmod(0o755)
        cookies = f"{cookie}; csrftoken={'k' * 32}; lang=zh-hans"  # as a browser has them since it signed in
        head = (
            f"GET /c/bench/ HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookies}\r\nAccept-Encoding: gzip\r\n\r\n"
        ).encode()
        with served(data) as server:
            asyncio.run(until_ready())
            asyncio.run(load(head, WARM_UP, 1))
            before = cpu_seconds(server, data)
            taken, size = asyncio.run(load(head, wanted.rate, wanted.seconds))
            after = cpu_seconds(server, data)
    print(json.dumps(facts(wanted, taken, size, [b - a for a, b in zip(before, after, strict=True)])))


def facts(wanted: argparse.Namespace, taken: list[float], size: int, cpu: list[float]) -> dict[str, object]:
    ordered = sorted(taken)
    return {
        "bench": "feed", "posts": wanted.posts, "rate_per_s": wanted.rate, "requests": len(taken), "page_bytes": size,
        "median_ms": round(statistics.median(ordered), 1), "p99_ms": round(ordered[int(len(ordered) * 0.99)], 1),
        "web_cpu_ms": round(cpu[0] / len(taken) * 1000, 2), "database_cpu_ms": round(cpu[1] / len(taken) * 1000, 2),
        "machine": platform.machine(), "cores": os.cpu_count(),
    }  # fmt: skip


if __name__ == "__main__":
    main()
