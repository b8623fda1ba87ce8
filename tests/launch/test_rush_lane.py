"""The order lane: many placements at once end as each of them alone would have, and as fast as one."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction

from kith.launch import api as launch
from kith.launch.actions.running import locked_campaign
from kith.launch.api import NewItem, Placed, Wish
from kith.launch.models import Campaign, Contact, Line, Order
from kith.ledger import api as ledger
from kith.lib.errors import Refusal
from kith.people.api import Person
from tests.conftest import NOW, Cast, settle
from tests.launch.channels import channel, touched
from tests.launch.shop import WHERE, assert_clean, buy, item, left, opened, paid
from tests.people.together import at_once, faults


def wish(buyer: Person, key: str = "key-00000001", **units: int) -> Wish:
    return Wish(buyer.pk, {item(sku): qty for sku, qty in (units or {"BREW": 1}).items()}, key, WHERE)


def lane(cast: Cast, wishes: Sequence[Wish], **more: Any) -> list[Placed | Refusal]:
    facts: dict[str, Any] = {"community_id": cast.home.pk, "slug": "shanye", "campaign": "autumn", "now": NOW}
    return launch.place_many(wishes=wishes, **facts | more)


def said(answers: Sequence[Placed | Refusal]) -> list[str]:
    return ["placed" if isinstance(a, Placed) else a.code for a in answers]


def columns(row: Any, *left_out: str) -> dict[str, Any]:
    return {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields if f.attname not in {"id", *left_out}}  # noqa: SLF001


def test_an_order_by_the_lane_is_the_order_placed_alone(cast: Cast) -> None:
    opened(cast, sale=launch.SaleRules(ship_minor=800))
    buy(cast, BREW=2, BOOK=1)
    (got,) = lane(cast, [wish(cast.other, BREW=2, BOOK=1)])
    assert isinstance(got, Placed)
    alone, by_lane = Order.objects.get(buyer=cast.member), Order.objects.get(no=got.no)
    own = ("no", "buyer_id", "contact_id")
    assert columns(alone, *own) == columns(by_lane, *own)
    lines = [
        [columns(line, "order_id") for line in Line.objects.filter(order=o).order_by("n")] for o in (alone, by_lane)
    ]
    assert lines[0] == lines[1]
    assert len(lines[0]) == 3
    there = [launch.order_page(cast.home, o.no, reader=o.buyer, runs=False, now=NOW) for o in (alone, by_lane)]
    assert (
        (there[0].contact, there[0].providers) == (there[1].contact, there[1].providers) == (WHERE, there[1].providers)
    )
    held = [ledger.balances(cast.home, owner_kind="order", owner_id=o.pk) for o in (alone, by_lane)]
    assert len({tuple((a.name.asset, a.balance_minor) for a in h) for h in held}) == 1
    assert (got.total_minor, got.hold_until, got.is_new) == (by_lane.total_minor, by_lane.hold_until, True)
    assert_clean()


def test_who_has_no_address_buys_like_everybody(cast: Cast) -> None:
    """The people of the demo have none, and visitors buy as one of them."""
    opened(cast)
    Person.objects.filter(pk=cast.other.pk).update(email=None)
    Person.objects.filter(pk=cast.core.pk).update(is_active=False)
    assert said(lane(cast, [wish(cast.other), wish(cast.core)])) == ["placed", "NoSuchLaunch"]


def test_a_batch_is_answered_by_name_and_leaves_the_others_alone(cast: Cast) -> None:
    opened(cast, items=[NewItem("BREW", 16800, 4), NewItem("BOOK", 4999, 9)], per_buyer=3)
    known = buy(cast, cast.core, "key-known-1", BREW=1)
    batch = [
        wish(cast.member, BREW=2), wish(cast.member, BREW=2),  # the same again
        wish(cast.member, "key-00000002", BREW=2),  # above the limit of three
        wish(cast.member, BOOK=1),  # the first key, another cart
        wish(cast.core, "key-known-1", BREW=1), wish(cast.core, "key-known-1", BREW=2),
        wish(cast.other, BREW=2),  # one is left
        wish(cast.other, "key-00000003", BREW=1, BOOK=2),
        wish(cast.enemy, BREW=1),  # to whom the community does not show itself
        Wish(cast.other.pk, {10**9: 1}, "key-00000004", WHERE),
        Wish(cast.operator.pk, {item("BOOK"): 1}, "key-00000005"),
        Wish(cast.operator.pk, {item("BOOK"): 1}, "key-00000006", WHERE, terms_digest="0" * 64),
    ]  # fmt: skip
    answers = lane(cast, batch)
    expected = [
        "placed", "placed", "LimitReached", "OtherOrder", "placed", "OtherOrder", "SoldOut", "placed", "NoSuchLaunch",
        "NotInThisLaunch", "ContactMissing", "TermsChanged",
    ]  # fmt: skip
    assert said(answers) == expected
    first, again, old = (answers[n] for n in (0, 1, 4))
    assert isinstance(first, Placed) and isinstance(again, Placed) and isinstance(old, Placed)  # noqa: PT018
    assert (first.no, first.is_new, again.no, again.is_new) == (first.no, True, first.no, False)
    assert (old.no, old.is_new) == (known.no, False)
    assert (Order.objects.count(), left(cast.home, "BREW"), left(cast.home, "BOOK")) == (3, 0, 7)
    assert Contact.objects.count() == 3
    answers = lane(
        cast, batch
    )  # asked again: nothing more is sold, and whoever wanted the last ones has all they may have
    assert (said(answers)[:6], said(answers)[6:8]) == (expected[:6], ["LimitReached", "placed"])
    assert Order.objects.count() == 3
    assert_clean()


def test_what_is_not_open_or_not_for_the_lane_is_refused(cast: Cast) -> None:
    opened(cast)
    late = NOW + timedelta(days=6)
    assert said(lane(cast, [wish(cast.member)], now=late)) == ["NotOpen"]
    launch.advance(community=cast.home, slug="autumn", to="closed", by=cast.founder, now=NOW)
    assert said(lane(cast, [wish(cast.member)])) == ["NotOpen"]
    for other in ({"slug": "duian"}, {"community_id": cast.rival.pk}, {"campaign": "winter"}):
        with pytest.raises(launch.NoSuchLaunch):
            lane(cast, [wish(cast.member)], **other)
    Campaign.objects.update(kind="group")
    with pytest.raises(launch.PlainWayOnly):
        lane(cast, [wish(cast.member)])
    assert Order.objects.count() == 0


def test_a_launch_whose_moment_has_come_opens_with_the_first_order(cast: Cast) -> None:
    opened(cast)
    Campaign.objects.update(status="ready", frozen_at=None)
    assert said(lane(cast, [wish(cast.member), wish(cast.other)])) == ["placed", "placed"]
    assert Campaign.objects.get().status == "open"
    assert_clean()


def test_what_costs_nothing_is_paid_at_once(cast: Cast) -> None:
    opened(cast, items=[NewItem("TALK", 0, 3)])
    (got,) = lane(cast, [wish(cast.member, TALK=1)])
    assert isinstance(got, Placed)
    assert (got.status, got.is_new) == ("paid", True)
    assert_clean()


def test_through_whom_an_order_came_stands_with_it_and_what_follows_comes_with_the_payment(cast: Cast) -> None:
    opened(cast)
    brought = channel(cast)
    touched(brought, cast.member)
    touched(brought, cast.core)  # their own: counts nowhere
    answers = lane(cast, [Wish(cast.member.pk, {item("BREW"): 1}, "key-00000001", WHERE, shows_energy=True), wish(cast.core), wish(cast.other)])  # fmt: skip
    (got, own, direct) = answers
    assert isinstance(got, Placed) and isinstance(own, Placed) and isinstance(direct, Placed)  # noqa: PT018
    order = Order.objects.get(no=got.no)
    assert [(c.person_id, c.weight_ppm) for c in launch.credits_of(order)] == [(cast.core.pk, 10**6)]
    assert launch.credits_of(Order.objects.get(no=own.no)) == launch.credits_of(Order.objects.get(no=direct.no)) == []
    paid(cast, launch.order_page(cast.home, got.no, reader=cast.member, runs=False, now=NOW).order)
    order.refresh_from_db()
    assert (order.status, len(launch.credits_of(order))) == ("paid", 1)
    (result,) = launch.channels_of(cast.home, cast.core)
    assert (result.orders, result.paid_minor) == (1, 16800)
    assert_clean()


@pytest.mark.usefixtures("committed")
def test_lanes_and_single_buyers_at_once_sell_exactly_what_is_there() -> None:
    cast = settle()
    opened(cast, items=[NewItem("BREW", 16800, 30)], per_buyer=None, kind="plain", closes_at=None)
    buyers = [cast.member, cast.other, cast.core, cast.operator]

    def batch(name: int) -> Any:
        wishes = [wish(buyers[n % 4], f"key-{name}-{n:06}") for n in range(15)]
        return lambda: said(lane(cast, wishes) + lane(cast, wishes))

    def alone(name: int) -> Any:
        def one() -> object:
            try:
                return buy(cast, buyers[name % 4], f"alone-{name:04}", BREW=1).no
            except launch.SoldOut:
                return "SoldOut"

        return one

    found = at_once(*[batch(n) for n in range(4)], *[alone(n) for n in range(6)])
    assert faults(found) == []
    assert (Order.objects.count(), left(cast.home, "BREW")) == (30, 0)
    assert_clean()


@pytest.mark.usefixtures("committed")
def test_the_same_key_by_every_way_at_once_is_one_order() -> None:
    cast = settle()
    opened(cast)
    one = wish(cast.member, BREW=2)

    def by_lane() -> object:
        (got,) = lane(cast, [one])
        return got.no if isinstance(got, Placed) else got

    found = at_once(*[by_lane] * 4, *[lambda: buy(cast, BREW=2).no] * 4)
    assert faults(found) == []
    assert (len(set(found)), Order.objects.count(), left(cast.home, "BREW")) == (1, 1, 8)
    assert_clean()


@pytest.mark.usefixtures("committed")
def test_one_order_that_cannot_be_written_harms_no_other() -> None:
    cast = settle()
    opened(cast)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE launch_order ADD CONSTRAINT poison CHECK (client_key <> 'key-poisoned')")
    try:
        answers = lane(cast, [wish(cast.member), wish(cast.core, "key-poisoned"), wish(cast.other)])
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE launch_order DROP CONSTRAINT poison")
    assert said(answers) == ["placed", "NotWritten", "placed"]
    assert (Order.objects.count(), left(cast.home, "BREW")) == (2, 8)
    assert_clean()


@pytest.mark.usefixtures("committed")
def test_whoever_restocks_holds_up_no_order() -> None:
    cast = settle()
    opened(cast)
    with transaction.atomic():
        locked_campaign(cast.home, "autumn")  # as whoever restocks does before they wait for the shelf
        assert at_once(lambda: said(lane(cast, [wish(cast.other)]))) == [["placed"]]
        assert faults(at_once(lambda: buy(cast, BREW=1))) == []
    assert left(cast.home, "BREW") == 8
    assert_clean()
