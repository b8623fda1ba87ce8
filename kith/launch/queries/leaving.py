"""What of a customer is still under way, and what they may have of what is sealed."""

import json

from django.conf import settings

from kith.launch.data import ENDED
from kith.launch.models import Contact, Order
from kith.lib.sealing import unseal
from kith.people.api import Community, Person


def open_orders(person: Person) -> list[tuple[str, str]]:
    """Return the orders of somebody that have not ended, anywhere: (address of the community, number), oldest first. One query."""
    rows = Order.objects.filter(buyer=person).exclude(status__in=ENDED).order_by("pk")
    return list(rows.values_list("community__slug", "no"))


def contacts_of(community: Community, person: Person) -> list[dict[str, object]]:
    """Return where somebody had things sent, as they wrote it, for themselves. One query."""
    rows = (
        Contact.objects.filter(community=community, person=person, erased_at=None).exclude(sealed=None).order_by("pk")
    )
    return [json.loads(unseal(bytes(r.sealed or b""), secret=settings.SECRET_KEY, purpose="contact")) for r in rows]
