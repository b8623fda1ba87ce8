"""Faults of groups that buy together: the seat too many, the deadline, the late payment, the opener who leaves."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from kith.launch import api as launch
from kith.launch.api import (
    AlreadyInGroup,
    GroupFull,
    GroupNotFormed,
    GroupOver,
    GroupValue,
    NeedsGroup,
    NewItem,
    NoSuchGroup,
    NotInThisLaunch,
    OrderValue,
    Part,
    SaleRules,
    Wanted,
)
from kith.launch.models import Group, Order, Wire
from kith.launch.rules import group_after
from kith.lib.errors import Refusal
from kith.people.api import Person
from tests.conftest import NOW, Cast, settle
from tests.launch.shop import (  # fmt: skip
    BREW,
    WHERE,
    assert_clean,
    buy,
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
DEADLINE = NOW + timedelta(hours=24)


def grouped(cast: Cast, size: int = 3, **parts: Any) -> None:
    facts: dict[str, Any] = {"items": [NewItem("BREW", BREW, 10), NewItem("TALK", 9900, 10)]}
    opened(cast, kind="group", sale=SaleRules(group_size=size, group_hours=24), **facts | parts)


def join(cast: Cast, by: Person, group: str = "", key: str = "", now: Any = NOW, sku: str = "BREW") -> OrderValue:
    return launch.place(
        community=cast.home, campaign="autumn", buyer=by, wanted=[Wanted(item(sku), 1)], client_key=key or f"key-of-{by.pk:08}",
        contact=WHERE, now=now, group=group,
    )  # fmt: skip


def of(cast: Cast, order: OrderValue) -> GroupValue:
    found = launch.order_page(cast.home, order.no, reader=cast.founder, runs=True, now=NOW).group
    assert found
    return found


def full(cast: Cast, *people: Person, sku: str = "BREW") -> list[OrderValue]:
    """Have people buy together: the first opens the group; all pay."""
    orders = [join(cast, people[0], sku=sku)]
    orders += [join(cast, by, of(cast, orders[0]).no, sku=sku) for by in people[1:]]
    for by, order in zip(people, orders, strict=True):
        paid(cast, order, by)
    return orders


def answered(call: Callable[[], Any]) -> Callable[[], object]:
    def run() -> object:
        try:
            return call().no
        except Refusal as refused:
            return type(refused)

    return run


@pytest.mark.parametrize(
    ("taken", "filled", "state"), [(0, 0, "forming"), (2, 2, "forming"), (3, 2, "full"), (3, 3, "formed")]
)
def test_a_group_is_what_its_seats_say(taken: int, filled: int, state: str) -> None:
    assert group_after(size=3, taken=taken, filled=filled) == state


def test_a_group_forms_when_every_seat_is_paid(cast: Cast) -> None:
    grouped(cast)
    first = join(cast, cast.member)
    no = of(cast, first).no
    others = [join(cast, by, no) for by in (cast.other, cast.core)]
    assert (of(cast, first).status, of(cast, first).taken, of(cast, first).filled) == ("full", 3, 0)
    paid(cast, first)
    paid(cast, others[0], cast.other)
    with pytest.raises(GroupNotFormed):
        launch.ship(community=cast.home, no=first.no, tracking="", by=cast.founder, now=NOW)
    sheet = launch.run_sheet(cast.home, launch.launch_page(cast.home, "autumn", now=NOW).campaign)
    assert sheet.to_ship == ()
    paid(cast, others[1], cast.core)
    assert (of(cast, first).status, of(cast, first).filled) == ("formed", 3)
    launch.ship(community=cast.home, no=first.no, tracking="", by=cast.founder, now=NOW)
    assert launch.fail_groups(now=DEADLINE) == {"failed": 0, "let_go": 0}
    assert_clean()


@pytest.mark.usefixtures("committed")
def test_fault_33_the_last_seat_at_the_same_moment_goes_to_one() -> None:
    cast = settle()
    grouped(cast, size=2)
    no = of(cast, join(cast, cast.member)).no
    found = at_once(*[answered(partial(join, cast, by, no)) for by in (cast.other, cast.core, cast.operator, cast.founder)])  # fmt: skip
    assert faults(found) == []
    assert found.count(GroupFull) == 3
    assert (Order.objects.count(), left(cast.home, "BREW"), Group.objects.get().status) == (2, 8, "full")
    assert_clean()


def test_fault_33_a_group_that_is_one_short_gives_everything_back_by_itself(cast: Cast) -> None:
    grouped(cast)
    orders = full(cast, cast.member, cast.other)
    unpaid = join(cast, cast.core, of(cast, orders[0]).no, now=DEADLINE - timedelta(minutes=1))
    assert launch.fail_groups(now=DEADLINE - timedelta(seconds=1)) == {"failed": 0, "let_go": 0}
    assert launch.fail_groups(now=DEADLINE) == {"failed": 1, "let_go": 3}
    assert launch.fail_groups(now=DEADLINE) == {"failed": 0, "let_go": 0}
    launch.poll(now=DEADLINE + timedelta(minutes=1))
    assert [status(o) for o in (*orders, unpaid)] == ["refunded", "refunded", "cancelled"]
    assert (left(cast.home, "BREW"), money(cast.home)) == (10, {})
    with pytest.raises(GroupOver):
        join(cast, cast.operator, of(cast, orders[0]).no, now=DEADLINE)
    assert_clean()


def test_fault_33_the_opener_leaves_and_another_stands_for_the_group(cast: Cast) -> None:
    grouped(cast)
    orders = full(cast, cast.member, cast.other)
    assert of(cast, orders[0]).opener_id == cast.member.pk
    launch.refund(community=cast.home, no=orders[0].no, parts=[Part(1, 1)], key="refund-0001", by=cast.founder, now=NOW)
    found = of(cast, orders[1])
    assert (found.status, found.opener_id, [s.person_id for s in found.seats]) == ("forming", cast.other.pk, [cast.other.pk])  # fmt: skip
    launch.poll(now=HOLD)
    join(cast, cast.member, found.no, key="key-again-1")  # the seat is free, for the one who left too
    assert_clean()


@pytest.mark.usefixtures("committed")
def test_the_deadline_and_the_last_payment_at_the_same_instant_one_wins() -> None:
    cast = settle()
    grouped(cast, size=2)
    orders = full(cast, cast.member)
    last = join(cast, cast.other, of(cast, orders[0]).no)
    told = event(charge(cast, last, cast.other))
    found = at_once(*[lambda: launch.fail_groups(now=DEADLINE), lambda: tell(told, DEADLINE)] * 2)
    assert faults(found) == []
    launch.fail_groups(now=DEADLINE)
    launch.poll(now=DEADLINE + timedelta(minutes=5))
    assert (Group.objects.get().status, status(orders[0])) in {("formed", "paid"), ("failed", "refunded")}
    if Group.objects.get().status == "failed":
        assert money(cast.home) == {}
    assert_clean()


def test_paid_after_the_hold_the_seat_is_taken_again_while_it_is_free(cast: Cast) -> None:
    grouped(cast, size=2)
    orders = full(cast, cast.member)
    late = join(cast, cast.other, of(cast, orders[0]).no)
    told = event(charge(cast, late, cast.other))
    launch.expire_due(now=HOLD)
    assert (of(cast, orders[0]).status, of(cast, orders[0]).taken) == ("forming", 1)
    assert (tell(told, HOLD), of(cast, orders[0]).status) == ("paid", "formed")
    assert_clean()


def test_paid_after_the_hold_never_makes_one_too_many(cast: Cast) -> None:
    grouped(cast, size=2)
    orders = full(cast, cast.member)
    no = of(cast, orders[0]).no
    late = join(cast, cast.other, no)
    told = event(charge(cast, late, cast.other))
    launch.expire_due(now=HOLD)
    join(cast, cast.core, no, now=HOLD)
    assert tell(told, HOLD) == "late"
    launch.poll(now=HOLD + timedelta(minutes=1))
    assert (status(late), of(cast, orders[0]).taken) == ("refunded", 2)
    assert_clean()


def test_paid_after_the_hold_by_who_sits_there_again_goes_back(cast: Cast) -> None:
    grouped(cast)
    orders = full(cast, cast.member)
    no = of(cast, orders[0]).no
    late = join(cast, cast.other, no)
    told = event(charge(cast, late, cast.other))
    launch.expire_due(now=HOLD)
    join(cast, cast.other, no, key="key-again-1", now=HOLD)
    assert tell(told, HOLD) == "late"
    assert_clean()


def test_paid_into_a_group_that_failed_meanwhile_all_of_it_goes_back(cast: Cast) -> None:
    grouped(cast)
    made = join(cast, cast.member)
    told = event(charge(cast, made))
    launch.expire_due(now=HOLD)
    launch.fail_groups(now=DEADLINE)
    assert tell(told, DEADLINE) == "late"
    launch.poll(now=DEADLINE + timedelta(minutes=1))
    assert (status(made), money(cast.home)) == ("refunded", {})
    assert_clean()


def test_nobody_sits_in_a_group_twice_and_only_in_one_that_is_there(cast: Cast) -> None:
    grouped(cast)
    no = of(cast, join(cast, cast.member)).no
    with pytest.raises(AlreadyInGroup):
        join(cast, cast.member, no, key="key-again-1")
    with pytest.raises(NoSuchGroup):
        join(cast, cast.other, "0000000000")
    offers(cast)
    drafted(cast, "winter", kind="plain")
    for to in ("ready", "open"):
        launch.advance(community=cast.home, slug="winter", to=to, by=cast.founder, now=NOW)
    with pytest.raises(NotInThisLaunch):
        launch.place(
            community=cast.home, campaign="winter", buyer=cast.other, wanted=[Wanted(item("BREW", "winter"), 1)], client_key="key-winter",
            contact=WHERE, now=NOW, group=no,
        )  # fmt: skip
    assert Order.objects.count() == 1


def test_one_refund_after_it_formed_leaves_the_group_as_it_is(cast: Cast) -> None:
    grouped(cast, size=2)
    orders = full(cast, cast.member, cast.other)
    launch.refund(community=cast.home, no=orders[0].no, parts=[Part(1, 1)], key="refund-0001", by=cast.founder, now=NOW)
    launch.poll(now=HOLD)
    assert (status(orders[0]), of(cast, orders[1]).status, of(cast, orders[1]).filled) == ("refunded", "formed", 2)
    assert launch.fail_groups(now=DEADLINE) == {"failed": 0, "let_go": 0}
    assert_clean()


def test_what_is_not_sent_is_final_only_so_many_days_after_the_group_formed(cast: Cast) -> None:
    grouped(cast, size=2)
    first = join(cast, cast.member, sku="TALK")
    paid(cast, first)
    assert (launch.count_days(now=NOW), launch.finish_due(now=NOW + timedelta(days=30))) == (0, 0)
    last = join(cast, cast.other, of(cast, first).no, sku="TALK", now=NOW + timedelta(hours=20))
    paid(cast, last, cast.other, now=NOW + timedelta(hours=20))
    assert [launch.count_days(now=DEADLINE), launch.count_days(now=DEADLINE)] == [2, 0]
    assert launch.finish_due(now=NOW + timedelta(days=7)) == 0
    assert launch.finish_due(now=NOW + timedelta(days=7, hours=20)) == 2
    assert_clean()


def test_closing_the_launch_ends_its_groups(cast: Cast) -> None:
    grouped(cast)
    orders = full(cast, cast.member)
    launch.advance(community=cast.home, slug="autumn", to="closed", by=cast.founder, now=HOLD)
    assert launch.fail_groups(now=HOLD) == {"failed": 1, "let_go": 1}
    launch.poll(now=HOLD + timedelta(minutes=1))
    assert (status(orders[0]), launch.tick(now=HOLD)["settled"]) == ("refunded", 1)
    assert_clean()


def test_what_cost_nothing_and_what_was_transferred_end_with_the_group_too(cast: Cast) -> None:
    grouped(cast)
    launch.write_coupon(community=cast.home, code="FREE", uses=1, off_ppm=1_000_000, by=cast.founder, now=NOW)
    free = launch.place(
        community=cast.home, campaign="autumn", buyer=cast.member, wanted=[Wanted(item("BREW"), 1)], client_key="key-00000001",
        contact=WHERE, now=NOW, coupons=["FREE"],
    )  # fmt: skip
    assert (free.status, of(cast, free).filled) == ("paid", 1)
    moved = join(cast, cast.other, of(cast, free).no)
    wire = launch.prove(community=cast.home, no=moved.no, note="尾号 1", by=cast.other, now=NOW)
    for by in (cast.founder, cast.operator):
        launch.confirm(community=cast.home, wire_id=wire.id, is_there=True, by=by, now=NOW)
    assert launch.fail_groups(now=DEADLINE)["let_go"] == 2
    assert (status(free), status(moved), launch.coupons(cast.home)[0].left) == ("refunded", "refunding", 1)
    back = Wire.objects.get(dir="refund")
    for by in (cast.founder, cast.operator):  # nobody is trusted alone with money that goes out
        assert status(moved) == "refunding"
        launch.confirm(community=cast.home, wire_id=back.pk, is_there=True, by=by, now=DEADLINE)
    assert (status(moved), left(cast.home, "BREW"), money(cast.home)) == ("refunded", 10, {})
    assert_clean()


def test_a_launch_to_groups_says_how_many_and_how_long(cast: Cast) -> None:
    offers(cast)
    drafted(cast, kind="group")
    with pytest.raises(NeedsGroup):
        launch.advance(community=cast.home, slug="autumn", to="ready", by=cast.founder, now=NOW)
    for wrong in (SaleRules(group_size=1, group_hours=24), SaleRules(group_size=101, group_hours=24), SaleRules(group_size=3, group_hours=0)):  # fmt: skip
        with pytest.raises(launch.BadLaunch):
            drafted(cast, "winter", kind="group", sale=wrong)


def test_a_buyer_who_pays_alone_sees_no_group(cast: Cast) -> None:
    opened(cast)
    assert launch.order_page(cast.home, buy(cast).no, reader=cast.member, runs=False, now=NOW).group is None
    assert launch.groups(cast.home, "autumn") == []
