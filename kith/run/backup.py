"""One file with everything: the database as it is at one moment, and the media folder."""

import datetime as dt
import os
import secrets
import tarfile
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
from psycopg import IsolationLevel

from kith.run.archive import DUMP, MEDIA, Writer
from kith.run.data import BackupExists, BackupNotWritten
from kith.run.postgres_tools import count_rows, run

Facts = dict[str, object]


@dataclass(frozen=True, slots=True)
class Contents:
    """What the manifest says of the database."""

    postgres: int
    migrations: list[tuple[str, str]]
    tables: dict[str, int]


def back_up(*, url: str, media: Path, file: Path, now: dt.datetime, replace: bool) -> Facts:
    """Write the backup beside its name first and give it the name when it is whole; return its manifest's facts."""
    if file.exists() and not replace:
        raise BackupExists(file=file)
    part = file.with_name(f".{file.name}.{secrets.token_hex(4)}.part")
    try:
        facts = _write(url, media, part, now)
        part.replace(file)
    except OSError as fault:
        raise BackupNotWritten(file=file, reason=fault.strerror or fault) from fault
    finally:
        part.unlink(missing_ok=True)
    return facts


def _write(url: str, media: Path, part: Path, now: dt.datetime) -> Facts:
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)  # it holds everybody's letters
    with os.fdopen(handle, "wb") as raw:
        with tarfile.open(fileobj=raw, mode="w", format=tarfile.PAX_FORMAT) as tar:
            writer = Writer(tar)
            facts: Facts = {"kith": version("kith"), "made_at": now.isoformat()}
            contents = _add_database(writer, url, part.parent)
            _add_media(writer, media)
            writer.close_with({**facts, **asdict(contents)})
        raw.flush()
        os.fsync(raw.fileno())
        rows = sum(contents.tables.values())
        return {**facts, "rows": rows, "files": len(writer.members) - 1, "bytes": raw.tell()}


def _add_database(writer: Writer, url: str, beside: Path) -> Contents:
    """Dump and count in one snapshot, so that the counts are those of the dump."""
    with psycopg.connect(url) as connection, TemporaryDirectory(dir=beside, prefix=".kith-dump-") as folder:
        connection.isolation_level = IsolationLevel.REPEATABLE_READ
        connection.read_only = True
        snapshot = connection.execute("SELECT pg_export_snapshot()").fetchone()
        assert snapshot is not None
        dump = Path(folder) / DUMP
        run("pg_dump", url, ["--format=custom", f"--snapshot={snapshot[0]}", f"--file={dump}"])
        writer.add(DUMP, dump)
        return Contents(
            postgres=connection.info.server_version,
            migrations=sorted(connection.execute("SELECT app, name FROM django_migrations").fetchall()),
            tables=count_rows(connection),
        )


def _add_media(writer: Writer, media: Path) -> None:
    for path in sorted(media.rglob("*")):
        if path.is_file() and not path.is_symlink():
            writer.add(f"{MEDIA}/{path.relative_to(media).as_posix()}", path)
