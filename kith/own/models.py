"""What was asked for."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from kith.own.data import STATES
from kith.people.api import Community, Person


class Bundle(models.Model):
    """An export somebody asked for: of their own data (no community), or of a community. `file` is its name in the folder of exports."""

    community = models.ForeignKey(Community, models.CASCADE, null=True, related_name="+", db_index=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="+", db_index=False)
    state = models.CharField(max_length=8, default="waiting")
    file = models.CharField(max_length=60)
    size = models.BigIntegerField(default=0)
    asked_at = models.DateTimeField()
    made_at = models.DateTimeField(null=True)
    until_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(state__in=STATES), name="own_bundle_state_known"),
            models.CheckConstraint(
                condition=~Q(state="ready") | Q(made_at__isnull=False, until_at__isnull=False),
                name="own_bundle_ready_is_dated",
            ),
            models.UniqueConstraint(
                "community", "person", condition=Q(state="waiting"), nulls_distinct=False, name="own_bundle_one_waits"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index("community", "person", "id", name="own_bundle_of_person"),
        ]
