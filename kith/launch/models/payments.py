"""Money on the way: wires to and from payment providers, and what providers told us."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from kith.launch.data import WIRE_STATES
from kith.launch.models.orders import Order
from kith.people.api import Community, Person


class Wire(models.Model):
    """One attempt to move money. `our_ref` is written before the provider is called, and never used again.

    `parts` of a refund are [[line, quantity, amount]]; without any it gives back
    what came too late or twice (`is_surplus` of its charge).
    """

    community = models.ForeignKey(Community, models.PROTECT, related_name="+", db_index=False)
    order = models.ForeignKey(Order, models.PROTECT, related_name="wires", db_index=False)
    dir = models.CharField(max_length=6)
    stage = models.CharField(max_length=8, default="charge")
    provider = models.CharField(max_length=12)
    key = models.CharField(max_length=80)
    our_ref = models.CharField(max_length=32)
    their_ref = models.CharField(max_length=64, null=True)  # noqa: DJ001 -- null: not known yet; unique when known
    of_wire = models.ForeignKey("self", models.PROTECT, null=True, related_name="refunds")
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=8)
    status = models.CharField(max_length=8, default="drafted")
    is_surplus = models.BooleanField(default=False)
    parts = models.JSONField(default=list)
    note = models.CharField(max_length=200, blank=True)
    next_query_at = models.DateTimeField(null=True)
    tries = models.SmallIntegerField(default=0)
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    confirmed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    approved_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint("order", "key", name="launch_wire_key_once"),
            models.UniqueConstraint("provider", "our_ref", name="launch_wire_our_ref_once"),
            models.UniqueConstraint(
                "provider", "their_ref", condition=~Q(their_ref=None), name="launch_wire_their_ref_once"
            ),
            models.CheckConstraint(condition=Q(dir__in=("charge", "refund", "amends")), name="launch_wire_dir_known"),
            models.CheckConstraint(
                condition=Q(stage__in=("charge", "deposit", "balance")), name="launch_wire_stage_known"
            ),
            models.CheckConstraint(condition=Q(status__in=WIRE_STATES), name="launch_wire_status_known"),
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="launch_wire_moves_something"),
            models.CheckConstraint(
                condition=Q(dir="charge") | Q(of_wire__isnull=False), name="launch_wire_refund_of_a_charge"
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None) | Q(confirmed_by__isnull=False) & ~Q(approved_by=F("confirmed_by")),
                name="launch_wire_approved_by_another",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index("next_query_at", condition=Q(status__in=("sent", "unknown")), name="launch_wire_to_ask"),
            models.Index("community", "status", name="launch_wire_of_status"),
        ]


class Inbox(models.Model):
    """What a provider told us, once per event: written in the transaction of its effects. `handled_at` null: parked."""

    pk = models.CompositePrimaryKey("provider", "event_id")
    provider = models.CharField(max_length=12)
    event_id = models.CharField(max_length=80)
    our_ref = models.CharField(max_length=32)
    digest = models.CharField(max_length=64)
    body = models.TextField()
    received_at = models.DateTimeField()
    handled_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=40)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index("provider", "our_ref", condition=Q(handled_at=None), name="launch_inbox_parked"),
        ]


class SandboxPayment(models.Model):
    """What the sandbox believes: the books of an invented provider, which has no other way to tell them than its messages."""

    our_ref = models.CharField(max_length=32, unique=True)
    their_ref = models.CharField(max_length=64, unique=True)
    of_ref = models.CharField(max_length=32, blank=True)
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=8)
    title = models.CharField(max_length=80)
    back = models.CharField(max_length=200)
    state = models.CharField(max_length=8, default="waiting")
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(state__in=("waiting", "done", "failed")), name="launch_sandboxpayment_state_known"
            ),
        ]
