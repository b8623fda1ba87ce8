"""Groups that buy together, and whose order sits on which seat."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from kith.launch.data import GROUP_STATES, SEAT_STATES
from kith.launch.models.goods import Campaign
from kith.launch.models.orders import Order
from kith.people.api import Community, Person


class Group(models.Model):
    """So many who buy together until a deadline, or all have their money back. Its seats are balances of the value book."""

    community = models.ForeignKey(Community, models.PROTECT, related_name="+", db_index=False)
    no = models.CharField(max_length=10, unique=True)
    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="+", db_index=False)
    opener = models.ForeignKey(Person, models.PROTECT, related_name="+")
    size = models.SmallIntegerField()
    status = models.CharField(max_length=7, default="forming")
    made_at = models.DateTimeField()
    deadline_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(status__in=GROUP_STATES), name="launch_group_status_known"),
            models.CheckConstraint(condition=Q(size__gte=2), name="launch_group_of_several"),
            models.CheckConstraint(
                condition=Q(status__in=("forming", "full"), ended_at=None)
                | Q(status__in=("formed", "failed"), ended_at__isnull=False),
                name="launch_group_ends_once",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index("campaign", "status", name="launch_group_of_campaign"),
            models.Index("deadline_at", condition=Q(status__in=("forming", "full")), name="launch_group_ending"),
        ]

    def __str__(self) -> str:
        return self.no


class Seat(models.Model):
    """An order's place in a group: held until it is paid, then filled, or given back. Nobody sits in a group twice."""

    community = models.ForeignKey(Community, models.PROTECT, related_name="+", db_index=False)
    group = models.ForeignKey(Group, models.PROTECT, related_name="seats")
    order = models.OneToOneField(Order, models.PROTECT, related_name="seat")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    status = models.CharField(max_length=6, default="held")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                "group", "person", condition=~Q(status="back"), name="launch_seat_one_for_each_person"
            ),
            models.CheckConstraint(condition=Q(status__in=SEAT_STATES), name="launch_seat_status_known"),
        ]
