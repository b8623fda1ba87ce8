"""What a provider is asked, from what is written down about a wire."""

from kith.launch.data import Ask, Payer
from kith.launch.models import Wire

NOBODY = Payer()


def ask_of(wire: Wire, *, back: str = "", payer: Payer = NOBODY) -> Ask:
    """Return what a provider is asked about a wire, the same each time: it knows a payment again by our reference and what it comes to."""
    order, paid = wire.order, wire.of_wire
    until = order.balance_until_at if wire.stage == "balance" else order.hold_until
    return Ask(
        wire.our_ref, wire.amount_minor, wire.currency, f"{order.campaign.title} {order.no}"[:80], back,
        of_ref=paid.our_ref if paid else "", of_their_ref=(paid.their_ref or "") if paid else "", of_amount_minor=paid.amount_minor if paid else 0,
        payer=payer, made_at=wire.made_at, until=until,
    )  # fmt: skip
