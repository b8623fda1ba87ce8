"""Core figures and their duties, circles, treasures."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from kith.gather.data import CIRCLES, DUTIES, FIGURES, TREASURES
from kith.people.api import Community, Person


class Figure(models.Model):
    """A named role: offered, then accepted or declined (ended without), then ended. `after` is the role it takes over."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="+", db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=10)
    title = models.CharField(max_length=40, blank=True)
    why = models.CharField(max_length=300, blank=True)
    reasons = models.JSONField(default=list)
    offered_by = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    offered_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    after = models.ForeignKey("self", models.SET_NULL, null=True, related_name="+", db_index=False)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(kind__in=FIGURES), name="gather_figure_kind_known"),
            models.CheckConstraint(
                condition=Q(kind="own") & ~Q(title="") | ~Q(kind="own"), name="gather_figure_own_is_named"
            ),
            models.UniqueConstraint(
                "community", "person", "kind", "title", condition=Q(ended_at=None), name="gather_figure_once"
            ),
        ]


class Duty(models.Model):
    """What a role is there for: hosting a space, welcoming newcomers (thing 0), leading a chapter, keeping a treasure."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="+", db_index=False)
    figure = models.ForeignKey(Figure, models.CASCADE, related_name="duties")
    kind = models.CharField(max_length=10)
    thing_id = models.BigIntegerField(default=0)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(kind__in=DUTIES), name="gather_duty_kind_known"),
            models.UniqueConstraint("figure", "kind", "thing_id", name="gather_duty_once"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index("community", "kind", "thing_id", name="gather_duty_of_thing"),
        ]


class Circle(models.Model):
    """People who came together within a community by themselves; closed ones stay readable to who runs it."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="+", db_index=False)
    name = models.CharField(max_length=40)
    purpose = models.CharField(max_length=300)
    entered_by = models.CharField(max_length=8, default="open")
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    made_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint("community", "name", name="gather_circle_name_once"),
            models.CheckConstraint(condition=Q(entered_by__in=CIRCLES), name="gather_circle_door_known"),
        ]


class CirclePlace(models.Model):
    """Somebody is in a circle, keeps it, or asked to come in."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="+", db_index=False)
    circle = models.ForeignKey(Circle, models.CASCADE, related_name="places", db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    state = models.CharField(max_length=6)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint("circle", "person", name="gather_circleplace_once"),
            models.CheckConstraint(
                condition=Q(state__in=["asked", "in", "keeper"]), name="gather_circleplace_state_known"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index("community", "person", name="gather_circleplace_of_person"),
        ]


class Treasure(models.Model):
    """镇群之宝: a person, tool, text or ritual, with who keeps it and how it is used."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="+", db_index=False)
    kind = models.CharField(max_length=8)
    name = models.CharField(max_length=60)
    about = models.CharField(max_length=500, blank=True)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", db_index=False)
    custodian = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", db_index=False)
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    made_at = models.DateTimeField()
    uses = models.IntegerField(default=0)
    last_used_at = models.DateTimeField(null=True)
    alarm_days = models.SmallIntegerField(default=60)
    alarmed_at = models.DateTimeField(null=True)
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(kind__in=TREASURES), name="gather_treasure_kind_known"),
            models.CheckConstraint(
                condition=Q(kind="person", person__isnull=False) | ~Q(kind="person") & Q(person=None),
                name="gather_treasure_person_is_one",
            ),
            models.CheckConstraint(condition=Q(uses__gte=0, alarm_days__gt=0), name="gather_treasure_numbers_fit"),
            models.UniqueConstraint(
                "community", "name", condition=Q(retired_at=None), name="gather_treasure_name_once"
            ),
        ]


class TreasureUse(models.Model):
    """Somebody used a treasure; once a day each."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="+", db_index=False)
    treasure = models.ForeignKey(Treasure, models.CASCADE, related_name="+", db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    on = models.DateField()
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint("treasure", "person", "on", name="gather_treasureuse_once_a_day"),
        ]
