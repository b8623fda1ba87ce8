"""How often the API may be called: counts of all processes together, told by 429, cheap for who reads."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from kith.lib.addresses import client_address, neighbourhood
from kith.rest import limits
from kith.rest.limits import STEPS, Counter
from kith.settings.calling import limits as read_limits  # noqa: TID251 -- it is what is tested
from tests.conftest import Cast, signed_in
from tests.rest.calling import ROOT, token_of

ME = f"{ROOT}/me"


@pytest.fixture(autouse=True)
def _fresh(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.API_LIMITS = dict.fromkeys(settings.API_LIMITS, 0)
    limits.counter.forget()
    monkeypatch.setattr(limits, "clock", lambda: 6_000_012.0)


def by_token(cast: Cast) -> Client:
    return Client(headers={"Authorization": f"Bearer {token_of(cast.member)}"})


def test_a_person_is_told_when_to_come_back(cast: Cast, settings: Any) -> None:
    settings.API_LIMITS["person"] = 3
    me, other = by_token(cast), signed_in(cast.other)
    assert [me.get(ME).status_code for _ in range(4)] == [200, 200, 200, 429]
    assert signed_in(cast.member).get(ME).status_code == 429  # token and session are one person
    assert other.get(ME).status_code == 200
    refused = me.get(ME, headers={"Accept-Language": "en"})
    assert refused["Retry-After"] == "48"
    assert refused.json() == {
        "error": "TooManyRequests", "sentence": "More than 3 requests in a minute. Try again in 48 seconds.", "facts": {"limit": 3, "seconds": 48},
    }  # fmt: skip
    assert "请求" in me.get(ME, headers={"Accept-Language": "zh-CN"}).json()["sentence"]


def test_the_next_minute_begins_anew(cast: Cast, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.API_LIMITS["person"] = 1
    me = by_token(cast)
    assert [me.get(ME).status_code for _ in range(2)] == [200, 429]
    monkeypatch.setattr(limits, "clock", lambda: 6_000_060.0)
    assert [me.get(ME).status_code for _ in range(2)] == [200, 429]
    assert limits.sweep(minute=limits.minute_of(6_000_060)) == 0
    assert limits.sweep(minute=limits.minute_of(6_000_120)) == 1


def test_writing_has_a_limit_of_its_own(cast: Cast, settings: Any) -> None:
    settings.API_LIMITS["write"] = 1
    me = by_token(cast)
    posts = f"{ROOT}/communities/{cast.home.slug}/posts"
    sent = [me.post(posts, {"text": f"第{n}句"}, content_type="application/json").status_code for n in range(2)]
    assert (sent, me.get(posts).status_code) == ([201, 429], 200)


def test_an_address_is_counted_before_a_token_is_looked_at(cast: Cast, settings: Any) -> None:
    settings.API_LIMITS["address"] = 2
    guess = Client(headers={"Authorization": "Bearer kith_guess"})
    assert [guess.get(ME).status_code for _ in range(3)] == [401, 401, 429]
    assert guess.get(ME, REMOTE_ADDR="203.0.113.9").status_code == 401


def test_strangers_are_counted_by_address(cast: Cast, settings: Any) -> None:
    settings.API_LIMITS["stranger"] = 1
    assert [Client().get(f"{ROOT}/communities").status_code for _ in range(2)] == [200, 429]
    assert by_token(cast).get(f"{ROOT}/communities").status_code == 200


def test_reading_at_an_ordinary_pace_writes_nothing(cast: Cast, settings: Any) -> None:
    settings.API_LIMITS["person"], settings.API_LIMITS["address"] = 600, 3000
    me = by_token(cast)
    me.get(ME)
    with CaptureQueriesContext(
        connection,
    ) as told:
        for _ in range(600 // STEPS - 2):
            me.get(ME)
        assert not [q for q in told if "rest_rate" in q["sql"]]
        me.get(ME)
    assert len([q for q in told if "rest_rate" in q["sql"]]) == 1


@given(st.lists(st.integers(0, 3), min_size=1, max_size=300), st.integers(1, 60))
def test_processes_share_a_limit_and_pass_a_twentieth_each_at_most(calls: list[int], limit: int) -> None:
    processes, shared, passed = [Counter() for _ in range(4)], {"k": 0}, 0

    def add(key: str, _: int, many: int) -> int:
        shared[key] += many
        return shared[key]

    for which in calls:
        passed += not processes[which].is_over("k", limit, 7, add)
    slack = 4 * max(1, limit // STEPS)
    assert min(len(calls), limit) <= passed + slack
    assert passed <= limit + slack


def test_what_a_proxy_says_counts_only_where_one_makes_the_way_secure() -> None:
    assert client_address(seen="10.0.0.2", forwarded="6.6.6.6, 203.0.113.9", is_secure=True) == "203.0.113.9"
    assert client_address(seen="10.0.0.2", forwarded="6.6.6.6", is_secure=False) == "10.0.0.2"
    assert client_address(seen="", forwarded="", is_secure=False) == "127.0.0.1"
    assert neighbourhood("2001:db8:1:2:3:4:5:6") == neighbourhood("2001:db8:1:2::1") == "2001:db8:1:2::"
    assert neighbourhood("::ffff:203.0.113.9") == "203.0.113.9"


def test_settings_name_what_differs() -> None:
    assert read_limits({"KITH_API_LIMITS": "person=300, write=0"}) == {
        "person": 300,
        "write": 0,
        "stranger": 120,
        "address": 3000,
    }
    for wrong in ("people=3", "person=-1", "person"):
        with pytest.raises(ValueError, match="KITH_API_LIMITS"):
            read_limits({"KITH_API_LIMITS": wrong})
