"""Memberships given to others: bought by one, redeemed by another, once."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from kith.launch.data import GIFT_STATES
from kith.launch.models.orders import Order
from kith.people.api import Community, Person


class Gift(models.Model):
    """An order that is meant for somebody else. Its term begins when somebody redeems its code; what nobody redeems goes back."""

    community = models.ForeignKey(Community, models.PROTECT, related_name="+", db_index=False)
    order = models.OneToOneField(Order, models.PROTECT, related_name="gift")
    code = models.CharField(max_length=20, unique=True)
    to_name = models.CharField(max_length=60, blank=True)
    message = models.CharField(max_length=200, blank=True)
    status = models.CharField(max_length=8, default="waiting")
    expires_at = models.DateTimeField(null=True)
    redeemed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    redeemed_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(status__in=GIFT_STATES), name="launch_gift_status_known"),
            models.CheckConstraint(
                condition=Q(status="redeemed", redeemed_by__isnull=False, redeemed_at__isnull=False)
                | ~Q(status="redeemed") & Q(redeemed_by=None, redeemed_at=None),
                name="launch_gift_redeemed_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(status__in=("waiting", "back")) | Q(expires_at__isnull=False), name="launch_gift_expires"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index("expires_at", condition=Q(status="ready"), name="launch_gift_expiring"),
        ]
