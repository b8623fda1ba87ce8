"""Marking an order as a gift."""

import secrets

from kith.launch.data import GiftWish, NotAGift
from kith.launch.models import Gift, Line, Order
from kith.lib.text import clean_line

LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"  # nothing that looks like something else


def wrap(order: Order, wish: GiftWish) -> None:
    """Mark an order that was just placed as a gift. It must be one membership.

    Raises:
        NotAGift: it is something else.

    """
    lines = list(Line.objects.select_related("item__offer").filter(order=order))
    is_one = len(lines) == 1 and lines[0].qty == 1 and lines[0].item and lines[0].item.offer.kind == "plan"
    if not is_one or order.total_minor == 0:
        raise NotAGift
    code = "".join(secrets.choice(LETTERS) for _ in range(16))
    Gift.objects.create(
        community=order.community, order=order, code=code, to_name=clean_line(wish.to_name)[:60], message=clean_line(wish.message)[:200]
    )  # fmt: skip
