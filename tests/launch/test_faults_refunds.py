"""Faults of refunds, by their number in docs/faults.md."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.launch import api as launch
from kith.launch import providers, rules
from kith.launch.api import MoreThanPaid, NothingToRefund, OtherRefund, Part, RefundOver, Told
from kith.launch.models import Line, Order, Wire
from kith.launch.providers import sandbox
from kith.launch.rules import Refundable
from tests.conftest import NOW, Cast, settle
from tests.launch.shop import assert_clean, buy, left, money, opened, paid, status, tell
from tests.people.together import at_once, faults

LATER = NOW + timedelta(minutes=2)


def back(cast: Cast, order: Any, *parts: Part, key: str = "refund-0001", **other: Any) -> launch.WireValue:
    return launch.refund(community=cast.home, no=order.no, parts=parts, key=key, by=cast.founder, now=NOW, **other)


def test_fault_21_more_than_was_paid_or_twice_is_refused(cast: Cast) -> None:
    opened(cast)
    made = buy(cast, BREW=2)
    with pytest.raises(RefundOver):
        back(cast, made, Part(1, 1))
    paid(cast, made)
    first = back(cast, made, Part(1, 1))
    assert back(cast, made, Part(1, 1)).id == first.id
    with pytest.raises(OtherRefund):
        back(cast, made, Part(1, 2))
    for parts in ([Part(1, 2)], [Part(1, 0, 16801)], [Part(1, 1, 16801)]):
        with pytest.raises(MoreThanPaid):
            back(cast, made, *parts, key="refund-0002")
    for parts in ([], [Part(2, 1)], [Part(1, 0)], [Part(1, -1)], [Part(1, 1), Part(1, 1)], [Part(1, 0, -5)]):
        with pytest.raises(NothingToRefund):
            back(cast, made, *parts, key="refund-0002")
    assert (status(made), Order.objects.get(no=made.no).refunded_minor, left(cast.home, "BREW")) == ("paid", 16800, 9)
    assert_clean()


@pytest.mark.usefixtures("committed")
def test_fault_21_at_the_same_moment_too() -> None:
    cast = settle()
    opened(cast)
    paid(cast, made := buy(cast, BREW=2))
    found = at_once(*[lambda n=n: back(cast, made, Part(1, 2), key=f"refund-{n:04}") for n in range(6)])
    assert sorted(t.__name__ for t in faults(found)) == ["RefundOver"] * 5
    assert Wire.objects.filter(dir="refund").count() == 1
    assert_clean()


def test_fault_22_partial_refunds_of_odd_cents_sum_exactly(cast: Cast) -> None:
    opened(cast)
    paid(cast, made := buy(cast, BOOK=3))
    amounts = [
        back(cast, made, Part(1, 0, 333), key="refund-0001").amount_minor,
        back(cast, made, Part(1, 1), key="refund-0002").amount_minor,
        back(cast, made, Part(1, 2), key="refund-0003").amount_minor,
    ]
    assert (amounts, sum(amounts)) == ([333, 4999, 9665], 14997)
    launch.poll(now=LATER)
    assert (status(made), left(cast.home, "BOOK"), money(cast.home)) == ("refunded", 10, {})
    assert_clean()


@given(qty=st.integers(1, 9), unit=st.integers(1, 10**6), cuts=st.lists(st.integers(0, 9), max_size=9))
def test_fault_22_whatever_the_order_of_units(qty: int, unit: int, cuts: list[int]) -> None:
    units = money_back = 0
    for cut in [*cuts, qty]:
        take = min(cut, qty - units)
        line = Refundable(1, qty, qty * unit, units, money_back)
        if take:
            ((_, _, amount),) = rules.refund_parts({1: line}, [Part(1, take)])
            units, money_back = units + take, money_back + amount
    assert (units, money_back) == (qty, qty * unit)


def test_fault_24_a_refund_in_the_console_of_the_provider_is_booked(cast: Cast) -> None:
    opened(cast)
    wire = paid(cast, made := buy(cast, BREW=1, BOOK=1))
    told = Told("ev-9", "refund", "done", "CONSOLE-1", "SBX9", 10000, "CNY", of_ref=wire.our_ref)
    assert [tell(told), tell(told)] == ["external", "known"]
    assert list(Line.objects.order_by("n").values_list("refunded_minor", flat=True)) == [7707, 2293]
    assert money(cast.home) == {"gateway": -11799, "escrow": 11799}
    assert tell(Told("ev-10", "refund", "done", "CONSOLE-2", "SBX10", 11800, "CNY", of_ref=wire.our_ref)) == "beyond"
    assert tell(Told("ev-11", "refund", "done", "CONSOLE-3", "SBX11", 11799, "CNY", of_ref=wire.our_ref)) == "external"
    assert (status(made), money(cast.home)) == ("refunded", {})


def test_units_that_were_not_sent_can_be_had_again(cast: Cast) -> None:
    opened(cast)
    paid(cast, made := buy(cast, BREW=3))
    back(cast, made, Part(1, 1))
    assert left(cast.home, "BREW") == 8
    launch.ship(community=cast.home, no=made.no, tracking="SF100", by=cast.operator, now=NOW)
    back(cast, made, Part(1, 1), key="refund-0002")
    assert left(cast.home, "BREW") == 8
    assert_clean()


def test_what_a_provider_cannot_give_back_is_given_by_hand(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    opened(cast)
    paid(cast, made := buy(cast, BREW=1))

    class Closed(sandbox.Sandbox):
        def refund(self, ask: Any, now: Any) -> None:
            """Take it up, and fail."""

    monkeypatch.setitem(providers.REGISTRY, "sandbox", Closed())
    wire = back(cast, made, Part(1, 1))
    ref = Wire.objects.get(pk=wire.id).our_ref
    paid_ref = Wire.objects.get(dir="charge").our_ref
    assert tell(Told("ev-3", "refund", "failed", ref, "SBF", 16800, "CNY", of_ref=paid_ref)) == "failed"
    assert (status(made), money(cast.home)) == ("paid", {"gateway": -16800, "escrow": 16800})
    assert_clean()
    again = launch.refund_again(community=cast.home, wire_id=wire.id, by=cast.founder, now=NOW)
    with pytest.raises(launch.AnotherPersonNeeded):
        launch.confirm(community=cast.home, wire_id=again.id, is_there=True, by=cast.founder, now=NOW)
    launch.confirm(community=cast.home, wire_id=again.id, is_there=True, by=cast.operator, now=NOW)
    assert (status(made), money(cast.home)) == ("refunded", {})  # in by one gateway, out by the other
    assert_clean()


def test_an_order_is_final_when_the_time_for_refunds_is_over(cast: Cast) -> None:
    opened(cast)
    paid(cast, made := buy(cast, BREW=1, BOOK=1))
    assert launch.finish_due(now=NOW + timedelta(days=365)) == 0  # goods that were not sent are never final
    launch.ship(community=cast.home, no=made.no, tracking="", by=cast.founder, now=NOW)
    back(cast, made, Part(2, 0, 999))
    assert launch.finish_due(now=NOW + timedelta(days=7)) == 0  # a refund is under way
    launch.poll(now=LATER)
    assert launch.finish_due(now=NOW + timedelta(days=7, seconds=-1)) == 0
    assert [launch.finish_due(now=NOW + timedelta(days=7)) for _ in range(2)] == [1, 0]
    # 16800 with 13 % tax holds 1933; the book has none
    assert money(cast.home) == {"gateway": -20800, "sales": 18867, "tax": 1933}
    assert_clean()


def test_money_goes_back_after_that_too_with_its_tax(cast: Cast) -> None:
    opened(cast)
    paid(cast, made := buy(cast, BREW=2))
    launch.ship(community=cast.home, no=made.no, tracking="", by=cast.founder, now=NOW)
    launch.finish_due(now=NOW + timedelta(days=7))
    back(cast, made, Part(1, 1))
    launch.poll(now=LATER)
    assert (status(made), money(cast.home)) == ("final", {"gateway": -16800, "sales": 14867, "tax": 1933})
    back(cast, made, Part(1, 1), key="refund-0002")
    launch.poll(now=LATER)
    assert (status(made), money(cast.home)) == ("refunded", {})
    assert_clean()
