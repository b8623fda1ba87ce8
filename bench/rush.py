"""A rush on one hot product, against a real `kith serve`: the order lane, and the plain way beside it. One JSON line.

    python -m bench.rush [--seconds N] [--stock N] [--callers N]        (or: kith bench rush)

A public community sells a thing by flash: a limit for each buyer, stock below demand, a third of the buyers come through one of twenty
channels. Every request carries a signed pass and a key of its own and writes order, line, attribution and moves; the database is
embedded, as it is made for everybody, and every commit waits for the disk. Callers ask one after another, each on its own
connection, from a process beside the server on the same machine.

First the plain way is timed (the API with a personal token); then the rush, for so many seconds or until nine tenths are sold. While
it goes on the web process is killed (-9), then the database; callers send again what was not answered. At the end everything
is sold, one order of each twenty is asked for again under its key, and every answer that said "ordered" is looked for in the
database: `lost_acknowledged` counts those that are not there.
"""

import argparse
import asyncio
import json
import os
import platform
import secrets
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import orjson
import psutil
import uvloop

from bench.load import HOST, database_processes, free_port, served, until_ready
from kith.run.environment import database, set_up_django

CHANNELS = 20
LIMIT = 20
PLAIN_SECONDS = 5
PLAIN_CALLERS = 4
STOCK_A_SECOND = 3_500
PART_BEFORE_KILLS = 0.9
REPEATED = 20
PRICE = 5980
SOLD_OUT_FOR = 2000  # refusals, until the callers believe it


@dataclass
class Shop:
    """What callers need to know, and what became of their orders."""

    slug: str
    item: int
    passes: list[str]
    tokens: list[str]
    acknowledged: dict[str, str] = field(default_factory=dict)
    took: list[float] = field(default_factory=list)
    refused: Counter[str] = field(default_factory=Counter)
    broken_off: int = 0
    is_over: bool = False


def seed(stock: int) -> Shop:
    """Found a community with a launch, channels and buyers in an empty database."""
    from django.conf import settings  # noqa: PLC0415 -- Django is set up only now
    from django.core.management import call_command  # noqa: PLC0415

    from kith.launch import api as launch  # noqa: PLC0415
    from kith.lib import passes  # noqa: PLC0415
    from kith.people import api as people  # noqa: PLC0415
    from kith.rest import tokens  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    now = datetime.now(UTC)
    founder = people.Person.objects.create_user("bench@example.org", "bench", "Bench")
    home = people.found(name="Bench", slug="bench", pursuit="speed", by=founder, now=now - timedelta(days=9))
    home.visible_to = "public"
    home.save()
    launch.write_offer(
        community=home,
        sku="BOOK",
        kind="service",
        title="一本书",
        currency="CNY",
        price_minor=PRICE,
        by=founder,
        now=now,
    )
    for slug, units in (("rush", stock), ("plain", 10**6)):
        launch.write_campaign(
            community=home, slug=slug, kind="flash", title=slug, currency="CNY", opens_at=now - timedelta(hours=1), closes_at=now + timedelta(days=1),
            items=[launch.NewItem("BOOK", PRICE, units)], by=founder, now=now, terms="…", transfer_to="…", per_buyer=LIMIT, hold_minutes=120,
        )  # fmt: skip
        for to in ("ready", "open"):
            launch.advance(community=home, slug=slug, to=to, by=founder, now=now)
    many = max(1000, stock // 8)  # demand: 20 for each buyer, so two and a half times the stock
    buyers = people.Person.objects.bulk_create(
        (people.Person(name=f"buyer {n}", email=f"b{n}@example.org", password="!") for n in range(many)), batch_size=2000  # noqa: S106
    )  # fmt: skip
    _bring(home, founder, buyers, now)
    issued = [
        passes.issue(key=settings.SECRET_KEY, community_id=home.pk, person_id=b.pk, now=now, purpose=passes.ORDER)
        for b in buyers
    ]
    made = [tokens.make(person=b, name="bench", scopes=["write"], now=now).secret for b in buyers[:100]]
    item = launch.launch_page(home, "rush", now=now).items[0].id
    return Shop("bench", item, issued, made)


def _bring(home: Any, founder: Any, buyers: list[Any], now: datetime) -> None:
    """Have every third buyer come through a channel."""
    from kith.launch import api as launch  # noqa: PLC0415 -- Django is set up only now
    from kith.launch.models import Touch  # noqa: PLC0415 -- a visit each through the door would take longer than the rush
    from kith.people import api as people  # noqa: PLC0415

    channels = []
    for n in range(CHANNELS):
        who = people.Person.objects.create_user(f"c{n}@example.org", "bench", f"channel {n}")
        people.add_member(community=home, person=who, now=now)
        asked = launch.ask_channel(community=home, slug="rush", person_id=who.pk, by=founder, now=now)
        channels.append(
            launch.accept_channel(community=home, code=asked.code, by=who, disclosure_version=launch.DISCLOSURE_VERSION, now=now)
        )  # fmt: skip
    Touch.objects.bulk_create(
        (
            Touch(community=home, channel_id=channels[n % CHANNELS].id, person=b, at=now - timedelta(hours=2))
            for n, b in enumerate(buyers) if n % 3 == 0
        ), batch_size=2000,
    )  # fmt: skip


def asked(shop: Shop, port: int, n: int, key: str) -> bytes:
    body = orjson.dumps({"items": [{"item_id": shop.item, "qty": 1}], "key": key})
    who = shop.passes[n % len(shop.passes)]
    head = f"POST /rush/{shop.slug}/rush HTTP/1.1\r\nHost: {HOST}:{port}\r\nAuthorization: Pass {who}\r\nContent-Type: application/json\r\n"
    return f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body


class Line(asyncio.Protocol):
    """One connection, one request at a time, with no more between socket and bytes than must be: it runs beside the server."""

    def __init__(self) -> None:
        self.pipe: asyncio.WriteTransport | None = None
        self.seen = b""
        self.answer: asyncio.Future[tuple[int, bytes]] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.pipe = transport  # type: ignore[assignment]  # uvloop's transport does not say that it is one

    def connection_lost(self, exc: Exception | None) -> None:
        self.pipe = None
        if self.answer and not self.answer.done():
            self.answer.set_exception(ConnectionResetError())

    def data_received(self, data: bytes) -> None:
        self.seen += data
        head, _, body = self.seen.partition(b"\r\n\r\n")
        at = head.find(b"content-length: ")
        if at < 0 or self.answer is None or self.answer.done():
            return
        if len(body) >= int(head[at + 16 :].partition(b"\r\n")[0]):
            self.seen = b""
            self.answer.set_result((int(head[9:12]), body))

    def ask(self, message: bytes) -> "asyncio.Future[tuple[int, bytes]]":
        if self.pipe is None:
            raise ConnectionResetError
        self.answer = asyncio.get_running_loop().create_future()
        self.pipe.write(message)
        return self.answer


class Caller:
    """Orders one after another on a connection that is kept; what was not answered is sent again, under the same key."""

    def __init__(self, shop: Shop, port: int, numbers: "count[int]") -> None:
        self.shop, self.port, self.numbers = shop, port, numbers
        self.line: Line | None = None

    async def run(self) -> None:
        while not self.shop.is_over:
            n = next(self.numbers)
            key = f"bench-{n:012}"
            begun = time.perf_counter()
            status, body = await self.until_answered(asked(self.shop, self.port, n, key))
            self.note(key, status, body, time.perf_counter() - begun)

    def note(self, key: str, status: int, body: bytes, took: float) -> None:
        if status == 201:
            self.shop.acknowledged[key] = orjson.loads(body)["no"]
            self.shop.took.append(took)
            return
        self.shop.refused[orjson.loads(body)["error"]] += 1
        if self.shop.refused["SoldOut"] > SOLD_OUT_FOR:
            self.shop.is_over = True

    async def until_answered(self, message: bytes) -> tuple[int, bytes]:
        while True:
            try:
                status, body = await self.once(message)
            except OSError:
                self.shop.broken_off += 1
                self.line = None
                await asyncio.sleep(0.1)
                continue
            if status not in {202, 503}:
                return status, body
            self.shop.refused[str(status)] += 1  # in line, or something is starting again
            await asyncio.sleep(0.2)

    async def once(self, message: bytes) -> tuple[int, bytes]:
        if self.line is None:
            _, self.line = await asyncio.get_running_loop().create_connection(Line, HOST, self.port)
        return await self.line.ask(message)


async def plain(shop: Shop, port: int) -> float:
    """Place orders by the API, in the way of all pages, for some seconds; return how many a second."""
    from itertools import cycle  # noqa: PLC0415

    path = f"/api/v1/communities/{shop.slug}/launches/plain/orders"
    tokens, done = cycle(shop.tokens), 0
    end = time.perf_counter() + PLAIN_SECONDS
    item = shop.item + 1

    async def call() -> None:
        nonlocal done
        caller = Caller(shop, port, count())
        while time.perf_counter() < end:
            body = orjson.dumps({"items": [{"item_id": item, "qty": 1}], "key": secrets.token_hex(8)})
            head = f"POST {path} HTTP/1.1\r\nHost: {HOST}:{port}\r\nAuthorization: Bearer {next(tokens)}\r\nContent-Type: application/json\r\n"
            status, answer = await caller.once(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
            if status != 201:
                sys.exit(f"bench: the plain way answered {status}: {answer[:300]!r}")
            done += 1

    begun = time.perf_counter()
    await asyncio.gather(*(call() for _ in range(PLAIN_CALLERS)))
    return done / (time.perf_counter() - begun)


async def rush(shop: Shop, port: int, server: psutil.Process, data: str, given: argparse.Namespace) -> dict[str, Any]:
    """Let the callers order until all is sold, and kill on the way; return what the quiet part was like."""
    numbers = count()
    begun = time.perf_counter()
    callers = [asyncio.create_task(Caller(shop, port, numbers).run()) for _ in range(given.callers)]
    while time.perf_counter() - begun < given.seconds and len(shop.took) < given.stock * PART_BEFORE_KILLS:
        await asyncio.sleep(0.05)
    window = time.perf_counter() - begun
    quiet = sorted(shop.took)
    if given.kills:
        await asyncio.to_thread(kill_web, server, data)
        await asyncio.sleep(2)
        await asyncio.to_thread(kill_database, data)
    await asyncio.wait_for(asyncio.gather(*callers), 600)
    return {
        "orders_per_s": round(len(quiet) / window), "p50_ms": round(statistics.median(quiet) * 1000, 1),
        "p99_ms": round(quiet[int(len(quiet) * 0.99)] * 1000, 1), "sustained_s": round(window, 1),
    }  # fmt: skip


def kill_web(server: psutil.Process, data: str) -> None:
    """Kill the processes that answer HTTP, without a word."""
    base = database_processes(data)
    for process in server.children(recursive=True):
        with suppress(psutil.NoSuchProcess):
            if process not in base and any("kith.run.web" in word for word in process.cmdline()):
                process.send_signal(signal.SIGKILL)


def kill_database(data: str) -> None:
    for process in database_processes(data):
        with suppress(psutil.NoSuchProcess):
            process.send_signal(signal.SIGKILL)


async def ask_again(shop: Shop, port: int) -> int:
    """Ask for some orders again under their keys; return how many were answered as another order."""
    caller, wrong = Caller(shop, port, count()), 0
    for key, no in list(shop.acknowledged.items())[::REPEATED]:
        status, body = await caller.until_answered(asked(shop, port, int(key[6:]), key))
        wrong += status != 201 or orjson.loads(body)["no"] != no
    return wrong


def checked(data: str, shop: Shop) -> dict[str, Any]:
    """Look for what was acknowledged, count what was sold, and audit; by processes of their own."""
    audit = subprocess.run([sys.executable, "-m", "kith", "audit", "--json"], env=os.environ | {"KITH_DATA": data}, capture_output=True, check=False)  # fmt: skip
    with database():
        set_up_django()
        from kith.launch.models import Attribution, Line, Order  # noqa: PLC0415 -- Django is set up only now

        there = dict(Order.objects.filter(campaign__slug="rush").values_list("client_key", "no"))
        sold = sum(Line.objects.filter(order__campaign__slug="rush", kind="item").values_list("qty", flat=True))
        credited = Attribution.objects.filter(order__campaign__slug="rush").count()
    return {
        "sold": sold, "lost_acknowledged": sum(there.get(key) != no for key, no in shop.acknowledged.items()),
        "acknowledged": len(shop.acknowledged), "attributed": credited, "audit": "clean" if audit.returncode == 0 else audit.stdout.decode()[-2000:],
    }  # fmt: skip


def _hang_up() -> None:
    """Let go of a database that is about to stop."""
    from django.db import connections  # noqa: PLC0415 -- Django is set up only now

    connections.close_all()


def note(sentence: str) -> None:
    print(f"bench: {sentence}", file=sys.stderr, flush=True)


def measured(given: argparse.Namespace, data: str) -> dict[str, Any]:
    os.environ |= {"KITH_DATA": data}
    os.environ.pop("DATABASE_URL", None)
    with database():
        set_up_django()
        shop = seed(given.stock)
        _hang_up()
    Path(data).chmod(0o755)
    port = free_port()
    with served(data, port) as server:
        asyncio.run(until_ready(port))
        time.sleep(5)
        note("the plain way")
        plainly = uvloop.run(plain(shop, port))
        note(f"{plainly:.1f} orders a second; the rush")
        found = uvloop.run(rush(shop, port, server, data, given))
        note(f"{found}; asking again")
        wrong = uvloop.run(ask_again(shop, port))
    note("the audit")
    return (
        found | checked(data, shop)
        | {"stock": given.stock, "plain_orders_per_s": round(plainly, 1), "ratio": round(found["orders_per_s"] / plainly, 1),
           "asked_again_wrong": wrong, "broken_off": shop.broken_off, "refused": dict(shop.refused)}
    )  # fmt: skip


def is_right(facts: dict[str, Any]) -> bool:
    return facts["audit"] == "clean" and facts["sold"] == facts["stock"] and not facts["lost_acknowledged"] and not facts["asked_again_wrong"]  # fmt: skip


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--stock", type=int, default=0, help=f"default: {STOCK_A_SECOND} for each second")
    parser.add_argument("--callers", type=int, default=200)
    parser.add_argument("--kills", action=argparse.BooleanOptionalAction, default=True)
    given = parser.parse_args()
    given.stock = given.stock or given.seconds * STOCK_A_SECOND
    with tempfile.TemporaryDirectory(prefix="kith-bench-") as data:
        facts = measured(given, data)
    print(json.dumps({"bench": "rush", **facts, "machine": f"{platform.machine()}, {os.cpu_count()} cores"}))
    return int(not is_right(facts))


if __name__ == "__main__":
    sys.exit(main())
