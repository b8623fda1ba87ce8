"""The `kith` command: its help, its exit codes, its sentences."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from kith.cli import frame, main
from kith.lib.errors import NotFound
from kith.postgres.api import is_running, running
from kith.run.data import PortBusy

KITH = [sys.executable, "-m", "kith"]


def kith(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*KITH, *words], env=os.environ | environment, capture_output=True, text=True, check=False)


@contextmanager
def command(body: click.Command) -> Iterator[None]:
    """Stand a command among the real ones while a test runs."""
    main.main.add_command(body, "trial")
    before = main.Lazy.get_command
    main.Lazy.get_command = lambda *_: body  # type: ignore[method-assign]
    try:
        yield
    finally:
        main.Lazy.get_command = before  # type: ignore[method-assign]
        main.main.commands.pop("trial")


def test_help_names_every_command_and_exit_code_without_loading_django() -> None:
    code = "import sys; from kith.cli.main import main\ntry: main(['--help'])\nexcept SystemExit: pass\nprint('django' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    for name in ("serve", "work", "backup", "restore", "doctor", "manage", "prepare"):
        assert f"\n  {name} " in done.stdout
    assert "3  trouble around Kith" in done.stdout
    assert done.stdout.endswith("False\n")


@pytest.mark.parametrize("name", main.main.list_commands(click.Context(main.main)))
def test_every_command_has_a_summary_and_a_help_page(name: str) -> None:
    found = main.main.get_command(click.Context(main.main), name)
    assert found is not None
    assert found.help
    assert any(name == row.split()[0] for row in CliRunner().invoke(main.main, ["--help"]).output.splitlines() if row)


def test_an_unknown_command_is_refused() -> None:
    done = kith("fly")
    assert done.returncode == 2
    assert "No such command 'fly'" in done.stderr


@pytest.mark.parametrize(("fault", "code"), [(NotFound(), 2), (PortBusy(port=1, host="h", other=2), 3)])
def test_a_refusal_is_a_sentence_and_an_exit_code(fault: Exception, code: int) -> None:
    @click.command()
    def body() -> None:
        raise fault

    with command(body):
        result = CliRunner().invoke(main.main, ["trial"])
    assert (result.exit_code, result.stdout, result.stderr) == (code, "", f"kith: {fault}\n")


def test_problems_found_end_with_one() -> None:
    @click.command()
    def body() -> None:
        frame.found_problems()

    with command(body):
        assert CliRunner().invoke(main.main, ["trial"]).exit_code == 1


def test_facts_are_told_to_people_or_to_programs() -> None:
    @click.command()
    @frame.json_option
    def body(*, as_json: bool) -> None:
        with frame.progress("counting", 2) as count:
            count(2)
        frame.tell({"社群": 1}, as_json=as_json, lines=["one community"])

    with command(body):
        assert CliRunner().invoke(main.main, ["trial"]).stdout == "one community\n"
        assert json.loads(CliRunner().invoke(main.main, ["trial", "--json"]).stdout) == {"社群": 1}


def test_a_terminated_command_lets_the_database_go(tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    code = "import time; print('ready', flush=True); time.sleep(60)"
    process = subprocess.Popen(
        [*KITH, "--data", str(tmp_path / "data"), "manage", "shell", "-v0", "-c", code],
        env=environment | {"DJANGO_SETTINGS_MODULE": "kith.settings.prod"}, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    begun = time.monotonic()
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=30)
    assert process.returncode == 128 + signal.SIGTERM
    assert time.monotonic() - begun < 10
    assert not is_running(tmp_path / "data")


def test_a_database_that_breaks_off_is_a_sentence(tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    with running(tmp_path / "data"):
        code = (
            "import os, signal; from django.db import connection\n"
            "pid = int(open(os.environ['KITH_DATA'] + '/postgres/postmaster.pid').readline())\n"
            "connection.ensure_connection(); os.kill(pid, signal.SIGKILL); import time; time.sleep(1)\n"
            "connection.cursor().execute('SELECT 1')"
        )
        done = subprocess.run(
            [*KITH, "--data", str(tmp_path / "data"), "manage", "shell", "-v0", "-c", code],
            env=environment | {"DJANGO_SETTINGS_MODULE": "kith.settings.prod"}, capture_output=True, text=True, check=False,
        )  # fmt: skip
    assert done.returncode == 3
    assert "kith: The database broke off: " in done.stderr
    assert "Traceback" not in done.stderr
