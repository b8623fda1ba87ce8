"""A Kith seen from outside: its folder, its commands, its processes."""

import fcntl
import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

from kith.postgres.api import running
from tests.plugin import HOME, TEMPLATE

KITH = [sys.executable, "-m", "kith"]
# What the test run sets for itself must not reach the Kith under test.
OURS = {"DATABASE_URL", "DJANGO_SETTINGS_MODULE", "KITH_DEMO", "PORT"}
PATIENCE_SECONDS = 180  # a busy machine


@dataclass(frozen=True)
class Kith:
    """One data folder and what is done with it."""

    data: Path

    def environment(self, **more: str) -> dict[str, str]:
        rest = {name: value for name, value in os.environ.items() if name not in OURS}
        return rest | {"KITH_DATA": str(self.data)} | more

    def run(self, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*KITH, *words],
            env=self.environment(**more),
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE_SECONDS,
        )

    def start(self, *words: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [*KITH, *words], env=self.environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )

    def serve(self, port: int, *words: str) -> "Served":
        log = self.data / "serve.log"
        with log.open("w") as sink:
            process = subprocess.Popen(
                [*KITH, "serve", "--port", str(port), "--workers", "1", *words],
                env=self.environment(), stdout=sink, stderr=sink, start_new_session=True,
            )  # fmt: skip
        return Served(self, process, port, log)

    def postmaster(self) -> psutil.Process:
        return psutil.Process(int((self.data / "postgres" / "postmaster.pid").read_text().split()[0]))

    def processes(self) -> list[psutil.Process]:
        """Return every process that works for this folder, the server's own included."""
        mark = f"KITH_DATA={self.data}".encode()
        found = []
        for process in psutil.process_iter():
            with suppress(psutil.Error, OSError):
                if mark in Path(f"/proc/{process.pid}/environ").read_bytes().split(b"\0"):
                    found.append(process)
        return [process for process in found if process.status() != psutil.STATUS_ZOMBIE]


@dataclass(frozen=True)
class Served:
    kith: Kith
    process: subprocess.Popen[bytes]
    port: int
    log: Path

    def until_it_answers(self) -> "Served":
        until(lambda: "Kith answers at" in self.log.read_text() or self.process.poll() is not None, self.log.read_text)
        assert self.process.poll() is None, self.log.read_text()
        return self

    def status(self) -> int | None:
        """Return the status of the first page, None while nothing comes back."""
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)) as line:
            try:
                line.request("GET", "/")
                return line.getresponse().status
            except (OSError, http.client.HTTPException):
                return None

    def child(self, *words: str) -> psutil.Process:
        """Return the supervisor's child whose command line holds these words, once it is there."""
        found: list[psutil.Process] = []

        def there() -> bool:
            for child in psutil.Process(self.process.pid).children():
                with suppress(psutil.ZombieProcess, psutil.NoSuchProcess):
                    if set(words) <= set(child.cmdline()):
                        found.append(child)
            return bool(found)

        until(there, self.log.read_text)
        return found[0]

    def stop(self, number: signal.Signals = signal.SIGINT) -> int:
        self.process.send_signal(number)
        return self.process.wait(PATIENCE_SECONDS)


def until(true: Callable[[], bool], explain: Callable[[], str] = str) -> None:
    limit = time.monotonic() + PATIENCE_SECONDS
    while not true():
        assert time.monotonic() < limit, explain()
        time.sleep(0.05)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def prepared() -> Path:
    """Return a folder with all tables and static files, made once for the migrations as they are."""
    target = HOME / f"prepared_{os.environ.get(TEMPLATE, os.getpid())}"
    with (HOME / "prepared.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # workers of one run want it at the same time
        if not target.exists():
            for old in HOME.glob("prepared_*"):
                shutil.rmtree(old)
            kith = Kith(HOME / f"raw_{os.getpid()}")
            done = kith.run("prepare")
            assert done.returncode == 0, done.stderr
            kith.data.rename(target)
    return target


def copy_of(prepared: Path, target: Path) -> Kith:
    """Copy a folder as it is, owners included: the database belongs to the user it runs as."""
    subprocess.run(["cp", "-a", str(prepared), str(target)], check=True)
    return Kith(target)


def wipe(kith: Kith) -> None:
    for process in kith.processes():
        with suppress(psutil.Error):
            process.kill()
    with running(kith.data):  # the last one out stops a server left behind
        pass
    shutil.rmtree(kith.data)
