"""The part of a launch's form that says how it sells: what sending costs."""

from collections.abc import Callable

from kith.launch.api import CampaignValue, SaleRules
from kith.lib.money import plain

Price = Callable[[str, str], int]
SALE = {"ship": "0", "ship_free": ""}


def typed_sale(c: CampaignValue) -> dict[str, str]:
    """Return how a launch sells as it stands in the form."""
    free = c.sale.ship_free_from_minor
    return {
        "ship": plain(c.sale.ship_minor, scale=c.scale),
        "ship_free": "" if free is None else plain(free, scale=c.scale),
    }


def sale_of(typed: dict[str, str], price: Price) -> SaleRules:
    """Read it; a field that is empty is not there."""
    currency, free = typed["currency"], typed["ship_free"].strip()
    return SaleRules(
        ship_minor=price(typed["ship"].strip() or "0", currency),
        ship_free_from_minor=price(free, currency) if free else None,
    )
