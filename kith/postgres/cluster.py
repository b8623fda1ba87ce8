"""One cluster on disk: found running, started, stopped. Callers hold the switch lock."""

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import psutil

from kith.postgres.account import Account
from kith.postgres.binaries import home, program
from kith.postgres.data import DatabaseBusy, DatabaseOfAnother, DatabaseWontStart, DatabaseWontStop, Place
from kith.postgres.locks import STEP_SECONDS, open_lock, wait_lock
from kith.postgres.making import make_once
from kith.postgres.passage import open_programs, open_way
from kith.postgres.sockets import clear, make_ready, socket_folder

START_SECONDS = 300  # after a crash the log is replayed first
STOP_SECONDS = 60
ORPHAN_SECONDS = 5
LOG_BYTES = 20_000_000
LAST_LINES = 8

# Servers we started are our children; the list keeps Popen from complaining that they outlive their object.
_children: list[subprocess.Popen[bytes]] = []


@dataclass(frozen=True, slots=True)
class Server:
    """What a running server says of itself in postmaster.pid."""

    pid: int
    sockets: Path
    state: str


def find(place: Place) -> Server | None:
    """Return the live server of this very folder; a file left by a dead one, or copied, does not count."""
    try:
        lines = (place.cluster / "postmaster.pid").read_text().splitlines()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except PermissionError as fault:
        raise DatabaseOfAnother(folder=place.cluster) from fault
    lines += [""] * (8 - len(lines))
    if not lines[0].isdigit() or not _works_in(int(lines[0]), place.cluster):
        return None
    return Server(pid=int(lines[0]), sockets=Path(lines[4]), state=lines[7].strip())


def ensure(place: Place, account: Account, tuning: Mapping[str, str]) -> Server:
    """Return the running server, started now if need be."""
    server = find(place)
    if server is not None and server.state == "stopping":
        _wait_gone(server)
        server = find(place)
    if server is None:
        return _start(place, account, tuning)
    return _wait_ready(place, partial(_lives, server.pid), said_before=_size(place.log))


def stop(place: Place) -> None:
    """Ask for a fast shutdown, then for an immediate one: the log is replayed on the next start."""
    server = find(place)
    if server is None:
        return
    for question in (signal.SIGINT, signal.SIGQUIT):
        with contextlib.suppress(ProcessLookupError):
            os.kill(server.pid, question)
        if _wait_gone(server):
            _bury()
            return
    raise DatabaseWontStop(folder=place.cluster, log=place.log)


def _start(place: Place, account: Account, tuning: Mapping[str, str]) -> Server:
    _bury()
    open_programs(account, home())
    open_way(account, place.cluster)
    make_once(place, account)
    gate = open_lock(place.cluster)
    try:
        _clear_leftovers(place, gate)
        said_before = _trim_log(place.log)
        child = _spawn(place, account, tuning, gate)
    finally:
        os.close(gate)
    return _wait_ready(place, lambda: child.poll() is None, said_before)


def _clear_leftovers(place: Place, gate: int) -> None:
    """Wait until no process of a dead server is left, then take away its pid files.

    Every process of a server inherits the lock on the folder, so the free lock proves them gone, also
    those in another container. Without this, a pid used again by a stranger would block the start.
    """
    if not wait_lock(gate, ORPHAN_SECONDS):
        _kill_orphans(place)
        if not wait_lock(gate, ORPHAN_SECONDS):
            raise DatabaseBusy(folder=place.cluster, seconds=2 * ORPHAN_SECONDS)
    (place.cluster / "postmaster.pid").unlink(missing_ok=True)
    clear(socket_folder(place.cluster))


def _kill_orphans(place: Place) -> None:
    for process in psutil.process_iter(["name"]):
        if process.info["name"] == "postgres" and _works_in(process.pid, place.cluster):
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()


def _spawn(place: Place, account: Account, tuning: Mapping[str, str], gate: int) -> subprocess.Popen[bytes]:
    sockets = socket_folder(place.cluster)
    if sockets != place.cluster:
        make_ready(sockets, account)
    fixed = {"listen_addresses": "", "port": "5432", "unix_socket_permissions": "0700"}
    settings = {**tuning, **fixed, "unix_socket_directories": f'"{sockets}"'}
    order = [str(program("postgres")), "-D", str(place.cluster)]
    order += [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    with place.log.open("ab") as log:
        child = subprocess.Popen(  # noqa: S603 -- our own programs
            order, stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=place.cluster,
            pass_fds=[gate], start_new_session=True, **account.spawn(),
        )  # fmt: skip
    _children.append(child)
    return child


def _wait_ready(place: Place, alive: Callable[[], bool], said_before: int) -> Server:
    limit = time.monotonic() + START_SECONDS
    while time.monotonic() < limit and alive():
        server = find(place)
        if server is not None and server.state == "ready":
            return server
        time.sleep(STEP_SECONDS)
    raise DatabaseWontStart(folder=place.cluster, log=_last_words(place.log, said_before))


def _wait_gone(server: Server) -> bool:
    limit = time.monotonic() + STOP_SECONDS
    while _lives(server.pid):
        if time.monotonic() > limit:
            return False
        time.sleep(STEP_SECONDS)
    return True


def _works_in(pid: int, folder: Path) -> bool:
    try:
        return _lives(pid) and folder.samefile(Path(psutil.Process(pid).cwd()))
    except (psutil.Error, OSError):
        return False


def _lives(pid: int) -> bool:
    try:
        return bool(psutil.Process(pid).status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def _bury() -> None:
    """Let go of dead children, or they stay in the process table as zombies for as long as we live."""
    _children[:] = [child for child in _children if child.poll() is None]


def _size(log: Path) -> int:
    return log.stat().st_size if log.exists() else 0


def _trim_log(log: Path) -> int:
    """Keep one older log beside the present one; return how long the present one is."""
    if _size(log) > LOG_BYTES:
        log.replace(log.with_suffix(".log.1"))
    return _size(log)


def _last_words(log: Path, said_before: int) -> str:
    with log.open("rb") as lines:
        lines.seek(said_before)
        said = lines.read().decode(errors="replace").splitlines()
    return "\n".join(said[-LAST_LINES:]) or "nothing"
