"""`kith see` prints the numbers of the page, for people and for programs."""

import json
import os

import pytest
from click.testing import CliRunner, Result
from django.db import connection
from django.utils import timezone

from kith.cli.commands.see import command
from kith.cli.main import main
from kith.see import api as see
from tests.see.conftest import Town


@pytest.fixture(autouse=True)
def _test_database(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the command greet the database this test is in."""
    url, name = os.environ["DATABASE_URL"], str(connection.settings_dict["NAME"])
    plain = name.removeprefix("test_")
    monkeypatch.setenv("DATABASE_URL", url.replace(f"/{plain}", f"/{name}") if f"/{name}" not in url else url)


def run(*words: str) -> Result:
    return CliRunner().invoke(command, words)


def test_the_json_holds_the_numbers_of_the_page(town: Town) -> None:
    done = run("two-towns", "--json", "--limit", "1")
    assert done.exit_code == 0, done.output
    facts = json.loads(done.stdout)
    summary = see.look(community=town.community, now=timezone.now())
    first = see.super_nodes(town.community)[0]
    assert (facts["community"], facts["people"], facts["acts"], facts["ties"]) == ("two-towns", 11, 88, 23)
    assert (facts["pairs"], facts["two_way_percent"], facts["circles"]) == (12, 92, summary.circles)
    assert facts["super_nodes"] == [
        {
            "name": first.who.name,
            "handle": first.who.handle,
            "score": round(first.score, 3),
            "in": round(first.energy_in, 3),
            "out": round(first.energy_out, 3),
            "ties": 3,
            "two_way": 3,
            "circle": first.who.chapter,
            "reason": "75% of the acts between Chongqing and Kunming pass through them.",
        }
    ]


def test_people_get_a_table_and_are_told_when_the_community_is_silent(town: Town) -> None:
    done = run("two-towns")
    assert done.exit_code == 0, done.output
    assert "Two towns: 11 people, 88 acts, 23 ties" in done.output
    assert "Nobody acted for 30 days: shown as of the last act, 2025-05-19." in done.output
    assert "Chongqing" in done.output


def test_an_empty_community_prints_no_table(empty: Town) -> None:
    done = run("two-towns", "--json")
    assert json.loads(done.stdout)["super_nodes"] == []
    assert "Two towns: 11 people, 0 acts, 0 ties" in run("two-towns").output


def test_an_unknown_community_is_refused_in_a_sentence() -> None:
    done = CliRunner().invoke(main, ["see", "nowhere"])
    assert done.exit_code == 2
    assert "kith: There is nothing here" in done.stderr
