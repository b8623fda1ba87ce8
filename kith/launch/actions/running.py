"""Launches: what they sell, on which terms, and when they open and close."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from kith.launch import rules
from kith.launch.actions.states import check_sells, raised, shelf, shift, supply
from kith.launch.data import (
    BadLaunch,
    BadOffer,
    BelowWhatIsHeld,
    CampaignValue,
    LaunchTaken,
    MixedCurrencies,
    NeedsDeposit,
    NeedsEnd,
    NeedsGroup,
    NeedsLimit,
    NeedsStock,
    NeedsTerms,
    NeedsWayToPay,
    NewItem,
    NoSuchLaunch,
    NoSuchOffer,
    NotComplete,
    NothingToReceive,
    NotInThisLaunch,
    NotNow,
    PlansAreSoldAlone,
    SaleRules,
    TermsFrozen,
)
from kith.launch.models import Campaign, Item, Offer, Order
from kith.launch.queries import as_campaign, campaign_row, freezable, providers_of, scale_of
from kith.ledger import api as ledger
from kith.ledger.api import NewMove, Overdraft, Posting
from kith.lib.machines import before
from kith.lib.text import clean_line, clean_text
from kith.people.api import BadSlug, Community, Person, checked_slug, deeds_of, note_deed

TITLE, STORY = 80, 20_000
PLAIN_SALE = SaleRules()
OPEN_ORDERS = ("placed", "deposited", "due", "paid", "refunding", "late", "withdrawn")


@transaction.atomic
def write_campaign(  # noqa: PLR0913 -- a launch has these parts
    *, community: Community, slug: str, kind: str, title: str, currency: str, opens_at: datetime, items: Sequence[NewItem], by: Person,
    now: datetime, closes_at: datetime | None = None, story: str = "", terms: str = "", transfer_to: str = "",
    per_buyer: int | None = None, hold_minutes: int = 15, edits: bool = False, sale: SaleRules = PLAIN_SALE,
) -> CampaignValue:  # fmt: skip
    """Make a launch as a draft, or with `edits` change the one at this address while it has not opened.

    Stock goes on the shelf at once; an item left out of a change goes, with its stock.

    Raises:
        SellersOnly: `by` does not run the community.
        BadLaunch, UnknownCurrency, NoSuchOffer, MixedCurrencies, BadOffer: it cannot be one.
        LaunchTaken: there is one at this address, and nobody asked to change it.
        TermsFrozen: it has opened.

    """
    check_sells(community, by)
    rules.check_launch(kind, title, opens_at, closes_at, hold_minutes)
    if per_buyer is not None and not (type(per_buyer) is int and 1 <= per_buyer <= rules.QTY_LIMIT):
        raise BadLaunch
    scale_of(currency)
    row = _row(
        community, _address(slug), edits=edits, by=by, now=now, kind=kind, title=clean_line(title)[:TITLE], currency=currency,
        story=clean_text(story)[:STORY], terms=clean_text(terms)[:STORY], transfer_to=clean_text(transfer_to)[:1000],
        per_buyer=per_buyer, hold_minutes=hold_minutes, opens_at=opens_at, closes_at=closes_at, **asdict(rules.checked_sale(kind, sale)),
    )  # fmt: skip
    _set_items(row, items, by=by, now=now)
    note_deed(
        community=community,
        kind="launch.written",
        by=by,
        now=now,
        subject=f"launch:{row.slug}",
        detail={"edits": edits},
    )
    return as_campaign(campaign_row(community, row.slug))


def _address(slug: str) -> str:
    try:
        return checked_slug(slug)
    except BadSlug:
        raise BadLaunch from None


def _row(community: Community, slug: str, *, edits: bool, by: Person, now: datetime, **parts: Any) -> Campaign:
    if not edits:
        try:
            with transaction.atomic():
                return Campaign.objects.create(community=community, slug=slug, by=by, made_at=now, **parts)
        except IntegrityError:
            raise LaunchTaken from None
    row = locked_campaign(community, slug)
    if row.frozen_at:
        raise TermsFrozen
    for name, value in parts.items():
        setattr(row, name, value)
    row.rules_version += 1
    row.save()
    return row


def locked_campaign(community: Community, slug: str) -> Campaign:
    """Return a campaign that nobody else changes until the transaction ends.

    Raises:
        NoSuchLaunch: there is none here.

    """
    # No key changes: who writes an order looks only at the key, at the end, and may hold the shelf that is wanted here.
    found = Campaign.objects.select_for_update(no_key=True).filter(community=community, slug=slug).first()
    if found is None:
        raise NoSuchLaunch
    return found


def _set_items(row: Campaign, items: Sequence[NewItem], *, by: Person, now: datetime) -> None:
    if not items or len(items) > rules.ITEMS_LIMIT or len({i.sku for i in items}) != len(items):
        raise BadLaunch
    kept = {i.pk: 0 for i in Item.objects.filter(campaign=row)}
    for position, new in enumerate(items):
        item, _ = Item.objects.update_or_create(
            campaign=row, offer=_offer(row, new), defaults={"community_id": row.community_id, "price_minor": new.price_minor, "position": position}
        )  # fmt: skip
        kept[item.pk] = new.stock
    _set_stock(row, kept, by=by, now=now)
    Item.objects.filter(campaign=row).exclude(offer__sku__in=[i.sku for i in items]).delete()


def _offer(row: Campaign, new: NewItem) -> Offer:
    found = Offer.objects.filter(community_id=row.community_id, sku=new.sku, is_active=True).first()
    if found is None:
        raise NoSuchOffer(sku=clean_line(new.sku)[:40])
    if found.kind == "plan" and row.kind in {"group", "presale"}:
        raise PlansAreSoldAlone
    if found.currency != row.currency:
        raise MixedCurrencies(sku=new.sku)
    prices_fit = type(new.price_minor) is int and 0 <= new.price_minor <= rules.PRICE_LIMIT
    if not prices_fit or type(new.stock) is not int or not 0 <= new.stock <= rules.STOCK_LIMIT:
        raise BadOffer
    return found


def _set_stock(row: Campaign, wanted: dict[int, int], *, by: Person, now: datetime) -> None:
    """Bring the shelves of a launch that has not opened to what is wanted."""
    there = {
        a.name.asset: a.balance_minor
        for a in ledger.balances(row.community, owner_kind="campaign", owner_id=row.pk)
        if a.name.role == "shelf"
    }
    postings = [
        _receipt(row, item_id, change, key=f"stock:{item_id}:v{row.rules_version}", by=by, now=now)
        for item_id, units in wanted.items()
        if (change := units - there.get(f"S:{item_id}", 0))
    ]
    if postings:
        raised(ledger.post_many(community=row.community, postings=postings))


def _receipt(row: Campaign, item_id: int, change: int, *, key: str, by: Person, now: datetime) -> Posting:
    ledger.make_asset(code=f"S:{item_id}", kind="goods")
    out, into = supply(row.pk, item_id), shelf(row.pk, item_id)
    move = NewMove(out, into, change) if change > 0 else NewMove(into, out, -change)
    return Posting(key, "receive", [move], now, ("item", item_id), by_id=by.pk)


@transaction.atomic
def restock(*, community: Community, slug: str, item_id: int, change: int, key: str, by: Person, now: datetime) -> int:
    """Put units on the shelf of a launch, or take some away; return by how many it changed. Asked again with the same key: once.

    Raises:
        SellersOnly, NoSuchLaunch, NotInThisLaunch, BadKey, NothingToReceive: as they say.
        BelowWhatIsHeld: so many are not on the shelf.

    """
    check_sells(community, by)
    row = locked_campaign(community, slug)
    if not Item.objects.filter(campaign=row, pk=item_id).exists():
        raise NotInThisLaunch
    if type(change) is not int or change == 0 or abs(change) > rules.STOCK_LIMIT:
        raise NothingToReceive
    posting = _receipt(row, item_id, change, key=f"restock:{item_id}:{rules.checked_key(key)}", by=by, now=now)
    try:
        raised(ledger.post_many(community=community, postings=[posting]))
    except Overdraft as fault:
        raise BelowWhatIsHeld(missing=fault.missing) from None
    _note_restock(community, item_id, change, key, by, now)
    return change


def _note_restock(community: Community, item_id: int, change: int, key: str, by: Person, now: datetime) -> None:
    """Note it once: the same key asked again put nothing on the shelf."""
    subject = f"item:{item_id}"
    if all(d.detail.get("key") != key for d in deeds_of(community, subject)):
        note_deed(
            community=community,
            kind="launch.restocked",
            by=by,
            now=now,
            subject=subject,
            detail={"change": change, "key": key},
        )


@transaction.atomic
def advance(*, community: Community, slug: str, to: str, by: Person, now: datetime) -> CampaignValue:
    """Bring a launch on: ready, back to draft, open now, closed now.

    Raises:
        SellersOnly, NoSuchLaunch: as they say.
        NotComplete: something a launch needs is missing.
        NotNow: that does not follow on the state it is in.

    """
    check_sells(community, by)
    row = locked_campaign(community, slug)
    if row.status not in before(rules.CAMPAIGN, to) or to == "settled":
        raise NotNow
    if to in {"ready", "open"}:
        _check_complete(row, now)
    if to == "open":
        open_now(row, now, opens_at=min(row.opens_at, now))
    elif to == "closed":
        shift(_this(row), rules.CAMPAIGN, "closed", closes_at=max(now, row.opens_at) if now > row.opens_at else None)
    else:
        shift(_this(row), rules.CAMPAIGN, to)
    note_deed(
        community=community,
        kind="launch.advanced",
        by=by,
        now=now,
        subject=f"launch:{row.slug}",
        detail={"before": row.status, "to": to},
    )
    return as_campaign(campaign_row(community, slug))


def _this(row: Campaign) -> Any:
    return Campaign.objects.filter(pk=row.pk)


def _check_complete(row: Campaign, now: datetime) -> None:
    """Refuse to open what a buyer could not judge: period, stock and rule for refunds are shown before the payment."""
    over = row.closes_at is not None and row.closes_at <= now
    lacks: dict[type[NotComplete], bool] = {
        NeedsTerms: not row.terms,
        NeedsWayToPay: not providers_of(row.community, row.transfer_to, row.currency),
        NeedsEnd: over or (row.kind == "flash" and row.closes_at is None),
        NeedsLimit: row.kind == "flash" and row.per_buyer is None,
        NeedsDeposit: row.kind == "presale" and not _has_deposit(row, now),
        NeedsGroup: row.kind == "group" and not (row.group_size and row.group_hours),
        NeedsStock: not _has_stock(row),
    }
    for refusal, missing in lacks.items():
        if missing:
            raise refusal


def _has_deposit(row: Campaign, now: datetime) -> bool:
    start, end = row.balance_from_at, row.balance_until_at
    if not row.deposit_ppm or start is None or end is None or row.closes_at is None:
        return False
    return max(start, row.closes_at, now) < end


def _has_stock(row: Campaign) -> bool:
    there = ledger.balances(row.community, owner_kind="campaign", owner_id=row.pk)
    return any(a.name.role == "shelf" and a.balance_minor > 0 for a in there)


def open_now(row: Campaign, now: datetime, **changes: Any) -> bool:
    """Freeze the terms under their digest and open."""
    if row.per_buyer:
        ledger.make_asset(code=f"B:{row.pk}", kind="right")
    return shift(
        _this(row), rules.CAMPAIGN, "open", frozen_at=now, terms_digest=rules.digest(freezable(row)), **changes
    )


def tick(*, now: datetime) -> dict[str, int]:
    """Open, close and settle what is due everywhere; run as often as one likes. Returns how many of each."""
    done = {"opened": 0, "closed": 0, "settled": 0}
    for row in Campaign.objects.select_related("community").filter(status="ready", opens_at__lte=now):
        with transaction.atomic():
            fresh = locked_campaign(row.community, row.slug)
            done["opened"] += fresh.status == "ready" and fresh.opens_at <= now and open_now(fresh, now)
    for pk in Campaign.objects.filter(status="open", closes_at__lte=now).values_list("pk", flat=True):
        rows = Campaign.objects.filter(pk=pk, closes_at__lte=now)
        done["closed"] += shift(rows, rules.CAMPAIGN, "closed")
    closed = Campaign.objects.filter(status="closed")
    for row in closed.exclude(pk__in=Order.objects.filter(status__in=OPEN_ORDERS).values("campaign")):
        done["settled"] += shift(_this(row), rules.CAMPAIGN, "settled")
    return done
