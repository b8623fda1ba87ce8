"""Faults of renewing by itself: consent, notice, each period once, failures, stops, prices, and money earned by the day."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from kith.launch import api as launch
from kith.launch.api import MandateValue, NewItem, Part
from kith.launch.models import Mandate, Order, Renewal, Term, Wire
from kith.launch.rules import earned_minor, law_at, may_charge, next_try
from kith.launch.rules.law import RENEWAL_LAWS
from kith.ledger import api as ledger
from kith.ledger.api import AccountName
from tests.conftest import NOW, Cast, settle
from tests.launch.shop import assert_clean, drafted
from tests.launch.test_faults_terms import PRICE, back, joined, sold, terms
from tests.people.together import at_once, faults

JOINED = datetime(2026, 1, 31, 4, tzinfo=UTC)  # the last of January, at noon in Shanghai
DAY = timedelta(days=1)


def agreed(cast: Cast, now: datetime = JOINED) -> MandateValue:
    offer = launch.renewal_offer(cast.home, cast.member, "reading", now=now)
    assert offer
    return launch.agree(community=cast.home, family="reading", provider="sandbox", digest=offer.digest, by=cast.member, now=now)  # fmt: skip


def lived(cast: Cast, start: datetime, days: int, *, mails: bool = True) -> None:
    """Let the job run every day, twice."""
    for n in range(days):
        now = start + n * DAY
        launch.renew_due(now=now)
        if mails:
            launch.send_notices(now=now)
        launch.renew_due(now=now)


def begun(cast: Cast) -> MandateValue:
    sold(cast, months=1)
    joined(cast, now=JOINED)
    return agreed(cast)


def subjects() -> list[str]:
    return [str(m.subject) for m in mail.outbox]


def test_each_period_is_told_of_and_charged_once_and_the_last_of_the_month_is_kept(cast: Cast) -> None:
    begun(cast)
    lived(cast, JOINED, 85)
    ends = [t.ends_at for t in terms(cast)]
    assert ends == [datetime(2026, m, d, 4, tzinfo=UTC) for m, d in ((2, 28), (3, 31), (4, 30))]
    assert Order.objects.count() == 3
    # In the community's language, for who has chosen none.
    assert subjects()[:2] == [f"「读书会年费」将于 {day} 自动续费：¥365.00" for day in ("2026-02-27", "2026-03-30")]
    told = {r.pk: r.made_at for r in Renewal.objects.all()}
    charged = Renewal.objects.select_related("order").exclude(order=None)
    assert all(r.order and r.order.placed_at - told[r.pk] >= 5 * DAY for r in charged)
    assert_clean()


def test_nothing_is_charged_before_the_mail_went_out(cast: Cast) -> None:
    begun(cast)
    lived(cast, JOINED, 40, mails=False)
    assert (Order.objects.count(), Renewal.objects.get().status) == (1, "noticed")
    launch.send_notices(now=JOINED + 40 * DAY)
    lived(cast, JOINED + 40 * DAY, 5)
    assert Order.objects.count() == 1
    lived(cast, JOINED + 45 * DAY, 2)
    assert Order.objects.count() == 2
    assert_clean()


@pytest.mark.parametrize("way", ["page", "mail", "refund", "by hand"])
def test_stopped_or_overtaken_between_notice_and_charge_nothing_is_taken(cast: Cast, way: str) -> None:
    made = begun(cast)
    lived(cast, JOINED, 25)
    assert Renewal.objects.get().status == "noticed"
    now = JOINED + 25 * DAY
    if way == "page":
        launch.stop_renewal(community=cast.home, mandate_id=made.id, by=cast.member, now=now)
    elif way == "mail":
        address = mail.outbox[0].body.splitlines()[-1].partition("/renewals/")[2]
        stranger = Client()
        assert stranger.get(f"/renewals/{address}").status_code == 200
        assert Mandate.objects.get().status == "active", "scanners of mail follow every link"
        assert stranger.post(f"/renewals/{address}").status_code == 200
    elif way == "refund":
        back(cast, launch.orders_of(cast.home, cast.member)[0], Part(1, 1), now=now)
    else:
        joined(cast, "key-00000009", now=now)
    orders = Order.objects.count()
    lived(cast, now, 10)
    assert Order.objects.count() == orders
    assert Renewal.objects.order_by("pk")[0].status == "skipped"
    with pytest.raises(launch.NoSuchMandate):
        launch.stop_renewal(community=cast.home, mandate_id=made.id, by=cast.other, now=now)
    assert_clean()


def test_three_charges_that_fail_are_the_last_and_an_order_by_hand_is_not_hindered(cast: Cast) -> None:
    made = begun(cast)
    launch.decline_in_sandbox(community=cast.home, mandate_id=made.id, declines=True, by=cast.member)
    lived(cast, JOINED, 50)
    assert [w.status for w in Wire.objects.filter(order__renewal__isnull=False)] == ["failed"] * 3
    found = launch.mandates_of(cast.home, cast.member)[0]
    assert (found.status, found.why, Renewal.objects.get().status) == ("lapsed", "failed", "failed")
    assert len(mail.outbox) == 2
    assert [t.state for t in terms(cast, JOINED + 50 * DAY)] == ["ended"]
    joined(cast, "key-00000009", now=JOINED + 50 * DAY)
    assert_clean()


def test_a_charge_that_fails_once_is_tried_again_the_next_day(cast: Cast) -> None:
    made = begun(cast)
    launch.decline_in_sandbox(community=cast.home, mandate_id=made.id, declines=True, by=cast.member)
    lived(cast, JOINED, 28)
    launch.decline_in_sandbox(community=cast.home, mandate_id=made.id, declines=False, by=cast.member)
    lived(cast, JOINED + 28 * DAY, 3)
    wires = Wire.objects.filter(order__renewal__isnull=False).order_by("pk")
    assert [w.status for w in wires] == ["failed", "done"]
    assert [t.state for t in terms(cast, JOINED + 31 * DAY)] == ["ended", "running"]
    assert_clean()


@pytest.mark.parametrize(("price", "why"), [(PRICE + 1, "price"), (0, "gone")])
def test_a_higher_price_needs_new_consent_and_what_is_not_on_sale_lapses(cast: Cast, price: int, why: str) -> None:
    begun(cast)
    for to in ("closed",):
        launch.advance(community=cast.home, slug="autumn", to=to, by=cast.founder, now=JOINED)
    if price:
        drafted(
            cast,
            "dearer",
            kind="plain",
            closes_at=None,
            opens_at=JOINED,
            per_buyer=None,
            items=[NewItem("YEAR", price, 50)],
        )
        for to in ("ready", "open"):
            launch.advance(community=cast.home, slug="dearer", to=to, by=cast.founder, now=JOINED)
    lived(cast, JOINED, 40)
    assert (Mandate.objects.get().why, Order.objects.count(), len(mail.outbox)) == (why, 1, 1)
    assert_clean()


def test_consent_names_the_text_that_was_read_and_is_given_once(cast: Cast) -> None:
    sold(cast, months=1)
    with pytest.raises(launch.NothingToRenew):
        launch.agree(community=cast.home, family="reading", provider="sandbox", digest="", by=cast.member, now=JOINED)
    joined(cast, now=JOINED)
    for fault, more in ((launch.ConsentMissing, {"digest": ""}), (launch.NoMandates, {"provider": "manual"})):
        facts: dict[str, Any] = {"family": "reading", "provider": "sandbox", "digest": "0", **more}
        with pytest.raises(fault):
            launch.agree(community=cast.home, by=cast.member, now=JOINED, **facts)
    made = agreed(cast)
    assert "¥365" in made.text
    with pytest.raises(launch.RenewsAlready):
        agreed(cast)
    assert Mandate.objects.count() == 1


@pytest.mark.usefixtures("committed")
def test_two_workers_at_once_charge_one_period_once() -> None:
    cast = settle()
    begun(cast)
    lived(cast, JOINED, 26)
    found = at_once(*[lambda: launch.renew_due(now=JOINED + 28 * DAY) for _ in range(3)])
    assert faults(found) == []
    assert (Order.objects.count(), Term.objects.count()) == (2, 2)
    assert Wire.objects.filter(dir="charge", status="done").count() == 2
    assert_clean()


def book(cast: Cast, role: str) -> int:
    return ledger.totals(cast.home).get((role, "CNY"), 0)


def test_what_was_paid_for_a_year_is_earned_day_by_day_and_given_back_from_what_is_not(cast: Cast) -> None:
    begin = NOW - 390 * DAY
    sold(cast)
    made = joined(cast, now=begin)
    launch.finish_due(now=begin + 8 * DAY)
    assert (book(cast, "unearned"), book(cast, "sales")) == (PRICE, 0)
    for n in (8, 9, 9, 50):
        launch.earn_due(now=begin + n * DAY)
    assert abs(book(cast, "sales") - PRICE * 50 // 365) <= 100  # the part of a day since midnight
    before = book(cast, "sales")
    assert launch.earn_due(now=begin + 50 * DAY) == 0
    assert_clean()
    back(cast, made, Part(1, 0, 1000), now=begin + 50 * DAY)
    assert (book(cast, "sales"), book(cast, "unearned")) == (before, PRICE - before - 1000)
    assert launch.unearned(cast.home, now=begin + 50 * DAY)[0].amount_minor == PRICE - before - 1000
    launch.earn_due(now=begin + 370 * DAY)
    assert (book(cast, "sales"), book(cast, "unearned")) == (PRICE - 1000, 0)
    assert_clean()


def test_a_membership_given_back_whole_after_it_was_final_leaves_nothing_unearned(cast: Cast) -> None:
    sold(cast)
    made = joined(cast, now=NOW - 100 * DAY)
    launch.finish_due(now=NOW - 92 * DAY)
    launch.earn_due(now=NOW - 50 * DAY)
    back(cast, made, Part(1, 1), now=NOW - 50 * DAY)
    launch.earn_due(now=NOW)
    assert (book(cast, "sales"), book(cast, "unearned")) == (0, 0)
    assert ledger.balance(cast.home, AccountName("unearned", "CNY", "term", Term.objects.get().pk)) == 0
    assert_clean()


@given(st.integers(0, 10**9), st.lists(st.integers(-5, 400), min_size=1, max_size=6))
def test_what_is_earned_only_grows_and_is_all_in_the_end(kept: int, days: list[int]) -> None:
    end = NOW + 365 * DAY
    earned = [earned_minor(kept, NOW, end, NOW + n * DAY) for n in sorted(days)]
    assert earned == sorted(earned)
    assert all(0 <= e <= kept for e in earned)
    assert earned_minor(kept, NOW, end, end) == kept


@given(st.integers(0, 20), st.booleans())
def test_a_notice_counts_once_it_was_sent_and_is_five_days_old(days: int, was_sent: bool) -> None:  # noqa: FBT001
    law = law_at(RENEWAL_LAWS, NOW)
    assert may_charge(NOW - days * DAY if was_sent else None, NOW, law) == (was_sent and days >= 5)
    assert [next_try(n, NOW, law) for n in (1, 2, 3)] == [NOW + DAY, NOW + 2 * DAY, None]
