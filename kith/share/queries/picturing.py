"""Where a price goes, for everybody to see if the founder wishes."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime

from kith.people.api import Community
from kith.share import rules
from kith.share.data import ROLES, Credit, Cut, Sale, SaleLine, Slice, WhereItGoes
from kith.share.models import Shown
from kith.share.queries.rules import cuts_of, rule_at


def shown_offers(community: Community) -> frozenset[int]:
    """Return the offers of which everybody may see where the price goes. One query."""
    return frozenset(Shown.objects.filter(community=community).values_list("offer_id", flat=True))


def where_it_goes(
    community: Community, prices: Mapping[int, tuple[int, int]], *, now: datetime
) -> dict[int, WhereItGoes]:
    """Return where a price goes, by offer, for those that are shown; `prices` are (price, the tax in it) by offer. Two queries.

    It is the division of one unit by the rule in force, to the last minor unit, when one person recommended it.
    """
    rule = rule_at(community, now)
    if rule is None:
        return {}
    shown = shown_offers(community) & prices.keys()
    return {
        offer_id: _divided(cuts_of(rule), rule.version, offer_id, prices[offer_id], now) for offer_id in sorted(shown)
    }


def _divided(cuts: tuple[Cut, ...], version: int, offer_id: int, price: tuple[int, int], now: datetime) -> WhereItGoes:
    amount, tax = price
    anybody = tuple(Credit(1, role, 1_000_000) for role in rules.CREDITED)
    sale = Sale("", 0, 0, "", (SaleLine(1, offer_id, amount, tax),), anybody, now)
    parts: dict[str, int] = defaultdict(int)
    for d in rules.promised(cuts, sale):
        parts[d.payee.role] += d.amount_minor
    slices = [Slice(role, parts[role]) for role in ROLES if parts[role]]
    return WhereItGoes(offer_id, version, amount, (*slices, *([Slice("tax", tax)] if tax else [])))
