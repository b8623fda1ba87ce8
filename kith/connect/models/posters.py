"""Posters, and who came by them."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from kith.people.api import Community, Person


class Poster(models.Model):
    """A code that carries who invites and for which campaign. It never runs out: paper hangs for years. Closed, it leads nowhere.

    `lets_in` is how many people still come in by it at once, whatever the boundary says; only those who run the community give it.
    """

    community = models.ForeignKey(Community, models.CASCADE, related_name="+", db_index=False)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    campaign = models.CharField(max_length=40, blank=True)
    code = models.CharField(max_length=10, unique=True)
    lets_in = models.IntegerField(default=0)
    seen = models.IntegerField(default=0)
    made_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                "community", "by", "campaign", condition=Q(closed_at=None), name="connect_poster_one_a_campaign"
            ),
            models.CheckConstraint(condition=Q(lets_in__gte=0, seen__gte=0), name="connect_poster_counts_not_negative"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index("community", F("made_at").desc(), name="connect_poster_newest"),
        ]


class Arrival(models.Model):
    """Somebody asked to come in, or came in, by a poster; the first one counts, once and for all."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="+", db_index=False)
    poster = models.ForeignKey(Poster, models.CASCADE, related_name="arrivals")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint("community", "person", name="connect_arrival_once"),
        ]
