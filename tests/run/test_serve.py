"""`kith serve` from outside: started, stopped, and each of its processes killed."""

import os
import signal
import socket
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psutil
import psycopg
import pytest
from pytest_socket import SocketConnectBlockedError

from kith.postgres.api import is_running, running
from tests.run.world import Kith, Served, copy_of, free_port, until, wipe


@pytest.fixture(scope="module")
def served(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One server for the tests that leave it running."""
    kith = copy_of(prepared, tmp_path_factory.mktemp("served") / "data")
    served = kith.serve(free_port()).until_it_answers()
    yield served
    served.stop()
    wipe(kith)


def url(kith: Kith) -> str:
    return f"postgresql:///kith?host={kith.data}/postgres&user=postgres"


def note(kith: Kith, value: int) -> None:
    with psycopg.connect(url(kith)) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS noted (value int)")
        connection.execute("INSERT INTO noted VALUES (%s)", [value])


def noted(kith: Kith) -> list[int]:
    with psycopg.connect(url(kith)) as connection:
        return [value for (value,) in connection.execute("SELECT value FROM noted ORDER BY value")]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_starts_soon_and_stops_wholly(kith: Kith, number: signal.Signals) -> None:
    served = kith.serve(free_port()).until_it_answers()
    assert f"Kith answers at http://localhost:{served.port}/" in served.log.read_text()
    assert isinstance(served.status(), int)
    served.child("work")
    begun = time.monotonic()
    assert served.stop(number) == 0
    assert time.monotonic() - begun < 10
    assert not is_running(kith.data)
    assert kith.processes() == []


def test_it_raises_the_limit_of_open_files_for_its_children(served: Served) -> None:
    soft, hard = psutil.Process(served.child("kith.run.web").pid).rlimit(psutil.RLIMIT_NOFILE)
    assert soft == hard


def test_a_command_beside_it_leaves_the_database_running(served: Served) -> None:
    done = served.kith.run("doctor", "--json")
    assert done.returncode == 0, done.stdout + done.stderr
    assert is_running(served.kith.data)
    assert served.status() is not None


def test_a_second_one_on_the_same_port_says_so_and_ends(served: Served, kith: Kith) -> None:
    done = kith.run("serve", "--port", str(served.port))
    assert (done.returncode, done.stdout) == (3, "")
    assert f"Port {served.port} of 127.0.0.1 is taken by another program." in done.stderr
    assert not is_running(kith.data)


def test_an_address_that_is_not_ours_is_refused_with_the_reason(kith: Kith) -> None:
    done = kith.run("serve", "--host", "203.0.113.7", "--port", str(free_port()))
    assert done.returncode == 3
    assert "Kith cannot listen on 203.0.113.7" in done.stderr


def test_a_killed_web_process_comes_back(served: Served) -> None:
    before = served.child("kith.run.web")
    workers = before.children()
    before.kill()
    until(lambda: served.child("kith.run.web").pid != before.pid, served.log.read_text)
    until(lambda: served.status() is not None, served.log.read_text)
    assert "the web process ended (signal SIGKILL)" in served.log.read_text()
    assert not [worker for worker in workers if worker.is_running() and worker.status() != psutil.STATUS_ZOMBIE]


def test_a_killed_granian_worker_comes_back(served: Served) -> None:
    web = served.child("kith.run.web")
    until(lambda: web.children() != [], served.log.read_text)
    before = web.children()[0]
    before.kill()
    until(lambda: {worker.pid for worker in web.children()} - {before.pid} != set(), served.log.read_text)
    until(lambda: served.status() is not None, served.log.read_text)
    assert served.child("kith.run.web").pid == web.pid


def test_a_killed_worker_comes_back(served: Served) -> None:
    before = served.child("work")
    before.kill()
    until(lambda: served.child("work").pid != before.pid, served.log.read_text)


def test_a_killed_database_comes_back_with_everything_committed(served: Served) -> None:
    note(served.kith, 1)
    before = served.kith.postmaster()
    before.kill()

    def back() -> bool:
        with suppress(psycopg.OperationalError):
            return noted(served.kith) == [1]
        return False

    until(back, served.log.read_text)
    assert served.kith.postmaster().pid != before.pid
    until(lambda: served.status() is not None, served.log.read_text)


def test_a_killed_supervisor_takes_its_children_with_it_and_the_next_one_takes_over(kith: Kith) -> None:
    served = kith.serve(free_port()).until_it_answers()
    note(kith, 1)
    children = [served.child("kith.run.web"), served.child("work")]
    served.process.kill()
    served.process.wait()
    again = kith.serve(served.port).until_it_answers()
    assert not [child for child in children if child.is_running() and child.status() != psutil.STATUS_ZOMBIE]
    assert noted(kith) == [1]
    assert again.stop() == 0
    assert not is_running(kith.data)


def test_a_command_that_came_first_does_not_stop_the_database_under_it(kith: Kith) -> None:
    with running(kith.data):
        served = kith.serve(free_port(), "--no-work").until_it_answers()
    assert is_running(kith.data)
    assert [process for process in kith.processes() if "work" in process.cmdline()] == []
    assert served.stop() == 0
    assert not is_running(kith.data)


def test_a_web_process_that_cannot_start_ends_it_with_a_sentence(kith: Kith, tmp_path: Path) -> None:
    (tmp_path / "granian.py").write_text("raise SystemExit('granian is broken')\n")
    done = kith.run("serve", "--port", str(free_port()), PYTHONPATH=str(tmp_path))
    assert done.returncode == 3
    assert "granian is broken" in done.stderr
    assert "The web process ended 3 times before it answered" in done.stderr
    assert not is_running(kith.data)


def test_tables_that_cannot_be_made_ready_end_it_with_a_sentence(kith: Kith) -> None:
    with running(kith.data) as address:
        with psycopg.connect(address, autocommit=True) as base:
            base.execute("DELETE FROM django_migrations WHERE app = 'see'")
            base.execute("CREATE ROLE reader LOGIN")
            base.execute("GRANT SELECT ON django_migrations, django_content_type TO reader")
        as_reader = address.replace("user=postgres", "user=reader")
        done = kith.run("serve", "--port", str(free_port()), DATABASE_URL=as_reader)
    assert done.returncode == 3
    assert "`kith prepare` did not succeed" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_operators_own_database_is_used_and_the_embedded_one_left_alone(kith: Kith, tmp_path: Path) -> None:
    with running(kith.data) as address:
        beside = Kith(tmp_path / "beside")
        done = beside.run("prepare", "--json", DATABASE_URL=address)
    assert done.returncode == 0, done.stderr
    assert not (beside.data / "postgres").exists()


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("postgresql://127.0.0.1:1/kith", "The database of DATABASE_URL does not answer"),
        ("mysql://127.0.0.1/kith", "DATABASE_URL must look like postgresql://"),
    ],
)
def test_a_database_url_that_does_not_work_is_said_at_once(tmp_path: Path, address: str, sentence: str) -> None:
    done = Kith(tmp_path / "data").run("prepare", DATABASE_URL=address)
    assert done.returncode == 3
    assert sentence in done.stderr


def test_the_test_run_itself_reaches_no_other_machine() -> None:
    assert os.environ["DATABASE_URL"].startswith("postgresql:///")
    with (
        socket.socket() as line,
        pytest.warns(UserWarning, match="tried to use"),
        pytest.raises(SocketConnectBlockedError),
    ):
        line.connect(("203.0.113.7", 80))
