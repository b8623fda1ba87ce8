"""Sales that somebody complained about, at a payment service or to the community."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from kith.launch.data import DISPUTE_STATES
from kith.launch.models.orders import Order
from kith.people.api import Community, Person


class Dispute(models.Model):
    """A complaint about a paid order: while it is open what was shared of the sale stays where it is. `provider` is manual for one entered by a person."""

    community = models.ForeignKey(Community, models.PROTECT, related_name="+", db_index=False)
    order = models.ForeignKey(Order, models.PROTECT, related_name="disputes")
    provider = models.CharField(max_length=12)
    their_ref = models.CharField(max_length=64)
    amount_minor = models.BigIntegerField()
    reason = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=4, default="open")
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField()
    ended_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint("provider", "their_ref", name="launch_dispute_once"),
            models.CheckConstraint(condition=Q(state__in=DISPUTE_STATES), name="launch_dispute_state_known"),
            models.CheckConstraint(
                condition=Q(state="open") ^ Q(ended_at__isnull=False), name="launch_dispute_ended_at_a_moment"
            ),
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="launch_dispute_about_something"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index("community", condition=Q(state="open"), name="launch_dispute_open"),
        ]
