"""The map and what is only thought of on it, by the API."""

from datetime import timedelta

import pytest

from kith.energy.api import NewAct, record
from kith.people import api as people
from kith.see import api as see
from tests.conftest import NOW, Cast
from tests.rest.calling import Calls
from tests.rest.test_network import two_towns

HOME = "/communities/shanye"


@pytest.fixture
def towns(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Cast:
    """Two towns with a bridge; 苏杭 wrote to 何以南 half a year ago."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    two_towns(cast)
    old = NewAct(cast.member.pk, "reply", NOW - timedelta(days=180), "old", "test", other_id=cast.core.pk)
    record(community=cast.home, acts=[old])
    see.refresh(community=cast.home, now=NOW)
    return cast


def test_the_map_holds_everybody_and_every_tie(towns: Cast) -> None:
    found = Calls(towns.member)("GET", f"{HOME}/network/map")
    assert found["at"] is None
    assert len(found["people"]) == 15
    assert len(found["ties"]) == 12
    one = next(p for p in found["people"] if p["person_id"] == people.member(towns.home, "乙").person_id)
    assert (one["chapter"], one["circle"]) == ("重庆", "重庆")
    assert all(-1 <= p["x"] <= 1 and -1 <= p["y"] <= 1 and 0 <= p["band"] <= 4 for p in found["people"])


def test_a_month_of_the_past_holds_who_was_there(towns: Cast) -> None:
    found = Calls(towns.member)("GET", f"{HOME}/network/map?at=2026-05")
    assert found["at"] == "2026-05"
    assert found["ties"] == [{"a": towns.core.pk, "b": towns.member.pk, "band": 1}]
    assert {p["person_id"] for p in found["people"]} == {
        towns.founder.pk, towns.operator.pk, towns.core.pk, towns.member.pk
    }  # fmt: skip
    refused = Calls(towns.member)
    assert refused("GET", f"{HOME}/network/map?at=2020-01")["error"] == "NoSuchMonth"
    assert refused("GET", f"{HOME}/network/map?at=yesterday")["error"] == "InvalidInput"


def test_operators_think_anybody_away_and_members_themselves(towns: Cast) -> None:
    east = Calls(towns.operator)("GET", f"{HOME}/members/桥东/without?also=桥西")
    assert [who["handle"] for who in east["gone"]] == ["桥东", "桥西"]
    assert (east["parts"], len(east["cut_off"]), east["ties"]) == (1, 4, 5)
    assert 0 < east["loss"] < 1
    mine = Calls(towns.member)("GET", f"{HOME}/members/苏杭/without")
    assert [who["handle"] for who in mine["gone"]] == ["苏杭"]
    assert Calls(towns.member)("GET", f"{HOME}/members/桥东/without")["error"] == "OperatorsOnly"
    assert Calls(towns.member)("GET", f"{HOME}/members/苏杭/without?also=桥东")["error"] == "OperatorsOnly"
    assert Calls(towns.operator)("GET", f"{HOME}/members/nobody/without")["error"] == "NotAMember"


def test_operators_get_whom_to_begin_a_launch_with(towns: Cast) -> None:
    found = Calls(towns.operator)("GET", f"{HOME}/network/seeds?count=3")
    assert len(found["seeds"]) == 3
    assert found["seeds"][0]["who"]["handle"] in {"桥东", "桥西"}
    assert found["reach"] == pytest.approx(found["seeds"][-1]["total"])
    assert found["share"] == pytest.approx(found["reach"] / found["people"])
    assert Calls(towns.operator)("GET", f"{HOME}/network/seeds?count=51")["error"] == "InvalidInput"
    assert Calls(towns.member)("GET", f"{HOME}/network/seeds")["error"] == "OperatorsOnly"
