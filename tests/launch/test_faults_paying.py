"""Faults of payment, by their number in docs/faults.md, told through the same door a provider uses."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from kith.launch import api as launch
from kith.launch import providers
from kith.launch.api import (
    Ask,
    Forged,
    NewItem,
    NothingToPay,
    PayAt,
    ProviderDown,
    Told,
    TooOld,
    WrongAmount,
    WrongMerchant,
)
from kith.launch.models import Inbox, Order, SandboxPayment, Wire
from kith.launch.providers import sandbox
from tests.conftest import NOW, Cast, settle
from tests.launch.shop import assert_clean, buy, charge, event, left, money, opened, paid, status, tell
from tests.people.together import at_once, faults

LATER = NOW + timedelta(minutes=16)


def ended(order: Any, dir_: str = "refund") -> list[tuple[str, int]]:
    return list(Wire.objects.filter(order__no=order.no, dir=dir_).order_by("pk").values_list("status", "amount_minor"))


@pytest.mark.usefixtures("committed")
def test_fault_11_the_same_message_ten_times_at_once_is_one_payment() -> None:
    cast = settle()
    opened(cast)
    made = buy(cast, BREW=2)
    told = event(charge(cast, made))
    found = at_once(*[lambda: tell(told)] * 10)
    assert faults(found) == []
    assert sorted(map(str, found)) == ["known"] * 9 + ["paid"]
    assert (status(made), money(cast.home)) == ("paid", {"gateway": -33600, "escrow": 33600})
    assert_clean()


def test_fault_11_other_messages_about_the_same_payment_too(cast: Cast) -> None:
    opened(cast)
    wire = charge(cast, made := buy(cast))
    assert [tell(event(wire)), tell(event(wire, event_id="other"))] == ["paid", "known"]
    assert (status(made), money(cast.home)["escrow"]) == ("paid", 16800)


def test_fault_12_the_message_may_come_before_the_answer_to_our_call(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(cast)
    made, heard = buy(cast), []

    class Hasty(sandbox.Sandbox):
        def charge(self, ask: Ask, now: Any) -> PayAt:
            address = super().charge(ask, now)
            heard.append(tell(event(Wire.objects.get(our_ref=ask.our_ref))))
            return address

    monkeypatch.setitem(providers.REGISTRY, "sandbox", Hasty())
    charge(cast, made)
    assert (heard, status(made)) == (["paid"], "paid")
    assert_clean()


@pytest.mark.parametrize(
    ("twist", "refusal"),
    [("signature", Forged), ("body", Forged), ("old", TooOld), ("ahead", TooOld), ("merchant", WrongMerchant), ("amount", WrongAmount), ("currency", WrongAmount)],
)  # fmt: skip
def test_fault_13_a_message_that_is_not_right_has_no_effect(cast: Cast, twist: str, refusal: type[Exception]) -> None:
    opened(cast)
    made = buy(cast)
    told = event(charge(cast, made))
    told = (
        replace(told, amount_minor=1)
        if twist == "amount"
        else replace(told, currency="USD")
        if twist == "currency"
        else told
    )
    signed_at = NOW + {"old": timedelta(seconds=-301), "ahead": timedelta(seconds=301)}.get(twist, timedelta())
    headers, body = sandbox.message(told, signed_at, merchant="else" if twist == "merchant" else sandbox.MERCHANT)
    if twist == "signature":
        headers[sandbox.SIGNATURE] = "0" * 64
    body = body.replace(b"charge", b"refund") if twist == "body" else body
    with pytest.raises(refusal) as refused:
        launch.hear(provider="sandbox", headers=headers, body=body, now=NOW)
    assert getattr(refused.value, "status", 0) == 401
    assert (status(made), Inbox.objects.count(), money(cast.home)) == ("placed", 0, {})


def test_fault_14_a_payment_after_the_hold_is_held_again_while_there_is_stock(cast: Cast) -> None:
    opened(cast)
    made = buy(cast, BREW=3)
    wire = charge(cast, made)
    launch.expire_due(now=LATER)
    assert left(cast.home, "BREW") == 10
    assert tell(event(wire), LATER) == "paid"
    assert (status(made), left(cast.home, "BREW")) == ("paid", 7)
    assert_clean()


def test_fault_14_else_it_goes_back_whole(cast: Cast) -> None:
    opened(cast, items=[NewItem("BREW", 16800, 3)])
    made = buy(cast, BREW=3)
    wire = charge(cast, made)
    launch.expire_due(now=LATER)
    paid(cast, buy(cast, cast.other, now=LATER, BREW=1), cast.other, LATER)
    assert tell(event(wire), LATER) == "late"
    assert (status(made), ended(made), money(cast.home)) == (
        "late",
        [("sent", 50400)],
        {"gateway": -67200, "escrow": 16800, "transit": 50400},
    )
    assert_clean()
    assert launch.poll(now=LATER + timedelta(minutes=1)) == 1
    assert (status(made), ended(made), money(cast.home)) == (
        "refunded",
        [("done", 50400)],
        {"gateway": -16800, "escrow": 16800},
    )
    row = Order.objects.get(no=made.no)
    assert (row.paid_minor, row.refunded_minor) == (50400, 50400)
    assert_clean()


def test_fault_14_so_does_what_is_paid_for_a_cancelled_order(cast: Cast) -> None:
    opened(cast)
    made = buy(cast)
    wire = charge(cast, made)
    launch.cancel(community=cast.home, no=made.no, by=cast.member, now=NOW)
    assert (tell(event(wire)), status(made), left(cast.home, "BREW")) == ("late", "late", 10)
    launch.poll(now=LATER)
    assert (status(made), money(cast.home)) == ("refunded", {})
    assert_clean()


def test_fault_15_two_tabs_share_one_wire_and_a_second_payment_goes_back(cast: Cast) -> None:
    opened(cast)
    made = buy(cast)
    assert charge(cast, made) == charge(cast, made)
    by_hand = launch.prove(community=cast.home, no=made.no, note="苏杭 14:02", by=cast.member, now=NOW)
    paid(cast, made)
    launch.confirm(community=cast.home, wire_id=by_hand.id, is_there=True, by=cast.founder, now=NOW)
    found = launch.confirm(community=cast.home, wire_id=by_hand.id, is_there=True, by=cast.operator, now=NOW)
    assert (found.status, status(made), ended(made)) == ("done", "paid", [("drafted", 16800)])
    assert money(cast.home) == {"gateway": -33600, "escrow": 16800, "transit": 16800}
    back = Wire.objects.get(order__no=made.no, dir="refund")
    for by in (cast.founder, cast.operator):
        launch.confirm(community=cast.home, wire_id=back.pk, is_there=True, by=by, now=NOW)
    assert (status(made), money(cast.home)) == ("paid", {"gateway": -16800, "escrow": 16800})
    assert_clean()


def test_fault_18_killed_after_the_call_the_wire_is_asked_about_under_its_reference(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(cast)
    made = buy(cast)

    class Killed(sandbox.Sandbox):
        def charge(self, ask: Ask, now: Any) -> PayAt:
            super().charge(ask, now)
            raise KeyboardInterrupt

    monkeypatch.setitem(providers.REGISTRY, "sandbox", Killed())
    with pytest.raises(KeyboardInterrupt):
        charge(cast, made)
    wire = Wire.objects.get(order__no=made.no)
    assert wire.status == "sent"
    sandbox.end(wire.our_ref, state="done")
    assert launch.poll(now=NOW + timedelta(seconds=29)) == 0
    assert launch.poll(now=NOW + timedelta(seconds=31)) == 1
    assert (status(made), SandboxPayment.objects.count()) == ("paid", 1)
    assert_clean()


def test_fault_19_while_a_provider_is_down_orders_wait_and_nothing_is_charged_twice(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(cast, hold_minutes=120)
    made = buy(cast)
    asked: list[str] = []

    class Down(sandbox.Sandbox):
        def charge(self, ask: Ask, now: Any) -> PayAt:
            asked.append(ask.our_ref)
            raise ProviderDown

        def query(self, ask: Ask) -> Told | None:
            raise ProviderDown

    monkeypatch.setitem(providers.REGISTRY, "sandbox", Down())
    for _ in range(3):
        with pytest.raises(ProviderDown):
            charge(cast, made)
    assert len(set(asked)) == 1
    wire = Wire.objects.get()
    assert wire.status == "unknown"
    asks = [launch.poll(now=NOW + timedelta(minutes=m)) for m in range(61)]
    assert [m for m, asked in enumerate(asks) if asked] == [1, 2, 4, 8, 16, 32]
    assert (status(made), Wire.objects.count(), money(cast.home)) == ("placed", 1, {})
    monkeypatch.setitem(providers.REGISTRY, "sandbox", sandbox.Sandbox())
    assert charge(cast, made) == wire
    assert (tell(event(wire)), status(made)) == ("paid", "paid")


def test_fault_20_a_refund_heard_before_its_payment_waits_for_it(cast: Cast) -> None:
    opened(cast)
    made = buy(cast)
    wire = charge(cast, made)
    back = Told("ev-1", "refund", "done", "THEIRS-1", "SBX1", 6800, "CNY", of_ref=wire.our_ref)
    assert [tell(back), tell(back)] == ["parked", "known"]
    assert (status(made), money(cast.home)) == ("placed", {})
    assert tell(event(wire)) == "paid"
    assert (status(made), ended(made), money(cast.home)) == (
        "paid",
        [("done", 6800)],
        {"gateway": -10000, "escrow": 10000},
    )
    assert Inbox.objects.get(event_id="ev-1").outcome == "external"
    assert_clean()


def test_a_transfer_needs_two_others_and_one_denial_is_enough(cast: Cast) -> None:
    opened(cast)
    made = buy(cast, cast.operator, BREW=2)
    wire = launch.prove(community=cast.home, no=made.no, note="尾号 8888", by=cast.operator, now=NOW)
    assert launch.expire_due(now=LATER) == 0  # held until somebody has looked
    say: dict[str, Any] = {"community": cast.home, "wire_id": wire.id, "now": LATER}
    with pytest.raises(launch.SellersOnly):
        launch.confirm(**say, is_there=True, by=cast.member)
    with pytest.raises(launch.AnotherPersonNeeded):
        launch.confirm(**say, is_there=True, by=cast.operator)
    assert launch.confirm(**say, is_there=True, by=cast.founder).status == "sent"
    with pytest.raises(launch.AnotherPersonNeeded):
        launch.confirm(**say, is_there=True, by=cast.founder)
    assert (status(made), money(cast.home)) == ("placed", {})
    with pytest.raises(launch.SellersOnly):
        launch.confirm(**say, is_there=False, by=cast.core)
    denied = launch.prove(community=cast.home, no=buy(cast, BREW=1).no, note="假的", by=cast.member, now=NOW)
    assert (
        launch.confirm(community=cast.home, wire_id=denied.id, is_there=False, by=cast.founder, now=NOW).status
        == "failed"
    )
    assert launch.expire_due(now=NOW) == 1
    assert_clean()


def test_a_payment_that_failed_can_be_tried_again(cast: Cast) -> None:
    opened(cast)
    made = buy(cast)
    wire = charge(cast, made)
    launch.sandbox_end(ref=wire.our_ref, how="fail", now=NOW)
    other = paid(cast, made)
    assert (other.pk != wire.pk, status(made), ended(made, "charge")) == (
        True,
        "paid",
        [("failed", 16800), ("done", 16800)],
    )
    assert_clean()


@pytest.mark.parametrize("how", ["twice", "silent"])
def test_the_sandbox_tells_twice_or_not_at_all(cast: Cast, how: str) -> None:
    opened(cast)
    made = buy(cast)
    wire = charge(cast, made)
    launch.sandbox_end(ref=wire.our_ref, how=how, now=NOW)
    launch.poll(now=NOW + timedelta(minutes=1))
    assert (status(made), money(cast.home)["escrow"]) == ("paid", 16800)
    with pytest.raises(NothingToPay):
        charge(cast, made)
    assert_clean()


def test_only_an_invented_community_pays_in_the_sandbox_unless_the_server_says_so(cast: Cast, settings: Any) -> None:
    opened(cast)
    made = buy(cast)
    settings.SANDBOX = False
    with pytest.raises(launch.UnknownProvider):
        charge(cast, made)
    assert Wire.objects.count() == 0
