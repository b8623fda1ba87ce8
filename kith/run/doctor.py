"""What is wrong around Kith, in words."""

import datetime as dt
import os
import shutil
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from kith.lib.errors import Refusal
from kith.run.environment import data_folder, database, raise_file_limit, set_up_django

GIGABYTE = 1_000_000_000
DISK_BAD, DISK_WARN = 0.2 * GIGABYTE, 2 * GIGABYTE
FILES_WARN = 4096
SKEW_WARN_SECONDS, SKEW_BAD_SECONDS = 2, 30
OLDEST_POSTGRES = 15


class Level(StrEnum):
    OK = "ok"
    WARN = "warn"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Finding:
    about: str
    level: Level
    sentence: str


def examine() -> list[Finding]:
    """Look at everything; what cannot be looked at is a finding too."""
    data = data_folder()
    found = [folder(data), disk(data), open_files(), secret_key(data)]
    try:
        with database():
            set_up_django()
            return [*found, *_inside()]
    except Refusal as refusal:
        return [*found, Finding("database", Level.BAD, str(refusal))]


def folder(data: Path) -> Finding:
    if not data.is_dir():
        return Finding("data folder", Level.WARN, f"{data} does not exist yet; the first start makes it.")
    for path in (data, data / "media", data / "static"):
        if path.exists() and not os.access(path, os.R_OK | os.W_OK | os.X_OK):
            return Finding("data folder", Level.BAD, f"Kith may not write to {path}; give it to the user Kith runs as.")
    if data.stat().st_mode & stat.S_IWOTH:
        return Finding("data folder", Level.BAD, f"Everybody on this machine may write to {data}: chmod o-w it.")
    return Finding("data folder", Level.OK, f"{data} is writable.")


def disk(data: Path) -> Finding:
    here = next(path for path in (data, *data.parents) if path.exists())
    free = shutil.disk_usage(here).free
    says = f"{free / GIGABYTE:.1f} GB are free for {data}."
    if free < DISK_BAD:
        return Finding("disk", Level.BAD, f"{says} The database stops when it is full.")
    return Finding("disk", Level.WARN if free < DISK_WARN else Level.OK, says)


def open_files() -> Finding:
    limit = raise_file_limit()
    if limit < FILES_WARN:
        return Finding(
            "open files", Level.WARN, f"At most {limit} at a time, hence fewer listeners; raise `ulimit -Hn`."
        )
    return Finding("open files", Level.OK, f"Up to {limit} at a time.")


def secret_key(data: Path) -> Finding:
    key = data / "secret.key"
    if os.environ.get("KITH_SECRET_KEY"):
        return Finding("secret key", Level.OK, "Comes from KITH_SECRET_KEY.")
    if not key.exists():
        return Finding("secret key", Level.WARN, f"{key} does not exist yet; the first start makes it.")
    if key.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        return Finding("secret key", Level.BAD, f"Others can read {key} and sign in as anybody: chmod 600 it.")
    if not key.read_text().strip():
        return Finding("secret key", Level.BAD, f"{key} is empty; delete it, and the next start makes a new one.")
    return Finding("secret key", Level.OK, f"Only its owner can read {key}.")


def _inside() -> Iterator[Finding]:
    from kith.run import doctor_inside  # noqa: PLC0415 -- Django is set up only now

    looks: list[Callable[[], Finding]] = doctor_inside.LOOKS
    for look in looks:
        yield look()


def skew(difference: dt.timedelta) -> Finding:
    seconds = abs(difference.total_seconds())
    if seconds < SKEW_WARN_SECONDS:
        return Finding("clock", Level.OK, "This machine and the database agree about the time.")
    level = Level.BAD if seconds > SKEW_BAD_SECONDS else Level.WARN
    return Finding("clock", level, f"This machine and the database differ by {seconds:.0f} s; set both by NTP.")
