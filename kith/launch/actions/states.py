"""What the other actions stand on: conditional transitions, locks, names of accounts, who may sell."""

from collections.abc import Iterable
from typing import Any, Protocol

from django.db.models import QuerySet

from kith.launch.data import NoSuchOrder, SellersOnly
from kith.launch.models import Campaign, Line, Order, Wire
from kith.ledger.api import AccountName, NewMove
from kith.lib.errors import Refusal
from kith.lib.machines import Machine, before
from kith.people.api import Community, Person, may_run, standing


def shift(rows: QuerySet[Any], machine: Machine, to: str, **changes: Any) -> bool:
    """Bring a row to a state if its machine allows it from where it is, in one UPDATE; whoever comes second gets False."""
    return bool(rows.filter(status__in=before(machine, to)).update(status=to, **changes))


def check_sells(community: Community, by: Person) -> None:
    """Let pass who runs the community.

    Raises:
        SellersOnly: they do not.

    """
    if not may_run(standing(community, by)):
        raise SellersOnly


def locked(community: Community, no: str) -> Order:
    """Return an order that nobody else changes until the transaction ends: everything about one order happens in a row.

    Raises:
        NoSuchOrder: there is none here.

    """
    found = Order.objects.select_for_update(of=("self",), no_key=True).select_related("campaign", "buyer")
    row = found.filter(community=community, no=no).first()
    if row is None:
        raise NoSuchOrder
    return row


def raised(outcomes: Iterable[object]) -> None:
    """Raise the first refusal of a posting."""
    for outcome in outcomes:
        if isinstance(outcome, Refusal):
            raise outcome


def shelf(campaign_id: int, item_id: int) -> AccountName:
    return AccountName("shelf", f"S:{item_id}", "campaign", campaign_id)


def supply(campaign_id: int, item_id: int) -> AccountName:
    return AccountName("supply", f"S:{item_id}", "campaign", campaign_id)


class Holder(Protocol):
    """Who holds units: an order, or one that is being written."""

    @property
    def pk(self) -> int: ...
    @property
    def buyer_id(self) -> int: ...
    @property
    def campaign_id(self) -> int: ...
    @property
    def campaign(self) -> Campaign: ...


def allowance(order: Holder) -> AccountName:
    """Return what the buyer may still have in a launch with a limit."""
    return AccountName("shelf", f"B:{order.campaign_id}", "person", order.buyer_id)


def supply_of_rights(launch: Campaign) -> AccountName:
    """Return where allowances come from."""
    return AccountName("supply", f"B:{launch.pk}", "campaign", launch.pk)


def of_order(role: str, asset: str, order: Holder) -> AccountName:
    return AccountName(role, asset, "order", order.pk)


def gateway(wire: Wire) -> AccountName:
    return AccountName("gateway", wire.currency, wire.provider)


def unit_moves(order: Holder, units: dict[int, int], *, to: str) -> list[NewMove]:
    """Return the moves that hold units for an order, put them back on the shelf, or let them go with it."""
    moves = []
    for item_id, qty in units.items():
        asset = f"S:{item_id}"
        places = {
            "held": of_order("held", asset, order),
            "shelf": shelf(order.campaign_id, item_id),
            "gone": of_order("gone", asset, order),
        }
        moves.append(moved(places["held"], places["gone"], places["shelf"], to=to, units=qty))
    if order.campaign.per_buyer and sum(units.values()):
        asset = f"B:{order.campaign_id}"
        places = {
            "held": of_order("held", asset, order),
            "shelf": allowance(order),
            "gone": of_order("gone", asset, order),
        }
        moves.append(moved(places["held"], places["gone"], places["shelf"], to=to, units=sum(units.values())))
    return moves


def moved(held: AccountName, gone: AccountName, on_shelf: AccountName, *, to: str, units: int = 1) -> NewMove:
    """Return the move of something an order holds: from the shelf to it, from it back on the shelf, or away with it."""
    return NewMove(on_shelf if to == "held" else held, {"held": held, "gone": gone, "shelf": on_shelf}[to], units)


def units_kept(order: Order) -> dict[int, int]:
    """Return the units of an order that were not given back, by item."""
    lines = Line.objects.filter(order=order).order_by("n")
    return {line.item_id: kept for line in lines if line.item_id and (kept := line.qty - line.refunded_qty)}
