"""Faults of presales: the balance missed, the seller who cannot deliver, paid late or twice, given back by two payments."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from hypothesis import given
from hypothesis import strategies as st

from kith.launch import api as launch
from kith.launch.api import (
    BadLaunch,
    MoreThanPaid,
    NeedsDeposit,
    NothingToPay,
    NotNow,
    OrderValue,
    OtherRefund,
    Part,
    RefundOver,
    SaleRules,
    SellersOnly,
    Wanted,
)
from kith.launch.models import Notice, Order, Wire
from kith.launch.rules import deposit_of, reached, split_parts
from kith.people.api import Person
from tests.conftest import NOW, Cast, settle
from tests.launch.shop import (  # fmt: skip
    TERMS,
    WHERE,
    assert_clean,
    charge,
    drafted,
    event,
    item,
    left,
    money,
    offers,
    opened,
    paid,
    status,
    tell,
)
from tests.people.together import at_once, faults

HOLD = NOW + timedelta(minutes=15)
CLOSES = NOW + timedelta(hours=6)
FROM, UNTIL = NOW + timedelta(hours=8), NOW + timedelta(days=3)
DEPOSIT, BALANCE = 2 * 1680, 2 * 16800 - 2 * 1680  # two brews, a tenth first


def presale(cast: Cast, *, returns: bool = False, **parts: Any) -> None:
    sale = SaleRules(deposit_ppm=100_000, deposit_returns=returns, balance_from_at=FROM, balance_until_at=UNTIL)
    opened(cast, kind="presale", closes_at=CLOSES, **{"sale": sale} | parts)


def ordered(cast: Cast, by: Person | None = None, key: str = "key-00000001", **more: Any) -> OrderValue:
    return launch.place(
        community=cast.home, campaign="autumn", buyer=by or cast.member, wanted=[Wanted(item("BREW"), 2)], client_key=key, contact=WHERE,
        now=NOW, **more,
    )  # fmt: skip


def deposited(cast: Cast) -> OrderValue:
    made = ordered(cast)
    paid(cast, made)
    assert status(made) == "deposited"
    return made


def due(cast: Cast) -> OrderValue:
    made = deposited(cast)
    assert launch.ask_balances(now=FROM) == 1
    return made


def back(cast: Cast, order: OrderValue, *parts: Part, key: str = "refund-0001") -> None:
    launch.refund(community=cast.home, no=order.no, parts=parts, key=key, by=cast.founder, now=UNTIL)
    launch.poll(now=UNTIL + timedelta(minutes=1))


def test_a_deposit_holds_and_the_balance_is_paid_in_its_time(cast: Cast) -> None:
    presale(cast)
    made = ordered(cast)
    assert (made.asked_minor, made.deposit_minor) == (DEPOSIT, DEPOSIT)
    wire = paid(cast, made)
    assert (wire.amount_minor, status(made), left(cast.home, "BREW"), money(cast.home)) == (DEPOSIT, "deposited", 8, {"gateway": -DEPOSIT, "escrow": DEPOSIT})  # fmt: skip
    with pytest.raises(NothingToPay):  # its time has not come
        charge(cast, made)
    with pytest.raises(NotNow):
        launch.ship(community=cast.home, no=made.no, tracking="", by=cast.founder, now=NOW)
    assert launch.expire_due(now=FROM) == 0
    assert [launch.ask_balances(now=FROM), launch.ask_balances(now=FROM)] == [1, 0]
    assert charge(cast, made, now=FROM).amount_minor == BALANCE
    paid(cast, made, now=FROM)
    assert status(made) == "paid"
    launch.ship(community=cast.home, no=made.no, tracking="", by=cast.founder, now=FROM)
    launch.finish_due(now=FROM + timedelta(days=7))
    assert (status(made), money(cast.home)["sales"] + money(cast.home)["tax"]) == ("final", DEPOSIT + BALANCE)
    assert_clean()


def test_the_buyer_is_told_when_the_balance_can_be_paid_and_on_the_last_day_once(cast: Cast) -> None:
    presale(cast)
    due(cast)
    for _ in range(2):
        launch.ask_balances(now=FROM)
        launch.send_notices(now=FROM)
    assert [m.to for m in mail.outbox] == [["su@example.org"]]
    for _ in range(2):
        launch.ask_balances(now=UNTIL - timedelta(hours=20))
        launch.send_notices(now=UNTIL - timedelta(hours=20))
    assert (len(mail.outbox), Notice.objects.filter(sent_at=None).count()) == (2, 0)
    assert "/orders/" in mail.outbox[1].body


@pytest.mark.parametrize(("returns", "role"), [(False, "sales"), (True, "")])
def test_fault_35_the_balance_missed_the_deposit_goes_where_the_terms_say(cast: Cast, returns: bool, role: str) -> None:  # noqa: FBT001
    presale(cast, returns=returns)
    made = due(cast)
    assert launch.miss_balances(now=UNTIL - timedelta(seconds=1)) == 0
    assert [launch.miss_balances(now=UNTIL), launch.miss_balances(now=UNTIL)] == [1, 0]
    launch.poll(now=UNTIL + timedelta(minutes=1))
    assert (status(made), left(cast.home, "BREW")) == ("refunded" if returns else "missed", 10)
    assert money(cast.home) == ({"gateway": -DEPOSIT, role: DEPOSIT} if role else {})
    assert_clean()


@pytest.mark.parametrize("returns", [False, True])
def test_fault_35_the_seller_who_cannot_deliver_gives_a_binding_deposit_back_twice(cast: Cast, returns: bool) -> None:  # noqa: FBT001
    presale(cast, returns=returns)
    made = deposited(cast)
    with pytest.raises(SellersOnly):
        launch.withdraw(community=cast.home, no=made.no, by=cast.member, now=NOW)
    launch.withdraw(community=cast.home, no=made.no, by=cast.founder, now=NOW)
    launch.poll(now=HOLD)
    assert (status(made), left(cast.home, "BREW")) == ("refunded", 10)
    amends = Wire.objects.filter(dir="amends")
    assert [w.amount_minor for w in amends] == ([] if returns else [DEPOSIT])
    if not returns:
        with pytest.raises(launch.AnotherPersonNeeded):
            launch.confirm(community=cast.home, wire_id=amends[0].pk, is_there=True, by=cast.founder, now=NOW)
        launch.confirm(community=cast.home, wire_id=amends[0].pk, is_there=True, by=cast.operator, now=NOW)
        assert money(cast.home) == {"refund_cost": -DEPOSIT, "gateway": DEPOSIT}
    assert_clean()


def test_the_buyer_lets_go_by_the_same_terms(cast: Cast) -> None:
    presale(cast)
    made = deposited(cast)
    with pytest.raises(launch.NoSuchOrder):
        launch.give_up(community=cast.home, no=made.no, by=cast.other, now=NOW)
    assert launch.give_up(community=cast.home, no=made.no, by=cast.member, now=NOW).status == "missed"
    with pytest.raises(NotNow):
        launch.give_up(community=cast.home, no=made.no, by=cast.member, now=NOW)
    with pytest.raises(NotNow):
        launch.withdraw(community=cast.home, no=made.no, by=cast.founder, now=NOW)
    assert left(cast.home, "BREW") == 10
    assert_clean()


def test_a_balance_that_comes_too_late_and_a_deposit_paid_twice_go_back(cast: Cast) -> None:
    presale(cast)
    made = ordered(cast)
    first, second = charge(cast, made), charge(cast, made, provider="manual")
    launch.prove(community=cast.home, no=made.no, note="尾号 1", by=cast.member, now=NOW)
    assert tell(event(first)) == "paid"
    for by in (cast.founder, cast.operator):
        launch.confirm(community=cast.home, wire_id=second.pk, is_there=True, by=by, now=NOW)
    assert (status(made), Wire.objects.get(pk=second.pk).is_surplus) == ("deposited", True)
    launch.ask_balances(now=FROM)
    told = event(charge(cast, made, now=FROM))
    launch.miss_balances(now=UNTIL)
    assert (tell(told, UNTIL), status(made)) == ("late", "missed")
    launch.poll(now=UNTIL + timedelta(minutes=1))
    assert status(made) == "missed"  # the kept deposit is not given back with it
    assert_clean()


@pytest.mark.usefixtures("committed")
def test_the_end_of_the_balance_and_its_payment_at_the_same_instant_one_wins() -> None:
    cast = settle()
    presale(cast)
    made = due(cast)
    told = event(charge(cast, made, now=FROM))
    found = at_once(*[lambda: launch.miss_balances(now=UNTIL), lambda: tell(told, UNTIL)] * 2)
    assert faults(found) == []
    launch.poll(now=UNTIL + timedelta(minutes=5))
    assert (status(made), left(cast.home, "BREW")) in {("paid", 8), ("missed", 10)}
    assert_clean()


def test_a_transfer_that_was_announced_is_waited_for(cast: Cast) -> None:
    presale(cast)
    made = due(cast)
    wire = launch.prove(community=cast.home, no=made.no, note="尾号 1", by=cast.member, now=UNTIL - timedelta(hours=1))
    assert launch.miss_balances(now=UNTIL) == 0
    for by in (cast.founder, cast.operator):
        launch.confirm(community=cast.home, wire_id=wire.id, is_there=True, by=by, now=UNTIL)
    assert (status(made), wire.amount_minor) == ("paid", BALANCE)
    assert_clean()


def test_given_back_the_balance_goes_first_and_then_the_deposit(cast: Cast) -> None:
    presale(cast)
    made = due(cast)
    with pytest.raises(RefundOver):
        back(cast, made, Part(1, 1))
    paid(cast, made, now=FROM)
    back(cast, made, Part(1, 0, BALANCE - 1))
    back(cast, made, Part(1, 2), key="refund-0002")
    back(cast, made, Part(1, 2), key="refund-0002")  # asked twice, given once
    with pytest.raises(OtherRefund):
        back(cast, made, Part(1, 1), key="refund-0002")
    with pytest.raises((MoreThanPaid, RefundOver)):
        back(cast, made, Part(1, 1), key="refund-0003")
    assert [w.amount_minor for w in Wire.objects.filter(dir="refund").order_by("pk")] == [BALANCE - 1, 1, DEPOSIT]
    assert (status(made), left(cast.home, "BREW"), money(cast.home)) == ("refunded", 10, {})
    assert_clean()


def test_a_deposit_paid_when_its_hold_was_over_holds_again_or_goes_back(cast: Cast) -> None:
    presale(cast)
    made = ordered(cast)
    told = event(charge(cast, made))
    launch.expire_due(now=HOLD)
    assert (tell(told, HOLD), status(made), left(cast.home, "BREW")) == ("paid", "deposited", 8)
    assert_clean()


def test_a_coupon_comes_off_the_balance(cast: Cast) -> None:
    presale(cast)
    launch.write_coupon(community=cast.home, code="AUTUMN", uses=1, off_minor=5000, by=cast.founder, now=NOW)
    made = ordered(cast, coupons=["AUTUMN"])
    assert (made.deposit_minor, made.total_minor) == (DEPOSIT, 2 * 16800 - 5000)
    launch.cancel(community=cast.home, no=made.no, by=cast.member, now=NOW)
    launch.write_coupon(community=cast.home, code="NEARLY", uses=1, off_minor=2 * 16800 - 100, by=cast.founder, now=NOW)
    whole = ordered(cast, key="key-00000002", coupons=["NEARLY"])
    assert (whole.deposit_minor, whole.asked_minor) == (0, 100)  # nothing would be left to pay later
    assert Order.objects.count() == 2


def test_a_presale_is_not_ready_without_its_deposit_and_its_time(cast: Cast) -> None:
    offers(cast)
    lacks = (
        SaleRules(), SaleRules(deposit_ppm=1000), SaleRules(deposit_ppm=1000, balance_from_at=UNTIL, balance_until_at=FROM),
        SaleRules(deposit_ppm=1000, balance_from_at=NOW, balance_until_at=CLOSES),
    )  # fmt: skip
    for n, sale in enumerate(lacks):
        drafted(cast, f"presale-{n}", kind="presale", sale=sale, closes_at=CLOSES)
        with pytest.raises(NeedsDeposit):
            launch.advance(community=cast.home, slug=f"presale-{n}", to="ready", by=cast.founder, now=NOW)
    for ppm in (0, 200_001, 1.5):
        with pytest.raises(BadLaunch):  # more than a fifth would be no deposit by law
            drafted(cast, "presale-9", kind="presale", sale=SaleRules(deposit_ppm=ppm))  # type: ignore[arg-type]
    assert TERMS


def test_reaching_a_state_needs_the_right_payment() -> None:
    assert [reached(stage, "due", now=NOW, balance_until=UNTIL) for stage in ("charge", "deposit", "balance")] == ["", "", "paid"]  # fmt: skip
    assert reached("deposit", "expired", now=UNTIL, balance_until=UNTIL) == ""  # it could only be lost
    assert [deposit_of(99, total, 100_000) for total in (99, 9, 10)] == [9, 0, 9]


@given(st.lists(st.tuples(st.integers(1, 9), st.integers(0, 5), st.integers(1, 10**6)), max_size=5), st.integers(0, 10**6))  # fmt: skip
def test_parts_of_a_refund_are_divided_without_losing_a_cent_or_a_unit(parts: list[tuple[int, int, int]], most: int) -> None:  # fmt: skip
    first, rest = split_parts(parts, most)
    assert sum(a for *_, a in first) == min(most, sum(a for *_, a in parts))
    assert sum(a for *_, a in (*first, *rest)) == sum(a for *_, a in parts)
    assert sum(q for _, q, _ in (*first, *rest)) == sum(q for _, q, _ in parts)
