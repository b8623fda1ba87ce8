"""The line of a launch: who came when more wanted to order than could be served."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from kith.launch.models.goods import Campaign
from kith.people.api import Community, Person


class Gate(models.Model):
    """The head of a line: numbers up to `issued` were given, people up to `admitted` let in. Both only grow."""

    campaign = models.OneToOneField(Campaign, models.PROTECT, related_name="+", primary_key=True)
    community = models.ForeignKey(Community, models.PROTECT, related_name="+", db_index=False)
    issued = models.BigIntegerField(default=0)
    admitted = models.BigIntegerField(default=0)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(admitted__gte=0, admitted__lte=F("issued")), name="launch_gate_lets_in_who_has_a_number"
            ),
        ]


class Ticket(models.Model):
    """Somebody's place in the line of a launch, by the order of arrival: one for each person, whatever they reload."""

    community = models.ForeignKey(Community, models.PROTECT, related_name="+", db_index=False)
    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    number = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint("community", "campaign", "person", name="launch_ticket_one_each"),
            models.UniqueConstraint("community", "campaign", "number", name="launch_ticket_number_once"),
            models.CheckConstraint(condition=Q(number__gt=0), name="launch_ticket_number_from_one"),
        ]
