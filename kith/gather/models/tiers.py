"""The ladder of a community: what its tiers need and give, and who is held where."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from kith.people.api import Community, Person, Tier


class Ladder(models.Model):
    """What holds for all tiers of a community. `read_id` is the last line of the energy book that was looked at for moves,
    `settled_at` when everybody was measured, null when that is to be done anew.
    """

    community = models.OneToOneField(Community, models.CASCADE, related_name="+", primary_key=True)
    window_days = models.SmallIntegerField(default=100)
    grace_days = models.SmallIntegerField(default=14)
    rights = models.JSONField(default=dict)
    base_limits = models.JSONField(default=dict)
    read_id = models.BigIntegerField(default=0)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(window_days__gt=0, grace_days__gte=0), name="gather_ladder_days_fit"),
        ]


class TierTerms(models.Model):
    """What one tier needs, by measure, and its limits; `by_hand` alone staff give it."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="+")
    tier = models.OneToOneField(Tier, models.CASCADE, related_name="+")
    needs = models.JSONField(default=dict)
    limits = models.JSONField(default=dict)
    by_hand = models.BooleanField(default=False)


class TierState(models.Model):
    """What is to be remembered of a member on the ladder: since when below, or who holds them where they stand, and why."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="+", db_index=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    below_since = models.DateTimeField(null=True)
    held_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    held_reason = models.CharField(max_length=300, blank=True)
    held_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint("community", "person", name="gather_tierstate_once"),
            models.CheckConstraint(
                condition=Q(held_by=None, held_at=None) | Q(held_by__isnull=False, held_at__isnull=False),
                name="gather_tierstate_hold_is_signed",
            ),
        ]
