"""Chains and check-ins by the API: written in, pasted, copied back; a day checked in once."""

from datetime import timedelta

from django.utils import timezone

from kith.connect import api as connect
from tests.conftest import Cast
from tests.rest.calling import Calls

CHAINS = "/communities/shanye/chains"
CHALLENGES = "/communities/shanye/challenges"


def test_a_chain_goes_around(cast: Cast) -> None:
    starter, other = Calls(cast.member), Calls(cast.other)
    made = starter("POST", CHAINS, {"text": "周六采摘\n八点西门", "pattern": "姓名-数量*", "cap": 3})
    there = f"{CHAINS}/{made['id']}"
    assert (made["kind"], made["extra"]["kind"], made["extra"]["cap"]) == ("chain", "chain", 3)
    assert other("POST", f"{there}/lines", {"values": ["赵穗", "很多"]})["error"] == "NotANumber"
    line = other("POST", f"{there}/lines", {"values": ["赵穗", "2份"]})["lines"][0]
    assert (line["values"], line["mine"]) == (["赵穗", "2"], True)
    taken = starter("POST", f"{there}/pasted", {"text": "#接龙\n1. 赵穗 2\n2. 路人 1", "take": True})
    assert ([one["problem"] for one in taken["lines"]], taken["taken"]) == (["known", ""], 1)
    assert other("GET", there)["text"] == "#接龙\n周六采摘\n八点西门\n例 姓名-数量\n\n1. 赵穗-2\n2. 路人-1\n"
    starter("PUT", f"{there}/state", {"is_closed": True})
    assert other("PUT", f"{there}/lines/{line['id']}", {"values": ["赵穗", "1"]})["error"] == "ChainClosed"


def test_a_moment_without_its_offset_is_no_moment(cast: Cast) -> None:
    calls = Calls(cast.member)
    for address, body in (
        (CHAINS, {"text": "报名", "closes_at": "2999-01-01T20:00:00"}),
        ("/communities/shanye/events", {"text": "茶", "title": "茶会", "zone": "Asia/Shanghai", "starts_at": "2999-01-01T20:00:00"}),
    ):  # fmt: skip
        calls("POST", address, body)
        assert calls.status == 422


def test_a_day_is_checked_in_once(cast: Cast) -> None:
    today, other = connect.day_of(timezone.now()), Calls(cast.other)
    days = {"starts_on": today.isoformat(), "ends_on": (today + timedelta(days=6)).isoformat()}
    made = Calls(cast.member)("POST", CHALLENGES, {"text": "早起", "mode": "total", "prizes": ["1 → 书签"], **days})
    there = f"{CHALLENGES}/{made['id']}"
    page = other("POST", f"{there}/checkins", {"text": "六点五十"})
    assert (page["calendar"], page["mine"]["days"], page["ranking"][0]["name"]) == ([today.isoformat()], 1, "赵穗")
    assert other("POST", f"{there}/checkins", {"text": "又来"})["error"] == "CheckedInAlready"
    won = Calls(cast.member)("GET", f"{there}/prizes")["winners"]
    assert [(w["prize"]["name"], w["name"]) for w in won] == [("书签", "赵穗")]
