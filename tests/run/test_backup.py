"""Backup and restore: what comes back is what was there, or nothing is touched."""

import hashlib
import io
import json
import os
import re
import stat
import tarfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql

from kith.postgres.api import running
from kith.run.archive import unpack
from kith.run.data import BackupBroken
from tests.run.world import Kith, copy_of, free_port, until, wipe

PEOPLE = 40
FILL = """
    INSERT INTO people_person (email, name, password, language, is_active, is_bot, made_at)
    SELECT 'p' || n || '@example.org', '成员 ' || n, '', 'zh-hans', true, false, now() FROM generate_series(1, %s) n
"""


@dataclass(frozen=True)
class Original:
    """A folder with people and media, its backup, and what was in it."""

    kith: Kith
    file: Path
    rows: dict[str, list[str]]


@pytest.fixture(scope="module")
def original(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Original]:
    kith = copy_of(prepared, tmp_path_factory.mktemp("original") / "data")
    with running(kith.data) as url, psycopg.connect(url) as connection:
        connection.execute(FILL, [PEOPLE])
    (kith.data / "media" / "avatars").mkdir(parents=True)
    (kith.data / "media" / "avatars" / "图 1.webp").write_bytes(os.urandom(200_000))
    (kith.data / "media" / "empty").write_bytes(b"")
    yield Original(kith, back_up(kith), rows(kith))
    wipe(kith)


@pytest.fixture
def another(original: Original, tmp_path: Path) -> Iterator[Kith]:
    """A copy that a test may change."""
    kith = copy_of(original.kith.data, tmp_path / "data")
    yield kith
    wipe(kith)


def rows(kith: Kith) -> dict[str, list[str]]:
    """Return every row of every table, as text, in an order of its own."""
    query = "SELECT schemaname, tablename FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"
    with running(kith.data) as url, psycopg.connect(url) as connection:
        tables = connection.execute(query).fetchall()
        return {".".join(table): _rows(connection, *table) for table in tables}


def _rows(connection: psycopg.Connection, schema: str, table: str) -> list[str]:
    query = sql.SQL("SELECT t::text FROM {} t").format(sql.Identifier(schema, table))
    return sorted(row for (row,) in connection.execute(query))


def sequences(kith: Kith) -> list[tuple[Any, ...]]:
    with running(kith.data) as url, psycopg.connect(url) as connection:
        return connection.execute("SELECT sequencename, last_value FROM pg_sequences ORDER BY 1").fetchall()


def media(kith: Kith) -> dict[str, bytes]:
    root = kith.data / "media"
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def back_up(kith: Kith) -> Path:
    file = kith.data.parent / "kith.tar"
    done = kith.run("backup", str(file))
    assert done.returncode == 0, done.stderr
    return file


def leftovers(kith: Kith) -> list[str]:
    with running(kith.data) as url, psycopg.connect(url) as connection:
        names = connection.execute("SELECT datname FROM pg_database WHERE datname LIKE 'kith_%'").fetchall()
    return [name for (name,) in names] + [path.name for path in kith.data.glob("restore.*")]


def test_a_restore_into_an_empty_folder_gives_back_every_row_and_file(original: Original, tmp_path: Path) -> None:
    assert stat.S_IMODE(original.file.stat().st_mode) == 0o600
    other = Kith(tmp_path / "other")
    done = other.run("restore", str(original.file), "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["files"] == 2
    assert len(original.rows["public.people_person"]) == PEOPLE
    assert rows(other) == original.rows
    assert sequences(other) == sequences(original.kith)
    assert media(other) == media(original.kith)
    assert leftovers(other) == []


def test_a_restore_over_people_needs_a_yes(original: Original) -> None:
    done = original.kith.run("restore", str(original.file))
    assert done.returncode == 2
    assert "There are people in this database" in done.stderr
    assert rows(original.kith) == original.rows
    assert leftovers(original.kith) == []


def test_a_restore_undoes_what_came_after_the_backup_while_the_server_runs(original: Original, another: Kith) -> None:
    served = another.serve(free_port()).until_it_answers()
    worker = served.child("work")
    with running(another.data) as url, psycopg.connect(url) as connection:
        connection.execute("DELETE FROM people_person WHERE email LIKE 'p1%'")
    (another.data / "media" / "empty").unlink()
    (another.data / "media" / "later").write_text("later")
    done = another.run("restore", str(original.file), "--yes")
    assert done.returncode == 0, done.stderr
    until(lambda: served.child("work").pid != worker.pid, served.log.read_text)
    until(lambda: served.status() is not None, served.log.read_text)
    assert served.stop() == 0
    assert rows(another)["public.people_person"] == original.rows["public.people_person"]
    assert media(another) == media(original.kith)
    assert leftovers(another) == []


def test_a_backup_sees_one_moment_and_nothing_uncommitted(another: Kith) -> None:
    with running(another.data) as url, psycopg.connect(url) as writer:
        writer.execute("DELETE FROM people_person")
        file = back_up(another)
        writer.rollback()
    with tarfile.open(file) as tar:
        manifest = json.load(tar.extractfile("manifest.json") or io.BytesIO())
    assert manifest["tables"]["public.people_person"] == PEOPLE
    assert set(manifest["members"]) == {"database.dump", "media/avatars/图 1.webp", "media/empty"}


def test_a_backup_is_not_written_over_another_file_unasked(another: Kith) -> None:
    file = another.data.parent / "kith.tar"
    file.write_text("something else")
    done = another.run("backup", str(file))
    assert (done.returncode, file.read_text()) == (2, "something else")
    assert another.run("backup", str(file), "--replace").returncode == 0
    assert tarfile.is_tarfile(file)


def test_a_backup_that_cannot_be_written_says_why(original: Original, tmp_path: Path) -> None:
    done = original.kith.run("backup", str(tmp_path / "nowhere" / "kith.tar"))
    assert done.returncode == 3
    assert "could not be written" in done.stderr
    assert list(tmp_path.iterdir()) == []


Members = list[tuple[tarfile.TarInfo, bytes]]


def cut(members: Members) -> Members:
    return members[:-1]


def change_a_picture(members: Members) -> Members:
    return [(m, raw[:-1] + b"!" if m.name.endswith(".webp") else raw) for m, raw in members]


def lose_a_picture(members: Members) -> Members:
    return [(m, raw) for m, raw in members if not m.name.endswith(".webp")]


def add(name: str, kind: bytes = tarfile.REGTYPE, link: str = "") -> Callable[[Members], Members]:
    def change(members: Members) -> Members:
        intruder = tarfile.TarInfo(name)
        intruder.type, intruder.linkname = kind, link
        return [(intruder, b""), *members]

    return change


def break_the_dump(members: Members) -> Members:
    """Keep the checksums right, so that only the database itself can tell."""
    (dump, raw), *rest = members
    raw = raw[: len(raw) // 2]
    digest = hashlib.sha256(raw).hexdigest()
    return edit([(dump, raw), *rest], lambda manifest: manifest["members"][dump.name].update(sha256=digest))


def promise_more_rows(members: Members) -> Members:
    return edit(members, lambda manifest: manifest["tables"].update({"public.people_person": PEOPLE + 1}))


def come_from_the_future(members: Members) -> Members:
    return edit(members, lambda manifest: manifest["migrations"].append(["people", "9999_not_yet"]))


def come_in_another_format(members: Members) -> Members:
    return edit(members, lambda manifest: manifest.update(format=2))


def edit(members: Members, change: Callable[[dict[str, Any]], object]) -> Members:
    *rest, (last, raw) = members
    manifest = json.loads(raw)
    change(manifest)
    return [*rest, (last, json.dumps(manifest).encode())]


def changed(file: Path, change: Callable[[Members], Members], target: Path) -> Path:
    with tarfile.open(file) as tar:
        members = [(m, (tar.extractfile(m) or io.BytesIO()).read()) for m in tar]
    with tarfile.open(target, "w") as tar:
        for member, raw in change(members):
            member.size = len(raw)
            tar.addfile(member, io.BytesIO(raw))
    return target


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (cut, "its manifest is missing"),
        (come_in_another_format, "a newer Kith made it"),
        (change_a_picture, "图 1.webp is not what was backed up"),
        (lose_a_picture, "图 1.webp is not what was backed up"),
        (add("../evil"), "which no backup does"),
        (add("media/../../evil"), "which no backup does"),
        (add("/evil"), "which no backup does"),
        (add("media/link", tarfile.SYMTYPE, "/etc/passwd"), "which no backup does"),
        (add("media/folder", tarfile.DIRTYPE), "which no backup does"),
        (add("secret.key"), "which no backup does"),
        (add("media/unasked"), "media/unasked is not what was backed up"),
    ],
)
def test_a_file_that_is_not_a_whole_backup_is_told_from_one(
    original: Original, change: Callable[[Members], Members], sentence: str, tmp_path: Path
) -> None:
    file = changed(original.file, change, tmp_path / "broken.tar")
    (tmp_path / "in").mkdir()
    with pytest.raises(BackupBroken, match=re.escape(sentence)):
        unpack(file, tmp_path / "in")
    assert {path.name for path in tmp_path.iterdir()} == {"broken.tar", "in"}


def test_a_file_cut_off_anywhere_is_told_from_a_whole_one(original: Original, tmp_path: Path) -> None:
    raw = original.file.read_bytes()
    for part in range(1, 20):
        file, folder = tmp_path / f"{part}.tar", tmp_path / str(part)
        file.write_bytes(raw[: len(raw) * part // 20])
        folder.mkdir()
        with pytest.raises(BackupBroken):
            unpack(file, folder)


@pytest.mark.parametrize(
    ("change", "sentence", "code"),
    [
        (change_a_picture, "图 1.webp is not what was backed up", 2),
        (break_the_dump, "pg_restore did not succeed", 3),
        (promise_more_rows, "the table public.people_person does not hold as many rows", 2),
        (come_from_the_future, "people.9999_not_yet is unknown here", 2),
    ],
)
def test_a_broken_backup_changes_nothing(
    original: Original, change: Callable[[Members], Members], sentence: str, code: int, tmp_path: Path
) -> None:
    file = changed(original.file, change, tmp_path / "broken.tar")
    done = original.kith.run("restore", str(file), "--yes")
    assert (done.returncode, done.stdout) == (code, "")
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr
    assert rows(original.kith) == original.rows
    assert leftovers(original.kith) == []
