"""Paid membership: who belongs to a plan from when to when."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from kith.launch.models.orders import Order
from kith.people.api import Community, Person


class Term(models.Model):
    """A time somebody paid to belong to a plan; `ended_at` when it was given back before it was over.

    What was paid for it is earned day by day, up to `earned_until`; `is_earned` once all of it is.
    """

    community = models.ForeignKey(Community, models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    family = models.CharField(max_length=20)
    order = models.ForeignKey(Order, models.PROTECT, related_name="terms")
    n = models.SmallIntegerField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    anchor_day = models.SmallIntegerField()
    ended_at = models.DateTimeField(null=True)
    earned_until = models.DateTimeField(null=True)
    is_earned = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint("order", "n", name="launch_term_once"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="launch_term_ends_after_beginning"),
            models.CheckConstraint(
                condition=Q(anchor_day__gte=1, anchor_day__lte=31), name="launch_term_anchor_is_a_day"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index("community", "person", "family", "ends_at", name="launch_term_of_person"),
            models.Index("ends_at", condition=Q(ended_at=None), name="launch_term_ending"),
            models.Index("earned_until", condition=Q(is_earned=False), name="launch_term_to_earn"),
        ]
