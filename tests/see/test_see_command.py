"""`kith see` prints the numbers of the page, for people and for programs."""

import json
import os
from datetime import datetime

import pytest
from click.testing import CliRunner, Result
from django.db import connection
from django.utils import timezone

from kith.cli.commands.see import command
from kith.cli.main import main
from kith.see import api as see
from kith.see.models import Trial
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


def weekly(town: Town) -> None:
    """Half a year in which two towns talk every week."""
    for week in range(30):
        for name, other in (("Tang", "Jiang"), ("Jiang", "He"), ("Luo", "Su"), ("Su", "Ma"), ("Ma", "Luo")):
            town.act(name, other, days_ago=7 * week + 1)


def test_validating_prints_the_record_of_every_score(town: Town) -> None:
    weekly(town)
    done = run("two-towns", "--validate", "--json")
    assert done.exit_code == 0, done.output
    facts = json.loads(done.stdout)
    assert list(facts) == ["ties", "super_nodes", "churn", "introductions", "seeds"]
    for entry in facts.values():
        assert {"metric", "baselines", "n", "half_life_days", "windows", "beats"} <= set(entry)
        assert entry["metric"] == {}  # eleven people
        assert entry["too_little"] == "Too few people and acts to test it on."
    assert facts["ties"]["half_life_days"] == 60.0
    assert Trial.objects.count() == 0


def test_people_get_the_record_as_a_table(town: Town) -> None:
    done = run("two-towns", "--validate")
    assert done.exit_code == 0, done.output
    assert "Two towns: 11 people, 88 acts" in done.output
    assert "half-life of ties: 60 days, too little to choose from" in done.output
    assert "super nodes: The history is shorter than eight weeks." in done.output


def test_keeping_stores_the_record(town: Town) -> None:
    assert run("two-towns", "--validate", "--keep", "--json").exit_code == 0
    assert Trial.objects.get().community == town.community


def test_a_cut_is_asked_for_by_its_date(town: Town) -> None:
    weekly(town)
    done = run("two-towns", "--validate", "--json", "--at", "2025-05-18")
    assert json.loads(done.stdout)["ties"]["too_little"] == "What came after the asked dates is not known yet."
    assert run("two-towns", "--validate", "--json", "--at", "2025-02-01", "--cuts", "2").exit_code == 0


@pytest.mark.parametrize(
    "words", [["--at", "2025-02-01"], ["--cuts", "3"], ["--keep"], ["--validate", "--keep", "--cuts", "3"], ["--validate", "--cuts", "0"], ["--validate", "--at", "soon"]]
)  # fmt: skip
def test_options_that_do_not_go_together_are_refused(town: Town, words: list[str]) -> None:
    done = run("two-towns", *words)
    assert done.exit_code == 2
    assert "Error: " in done.output
    assert Trial.objects.count() == 0


def test_the_json_tells_the_crises_with_their_promises(town: Town) -> None:
    at = datetime.fromisoformat("2025-05-01T00:00:00+00:00")
    see.give_tallies(community=town.community, names=["event"], tallies=[see.Tally("event", "post:1", at, 15, 20)])
    crises = json.loads(run("two-towns", "--json").stdout)["crises"]
    assert set(crises) == {"cohesion", "execution", "efficiency"}
    kept = crises["execution"]["indicators"]["promises_kept"]
    assert (kept["value"], kept["n"], kept["z"], kept["alarm"]) == (0.75, 20, None, False)
    assert kept["parts"] == {"event": {"value": 0.75, "n": 20}}
    assert crises["execution"]["indicators"]["launch_turn_out"]["value"] is None
