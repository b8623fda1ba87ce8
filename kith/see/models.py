"""Snapshots of the energy book, made anew from it at any time; nothing here is a source of truth."""

from typing import ClassVar

from django.db import models

from kith.people.api import Community, Person


class Picture(models.Model):
    """A community's map and numbers. `read_to` is the last line of the book in it; -1 forces a new one."""

    community = models.OneToOneField(Community, models.CASCADE, primary_key=True, related_name="+")
    version = models.IntegerField(default=1)
    made_at = models.DateTimeField()
    at = models.DateTimeField()
    read_to = models.BigIntegerField()
    took_seconds = models.FloatField()
    gzipped = models.BinaryField()
    labels = models.JSONField()
    numbers = models.JSONField()

    def __str__(self) -> str:
        return f"{self.community_id} v{self.version}"


class Node(models.Model):
    """A member in the picture: the measures of kith.lib.graph at its moment."""

    pk = models.CompositePrimaryKey("community_id", "person_id")
    community = models.ForeignKey(Community, models.CASCADE, related_name="+", db_index=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    score = models.FloatField()
    energy_in = models.FloatField()
    energy_out = models.FloatField()
    ties = models.IntegerField()
    two_way = models.IntegerField()
    warmth = models.FloatField()
    percentile = models.FloatField()
    rank = models.IntegerField()
    circle = models.SmallIntegerField()
    is_super = models.BooleanField()
    reasons = models.JSONField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(score__gte=0, energy_in__gte=0, energy_out__gte=0, warmth__gte=0),
                name="see_node_measures_not_negative",
            ),
            models.CheckConstraint(
                condition=models.Q(two_way__gte=0, ties__gte=models.F("two_way")),
                name="see_node_two_way_are_ties",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index("community", "rank", "person", name="see_node_ranked"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.score:.2f}"
