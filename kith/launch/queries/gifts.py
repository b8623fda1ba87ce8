"""Gifts as who gave and who got them see them."""

from kith.launch.data import GiftValue, NoSuchGift
from kith.launch.models import Gift, Line, Order
from kith.people.api import Community, Person


def as_gift(row: Gift) -> GiftValue:
    """Map a gift loaded with its order and who redeemed it."""
    line = Line.objects.select_related("item__offer").get(order=row.order, n=1)
    assert line.item
    by = row.redeemed_by
    return GiftValue(
        row.code, row.order.no, line.title, line.item.offer.months, row.order.buyer.name, row.to_name, row.message, row.status, row.expires_at,
        by.pk if by else None, by.name if by else "",
    )  # fmt: skip


def gift(community: Community, code: str) -> GiftValue:
    """Return a gift by its code, to anybody who has it.

    Raises:
        NoSuchGift: there is none, or it was never paid.

    """
    rows = Gift.objects.select_related("order__buyer", "redeemed_by").filter(community=community, code=code)
    found = rows.exclude(status="waiting").first()
    if found is None:
        raise NoSuchGift
    return as_gift(found)


def gift_of_order(order: Order) -> GiftValue | None:
    """Return the gift an order is, with its code: for its buyer alone."""
    found = Gift.objects.select_related("order__buyer", "redeemed_by").filter(order=order).first()
    return as_gift(found) if found else None


def gifts_of(community: Community, person: Person) -> list[GiftValue]:
    """Return the gifts somebody bought, newest first."""
    rows = Gift.objects.select_related("order__buyer", "redeemed_by").filter(community=community, order__buyer=person)
    return [as_gift(g) for g in rows.order_by("-pk")[:50]]
