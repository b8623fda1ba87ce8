"""`kith simulate` tells people and programs the same, and refuses in a sentence."""

import json
import os
from datetime import timedelta

import pytest
from click.testing import CliRunner, Result
from django.db import connection
from django.utils import timezone

from kith.cli.commands.simulate import command
from kith.cli.main import main
from kith.people.api import Community
from kith.see.models import Simulation
from tests.conftest import Cast
from tests.see.histories import living
from tests.see.test_trying import DAYS, brought, pour

FEW = ("--weeks", "8", "--runs", "20")


@pytest.fixture(autouse=True)
def _test_database(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the command greet the database this test is in."""
    url, name = os.environ["DATABASE_URL"], str(connection.settings_dict["NAME"])
    plain = name.removeprefix("test_")
    monkeypatch.setenv("DATABASE_URL", url.replace(f"/{plain}", f"/{name}") if f"/{name}" not in url else url)


@pytest.fixture
def lively(cast: Cast) -> Community:
    """Sixty people who are alive by the clock the command reads."""
    since = timezone.now() - timedelta(days=DAYS)
    pour(cast.home, living(people=60, days=DAYS), since=since, ids=brought(cast.home, 60))
    return cast.home


def run(*words: str) -> Result:
    found = CliRunner().invoke(command, words)
    assert found.exit_code == 0, found.output
    return found


def test_programs_get_every_number_and_are_told_what_it_is(lively: Community) -> None:
    words = (lively.slug, *FEW, "--answer-newcomers", "--hosts", "2", "--lose-top", "1", "--seed", "5", "--json")
    found = json.loads(run(*words).stdout)
    assert found["is_simulation"] is True
    assert found["wanted"] == {
        "choices": {"answer_newcomers": True, "hosts": 2, "lose_top": 1}, "weeks": 8, "runs": 20, "seed": 5,
    }  # fmt: skip
    assert found["points"] == [4, 8]
    assert set(found["base"]) == {"active", "acts", "pairs"}
    assert [set(one["changes"]) for one in found["scenarios"]] == [set(found["base"])] * 4
    assert json.loads(run(*words).stdout) == found
    assert Simulation.objects.count() == 0


def test_people_read_that_it_is_a_simulation_and_how_it_did(lively: Community) -> None:
    told = run(lively.slug, *FEW, "--lose-top", "2", "--language", "en").stdout
    assert "a simulation of 8 weeks in 20 runs" in told
    assert "first 2 gone" in told
    assert "nothing is changed" in told
    assert "moments of its own past" in told


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("shanye",), "There is too little to simulate from yet"),
        (("shanye", "--weeks", "3"), "Weeks go from 4 to 104"),
        (("nowhere",), "There is nothing here"),
    ],
)
def test_it_refuses_with_a_sentence_and_exit_code_2(cast: Cast, words: tuple[str, ...], said: str) -> None:
    found = CliRunner().invoke(main, ["simulate", *words, "--language", "en"])
    assert found.exit_code == 2
    assert said in found.output
