"""`kith serve`: the database, the web process and the worker, kept alive until told to stop."""

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from kith.lib.errors import Refusal
from kith.run import ports
from kith.run.children import Child
from kith.run.data import NOT_PREPARED, NotPrepared, WebWontStart
from kith.run.environment import KeepUp, data_folder, database, is_empty, raise_file_limit
from kith.run.restart import RestartMark

LOOK_SECONDS = 0.2
DATABASE_EVERY_SECONDS = 1
DATABASE_PAUSE_SECONDS = 10
STOP_SECONDS = 10
TRIES = 3
KITH = (sys.executable, "-m", "kith")

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Plan:
    host: str
    port: int
    workers: int
    work: bool
    demo: bool

    @property
    def web(self) -> list[str]:
        return [sys.executable, "-m", "kith.run.web", self.host, str(self.port), str(self.workers)]


class Signals:
    """SIGINT, SIGTERM and SIGHUP ask to stop; asked twice, it may not take its time."""

    def __init__(self) -> None:
        self.asked = threading.Event()
        self.hurry = False

    @contextmanager
    def heard(self) -> Iterator[None]:
        numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
        before = [signal.signal(number, self._hear) for number in numbers]
        try:
            yield
        finally:
            for number, handler in zip(numbers, before, strict=True):
                signal.signal(number, handler)

    def _hear(self, *_: object) -> None:
        self.hurry = self.asked.is_set()
        self.asked.set()


def serve(plan: Plan, say: Say) -> None:
    """Run until asked to stop; then end the children, and let go of the database last."""
    raise_file_limit()
    ports.require_free(plan.host, plan.port)
    with database() as keep_up:
        if plan.demo and is_empty():
            say("On an empty database an invented community is made first, to look around in: half a minute or so.")
            _invent()
        signals = Signals()
        with signals.heard():
            Keeper(plan, keep_up, signals, say).keep_alive()


def _invent() -> None:
    """Make the invented community in a process of its own, whose memory goes with it."""
    if subprocess.run([*KITH, "demo", "--if-empty"], check=False, stdout=subprocess.DEVNULL).returncode:  # noqa: S603
        raise NotPrepared(command="demo")


class Keeper:
    """Looks after everything that shall run, a few times a second."""

    def __init__(self, plan: Plan, keep_up: KeepUp, signals: Signals, say: Say) -> None:
        self._plan, self._signals, self._say = plan, signals, say
        self._web, self._worker = Child("web", plan.web), Child("worker", [*KITH, "work"])
        self._children = [self._web]
        self._told = False
        self._database = DatabaseWatch(keep_up, say)
        self._restart = RestartMark(data_folder())
        self._answered = threading.Event()

    def keep_alive(self) -> None:
        asked = self._signals.asked
        threading.Thread(target=_await_answer, args=(self._plan, self._answered, asked), daemon=True).start()
        try:
            while not asked.wait(LOOK_SECONDS):
                self._look()
        finally:
            _stop(self._children, self._signals)

    def _look(self) -> None:
        self._database.look()
        if self._restart.is_new():
            for child in self._children:
                child.renew()
        for line in [child.tend() for child in self._children]:
            if line:
                self._say(line)
        if not self._told:
            self._look_for_first_answer()

    def _look_for_first_answer(self) -> None:
        if self._answered.is_set():
            self._say(f"Kith answers at {ports.shown(self._plan.host, self._plan.port)}")
            self._told = True
            if self._plan.work:  # it waited for the first page, for which a person waits too
                self._children.append(self._worker)
        elif self._web.last_code == NOT_PREPARED:
            raise NotPrepared(command="prepare")
        elif self._web.deaths >= TRIES:
            raise WebWontStart(times=TRIES)


def _await_answer(plan: Plan, answered: threading.Event, asked: threading.Event) -> None:
    while not asked.wait(LOOK_SECONDS / 2):
        if ports.answers(plan.host, plan.port):
            answered.set()
            return


def _stop(children: list[Child], signals: Signals) -> None:
    for child in children:
        child.ask_to_stop()
    limit = time.monotonic() + STOP_SECONDS
    while not all(child.stopped() for child in children):
        if signals.hurry or time.monotonic() > limit:
            break
        time.sleep(LOOK_SECONDS / 10)
    for child in children:
        child.end()


class DatabaseWatch:
    """Looks after the database: brings a killed one up again, and does not give up when it fails."""

    def __init__(self, keep_up: KeepUp, say: Say) -> None:
        self._keep_up = keep_up
        self._say = say
        self._next_look = 0.0

    def look(self) -> None:
        if time.monotonic() < self._next_look:
            return
        self._next_look = time.monotonic() + DATABASE_EVERY_SECONDS
        try:
            self._keep_up()
        except Refusal as refusal:
            self._say(str(refusal))
            self._next_look = time.monotonic() + DATABASE_PAUSE_SECONDS
