"""Addresses that are told what happens here, and what was sent to them."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from kith.hooks.data import ADDRESS_LIMIT
from kith.people.api import Community, Person


class Hook(models.Model):
    """An address and what it wants to hear. The secret is sealed: messages are signed with it."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="+")
    address = models.CharField(max_length=ADDRESS_LIMIT)
    secret = models.BinaryField()
    wants = ArrayField(models.CharField(max_length=50))
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    off_at = models.DateTimeField(null=True)
    failing_since = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(wants__len__gt=0), name="hooks_hook_wants_something"),
        ]


class Delivery(models.Model):
    """One message to one address: waiting while `next_at` is set, delivered with `done_at`, else given up."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="+", db_index=False)
    hook = models.ForeignKey(Hook, models.CASCADE, related_name="+", db_index=False)
    message_id = models.CharField(max_length=40)
    kind = models.CharField(max_length=50)
    body = models.TextField()
    made_at = models.DateTimeField()
    tries = models.SmallIntegerField(default=0)
    next_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    status = models.SmallIntegerField(null=True)
    answer = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint("hook", "message_id", name="hooks_delivery_once"),
            models.CheckConstraint(
                condition=Q(next_at=None) | Q(done_at=None), name="hooks_delivery_done_waits_no_more"
            ),
            models.CheckConstraint(condition=Q(tries__gte=0), name="hooks_delivery_tries_not_negative"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index("hook", "next_at", condition=~Q(next_at=None), name="hooks_delivery_due"),
            models.Index("community", "hook", F("id").desc(), name="hooks_delivery_newest"),
        ]


class Reach(models.Model):
    """How far this server has read: one row. Deeds exactly; acts are read again from `act_id` until `act_read` takes its place."""

    deed_tx = models.BigIntegerField()
    deed_id = models.BigIntegerField()
    act_id = models.BigIntegerField()
    act_read = models.BigIntegerField()
    act_since = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(pk=1), name="hooks_reach_is_one_row"),
        ]
