"""Starting the front as a process, and listening to it as a browser would."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import psycopg
from django.db import connection

from kith.lib.passes import issue
from kith.people.api import Community, Person

HOST = "127.0.0.1"
PATIENCE_SECONDS = 20
ROOT = Path(__file__).resolve().parents[2]
GRANIAN = ("-m", "granian", "--interface", "asgi", "--no-ws", "--backlog", "4096", "--log-level", "warning")


def until(holds: Callable[[], bool], what: str) -> None:
    """Wait for a condition."""
    end = time.monotonic() + PATIENCE_SECONDS
    while not holds():
        assert time.monotonic() < end, f"still waiting: {what}"
        time.sleep(0.02)


@dataclass
class Server:
    """A server process; everything it says is in `log`."""

    port: int
    process: subprocess.Popen[bytes]
    log: Path

    def answers(self) -> bool:
        """Tell whether anything answers on the port; fail with what it said when the process ended."""
        assert self.process.poll() is None, self.log.read_text()
        try:
            socket.create_connection((HOST, self.port), timeout=1).close()
        except OSError:
            return False
        return True

    def stop(self, number: int = signal.SIGINT) -> float:
        """Ask it to stop; return the seconds it took."""
        began = time.monotonic()
        self.process.send_signal(number)
        self.process.wait(PATIENCE_SECONDS)
        return time.monotonic() - began

    def request(
        self, method: str, path: str, body: bytes | Iterator[bytes] | None = None, headers: dict[str, str] | None = None
    ) -> tuple[int, http.client.HTTPMessage, bytes]:
        line = http.client.HTTPConnection(HOST, self.port, timeout=PATIENCE_SECONDS)
        try:
            line.request(method, path, body, headers or {})
            answer = line.getresponse()
            return answer.status, answer.headers, answer.read()
        finally:
            line.close()


def free_port() -> int:
    with socket.socket() as found:
        found.bind((HOST, 0))
        return int(found.getsockname()[1])


def database_url() -> str:
    """Return the address of the database this test run writes to."""
    server, question, more = os.environ["DATABASE_URL"].partition("?")
    return f"{server.rpartition('/')[0]}/{connection.settings_dict['NAME']}{question}{more}"


def has_hung_up(address: str, name: str) -> bool:
    """Tell whether no session of a server is left: one that is would keep the database of the tests from being dropped."""
    with psycopg.connect(address) as line:
        found = line.execute("SELECT count(*) FROM pg_stat_activity WHERE application_name = %s", [name]).fetchone()
    return found == (0,)


@contextmanager
def running(words: list[str], port: int, folder: Path, **more: str) -> Iterator[Server]:
    log, address, name = folder / f"server-{port}.log", database_url(), f"server-{port}"
    surroundings = os.environ | {
        "DATABASE_URL": address, "PGAPPNAME": name, "DJANGO_SETTINGS_MODULE": "kith.settings.test", "PYTHONPATH": str(ROOT),
    }  # fmt: skip
    with log.open("wb") as file:
        process = subprocess.Popen(
            [sys.executable, *words],
            cwd=ROOT,
            env=surroundings | more,
            stdout=file,
            stderr=file,
            start_new_session=True,
        )
    server = Server(port, process, log)
    try:
        until(server.answers, "the server to answer")
        yield server
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        until(partial(has_hung_up, address, name), "the database to notice")


@contextmanager
def front(folder: Path, **limits: float) -> Iterator[Server]:
    port = free_port()
    words = [*GRANIAN, "--port", str(port), "tests.front.served:application"]
    with running(words, port, folder, TEST_LIMITS=json.dumps(limits)) as server:
        yield server


@contextmanager
def gateway(folder: Path, *options: str, port: int = 0) -> Iterator[Server]:
    port = port or free_port()
    with running(["-m", "kith", "live", "--port", str(port), *options], port, folder) as server:
        yield server


@dataclass(frozen=True)
class Event:
    name: str
    id: int
    data: dict[str, int]


@dataclass
class Ear:
    """One open stream."""

    line: http.client.HTTPConnection
    answer: http.client.HTTPResponse
    last_id: int = -1
    retry: int = 0
    pings: int = 0
    fields: dict[str, str] = field(default_factory=dict)

    def event(self, *, greeting: bool = False) -> Event | None:
        """Wait for the next event, greetings left out unless asked for; None is the end of the stream."""
        while raw := self.answer.readline():
            text = raw.decode().rstrip("\n")
            if text.startswith(":"):
                self.pings += 1
            elif text:
                name, _, value = text.partition(": ")
                self.fields[name] = value
            elif (found := self._dispatched()) and (greeting or found.name != "hello"):
                return found
        return None

    def _dispatched(self) -> Event | None:
        fields, self.fields = self.fields, {}
        self.last_id = int(fields.get("id", self.last_id))
        self.retry = int(fields.get("retry", self.retry))
        return Event(fields["event"], self.last_id, json.loads(fields["data"])) if "data" in fields else None

    def greeted(self) -> "Ear":
        """Wait for the greeting, and be sure that it comes first."""
        first = self.event(greeting=True)
        assert first is not None
        assert (first.name, first.data) == ("hello", {})
        return self

    def close(self) -> None:
        self.answer.close()
        self.line.close()


def key_of(community: Community, person: Person | None, now: datetime | None = None) -> str:
    return issue(
        key="test", community_id=community.pk, person_id=person.pk if person else 0, now=now or datetime.now(UTC)
    )


def listen(server: Server, slug: str, token: str, *, last_id: int | None = None, more: str = "", via: str = "") -> Ear:
    """Open a stream; `via` is what a proxy says of where it comes from."""
    line = http.client.HTTPConnection(HOST, server.port, timeout=PATIENCE_SECONDS)
    given = {"X-Forwarded-For": via} if via else {}
    if last_id is not None:
        given["Last-Event-ID"] = str(last_id)
    line.request("GET", f"/live/{slug}?token={token}{more}", headers=given)
    return Ear(line, line.getresponse())
