"""The embedded server seen from outside: other processes hold it, leave it, are killed."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg
import pytest

from kith.postgres.api import DatabaseVersion, DatabaseWontStart, hold, is_running, running

NOBODY = 65534
HOLDER = """
import sys, signal
from pathlib import Path
from kith.postgres.api import running
signal.signal(signal.SIGTERM, lambda *_: sys.exit())
with running(Path(sys.argv[1])) as url:
    print(url, flush=True)
    sys.stdin.read()
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cluster to copy: making one takes longer than most tests."""
    folder = tmp_path_factory.mktemp("made") / "data"
    with running(folder):
        pass
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Iterator[Path]:
    copy(made, tmp_path / "data")
    yield tmp_path / "data"
    with hold(tmp_path / "data"):  # whatever a test left running is stopped by the last one out
        pass


def copy(source: Path, target: Path) -> None:
    """Copy with owners and times: the cluster belongs to the user it runs as."""
    subprocess.run(["cp", "-a", str(source), str(target)], check=True)


def holder(folder: Path, *, cwd: Path | None = None) -> subprocess.Popen[str]:
    order = [sys.executable, "-c", HOLDER, str(folder)]
    return subprocess.Popen(order, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=cwd)


def said(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def finish(process: subprocess.Popen[str]) -> None:
    process.communicate("", timeout=30)


def postmaster(folder: Path) -> psutil.Process:
    return psutil.Process(int((folder / "postgres" / "postmaster.pid").read_text().split()[0]))


def write(url: str, value: int) -> None:
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS kept (value int)")
        connection.execute("INSERT INTO kept VALUES (%s)", [value])


def kept(url: str) -> list[int]:
    with psycopg.connect(url) as connection:
        return [value for (value,) in connection.execute("SELECT value FROM kept ORDER BY value")]


def test_the_first_start_makes_a_utf8_database_and_the_last_one_out_stops_it(tmp_path: Path) -> None:
    folder = tmp_path / "first"
    with running(folder) as url, psycopg.connect(url) as connection:
        facts = connection.execute(
            "SELECT current_database(), pg_encoding_to_char(encoding), datlocale,"
            " current_setting('timezone'),"
            " current_setting('wal_level') FROM pg_database WHERE datname = current_database()"
        ).fetchone()
        assert facts == ("kith", "UTF8", "C.UTF-8", "UTC", "replica")
    assert not is_running(folder)


def test_a_command_that_ends_leaves_the_server_to_the_one_that_came_later(folder: Path) -> None:
    first = holder(folder)
    url = said(first)
    second = holder(folder)
    assert said(second) == url
    finish(first)
    write(url, 1)
    assert kept(url) == [1]
    finish(second)
    assert not is_running(folder)


def test_five_commands_at_once_make_one_server(folder: Path) -> None:
    holders = [holder(folder) for _ in range(5)]
    assert len({said(process) for process in holders}) == 1
    for process in holders:
        finish(process)
    assert not is_running(folder)


def test_a_killed_holder_does_not_keep_the_server_running_for_ever(folder: Path) -> None:
    lost = holder(folder)
    write(said(lost), 7)
    lost.kill()
    lost.communicate()
    assert is_running(folder)
    with running(folder) as url:
        assert kept(url) == [7]
    assert not is_running(folder)


def test_ctrl_c_in_the_terminal_does_not_reach_the_server(folder: Path) -> None:
    process = holder(folder)
    said(process)
    assert os.getpgid(postmaster(folder).pid) != os.getpgid(process.pid)
    finish(process)


def test_a_killed_server_comes_back_with_all_it_had_promised(folder: Path) -> None:
    with hold(folder) as held:
        write(held.url("kith"), 1)
        postmaster(folder).kill()
        time.sleep(0.1)
        held.up()
        assert kept(held.url("kith")) == [1]
        children = psutil.Process().children()
        assert psutil.STATUS_ZOMBIE not in {child.status() for child in children}


def test_a_pid_file_left_by_a_dead_server_and_taken_by_a_stranger_is_no_hindrance(folder: Path) -> None:
    with running(folder) as url:
        write(url, 1)
        left = (folder / "postgres" / "postmaster.pid").read_text()
        postmaster(folder).kill()
        time.sleep(0.2)
    lines = left.splitlines()
    (folder / "postgres" / "postmaster.pid").write_text("\n".join([str(os.getpid()), *lines[1:]]))
    with running(folder) as url:
        assert kept(url) == [1]


def test_a_copy_of_the_folder_is_not_taken_for_the_server_it_was_copied_from(folder: Path, tmp_path: Path) -> None:
    with running(folder) as url:
        write(url, 1)
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("CHECKPOINT")
        copy(folder, tmp_path / "copy")
        with running(tmp_path / "copy") as copy_url:
            write(copy_url, 2)
            assert kept(copy_url) == [1, 2]
        assert kept(url) == [1]


def test_a_moved_folder_works_in_its_new_place(folder: Path, tmp_path: Path) -> None:
    with running(folder) as url:
        write(url, 1)
    folder.rename(tmp_path / "moved")
    with running(tmp_path / "moved") as url:
        assert kept(url) == [1]


@pytest.mark.parametrize("name", ["with a space", "with,comma", "同道", "x" * 120, "a'b\"c$d"])
def test_any_name_of_the_folder_will_do(made: Path, tmp_path: Path, name: str) -> None:
    copy(made, tmp_path / name)
    with running(tmp_path / name) as url:
        write(url, 3)
        assert kept(url) == [3]
    assert not is_running(tmp_path / name)


def test_a_relative_folder_is_found_from_another_working_folder(folder: Path, tmp_path: Path) -> None:
    process = holder(Path("data"), cwd=tmp_path)
    url = said(process)
    with running(folder) as same:
        assert same == url
    finish(process)


def test_a_server_that_cannot_start_says_why(folder: Path) -> None:
    with running(folder):
        pass
    with (folder / "postgres" / "postgresql.conf").open("a") as settings:
        settings.write("max_connections = lots\n")
    with (
        pytest.raises(DatabaseWontStart, match='invalid value for parameter "max_connections": "lots"'),
        running(folder),
    ):
        pass
    shutil.rmtree(folder)


def test_a_folder_of_another_version_is_refused_untouched(folder: Path) -> None:
    with running(folder):
        pass
    (folder / "postgres" / "PG_VERSION").write_text("15\n")
    with (
        pytest.raises(DatabaseVersion, match="made by PostgreSQL 15 and this Kith carries 18"),
        running(folder),
    ):
        pass
    (folder / "postgres" / "PG_VERSION").write_text("18\n")


def test_a_first_start_that_was_cut_off_is_begun_again(tmp_path: Path) -> None:
    folder = tmp_path / "first"
    (folder / "postgres.new").mkdir(parents=True)
    (folder / "postgres.new" / "PG_VERSION").write_text("18\n")
    with running(folder) as url:
        write(url, 1)
    assert not (folder / "postgres.new").exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root lends the server a user")
def test_root_opens_a_closed_parent_for_the_lent_user_alone(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    with running(closed / "data") as url:
        write(url, 1)
    stranger = subprocess.run(["ls", str(closed / "data")], check=False, capture_output=True, user=65534, group=65534)
    assert stranger.returncode != 0
    listing = subprocess.run(
        ["ls", str(closed)], check=False, capture_output=True, user="kith-postgres", group="kith-postgres"
    )
    assert listing.returncode != 0


AS_USER = """
import os, sys
from pathlib import Path
import psycopg
from kith.postgres.api import running
uid = int(sys.argv[2])
os.setgroups([]); os.setgid(uid); os.setuid(uid)
with running(Path(sys.argv[1])) as url, psycopg.connect(url) as connection:
    print(connection.execute("SELECT count(*) FROM pg_database").fetchone())
"""


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can act as another user")
def test_an_ordinary_user_runs_it_and_another_one_is_refused(tmp_path: Path) -> None:
    for parent in (tmp_path, *tmp_path.parents[:3]):
        parent.chmod(parent.stat().st_mode | 0o011)
    folder = tmp_path / "data"
    folder.mkdir()
    os.chown(folder, NOBODY, NOBODY)
    order = [sys.executable, "-c", AS_USER, str(folder)]
    done = subprocess.run([*order, str(NOBODY)], check=False, capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ("(4,)\n", "")
    assert (folder / "postgres").stat().st_uid == NOBODY
    refused = subprocess.run([*order, "1"], check=False, capture_output=True, text=True)
    assert f"DatabaseOfAnother: {folder}" in refused.stderr
    with running(folder):  # root takes the owner's place, it does not take the folder away
        assert postmaster(folder).uids().real == NOBODY


def test_a_terminated_holder_lets_go(folder: Path) -> None:
    process = holder(folder)
    said(process)
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=30)
    assert not is_running(folder)
