"""By whom people came in."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from kith.gather.data import COMING_WAYS
from kith.gather.models.entering import Invitation
from kith.people.api import Community, Person


class Coming(models.Model):
    """By whom somebody came in. One row for a person: who comes back comes by whom they came the last time."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="+", db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    host = models.ForeignKey(Person, models.PROTECT, related_name="+")
    way = models.CharField(max_length=8, choices=[(w, w) for w in COMING_WAYS])
    invitation = models.ForeignKey(Invitation, models.CASCADE, null=True, related_name="comings")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint("community", "person", name="gather_coming_once_a_person"),
            models.CheckConstraint(condition=~Q(person=F("host")), name="gather_coming_not_by_oneself"),
            models.CheckConstraint(
                condition=Q(way="link", invitation__isnull=False) | (~Q(way="link") & Q(invitation=None)),
                name="gather_coming_by_link_names_it",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index("community", "host", name="gather_coming_of_host"),
            models.Index("community", "at", name="gather_coming_in_time"),
        ]
