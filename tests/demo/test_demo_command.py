"""`kith demo` says what it made, that it is there, and what it took away."""

import json
import os

import pytest
from click.testing import CliRunner, Result
from django.db import connection

from kith.cli.commands.demo import command
from kith.cli.main import main
from kith.demo.api import existing, personas


@pytest.fixture(autouse=True)
def _test_database(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the command greet the database this test is in."""
    url, name = os.environ["DATABASE_URL"], str(connection.settings_dict["NAME"])
    plain = name.removeprefix("test_")
    monkeypatch.setenv("DATABASE_URL", url.replace(f"/{plain}", f"/{name}") if f"/{name}" not in url else url)


def run(*words: str) -> Result:
    return CliRunner().invoke(command, words)


def test_a_demo_is_made_once_and_taken_away() -> None:
    made = run("--json")
    assert made.exit_code == 0, made.output
    facts = json.loads(made.stdout)
    assert (facts["slug"], facts["made"], facts["people"]) == ("wildwood", True, 300)
    assert 1_500 <= facts["texts"] <= 2_500
    assert len(personas()) == 4

    again = run()
    assert again.exit_code == 0, again.output
    assert "is here already: 300 people" in again.stdout

    gone = run("--remove", "--json")
    assert gone.exit_code == 0, gone.output
    assert json.loads(gone.stdout) == {
        "slug": "wildwood",
        "people": 302,
        "kept": 0,
        "texts": facts["texts"],
        "acts": facts["acts"],
    }
    assert existing() is None


def test_without_a_demo_removing_is_refused_in_a_sentence() -> None:
    done = CliRunner().invoke(main, ["demo", "--remove"])
    assert done.exit_code == 2
    assert "There is no demo here. `kith demo` makes one." in done.stderr
