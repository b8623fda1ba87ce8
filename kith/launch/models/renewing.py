"""Renewing by itself: what somebody agreed to, and each charge that follows from it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from kith.launch.data import MANDATE_STATES, RENEWAL_STATES
from kith.launch.models.goods import Offer
from kith.launch.models.orders import Order
from kith.people.api import Community, Person


class Mandate(models.Model):
    """Somebody agreed that a membership renews by itself, apart from buying it; `text` is what they read, word for word.

    It is stopped at any moment by them, and lapses by itself when the price rises, nothing is on sale, or charges fail.
    """

    community = models.ForeignKey(Community, models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    family = models.CharField(max_length=20)
    offer = models.ForeignKey(Offer, models.PROTECT, related_name="+")
    provider = models.CharField(max_length=12)
    token = models.CharField(max_length=64)
    price_minor = models.BigIntegerField()
    currency = models.CharField(max_length=8)
    law = models.CharField(max_length=20)
    text = models.TextField()
    text_digest = models.CharField(max_length=64)
    agreed_at = models.DateTimeField()
    status = models.CharField(max_length=8, default="active")
    why = models.CharField(max_length=8, blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                "community", "person", "family", condition=Q(status="active"), name="launch_mandate_one_active"
            ),
            models.CheckConstraint(condition=Q(status__in=MANDATE_STATES), name="launch_mandate_status_known"),
            models.CheckConstraint(
                condition=Q(status="active", ended_at=None) | ~Q(status="active") & Q(ended_at__isnull=False),
                name="launch_mandate_ends_once",
            ),
        ]


class Renewal(models.Model):
    """One period to be paid by a mandate: after the term that ends at `after_at`; there is never a second one for it."""

    community = models.ForeignKey(Community, models.PROTECT, related_name="+", db_index=False)
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="renewals", db_index=False)
    after_at = models.DateTimeField()
    amount_minor = models.BigIntegerField()
    charge_at = models.DateTimeField()
    status = models.CharField(max_length=8, default="noticed")
    tries = models.SmallIntegerField(default=0)
    next_try_at = models.DateTimeField()
    order = models.OneToOneField(Order, models.PROTECT, null=True, related_name="renewal")
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint("mandate", "after_at", name="launch_renewal_one_a_period"),
            models.CheckConstraint(condition=Q(status__in=RENEWAL_STATES), name="launch_renewal_status_known"),
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="launch_renewal_charges_something"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index("next_try_at", condition=Q(status__in=("noticed", "charging")), name="launch_renewal_due"),
        ]


class SandboxMandate(models.Model):
    """What the sandbox believes of a mandate: `declines` lets its charges fail, for trying out what happens then."""

    token = models.CharField(max_length=64, unique=True)
    declines = models.BooleanField(default=False)
    is_ended = models.BooleanField(default=False)
    made_at = models.DateTimeField()
