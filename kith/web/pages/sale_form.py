"""The part of a launch's form that says how it sells: what sending costs, how many buy together, what a deposit is."""

from collections.abc import Callable
from datetime import datetime

from kith.launch.api import BadLaunch, CampaignValue, SaleRules
from kith.lib.errors import Refusal
from kith.lib.money import parse, plain

Price = Callable[[str, str], int]
Whole = Callable[[str, Refusal], int]
Time = Callable[[str, Refusal], datetime]
Local = Callable[[datetime | None], str]
SALE = {
    "ship": "0",
    "ship_free": "",
    "group_size": "3",
    "group_hours": "24",
    "deposit": "10",
    "deposit_is": "binding",
    "balance_from": "",
    "balance_until": "",
}


def typed_sale(c: CampaignValue, local: Local) -> dict[str, str]:
    """Return how a launch sells as it stands in the form."""
    free = c.sale.ship_free_from_minor
    return {
        "ship": plain(c.sale.ship_minor, scale=c.scale),
        "ship_free": "" if free is None else plain(free, scale=c.scale),
        "group_size": str(c.sale.group_size or SALE["group_size"]),
        "group_hours": str(c.sale.group_hours or SALE["group_hours"]),
        "deposit": plain(c.sale.deposit_ppm, scale=4) if c.sale.deposit_ppm else SALE["deposit"],
        "deposit_is": "returns" if c.sale.deposit_returns else "binding",
        "balance_from": local(c.sale.balance_from_at),
        "balance_until": local(c.sale.balance_until_at),
    }


def sale_of(typed: dict[str, str], price: Price, whole: Whole, time: Time) -> SaleRules:
    """Read it; a field that is empty is not there."""
    is_group, is_presale = typed["kind"] == "group", typed["kind"] == "presale"
    start, end = typed["balance_from"], typed["balance_until"]
    currency, free = typed["currency"], typed["ship_free"].strip()
    return SaleRules(
        ship_minor=price(typed["ship"].strip() or "0", currency),
        ship_free_from_minor=price(free, currency) if free else None,
        group_size=whole(typed["group_size"], BadLaunch()) if is_group else None,
        group_hours=whole(typed["group_hours"], BadLaunch()) if is_group else None,
        deposit_ppm=parse(typed["deposit"], asset="%", scale=4) if is_presale else None,
        deposit_returns=typed["deposit_is"] == "returns",
        balance_from_at=time(start, BadLaunch()) if is_presale and start else None,
        balance_until_at=time(end, BadLaunch()) if is_presale and end else None,
    )
