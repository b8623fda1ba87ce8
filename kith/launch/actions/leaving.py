"""A customer or promoter deletes their account: what binds them ends, what names them goes. Orders and payments stay, by number."""

from datetime import datetime

from django.db import transaction

from kith.launch.actions.agreeing import end_mandate
from kith.launch.actions.channels import close_channel
from kith.launch.actions.forgetting import forget_buyer
from kith.launch.models import Channel, Gift, Mandate, Order
from kith.people.api import Community, Person

CLOSABLE = ("asked", "declined", "accepted")


@transaction.atomic
def forget_customer(*, community: Community, person: Person, now: datetime) -> None:
    """End renewals, close links, forget addresses and what was written to others or about returns. No order may be under way (`open_orders`)."""
    for mandate in Mandate.objects.filter(community=community, person=person, status="active").order_by("pk"):
        end_mandate(mandate, "stopped", "member", now)
    for code in list(
        Channel.objects.filter(community=community, person=person, status__in=CLOSABLE).values_list("code", flat=True)
    ):
        close_channel(community=community, code=code, by=person, now=now)
    Order.objects.filter(community=community, buyer=person).exclude(refund_reason="", tracking="").update(
        refund_reason="", tracking=""
    )
    Gift.objects.filter(order__community=community, order__buyer=person).update(to_name="", message="")
    forget_buyer(community=community, person=person, now=now)
