"""Offers, launches, what is left of what."""

from collections import defaultdict
from dataclasses import asdict, fields, replace
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from django.conf import settings
from django.db.models import F, Min

from kith.launch import rules
from kith.launch.data import (
    CampaignValue,
    ItemValue,
    LaunchPage,
    NoSuchLaunch,
    OfferValue,
    Price,
    SaleRules,
    UnknownCurrency,
)
from kith.launch.models import Campaign, Item, Line, Offer, PriceLog
from kith.launch.providers import real_ones
from kith.ledger import api as ledger
from kith.people.api import Community

SHOWN = ("open", "ready", "closed", "settled")


@cache
def scale_of(currency: str) -> int:
    """Return how many digits a currency has after the point; no book ever changes that.

    Raises:
        UnknownCurrency: it is no money the value book keeps.

    """
    found = ledger.assets([currency]).get(currency)
    if found is None or found.kind != "money":
        raise UnknownCurrency(currency=currency[:8])
    return found.scale


def as_offer(row: Offer) -> OfferValue:
    return OfferValue(
        row.pk, row.sku, row.kind, row.title, row.text, row.currency, scale_of(row.currency), row.price_minor, row.tax_ppm,
        row.refund_days, row.version, row.is_active, row.months, row.family,
    )  # fmt: skip


def sale_of(row: Campaign) -> SaleRules:
    return SaleRules(**{f.name: getattr(row, f.name) for f in fields(SaleRules)})


def as_campaign(row: Campaign) -> CampaignValue:
    """Map a campaign loaded with who made it."""
    return CampaignValue(
        row.pk, row.slug, row.kind, row.title, row.story, row.currency, scale_of(row.currency), row.terms, row.terms_digest,
        row.transfer_to, row.per_buyer, row.hold_minutes, row.status, row.opens_at, row.closes_at, row.by_id, row.by.name,
        sale_of(row),
    )  # fmt: skip


def offers(community: Community) -> list[OfferValue]:
    """Return what can be sold, by number; the retired last. One query."""
    return [as_offer(o) for o in Offer.objects.filter(community=community).order_by("-is_active", "sku")]


def prices(community: Community, sku: str) -> list[Price]:
    """Return every price an offer ever had, newest first."""
    rows = PriceLog.objects.filter(community=community, offer__sku=sku).order_by("-version")
    return [Price(p.version, p.price_minor, p.at, p.by_id) for p in rows]


def campaigns(community: Community, *, with_drafts: bool = False, limit: int = 100) -> list[CampaignValue]:
    """Return launches, those that open last first; drafts only to who runs the community. One query."""
    rows = Campaign.objects.select_related("by").filter(community=community)
    if not with_drafts:
        rows = rows.filter(status__in=SHOWN)
    return [as_campaign(c) for c in rows.order_by("-opens_at", "-pk")[:limit]]


def campaign_row(community: Community, slug: str, *, with_drafts: bool = True) -> Campaign:
    """Return a campaign with who made it.

    Raises:
        NoSuchLaunch: there is none at this address, or it is a draft and not the reader's to see.

    """
    found = Campaign.objects.select_related("by").filter(community=community, slug=slug).first()
    if found is None or (not with_drafts and found.status not in SHOWN):
        raise NoSuchLaunch
    return found


def providers_of(community: Community, transfer_to: str, currency: str) -> tuple[str, ...]:
    """Return the ways to pay: the real ones that are set up for this community, a transfer where one can be made, the sandbox in what is invented."""
    sandbox = ("sandbox",) if settings.SANDBOX or community.is_demo else ()
    real = real_ones(currency) if community.slug in settings.PAY_FOR and not community.is_demo else ()
    return real + sandbox + (("manual",) if transfer_to else ())


def launch_page(community: Community, slug: str, *, now: datetime, with_drafts: bool = False) -> LaunchPage:
    """Return a launch with its items, their stock and what may be struck through; six queries.

    Raises:
        NoSuchLaunch: as `campaign_row`.

    """
    row = campaign_row(community, slug, with_drafts=with_drafts)
    items = list(Item.objects.select_related("offer").filter(campaign=row).order_by("position", "pk"))
    put_in, left = _stock(community, row)
    asked = _asked(items, min(row.opens_at, now))
    shown = as_campaign(row)
    if row.status == "ready":  # the terms it will open under, so that a page from before the opening can agree to them
        shown = replace(shown, terms_digest=rules.digest(freezable(row)))
    return LaunchPage(
        campaign=shown, providers=providers_of(community, row.transfer_to, row.currency), now=now,
        items=tuple(
            ItemValue(
                i.pk, as_offer(i.offer), i.price_minor, rules.struck(i.price_minor, asked[i.offer_id]), put_in[f"S:{i.pk}"],
                left[f"S:{i.pk}"], rules.band(left[f"S:{i.pk}"], put_in[f"S:{i.pk}"]),
            ) for i in items
        ),
    )  # fmt: skip


def _stock(community: Community, row: Campaign) -> tuple[dict[str, int], dict[str, int]]:
    """Return by asset how many units were put in, and how many are left."""
    put_in: dict[str, int] = defaultdict(int)
    left: dict[str, int] = defaultdict(int)
    for found in ledger.balances(community, owner_kind="campaign", owner_id=row.pk):
        if found.name.role == "supply":
            put_in[found.name.asset] = -found.balance_minor
        if found.name.role == "shelf":
            left[found.name.asset] = found.balance_minor
    return put_in, left


def _asked(items: list[Item], until: datetime) -> dict[int, list[int]]:
    """Return by offer the prices asked, and agreed on, in the days before a moment."""
    ids, since = [i.offer_id for i in items], until - timedelta(days=rules.LOW_DAYS)
    asked: dict[int, list[int]] = defaultdict(list)
    for p in PriceLog.objects.filter(offer__in=ids, at__lte=until).order_by("offer", "version"):
        if p.at <= since:
            asked[p.offer_id].clear()  # the price with which the days began is the last one before
        asked[p.offer_id].append(p.price_minor)
    deals = Line.objects.filter(item__offer__in=ids, order__paid_at__gt=since, order__paid_at__lte=until)
    for found in deals.values("item__offer").annotate(least=Min(F("amount_minor") / F("qty"))):
        asked[found["item__offer"]].append(found["least"])
    return asked


def freezable(row: Campaign) -> dict[str, Any]:
    """Return what a buyer agrees to: what the digest of the terms covers."""
    items = Item.objects.select_related("offer").filter(campaign=row).order_by("position", "pk")
    return {
        "terms": row.terms, "currency": row.currency, "per_buyer": row.per_buyer, "hold_minutes": row.hold_minutes, "kind": row.kind,
        "transfer_to": row.transfer_to,
        "sale": {name: value for name, value in asdict(sale_of(row)).items() if value},
        "items": [[i.pk, i.offer.sku, i.offer.title, i.price_minor, i.offer.refund_days, i.offer.tax_ppm] for i in items],
    }  # fmt: skip
