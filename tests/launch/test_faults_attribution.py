"""Faults of attribution, by their number in docs/faults.md: whose sale it is, and whose it never is."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from kith.energy import api as energy
from kith.launch import api as launch
from kith.launch.api import Credit, NotNow, OwnSale, new_visitor
from kith.launch.models import Attribution, Bond, Order
from kith.launch.rules.channels import Met, blurred, is_program, paid_for
from kith.people.api import add_member
from tests.conftest import NOW, Cast, account, settle
from tests.launch.channels import channel, credits_of, public, sold, touched
from tests.launch.shop import assert_clean, buy, charge, event, item, opened, paid, status, tell
from tests.people.together import at_once, faults

BEFORE = NOW - timedelta(minutes=1)
WHOLE = 1_000_000


def rule(cast: Cast, touch_days: int = 30, bond_days: int = 0, **other: Any) -> None:
    facts: dict[str, Any] = {"community": cast.home, "slug": "autumn", "by": cast.founder, "now": BEFORE} | other
    launch.set_channel_rule(touch_days=touch_days, bond_days=bond_days, **facts)


def test_the_last_touch_before_the_order_is_paid_for(cast: Cast) -> None:
    opened(cast)
    first, last = channel(cast, now=BEFORE), channel(cast, cast.other, now=BEFORE)
    touched(first, cast.member, days_ago=2)
    touched(last, cast.member, days_ago=1)
    made = buy(cast)
    touched(first, cast.member, days_ago=-0.01)  # after the order: too late
    paid(cast, made, now=NOW + timedelta(minutes=5))
    assert credits_of(made) == [Credit(cast.other.pk, "promoter", WHOLE)]
    assert_clean()


@pytest.mark.parametrize(("days_ago", "counts"), [(6.9, True), (7.1, False)])
def test_a_touch_counts_for_as_long_as_the_rule_says(cast: Cast, days_ago: float, counts: bool) -> None:  # noqa: FBT001 -- a fact of the case
    opened(cast)
    rule(cast, touch_days=7)
    touched(channel(cast), cast.member, days_ago=days_ago)
    assert bool(credits_of(sold(cast))) is counts


def test_a_browser_is_its_owners_once_they_sign_in_to_buy(cast: Cast) -> None:
    public(cast)
    opened(cast)
    browser = touched(channel(cast))
    assert launch.adopt_touches(community=cast.home, visitor=browser, person=cast.member) == 1
    assert launch.adopt_touches(community=cast.home, visitor=browser, person=cast.other) == 0
    assert credits_of(sold(cast)) == [Credit(cast.core.pk, "promoter", WHOLE)]


def test_fault_29_nobody_is_paid_for_what_they_buy_themselves(cast: Cast) -> None:
    public(cast)
    opened(cast)
    mine = channel(cast)
    touched(mine, cast.core)
    launch.adopt_touches(community=cast.home, visitor=touched(mine), person=cast.core)
    assert credits_of(sold(cast, cast.core)) == []
    assert_clean()


def test_fault_29_a_sale_in_the_promoters_browser_waits_for_a_second_look(cast: Cast) -> None:
    opened(cast)
    mine = channel(cast)
    browser = touched(mine, cast.core)
    touched(mine, cast.member, visitor=browser)
    made = sold(cast)
    assert [c.state for c in credits_of(made)] == ["doubted"]
    (doubt,) = launch.channel_plan(cast.home, "autumn").doubts
    assert (doubt.reason, doubt.promoter, doubt.buyer) == ("device", "何以南", "苏杭")
    judge: dict[str, Any] = {"community": cast.home, "doubt_id": doubt.id, "now": NOW}
    launch.judge_doubt(**judge, by=cast.operator, is_fine=False)
    assert [c.state for c in credits_of(made)] == ["refused"]
    with pytest.raises(NotNow):
        launch.judge_doubt(**judge, by=cast.operator, is_fine=True)


def test_fault_29_a_sale_to_the_promoters_telephone_too(cast: Cast) -> None:
    opened(cast)
    mine = channel(cast)
    sold(cast, cast.core)  # to 13800000000, as everything in these tests
    touched(mine, cast.member)
    made = sold(cast, key="key-00000002")
    assert [c.state for c in credits_of(made)] == ["doubted"]
    (doubt,) = launch.channel_plan(cast.home, "autumn").doubts
    assert doubt.reason == "phone"
    launch.judge_doubt(community=cast.home, doubt_id=doubt.id, by=cast.operator, is_fine=True, now=NOW)
    assert [c.state for c in credits_of(made)] == ["clear"]


def test_who_stands_in_a_doubted_sale_does_not_judge_it(cast: Cast) -> None:
    opened(cast)
    mine = channel(cast)
    touched(mine, cast.operator, visitor=touched(mine, cast.core))
    sold(cast, cast.operator)
    (doubt,) = launch.channel_plan(cast.home, "autumn").doubts
    with pytest.raises(OwnSale):
        launch.judge_doubt(community=cast.home, doubt_id=doubt.id, by=cast.operator, is_fine=True, now=NOW)


def test_who_runs_the_community_by_then_is_named_and_owed_nothing(cast: Cast) -> None:
    from kith.people.api import change_role  # noqa: PLC0415 -- this test alone

    opened(cast)
    touched(channel(cast), cast.member)
    change_role(community=cast.home, person_id=cast.core.pk, role="operator")
    assert credits_of(sold(cast)) == [Credit(cast.core.pk, "house", WHOLE)]


def test_a_bond_decides_until_it_ends_and_ends_by_the_buyers_own_act(cast: Cast) -> None:
    opened(cast)
    first, other = channel(cast), channel(cast, cast.other)
    rule(cast, bond_days=90)
    touched(first, cast.member)
    sold(cast)
    later = NOW + timedelta(days=2)
    launch.touch(code=other.code, reader=cast.member, visitor="", now=later)
    second = sold(cast, key="key-00000002", now=later)
    assert credits_of(second) == [Credit(cast.core.pk, "promoter", WHOLE)]
    assert Attribution.objects.get(order__no=second.no).model == "bond"
    assert launch.bond(cast.home, cast.member, now=later) is not None
    assert launch.end_bond(community=cast.home, buyer=cast.member, now=later)
    assert not launch.end_bond(community=cast.home, buyer=cast.member, now=later)
    third = sold(cast, key="key-00000003", now=later + timedelta(minutes=1))
    assert credits_of(third) == [Credit(cast.other.pk, "promoter", WHOLE)]


def test_fault_29_a_bond_made_after_the_order_pays_nobody(cast: Cast) -> None:
    opened(cast)
    mine = channel(cast)
    rule(cast, bond_days=90)
    before = buy(cast, key="key-00000000", now=NOW)
    launch.touch(code=mine.code, reader=cast.member, visitor="", now=NOW + timedelta(minutes=1))
    sold(cast, now=NOW + timedelta(minutes=2))
    assert Bond.objects.count() == 1
    paid(cast, before, now=NOW + timedelta(minutes=3))
    assert credits_of(before) == []


def test_fault_29_bonds_never_close_a_ring(cast: Cast) -> None:
    opened(cast)
    rule(cast, bond_days=90)
    a, b, c = cast.core, cast.member, cast.other
    links = {p: channel(cast, p) for p in (a, b, c)}
    for n, (promoter, buyer) in enumerate([(a, b), (b, c), (c, a)]):
        now = NOW + timedelta(minutes=n)
        launch.touch(code=links[promoter].code, reader=buyer, visitor="", now=now)
        made = sold(cast, buyer, key=f"key-0000000{n}", now=now, BOOK=1)
        assert len(credits_of(made)) == (n < 2)  # a is above c, over b: c is paid nothing for what a buys
    assert set(Bond.objects.values_list("promoter", "buyer")) == {(a.pk, b.pk), (b.pk, c.pk)}
    order = Order.objects.latest("pk")
    facts: dict[str, Any] = {
        "community": cast.home,
        "order": order,
        "rule_version": 1,
        "since": NOW,
        "until": NOW + timedelta(days=1),
    }
    for promoter, buyer in ((c, a), (a, a), (a, b)):
        with pytest.raises(IntegrityError), transaction.atomic():
            Bond.objects.create(promoter=promoter, buyer=buyer, **facts)
    with pytest.raises(IntegrityError), transaction.atomic():
        Bond.objects.update(until=NOW + timedelta(days=999))
    assert_clean()


@pytest.mark.usefixtures("committed")
def test_fault_29_two_who_buy_through_one_another_at_once_are_not_both_bound() -> None:
    cast = settle()
    opened(cast)
    rule(cast, bond_days=90)
    a, b = cast.core, cast.member
    links = {p: channel(cast, p) for p in (a, b)}
    touched(links[a], b)
    touched(links[b], a)
    told = [event(charge(cast, buy(cast, p, key=f"key-0000000{p.pk}"), p)) for p in (a, b)]
    assert faults(at_once(*[lambda t=t: tell(t) for t in told])) == []
    assert Bond.objects.count() == 1
    assert_clean()


def test_fault_30_an_order_goes_by_the_rule_it_was_placed_under(cast: Cast) -> None:
    opened(cast)
    rule(cast, touch_days=30)
    touched(channel(cast), cast.member, days_ago=10)
    made = buy(cast)
    rule(cast, touch_days=1, now=NOW + timedelta(minutes=1))
    paid(cast, made, now=NOW + timedelta(minutes=2))
    assert [(a.rule_version, a.weight_ppm) for a in Attribution.objects.all()] == [(0, WHOLE)]


def test_what_was_fixed_stays_and_sums_to_a_million(cast: Cast) -> None:
    opened(cast)
    touched(channel(cast), cast.member)
    sold(cast)
    row = Attribution.objects.get()
    settle_constraints("SELECT set_config('kith.unlocked', 'off', true)")  # as everywhere but in tests
    for change in (lambda: Attribution.objects.update(weight_ppm=1), row.delete):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()
    row.pk, row.person, row.weight_ppm = None, cast.other, 1
    with pytest.raises(IntegrityError, match="sum to a million"):
        row.save(force_insert=True)  # constraints are looked at at once from here on


def settle_constraints(then: str) -> None:
    """Have everything checked now, and from now on, that waits for the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(then)


@pytest.mark.parametrize("shows", [True, False])
def test_a_referral_is_an_act_only_where_the_buyer_said_so(cast: Cast, shows: bool) -> None:  # noqa: FBT001 -- a fact of the case
    opened(cast)
    touched(channel(cast), cast.member)
    made = buy(cast)
    Order.objects.filter(no=made.no).update(shows_energy=shows)
    paid(cast, made)
    kinds = [a.kind for a in energy.acts_of(cast.home, cast.core.pk)]
    assert kinds == (["refer"] if shows else [])
    assert_clean()


def test_a_payment_that_comes_too_late_pays_nobody(cast: Cast) -> None:
    opened(cast)
    touched(channel(cast), cast.member)
    made = buy(cast, BREW=5)
    wire = charge(cast, made)
    launch.expire_due(now=NOW + timedelta(hours=1))
    buyer = account("迟", "chi@example.org")
    add_member(community=cast.home, person=buyer, now=NOW)
    buy(cast, buyer, key="key-00000002", now=NOW + timedelta(hours=1), BREW=5)
    launch.restock(community=cast.home, slug="autumn", item_id=item("BREW"), change=-5, key="take-0001", by=cast.founder, now=NOW)  # fmt: skip
    launch.sandbox_end(ref=wire.our_ref, how="pay", now=NOW + timedelta(hours=2))
    assert (status(made), credits_of(made)) == ("late", [])


ANYBODY = st.integers(1, 6)
TOUCHES = st.lists(st.builds(lambda who, ago, n: Met(who * 10, who, NOW - timedelta(hours=ago), n), ANYBODY, st.integers(-50, 900), st.integers(0, 99)), max_size=8)  # fmt: skip


@given(ANYBODY, TOUCHES, st.integers(1, 90), st.none() | st.builds(lambda who, ago: Met(who * 10, who, NOW - timedelta(hours=ago)), ANYBODY, st.integers(-50, 900)), st.sets(ANYBODY, max_size=3))  # fmt: skip
def test_whoever_is_paid_met_the_buyer_in_time_and_stands_above_nobody_who_is_bound_to_them(
    buyer: int, touches: list[Met], days: int, bond: Met | None, below: set[int]
) -> None:
    facts: dict[str, Any] = {"buyer_id": buyer, "placed_at": NOW, "touch_days": days, "bond": bond, "below": below}
    found = paid_for(touches=touches, **facts)
    assert found == paid_for(touches=touches[::-1], **facts) or len({(t.at, t.order) for t in touches}) < len(touches)
    if found:
        assert found.met.promoter_id not in {buyer} | below
        assert found.met.at <= NOW
        assert (found.model == "bond") == (found.met is bond)
        assert found.model == "bond" or NOW - found.met.at <= timedelta(days=days)
    else:
        late = [
            t
            for t in touches
            if t.promoter_id not in {buyer} | below and timedelta() <= NOW - t.at <= timedelta(days=days)
        ]
        assert late == []


@pytest.mark.parametrize("agent", ["", "Mozilla/5.0 (compatible; Googlebot/2.1)", "curl/8.1", "WhatsApp/2.23", "facebookexternalhit/1.1", "python-requests/2", "TelegramBot (like TwitterBot)"])  # fmt: skip
def test_programs_and_previews_touch_nothing(agent: str) -> None:
    assert is_program(agent)
    person = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 MicroMessenger/8.0.49"
    assert not is_program(person)
    assert is_program(person, "prefetch;prerender")


def test_what_is_kept_of_a_browser_tells_nobody_whose_it_is() -> None:
    visitor = new_visitor()
    assert blurred(visitor, secret="a") != blurred(visitor, secret="b")
    assert visitor not in blurred(visitor, secret="a")
    assert [blurred(bad, secret="a") for bad in ("", "x" * 21, "é" * 22, "x" * 23)] == [""] * 4


def test_touches_are_kept_until_the_order_they_led_to_is_paid_or_over(cast: Cast) -> None:
    opened(cast, kind="plain", closes_at=None, hold_minutes=60 * 24 * 7)
    found = channel(cast, now=NOW - timedelta(days=100))
    touched(found, cast.member, days_ago=29)
    touched(found, cast.other, days_ago=29)
    made = buy(cast)
    assert launch.forget_touches(now=NOW + timedelta(days=65)) == 1  # that of who never ordered
    paid(cast, made, now=NOW + timedelta(days=6))
    assert credits_of(made) == [Credit(cast.core.pk, "promoter", WHOLE)]
    assert launch.forget_touches(now=NOW + timedelta(days=65)) == 1
    assert_clean()
