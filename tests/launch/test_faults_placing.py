"""Faults of placing an order, by their number in docs/faults.md: each ends as it should, and the books are clean."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from kith.launch import api as launch
from kith.launch.api import (
    BadQuantity,
    LimitReached,
    MixedCurrencies,
    NewItem,
    NotInThisLaunch,
    OrderValue,
    OtherOrder,
    SoldOut,
    Wanted,
)
from kith.launch.models import Order
from kith.lib.errors import Refusal
from tests.conftest import NOW, Cast, settle
from tests.launch.shop import WHERE, assert_clean, buy, drafted, item, left, offers, opened
from tests.people.together import at_once, faults


def order(cast: Cast, buyer: Any, wanted: list[Wanted], key: str = "key-00000001") -> OrderValue:
    return launch.place(
        community=cast.home, campaign="autumn", buyer=buyer, wanted=wanted, client_key=key, contact=WHERE, now=NOW
    )


def answered(call: Callable[[], OrderValue]) -> Callable[[], object]:
    """Make a call whose refusal is an answer."""

    def run() -> object:
        try:
            return call().no
        except Refusal as refused:
            return type(refused)

    return run


def test_fault_1_the_same_placement_twice_is_one_order(cast: Cast) -> None:
    opened(cast)
    first, again = buy(cast, BREW=2), buy(cast, BREW=2)
    assert first == again
    assert (Order.objects.count(), left(cast.home, "BREW")) == (1, 8)
    assert_clean()


@pytest.mark.usefixtures("committed")
def test_fault_1_at_the_same_moment_too() -> None:
    cast = settle()
    opened(cast)
    found = at_once(*[answered(partial(buy, cast, BREW=2)) for _ in range(8)])
    assert faults(found) == []
    assert len(set(found)) == 1
    assert (Order.objects.count(), left(cast.home, "BREW")) == (1, 8)
    assert_clean()


def test_fault_2_the_same_key_with_another_cart_is_refused(cast: Cast) -> None:
    opened(cast)
    buy(cast, BREW=1)
    with pytest.raises(OtherOrder) as refused:
        buy(cast, BREW=2)
    assert refused.value.status == 409
    assert (Order.objects.count(), left(cast.home, "BREW")) == (1, 9)


@pytest.mark.parametrize("qty", [0, -1, 1.5, 2**63, float("nan"), True, "1", 10_001])
def test_fault_3_what_is_no_quantity_is_refused(cast: Cast, qty: Any) -> None:
    opened(cast)
    with pytest.raises(BadQuantity):
        order(cast, cast.member, [Wanted(item("BREW"), qty)])
    assert (Order.objects.count(), left(cast.home, "BREW")) == (0, 10)


@pytest.mark.parametrize("raw", ["0", "-1", "1.5", "１", "", " ", "1e3", "99999999999999999999", "10001", "NaN"])
def test_fault_3_as_it_is_typed(raw: str) -> None:
    with pytest.raises(BadQuantity):
        launch.quantity(raw)
    assert launch.quantity("10000") == 10_000


@pytest.mark.usefixtures("committed")
def test_fault_5_two_buyers_of_one_unit_one_gets_it() -> None:
    cast = settle()
    opened(cast, items=[NewItem("BREW", 16800, 1)])
    found = at_once(*[answered(partial(buy, cast, by, BREW=1)) for by in (cast.member, cast.other, cast.core)])
    assert faults(found) == []
    assert found.count(SoldOut) == 2
    assert (Order.objects.count(), left(cast.home, "BREW")) == (1, 0)
    assert_clean()


def test_fault_6_the_same_thing_in_two_lines_is_summed(cast: Cast) -> None:
    opened(cast)
    brew = item("BREW")
    made = order(cast, cast.member, [Wanted(brew, 2), Wanted(brew, 1)])
    assert [(line.qty, line.amount_minor) for line in made.lines] == [(3, 50400)]
    with pytest.raises(LimitReached):  # 3 + 3 of 5: each line alone would pass
        order(cast, cast.other, [Wanted(brew, 3), Wanted(brew, 3)])
    assert left(cast.home, "BREW") == 7
    assert_clean()


@pytest.mark.usefixtures("committed")
def test_fault_7_carts_in_opposite_order_do_not_lock_each_other() -> None:
    cast = settle()
    opened(cast, per_buyer=None, kind="plain", closes_at=None)
    brew, book = Wanted(item("BREW"), 1), Wanted(item("BOOK"), 1)
    buyers = [cast.member, cast.other, cast.core, cast.operator]
    calls = [
        answered(partial(order, cast, by, [brew, book] if n % 2 else [book, brew], f"key-{n:08}"))
        for n, by in enumerate(buyers * 4)
    ]
    found = at_once(*calls)
    assert faults(found) == []
    assert found.count(SoldOut) == 6
    assert (Order.objects.count(), left(cast.home, "BREW"), left(cast.home, "BOOK")) == (10, 0, 0)
    assert_clean()


def test_fault_9_a_launch_has_one_currency(cast: Cast) -> None:
    offers(cast)
    launch.write_offer(
        community=cast.home, sku="USB", kind="goods", title="Bottle", currency="USD", price_minor=900, by=cast.founder, now=NOW
    )  # fmt: skip
    with pytest.raises(MixedCurrencies):
        drafted(cast, items=[NewItem("BREW", 16800, 1), NewItem("USB", 900, 1)])
    opened(cast)
    with pytest.raises(NotInThisLaunch):
        order(cast, cast.member, [Wanted(item("BREW"), 1), Wanted(10**9, 1)])
    assert Order.objects.count() == 0


def test_fault_10_a_free_order_goes_past_providers_and_not_past_the_book(cast: Cast) -> None:
    opened(cast, items=[NewItem("TALK", 0, 3)])
    made = launch.place(
        community=cast.home, campaign="autumn", buyer=cast.member, wanted=[Wanted(item("TALK"), 2)], client_key="key-00000001", now=NOW
    )  # fmt: skip
    assert (made.status, made.total_minor, made.paid_minor) == ("paid", 0, 0)
    assert left(cast.home, "TALK") == 1
    with pytest.raises(launch.NothingToPay):
        launch.charge(community=cast.home, no=made.no, provider="sandbox", by=cast.member, back="/", now=NOW)
    assert_clean()


def test_a_limit_for_each_buyer_counts_over_orders(cast: Cast) -> None:
    opened(cast)
    buy(cast, key="key-00000001", BREW=3)
    with pytest.raises(LimitReached):
        buy(cast, key="key-00000002", BOOK=3)
    buy(cast, key="key-00000003", BOOK=2)
    buy(cast, cast.other, BREW=5)
    assert (left(cast.home, "BREW"), left(cast.home, "BOOK")) == (2, 8)
    assert_clean()
