"""Offers and their prices."""

from datetime import datetime

from django.db import transaction

from kith.launch import rules
from kith.launch.actions.states import check_sells
from kith.launch.data import BadPlan, CurrencyStays, NoSuchOffer, OfferInUse, OfferValue
from kith.launch.models import Item, Line, Offer, PriceLog
from kith.launch.queries import as_offer, scale_of
from kith.lib.text import clean_line, clean_text
from kith.people.api import Community, Person, note_deed

TITLE, TEXT = 80, 2000


@transaction.atomic
def write_offer(  # noqa: PLR0913 -- an offer has these parts
    *, community: Community, sku: str, kind: str, title: str, currency: str, price_minor: int, by: Person, now: datetime,
    text: str = "", tax_ppm: int = 0, refund_days: int = 7, months: int = 0, family: str = "",
) -> OfferValue:  # fmt: skip
    """Make an offer, or change the one of this number; a new price is a new version in its log. Launches keep their own prices.

    Raises:
        SellersOnly: `by` does not run the community.
        BadOffer, BadPlan, UnknownCurrency: it cannot be one.
        CurrencyStays: it is there in another currency.
        OfferInUse: its tax or time for refunds would change in a launch that is open.

    """
    check_sells(community, by)
    draft = rules.checked_offer(rules.OfferDraft(sku.strip(), kind, title, price_minor, tax_ppm, refund_days))
    if kind == "plan" and not rules.is_plan(months, family):
        raise BadPlan
    scale_of(currency)
    fresh = {
        "kind": kind, "title": clean_line(title)[:TITLE], "text": clean_text(text)[:TEXT], "tax_ppm": tax_ppm, "refund_days": refund_days,
        "is_active": True, "months": months if kind == "plan" else 0, "family": family if kind == "plan" else "",
    }  # fmt: skip
    row, is_new = Offer.objects.select_for_update().get_or_create(
        community=community, sku=draft.sku,
        defaults=fresh | {"currency": currency, "price_minor": price_minor, "by": by, "made_at": now},
    )  # fmt: skip
    if row.currency != currency:
        raise CurrencyStays
    if not is_new:
        _check_free(row, fresh)
        row.version += row.price_minor != price_minor
        Offer.objects.filter(pk=row.pk).update(**fresh, price_minor=price_minor, version=row.version)
    PriceLog.objects.get_or_create(
        offer=row,
        version=row.version,
        defaults={"community": community, "price_minor": price_minor, "at": now, "by": by},
    )
    note_deed(
        community=community, kind="launch.offer_written", by=by, now=now, subject=f"offer:{row.pk}", detail={"price_minor": price_minor, "is_new": is_new}
    )  # fmt: skip
    return as_offer(Offer.objects.get(pk=row.pk))


def _check_free(row: Offer, fresh: dict[str, object]) -> None:
    """Refuse to change what frozen terms name: they were agreed on as they stood."""
    named = ("kind", "title", "tax_ppm", "refund_days", "months", "family")
    if any(getattr(row, name) != fresh[name] for name in named) and _is_sold(row):
        raise OfferInUse


def _is_sold(row: Offer) -> bool:
    if Item.objects.filter(offer=row, campaign__status__in=("ready", "open")).exists():
        return True
    return Line.objects.filter(
        item__offer=row, order__status__in=("placed", "deposited", "due", "paid", "refunding")
    ).exists()


@transaction.atomic
def retire_offer(*, community: Community, sku: str, by: Person, now: datetime) -> OfferValue:
    """Take an offer out of those that can be put in a launch. It is never removed: orders name it.

    Raises:
        SellersOnly, NoSuchOffer: as they say.
        OfferInUse: it stands in a launch that is ready or open, or in open orders.

    """
    check_sells(community, by)
    row = Offer.objects.select_for_update().filter(community=community, sku=sku).first()
    if row is None:
        raise NoSuchOffer(sku=sku[:40])
    if _is_sold(row):
        raise OfferInUse
    row.is_active = False
    row.save(update_fields=["is_active"])
    note_deed(community=community, kind="launch.offer_retired", by=by, now=now, subject=f"offer:{row.pk}")
    return as_offer(row)
