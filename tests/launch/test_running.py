"""Launches: complete before they open, frozen when they do, and everything a price ever was is kept."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from kith.energy import api as energy
from kith.launch import api as launch
from kith.launch.api import (
    BadLaunch,
    BadOffer,
    CurrencyStays,
    LaunchTaken,
    NewItem,
    NotComplete,
    NotNow,
    NotOpen,
    OfferInUse,
    SellersOnly,
    TermsChanged,
    TermsFrozen,
    Wanted,
)
from tests.conftest import NOW, Cast
from tests.launch.shop import BREW, CLOSES, OPENS, WHERE, assert_clean, buy, drafted, item, offers, opened, paid

AT = {"now": NOW}


def priced(cast: Cast, price: int, days_ago: int, **other: Any) -> launch.OfferValue:
    facts: dict[str, Any] = {
        "sku": "BREW",
        "kind": "goods",
        "title": "秋酿二〇二六",
        "currency": "CNY",
        "tax_ppm": 130_000,
    }
    at = NOW - timedelta(days=days_ago)
    return launch.write_offer(community=cast.home, price_minor=price, by=cast.founder, now=at, **facts | other)


def test_every_price_is_kept_and_none_can_be_rewritten(cast: Cast) -> None:
    for price, days in ((16800, 30), (19800, 5), (19800, 4)):
        priced(cast, price, days)
    found = priced(cast, 15800, 3)
    assert (found.version, found.price_minor) == (3, 15800)
    assert [p.price_minor for p in launch.prices(cast.home, "BREW")] == [15800, 19800, 16800]
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE launch_pricelog SET price_minor = 1")
    assert_clean()


@pytest.mark.parametrize(("price", "was"), [(14800, 15800), (15800, None), (17800, None)])
def test_what_is_struck_through_is_the_lowest_price_of_the_week_before(cast: Cast, price: int, was: int | None) -> None:
    for old, days in ((9900, 30), (16800, 9), (19800, 5), (15800, 3)):
        priced(cast, old, days)
    drafted(cast, items=[NewItem("BREW", price, 1)], opens_at=NOW, closes_at=CLOSES)
    assert launch.launch_page(cast.home, "autumn", now=NOW, with_drafts=True).items[0].was_minor == was


def test_a_deal_of_the_week_before_counts_too(cast: Cast) -> None:
    opened(cast, items=[NewItem("BREW", 9900, 5)], per_buyer=5)
    paid(cast, buy(cast))
    drafted(cast, "winter", items=[NewItem("BREW", 9800, 5)], opens_at=NOW + timedelta(days=1))
    later = launch.launch_page(cast.home, "winter", now=NOW + timedelta(days=1), with_drafts=True)
    assert later.items[0].was_minor == 9900


@pytest.mark.parametrize(
    "wrong", [{"sku": ""}, {"sku": "a b"}, {"title": "\u200b"}, {"kind": "hope"}, {"tax_ppm": -1}, {"refund_days": 366}]
)
def test_what_is_no_offer_is_refused(cast: Cast, wrong: dict[str, Any]) -> None:
    with pytest.raises(BadOffer):
        priced(cast, 100, 1, **wrong)
    with pytest.raises(BadOffer):
        priced(cast, -1, 1)
    assert launch.offers(cast.home) == []


def test_an_offer_keeps_its_currency_and_what_frozen_terms_name(cast: Cast) -> None:
    opened(cast)
    with pytest.raises(CurrencyStays):
        priced(cast, BREW, 0, currency="USD")
    for wrong in ({"tax_ppm": 0}, {"refund_days": 0}, {"title": "别的"}):
        with pytest.raises(OfferInUse):
            priced(cast, BREW, 0, **wrong)
    assert priced(cast, 20000, 0).price_minor == 20000  # the launch keeps its own price
    assert buy(cast).total_minor == BREW


@pytest.mark.parametrize(
    "lack", [{"terms": ""}, {"closes_at": None}, {"per_buyer": None}, {"items": [NewItem("BREW", 1, 0)]}, {"closes_at": NOW - timedelta(minutes=1)}]
)  # fmt: skip
def test_a_launch_is_complete_before_it_is_ready(cast: Cast, lack: dict[str, Any]) -> None:
    offers(cast)
    drafted(cast, **lack)
    with pytest.raises(NotComplete):
        launch.advance(community=cast.home, slug="autumn", to="ready", by=cast.founder, now=NOW)
    assert launch.campaigns(cast.home, with_drafts=True)[0].status == "draft"
    assert launch.campaigns(cast.home) == []


def test_one_must_be_able_to_pay(cast: Cast, settings: Any) -> None:
    settings.SANDBOX = False
    offers(cast)
    drafted(cast, transfer_to="")
    with pytest.raises(launch.NeedsWayToPay):
        launch.advance(community=cast.home, slug="autumn", to="ready", by=cast.founder, now=NOW)


@pytest.mark.parametrize(
    "wrong",
    [{"closes_at": OPENS}, {"title": " "}, {"kind": "lottery"}, {"hold_minutes": 0}, {"per_buyer": 0}, {"items": []}],
)
def test_what_is_no_launch_is_refused(cast: Cast, wrong: dict[str, Any]) -> None:
    offers(cast)
    with pytest.raises(BadLaunch):
        drafted(cast, **wrong)
    with pytest.raises(BadLaunch):
        drafted(cast, "Ä")


def test_a_draft_can_be_changed_and_its_stock_with_it(cast: Cast) -> None:
    offers(cast)
    drafted(cast)
    with pytest.raises(LaunchTaken):
        drafted(cast)
    drafted(cast, edits=True, title="秋天", items=[NewItem("BREW", 15800, 4)])
    found = launch.launch_page(cast.home, "autumn", now=NOW, with_drafts=True)
    assert [(i.price_minor, i.left, i.band) for i in found.items] == [(15800, 4, "last")]
    assert found.campaign.title == "秋天"
    assert_clean()


def test_terms_freeze_when_it_opens(cast: Cast) -> None:
    frozen = opened(cast)
    assert (frozen.status, len(frozen.terms_digest)) == ("open", 64)
    with pytest.raises(TermsFrozen):
        drafted(cast, edits=True)
    with pytest.raises(NotNow):
        launch.advance(community=cast.home, slug="autumn", to="draft", by=cast.founder, now=NOW)
    with pytest.raises(TermsChanged):
        launch.place(
            community=cast.home, campaign="autumn", buyer=cast.member, wanted=[Wanted(item("BREW"), 1)], client_key="key-00000001",
            contact=WHERE, terms_digest="0" * 64, now=NOW,
        )  # fmt: skip
    assert launch.orders_of(cast.home, cast.member) == []


def test_it_opens_by_itself_and_takes_no_orders_before_or_after(cast: Cast) -> None:
    offers(cast)
    drafted(cast, opens_at=NOW, closes_at=CLOSES)
    launch.advance(community=cast.home, slug="autumn", to="ready", by=cast.founder, now=NOW - timedelta(hours=1))
    with pytest.raises(NotOpen):
        buy(cast, now=NOW - timedelta(seconds=1))
    assert launch.tick(now=NOW - timedelta(seconds=1)) == {"opened": 0, "closed": 0, "settled": 0}
    assert buy(cast).status == "placed"  # its moment has come: the first order opens it
    assert launch.launch_page(cast.home, "autumn", now=NOW).campaign.status == "open"
    with pytest.raises(NotOpen):
        buy(cast, cast.other, now=CLOSES)
    launch.expire_due(now=CLOSES)
    assert launch.tick(now=CLOSES) == {"opened": 0, "closed": 1, "settled": 1}
    assert_clean()


def test_only_who_runs_the_community_sells(cast: Cast) -> None:
    offers(cast)
    for by in (cast.member, cast.core, cast.enemy, cast.stranger):
        with pytest.raises(SellersOnly):
            launch.write_offer(
                community=cast.home, sku="X", kind="goods", title="X", currency="CNY", price_minor=1, by=by, now=NOW
            )
        with pytest.raises(SellersOnly):
            launch.advance(community=cast.home, slug="autumn", to="ready", by=by, now=NOW)


def test_addresses_are_sealed_and_forgotten(cast: Cast) -> None:
    opened(cast)
    made = buy(cast)
    with connection.cursor() as cursor:
        cursor.execute("SELECT convert_from(sealed, 'UTF8') FROM launch_contact")
        assert "苏杭" not in cursor.fetchone()[0]
    page = launch.order_page(cast.home, made.no, reader=cast.member, runs=False, now=NOW)
    assert page.contact == WHERE
    launch.expire_due(now=NOW + timedelta(minutes=15))
    assert [launch.erase_contacts(now=NOW + timedelta(days=d)) for d in (89, 90, 90)] == [0, 1, 0]
    assert launch.order_page(cast.home, made.no, reader=cast.member, runs=False, now=NOW).contact is None
    with pytest.raises(launch.NoSuchOrder):
        launch.order_page(cast.home, made.no, reader=cast.other, runs=False, now=NOW)
    with pytest.raises(launch.NoSuchOrder):
        launch.order_page(cast.rival, made.no, reader=cast.enemy, runs=True, now=NOW)


@pytest.mark.parametrize(("shows", "acts"), [(True, 1), (False, 0)])
def test_a_trade_is_an_act_only_if_the_buyer_wishes(cast: Cast, *, shows: bool, acts: int) -> None:
    opened(cast)
    made = launch.place(
        community=cast.home, campaign="autumn", buyer=cast.member, wanted=[Wanted(item("BREW"), 1)], client_key="key-00000001",
        contact=WHERE, shows_energy=shows, now=NOW,
    )  # fmt: skip
    paid(cast, made)
    found = energy.acts_of(cast.home, cast.member.pk)
    assert [(a.actor_id, a.other_id, a.kind) for a in found] == [(cast.member.pk, cast.founder.pk, "trade")] * acts
    assert_clean()


def test_the_audit_finds_what_is_wrong(cast: Cast) -> None:
    opened(cast)
    paid(cast, buy(cast, BREW=2))
    assert_clean()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE launch_order SET total_minor = 1, paid_minor = 2")
        cursor.execute("UPDATE launch_line SET refunded_qty = 1")
    broken = {p.name for p in launch.audit() if p.broken}
    assert broken == {
        "lines of an order sum to its total", "what an order was paid is the sum of its charges", "units held are those of open orders",
        "an order is paid when all of it is, and a deposit is not yet all",
    }  # fmt: skip
