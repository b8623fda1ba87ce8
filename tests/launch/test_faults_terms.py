"""Faults of paid membership: months of different lengths, renewals, two at once, given back in part or whole."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from hypothesis import given
from hypothesis import strategies as st

from kith.launch import api as launch
from kith.launch.api import BadPlan, NewItem, OrderValue, Part, PlansAreSoldAlone, SaleRules, TermValue, Wanted
from kith.launch.models import Term
from kith.launch.rules import months_on, unused_minor
from tests.conftest import NOW, Cast, settle
from tests.launch.shop import assert_clean, charge, drafted, event, item, paid, tell  # fmt: skip
from tests.people.together import at_once, faults

BEGUN = NOW - timedelta(days=400)
PRICE = 36500


def plan(cast: Cast, months: int = 12, **parts: Any) -> None:
    facts: dict[str, Any] = {
        "kind": "plan",
        "title": "读书会年费",
        "price_minor": PRICE,
        "months": months,
        "family": "reading",
    }
    launch.write_offer(community=cast.home, sku="YEAR", currency="CNY", by=cast.founder, now=BEGUN, **facts | parts)


def sold(cast: Cast, months: int = 12) -> None:
    plan(cast, months)
    drafted(cast, kind="plain", closes_at=None, opens_at=BEGUN, per_buyer=None, items=[NewItem("YEAR", PRICE, 50)])
    for to in ("ready", "open"):
        launch.advance(community=cast.home, slug="autumn", to=to, by=cast.founder, now=BEGUN)


def buy(cast: Cast, key: str = "key-00000001", qty: int = 1, now: datetime = NOW) -> OrderValue:
    return launch.place(
        community=cast.home, campaign="autumn", buyer=cast.member, wanted=[Wanted(item("YEAR"), qty)], client_key=key, now=now
    )  # fmt: skip


def joined(cast: Cast, key: str = "key-00000001", qty: int = 1, now: datetime = NOW) -> OrderValue:
    made = buy(cast, key, qty, now)
    paid(cast, made, now=now)
    return made


def terms(cast: Cast, now: datetime = NOW) -> list[TermValue]:
    return launch.terms_of(cast.home, cast.member, now=now)[::-1]


def back(cast: Cast, order: OrderValue, part: Part, now: datetime = NOW) -> None:
    launch.refund(community=cast.home, no=order.no, parts=[part], key=f"refund-{part.qty}-{part.amount_minor}", by=cast.founder, now=now)  # fmt: skip


def day(month: int, of: int, year: int = 2026) -> datetime:
    return datetime(year, month, of, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("at", "months", "anchor", "then"),
    [
        (day(1, 31), 1, 31, day(2, 28)), (day(2, 28), 1, 31, day(3, 31)), (day(1, 31, 2028), 1, 31, day(2, 29, 2028)),
        (day(2, 29, 2028), 12, 29, day(2, 28, 2029)), (day(2, 28, 2029), 36, 29, day(2, 29, 2032)), (day(12, 5), 1, 5, day(1, 5, 2027)),
    ],
)  # fmt: skip
def test_fault_34_months_keep_their_anchor(at: datetime, months: int, anchor: int, then: datetime) -> None:
    assert months_on(at, months, anchor) == then


def test_fault_34_summer_time_moves_no_hour() -> None:
    berlin = datetime(2026, 3, 15, 8, tzinfo=ZoneInfo("Europe/Berlin"))
    assert (months_on(berlin, 1, 15).hour, months_on(berlin, 1, 15).utcoffset()) == (8, timedelta(hours=2))


@given(st.integers(0, 10**9), st.integers(-10, 800))
def test_what_is_not_used_is_a_part_of_the_price(paid_minor: int, days: int) -> None:
    left = unused_minor(paid_minor, NOW, NOW + timedelta(days=365), NOW + timedelta(days=days))
    assert 0 <= left <= paid_minor
    assert (left == paid_minor) or days > 0
    assert left == 0 or days < 365


def test_a_term_begins_when_it_is_paid_and_a_renewal_after_it(cast: Cast) -> None:
    sold(cast)
    assert buy(cast, now=BEGUN).status == "placed"
    assert terms(cast) == []
    joined(cast, "key-00000002", now=BEGUN)
    joined(cast, "key-00000003", qty=2, now=BEGUN + timedelta(days=300))
    first, second = terms(cast)
    assert (first.starts_at, first.state, second.state) == (BEGUN, "ended", "running")
    assert (second.starts_at, (second.ends_at - second.starts_at).days) == (first.ends_at, 731)
    assert [m.name for m in launch.members_of_plans(cast.home, now=NOW)] == ["苏杭"]
    assert_clean()


@pytest.mark.usefixtures("committed")
def test_fault_34_two_renewals_at_the_same_moment_follow_one_another() -> None:
    cast = settle()
    sold(cast)
    told = [event(charge(cast, buy(cast, f"key-{n:08}"))) for n in range(3)]
    found = at_once(*[lambda t=t: tell(t) for t in (*told, *told)])
    assert faults(found) == []
    stood = sorted(Term.objects.values_list("starts_at", "ends_at"))
    assert [a[1] == b[0] for a, b in pairwise(stood)] == [True, True]
    assert_clean()


def test_given_back_whole_inside_the_window_the_term_ends_and_later_ones_stay(cast: Cast) -> None:
    sold(cast)
    first, _ = joined(cast), joined(cast, "key-00000002")
    before = terms(cast)
    back(cast, first, Part(1, 1))
    after = terms(cast)
    assert [t.state for t in after] == ["ended", "ahead"]
    assert (after[1].starts_at, after[1].ends_at) == (before[1].starts_at, before[1].ends_at)
    assert_clean()


def test_given_back_by_what_is_not_used_the_term_ends_too_and_a_price_cut_ends_nothing(cast: Cast) -> None:
    sold(cast)
    made = joined(cast, now=NOW - timedelta(days=5))
    (term,) = terms(cast)
    assert PRICE - term.unused_minor == 500  # five of 365 days
    back(cast, made, Part(1, 0, 1000))
    assert terms(cast)[0].state == "running"
    back(cast, made, Part(1, 1, terms(cast)[0].unused_minor))
    assert [(t.state, t.unused_minor) for t in terms(cast)] == [("ended", 0)]
    assert_clean()


def test_who_has_not_renewed_is_told_once_and_nothing_is_charged(cast: Cast) -> None:
    sold(cast, months=1)
    joined(cast, now=NOW - timedelta(days=25))
    for _ in range(2):
        launch.remind_terms(now=NOW)
        launch.send_notices(now=NOW)
    assert [m.to for m in mail.outbox] == [["su@example.org"]]
    joined(cast, "key-00000002")
    assert launch.remind_terms(now=NOW) == 0
    assert len(mail.outbox) == 1


@pytest.mark.parametrize(
    "wrong", [{"months": 0}, {"months": 61}, {"months": 1.5}, {"family": ""}, {"family": "Lesen!"}]
)
def test_what_is_no_plan_is_refused(cast: Cast, wrong: dict[str, Any]) -> None:
    with pytest.raises(BadPlan):
        plan(cast, **wrong)
    assert launch.offers(cast.home) == []


@pytest.mark.parametrize("kind", ["group", "presale"])
def test_a_membership_is_sold_to_each_alone(cast: Cast, kind: str) -> None:
    plan(cast)
    with pytest.raises(PlansAreSoldAlone):
        drafted(cast, kind=kind, items=[NewItem("YEAR", PRICE, 5)], sale=SaleRules(group_size=2, group_hours=2))
