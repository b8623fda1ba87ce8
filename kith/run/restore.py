"""Put a backup in the place of what is there, all of it or nothing.

The new database and media are made beside the old ones, checked, brought to the newest tables and only
then given the names of the old. A file that is broken anywhere changes nothing.
"""

import contextlib
import os
import secrets
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from kith.run.archive import DUMP, MEDIA, unpack
from kith.run.data import BackupBroken, BackupTooNew, NotEmpty, NotRestored
from kith.run.postgres_tools import count_rows, name_of, renamed, run

TRIES = 20
TRY_SECONDS = 0.2
OTHERS = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid()"

Migrations = set[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Place:
    """What a restore replaces."""

    url: str
    data: Path
    media: Path


def restore(*, file: Path, place: Place, known: Migrations, occupied: bool, agreed: bool) -> dict[str, Any]:
    """Restore; `known` are the migrations of this code, `occupied` says whether somebody would be overwritten."""
    try:
        with _staging(place.data) as folder:
            manifest = unpack(file, folder)
            _require_known(manifest, known)
            if occupied and not agreed:
                raise NotEmpty
            with _fresh_database(place.url) as fresh:
                _load(renamed(place.url, fresh), folder / DUMP, manifest)
                with _media_in_place(folder / MEDIA, place.media):
                    _swap(place.url, fresh)
            return manifest
    except OSError as fault:
        raise NotRestored(reason=f"{fault.filename or file}: {fault.strerror or fault}") from fault
    except psycopg.Error as fault:
        raise NotRestored(reason=str(fault).strip()) from fault


def _require_known(manifest: dict[str, Any], known: Migrations) -> None:
    apps = {app for app, _ in known}
    for app, name in map(tuple, manifest["migrations"]):
        if app in apps and (app, name) not in known:
            raise BackupTooNew(version=manifest["kith"], migration=f"{app}.{name}")


def _load(url: str, dump: Path, manifest: dict[str, Any]) -> None:
    run("pg_restore", url, ["--exit-on-error", "--single-transaction", "--no-owner", "--no-privileges",
                            f"--dbname={name_of(url)}", str(dump)])  # fmt: skip
    with psycopg.connect(url) as connection:
        counted = count_rows(connection)
    if counted != manifest["tables"]:
        table = next(t for t in counted.keys() | manifest["tables"] if counted.get(t) != manifest["tables"].get(t))
        raise BackupBroken(file=dump.name, reason=f"the table {table} does not hold as many rows as were backed up")
    # In a process of its own: this one's Django is bound to the old database.
    order = [sys.executable, "-m", "kith", "manage", "migrate", "--verbosity=0", "--no-input"]
    done = subprocess.run(order, env=os.environ | {"DATABASE_URL": url}, check=False)  # noqa: S603
    if done.returncode:
        raise NotRestored(reason="its tables cannot be brought to those of this Kith; the reason stands above")


@contextmanager
def _staging(data: Path) -> Iterator[Path]:
    """Lend a folder on the disk of the data, so that moving into place is only a change of names."""
    folder = data / f"restore.{secrets.token_hex(4)}"
    folder.mkdir(mode=0o700)
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


@contextmanager
def _fresh_database(url: str) -> Iterator[str]:
    """Lend a new database beside the old; drop it unless it took the old one's name."""
    name = f"{name_of(url)}_restore_{secrets.token_hex(4)}"
    with _beside(url) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name)))
        try:
            yield name
        finally:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


@contextmanager
def _media_in_place(fresh: Path, media: Path) -> Iterator[None]:
    """Change the media folder, and change it back if what follows fails."""
    fresh.mkdir(exist_ok=True)
    aside = fresh.with_name("media.before")
    if media.exists():
        media.rename(aside)
    try:
        fresh.rename(media)
        yield
    except BaseException:
        if media.exists():
            media.rename(fresh)
        if aside.exists():
            aside.rename(media)
        raise


def _swap(url: str, fresh: str) -> None:
    """Give the old name to the new database, in one transaction, and drop the old."""
    current, old = name_of(url), f"{fresh}_old"
    with _beside(url) as connection:
        for _ in range(TRIES):
            connection.execute(OTHERS, [current])
            # Somebody may come back between the two statements; then once more.
            with contextlib.suppress(psycopg.errors.ObjectInUse), connection.transaction():
                connection.execute(_rename(current, old))
                connection.execute(_rename(fresh, current))
                break
            time.sleep(TRY_SECONDS)
        else:
            raise NotRestored(reason="others kept the database in use; stop them first")
        connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(old)))


def _rename(before: str, after: str) -> sql.Composed:
    return sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(before), sql.Identifier(after))


@contextmanager
def _beside(url: str) -> Iterator[psycopg.Connection]:
    """Connect to the server, but not to the database that is to be renamed."""
    with psycopg.connect(renamed(url, "postgres"), autocommit=True) as connection:
        yield connection
