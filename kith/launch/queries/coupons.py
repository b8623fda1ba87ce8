"""Coupons as who sells sees them."""

from kith.launch.data import CouponValue
from kith.launch.models import Coupon
from kith.launch.queries.goods import scale_of
from kith.ledger import api as ledger
from kith.people.api import Community

LISTED = 200


def coupon_values(community: Community, *, only: int | None = None) -> list[CouponValue]:
    """Return coupons, the newest first, each with what the value book says of it. Two queries."""
    rows = Coupon.objects.select_related("campaign").filter(community=community).order_by("-pk")
    book = ledger.totals(community)
    return [_value(c, book) for c in (rows if only is None else rows.filter(pk=only))[:LISTED]]


def _value(row: Coupon, book: dict[tuple[str, str], int]) -> CouponValue:
    asset = f"C:{row.pk}"
    return CouponValue(
        id=row.pk, code=row.code, campaign_slug=row.campaign.slug if row.campaign else "", currency=row.currency,
        scale=scale_of(row.currency), off_minor=row.off_minor, off_ppm=row.off_ppm, least_minor=row.least_minor, per_person=row.per_person,
        combines=row.combines, starts_at=row.starts_at, ends_at=row.ends_at, is_stopped=row.stopped_at is not None,
        uses=-book.get(("supply", asset), 0), left=book.get(("shelf", asset), 0), held=book.get(("held", asset), 0),
        used=book.get(("gone", asset), 0),
    )  # fmt: skip
