"""File locks of the kernel: they vanish with the process that holds them, however it dies."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kith.postgres.data import DatabaseBusy, DatabaseOfAnother

STEP_SECONDS = 0.02


def open_lock(path: Path) -> int:
    """Open a lock file (made when missing) or a folder; the caller closes it, which unlocks."""
    try:
        if path.is_dir():
            return os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except PermissionError as fault:
        raise DatabaseOfAnother(folder=path) from fault


def try_lock(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def wait_lock(handle: int, seconds: float) -> bool:
    limit = time.monotonic() + seconds
    while not try_lock(handle):
        if time.monotonic() > limit:
            return False
        time.sleep(STEP_SECONDS)
    return True


def share_lock(handle: int) -> None:
    fcntl.flock(handle, fcntl.LOCK_SH)


@contextmanager
def locked(path: Path, seconds: float) -> Iterator[None]:
    handle = open_lock(path)
    try:
        if not wait_lock(handle, seconds):
            raise DatabaseBusy(folder=path.parent, seconds=int(seconds))
        yield
    finally:
        os.close(handle)


def is_locked(path: Path) -> bool:
    handle = open_lock(path)
    try:
        return not try_lock(handle)
    finally:
        os.close(handle)
