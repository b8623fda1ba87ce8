"""Memberships for others: redeemed once, by whoever has the code; what nobody redeems goes back."""

from datetime import timedelta

import pytest

from kith.connect import api as connect
from kith.launch import api as launch
from kith.launch.api import GiftValue, GiftWish, Part, Wanted
from kith.launch.models import Gift, Order, Wire
from kith.ledger import api as ledger
from tests.conftest import NOW as TODAY
from tests.conftest import Cast, settle, signed_in
from tests.launch.shop import assert_clean, item, paid
from tests.launch.test_faults_terms import PRICE, back, sold
from tests.people.together import at_once

DAY = timedelta(days=1)
NOW = TODAY - 300 * DAY  # nothing in the book lies in the future


def given(cast: Cast, *, is_paid: bool = True) -> GiftValue:
    made = launch.place(
        community=cast.home, campaign="autumn", buyer=cast.member, wanted=[Wanted(item("YEAR"), 1)], client_key="key-gift-0001", now=NOW,
        gift=GiftWish("赵穗", "愿你也读到好书"),
    )  # fmt: skip
    if is_paid:
        paid(cast, made, now=NOW)
    return launch.gifts_of(cast.home, cast.member)[0]


def redeem(cast: Cast, code: str, **more: object) -> GiftValue:
    return launch.redeem(**{"community": cast.home, "code": code, "by": cast.other, "now": NOW + DAY, **more})  # type: ignore[arg-type]


def test_a_gift_begins_for_who_redeems_it_and_is_final_after_their_days(cast: Cast) -> None:
    sold(cast)
    gift = given(cast)
    assert launch.terms_of(cast.home, cast.member, now=NOW) == []
    assert redeem(cast, gift.code).redeemed_name == "赵穗"
    [term] = launch.terms_of(cast.home, cast.other, now=NOW + DAY)
    assert (term.starts_at, term.state) == (NOW + DAY, "running")
    assert redeem(cast, gift.code) == redeem(cast, gift.code), "again, by the same person, it is the same"
    assert launch.finish_due(now=NOW + 7 * DAY) == 0
    assert launch.finish_due(now=NOW + 9 * DAY) == 1
    assert ledger.totals(cast.home)["unearned", "CNY"] == PRICE
    assert_clean()


def test_nobody_else_redeems_it_and_nobody_what_is_not_paid_or_went_back(cast: Cast) -> None:
    sold(cast)
    unpaid = given(cast, is_paid=False)
    with pytest.raises(launch.NoSuchGift):
        redeem(cast, unpaid.code)
    paid(cast, launch.orders_of(cast.home, cast.member)[0], now=NOW)
    redeem(cast, unpaid.code)
    for by in (cast.member, cast.core):
        with pytest.raises(launch.GiftNotNow):
            redeem(cast, unpaid.code, by=by)
    with pytest.raises(launch.NoSuchGift):
        launch.redeem(community=cast.rival, code=unpaid.code, by=cast.enemy, now=NOW)
    back(cast, launch.orders_of(cast.home, cast.member)[0], Part(1, 1), now=NOW + 2 * DAY)
    assert [t.state for t in launch.terms_of(cast.home, cast.other, now=NOW + 3 * DAY)] == ["ended"]
    assert_clean()


def test_what_nobody_redeems_goes_back_by_itself_once(cast: Cast) -> None:
    sold(cast)
    gift = given(cast)
    assert launch.expire_gifts(now=NOW + 179 * DAY) == 0
    assert [launch.expire_gifts(now=NOW + 181 * DAY) for _ in range(2)] == [1, 0]
    tell_refunds()
    assert (Gift.objects.get().status, Order.objects.get().status) == ("back", "refunded")
    with pytest.raises(launch.GiftNotNow):
        redeem(cast, gift.code, now=NOW + 179 * DAY)
    assert_clean()


def tell_refunds() -> None:
    for wire in Wire.objects.filter(dir="refund"):
        launch.ask_provider(wire_id=wire.pk, now=NOW + 182 * DAY)


@pytest.mark.usefixtures("committed")
def test_two_who_redeem_at_the_same_moment_are_one() -> None:
    cast = settle()
    sold(cast)
    code = given(cast).code
    found = at_once(*[lambda p=p: redeem(cast, code, by=p) for p in (cast.other, cast.core, cast.operator)])
    assert sum(isinstance(f, launch.GiftNotNow) for f in found) == 2
    assert_clean()


def test_only_one_membership_can_be_a_gift(cast: Cast) -> None:
    sold(cast)
    with pytest.raises(launch.NotAGift):
        launch.place(
            community=cast.home, campaign="autumn", buyer=cast.member, wanted=[Wanted(item("YEAR"), 2)], client_key="key-gift-0002", now=NOW,
            gift=GiftWish(),
        )  # fmt: skip
    assert Order.objects.count() == 0


def test_a_gift_opens_the_column_it_is_for(cast: Cast) -> None:
    sold(cast)
    made = connect.make_space(community=cast.home, name="每日一思", by=cast.founder, now=NOW)
    connect.set_gate(community=cast.home, space_id=made.id, is_column=True, reads="plan", needs="reading", called="读书会", by=cast.founder, now=NOW)  # fmt: skip
    post = connect.post(
        community=cast.home, text="第一讲\n\n正文", space="每日一思", kind="viewpoint", by=cast.founder, now=NOW
    )
    assert connect.one(cast.home, post.id, reader=cast.other).lock
    redeem(cast, given(cast).code)
    assert connect.one(cast.home, post.id, reader=cast.other).lock is None
    page = signed_in(cast.other).get("/c/shanye/me/membership")
    assert "读书会年费" in page.content.decode()
