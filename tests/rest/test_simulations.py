"""What if, by the API."""

from datetime import timedelta

from kith.see import api as see
from tests.conftest import NOW, Cast
from tests.rest.calling import Calls
from tests.see.histories import living
from tests.see.test_trying import DAYS, brought, pour

HERE = "/communities/shanye/simulations"


def test_a_simulation_is_asked_for_got_and_listed(cast: Cast) -> None:
    pour(cast.home, living(people=60, days=DAYS), since=NOW - timedelta(days=DAYS), ids=brought(cast.home, 60))
    calls = Calls(cast.operator)
    made = calls("POST", HERE, {"lose_top": 2, "answer_newcomers": True, "weeks": 8, "runs": 20})
    assert calls.status == 201
    assert made["wanted"]["choices"] == {"answer_newcomers": True, "hosts": 0, "lose_top": 2}
    assert [one["choices"]["lose_top"] for one in made["found"]["scenarios"]] == [0, 2, 2]
    span = made["found"]["scenarios"][1]["changes"]["acts"][-1]
    assert span["low"] <= span["middle"] <= span["high"] <= 0
    assert calls("GET", f"{HERE}/{made['id']}") == made
    assert calls("GET", HERE)["simulations"] == [made]


def test_a_quiet_community_is_told_so(cast: Cast) -> None:
    made = Calls(cast.founder)("POST", HERE, {})
    assert (made["is_too_little"], made["found"]) == (True, None)


def test_numbers_out_of_bounds_and_unknown_words_are_refused(cast: Cast) -> None:
    calls = Calls(cast.founder)
    for wrong in (
        {"weeks": 3},
        {"runs": 1001},
        {"hosts": -1},
        {"lose_top": 21},
        {"seed": 2**31},
        {"weeks": "x"},
        {"magic": 1},
    ):
        assert calls("POST", HERE, wrong)["error"] == "InvalidInput"
        assert calls.status == 422
    assert see.simulations(cast.home) == ()


def test_there_is_none_of_another_community_nor_without_the_right(cast: Cast) -> None:
    made = Calls(cast.founder)("POST", HERE, {})
    assert (
        Calls(cast.enemy)("GET", f"/communities/{cast.rival.slug}/simulations/{made['id']}")["error"]
        == "NoSuchSimulation"
    )
    assert Calls(cast.founder, "read")("GET", HERE)["error"]
    assert Calls(cast.member)("POST", HERE, {})["error"]
