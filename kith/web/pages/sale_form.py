"""The part of a launch's form that says how it sells: what sending costs, how many buy together."""

from collections.abc import Callable

from kith.launch.api import BadLaunch, CampaignValue, SaleRules
from kith.lib.errors import Refusal
from kith.lib.money import plain

Price = Callable[[str, str], int]
Whole = Callable[[str, Refusal], int]
SALE = {"ship": "0", "ship_free": "", "group_size": "3", "group_hours": "24"}


def typed_sale(c: CampaignValue) -> dict[str, str]:
    """Return how a launch sells as it stands in the form."""
    free = c.sale.ship_free_from_minor
    return {
        "ship": plain(c.sale.ship_minor, scale=c.scale),
        "ship_free": "" if free is None else plain(free, scale=c.scale),
        "group_size": str(c.sale.group_size or SALE["group_size"]),
        "group_hours": str(c.sale.group_hours or SALE["group_hours"]),
    }


def sale_of(typed: dict[str, str], price: Price, whole: Whole) -> SaleRules:
    """Read it; a field that is empty is not there."""
    is_group = typed["kind"] == "group"
    currency, free = typed["currency"], typed["ship_free"].strip()
    return SaleRules(
        ship_minor=price(typed["ship"].strip() or "0", currency),
        ship_free_from_minor=price(free, currency) if free else None,
        group_size=whole(typed["group_size"], BadLaunch()) if is_group else None,
        group_hours=whole(typed["group_hours"], BadLaunch()) if is_group else None,
    )
