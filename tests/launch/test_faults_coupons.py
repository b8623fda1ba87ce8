"""Faults of coupons: used too often, by too many at once, given back or not; and what orders that had one come to."""

from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from kith.launch import api as launch
from kith.launch.api import (
    BadCoupon,
    CouponOver,
    CouponTaken,
    CouponUsedByYou,
    CouponUsedUp,
    CouponValue,
    NoSuchCoupon,
    OrderValue,
    OtherOrder,
    Part,
    SaleRules,
    SellersOnly,
    Wanted,
)
from kith.launch.models import Line, Order
from kith.lib.errors import Refusal
from kith.people.api import Person
from tests.conftest import NOW, Cast, settle
from tests.launch.shop import WHERE, assert_clean, charge, event, item, left, money, opened, paid, status, tell
from tests.people.together import at_once, faults

LATER = NOW + timedelta(minutes=15)


def coupon(cast: Cast, code: str = "AUTUMN", **parts: Any) -> CouponValue:
    facts: dict[str, Any] = {"uses": 2, "off_minor": 1000} | parts
    return launch.write_coupon(community=cast.home, code=code, by=cast.founder, now=NOW - timedelta(hours=1), **facts)


def counts(cast: Cast, code: str = "AUTUMN") -> tuple[int, int, int]:
    """Return how often a coupon can be used, is held, was used."""
    (found,) = [c for c in launch.coupons(cast.home) if c.code == code]
    return found.left, found.held, found.used


def buy(cast: Cast, *codes: str, by: Person | None = None, key: str = "key-00000001", now: Any = NOW, **units: int) -> OrderValue:  # fmt: skip
    wanted = [Wanted(item(sku), qty) for sku, qty in (units or {"BREW": 1}).items()]
    return launch.place(
        community=cast.home, campaign="autumn", buyer=by or cast.member, wanted=wanted, client_key=key, contact=WHERE, now=now,
        coupons=codes,
    )  # fmt: skip


def give_back(cast: Cast, order: OrderValue, *parts: Part, key: str = "refund-0001") -> None:
    launch.refund(community=cast.home, no=order.no, parts=parts, key=key, by=cast.founder, now=NOW)
    launch.poll(now=LATER)


def test_a_coupon_is_held_used_when_it_leaves_and_its_amount_stands_in_the_lines(cast: Cast) -> None:
    opened(cast, sale=SaleRules(ship_minor=1200))
    coupon(cast)
    made = buy(cast, "autumn", BREW=2, BOOK=1)
    assert [(line.kind, line.amount_minor, line.discount_minor) for line in made.lines] == [
        ("item", 32730, 870), ("item", 4869, 130), ("ship", 1200, 0),
    ]  # fmt: skip
    assert (made.total_minor, made.discount_minor, counts(cast)) == (38799, 1000, (1, 1, 0))
    paid(cast, made)
    launch.ship(community=cast.home, no=made.no, tracking="", by=cast.founder, now=NOW)
    assert counts(cast) == (1, 0, 1)
    launch.finish_due(now=NOW + timedelta(days=8))
    assert status(made) == "final"
    assert sum(money(cast.home).values()) == 0
    assert_clean()


@pytest.mark.usefixtures("committed")
def test_fault_8_the_last_use_at_the_same_moment_goes_to_one() -> None:
    cast = settle()
    opened(cast)
    coupon(cast, uses=1, per_person=None)

    def answered(by: Person) -> object:
        try:
            return buy(cast, "AUTUMN", by=by).no
        except Refusal as refused:
            return type(refused)

    found = at_once(*[partial(answered, by) for by in (cast.member, cast.other, cast.core, cast.operator)])
    assert faults(found) == []
    assert found.count(CouponUsedUp) == 3
    assert (Order.objects.count(), left(cast.home, "BREW"), counts(cast)) == (1, 9, (0, 1, 0))
    assert_clean()


def test_each_person_uses_it_as_often_as_they_may_over_orders(cast: Cast) -> None:
    opened(cast)
    coupon(cast, uses=5)
    first = buy(cast, "AUTUMN")
    with pytest.raises(CouponUsedByYou):
        buy(cast, "AUTUMN", key="key-00000002")
    buy(cast, "AUTUMN", by=cast.other)
    launch.cancel(community=cast.home, no=first.no, by=cast.member, now=NOW)
    buy(cast, "AUTUMN", key="key-00000003")
    assert counts(cast) == (3, 2, 0)
    assert_clean()


def test_it_comes_back_from_an_order_that_ends_unpaid_and_is_held_again_by_a_late_payment(cast: Cast) -> None:
    opened(cast)
    coupon(cast, uses=1, per_person=None)
    made = buy(cast, "AUTUMN")
    told = event(charge(cast, made))
    launch.expire_due(now=LATER)
    assert counts(cast) == (1, 0, 0)
    assert tell(told, LATER) == "paid"
    assert counts(cast) == (0, 1, 0)
    assert_clean()


def test_paid_late_when_another_has_the_last_use_all_of_it_goes_back(cast: Cast) -> None:
    opened(cast)
    coupon(cast, uses=1, per_person=None)
    made = buy(cast, "AUTUMN")
    told = event(charge(cast, made))
    launch.expire_due(now=LATER)
    buy(cast, "AUTUMN", by=cast.other, now=LATER)
    assert tell(told, LATER) == "late"
    launch.poll(now=LATER + timedelta(minutes=1))
    assert (status(made), left(cast.home, "BREW")) == ("refunded", 9)
    assert counts(cast) == (0, 1, 0)
    assert_clean()


def test_given_back_in_part_it_stays_used_given_back_whole_before_it_left_it_returns(cast: Cast) -> None:
    opened(cast)
    coupon(cast, off_minor=1001)
    made = buy(cast, "AUTUMN", BREW=3)
    paid(cast, made)
    give_back(cast, made, Part(1, 1))
    assert Line.objects.get().refunded_minor == (3 * 16800 - 1001) // 3  # what was paid for it, not what it cost
    assert counts(cast) == (1, 1, 0)
    give_back(cast, made, Part(1, 2), key="refund-0002")
    order = Order.objects.get()
    assert (order.status, order.refunded_minor, counts(cast)) == ("refunded", 3 * 16800 - 1001, (2, 0, 0))
    assert left(cast.home, "BREW") == 10
    assert_clean()


def test_given_back_after_it_left_the_coupon_stays_used(cast: Cast) -> None:
    opened(cast)
    coupon(cast)
    made = buy(cast, "AUTUMN")
    paid(cast, made)
    launch.ship(community=cast.home, no=made.no, tracking="", by=cast.founder, now=NOW)
    give_back(cast, made, Part(1, 1))
    assert (status(made), counts(cast)) == ("refunded", (1, 0, 1))
    assert_clean()


def test_all_the_money_back_frees_the_units_though_none_were_named(cast: Cast) -> None:
    opened(cast, sale=SaleRules(ship_minor=1200))
    made = buy(cast, BREW=2)
    paid(cast, made)
    give_back(cast, made, Part(1, 0, 33600), Part(2, 1))
    assert (status(made), left(cast.home, "BREW")) == ("refunded", 10)
    assert_clean()


def test_a_coupon_for_everything_leaves_nothing_to_pay(cast: Cast) -> None:
    opened(cast)
    coupon(cast, off_minor=0, off_ppm=1_000_000)
    made = buy(cast, "AUTUMN")
    assert (made.status, made.total_minor, counts(cast)) == ("paid", 0, (1, 1, 0))
    launch.ship(community=cast.home, no=made.no, tracking="", by=cast.founder, now=NOW)
    assert counts(cast) == (1, 0, 1)
    assert_clean()


def test_codes_that_do_not_hold_are_refused_and_nothing_is_kept(cast: Cast) -> None:
    opened(cast)
    coupon(cast, "EARLY", starts_at=NOW + timedelta(hours=1))
    coupon(cast, "ENDED", ends_at=NOW)
    coupon(cast, "DOLLARS", currency="USD")
    stopped = coupon(cast, "STOPPED")
    launch.stop_coupon(community=cast.home, coupon_id=stopped.id, by=cast.founder, now=NOW)
    launch.write_coupon(community=cast.rival, code="THEIRS", uses=1, off_minor=1, by=cast.enemy, now=NOW)
    for code, why in (("EARLY", CouponOver), ("ENDED", CouponOver), ("STOPPED", CouponOver), ("DOLLARS", NoSuchCoupon), ("THEIRS", NoSuchCoupon), ("NOTHING", NoSuchCoupon)):  # fmt: skip
        with pytest.raises(why):
            buy(cast, code)
    assert (Order.objects.count(), left(cast.home, "BREW")) == (0, 10)


def test_the_same_key_with_another_coupon_is_another_cart(cast: Cast) -> None:
    opened(cast)
    coupon(cast)
    first = buy(cast, "AUTUMN")
    assert buy(cast, " autumn ").no == first.no
    with pytest.raises(OtherOrder):
        buy(cast)


@pytest.mark.parametrize(
    "parts",
    [{"off_minor": 0}, {"off_ppm": 1}, {"off_minor": -1}, {"uses": 0}, {"uses": 1.5}, {"per_person": 3}, {"per_person": 0}, {"least_minor": -1},
     {"off_minor": 0, "off_ppm": 1_000_001}, {"code": "A B"}, {"code": "ABC"}, {"ends_at": NOW - timedelta(hours=1)}],
)  # fmt: skip
def test_what_is_no_coupon_is_not_made(cast: Cast, parts: dict[str, Any]) -> None:
    with pytest.raises(BadCoupon):
        coupon(cast, **parts)
    assert launch.coupons(cast.home) == []


def test_only_who_sells_makes_them_and_a_code_is_there_once(cast: Cast) -> None:
    with pytest.raises(SellersOnly):
        launch.write_coupon(community=cast.home, uses=1, off_minor=1, by=cast.member, now=NOW)
    coupon(cast)
    with pytest.raises(CouponTaken):
        coupon(cast, "autumn")
    assert len({coupon(cast, "").code, coupon(cast, "").code}) == 2
    with pytest.raises(NoSuchCoupon):
        launch.stop_coupon(community=cast.rival, coupon_id=launch.coupons(cast.home)[0].id, by=cast.enemy, now=NOW)
