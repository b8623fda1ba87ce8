"""Group codes (活码): addresses that stay while the chat groups behind them come and go."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from kith.people.api import Community, Person


class GroupCode(models.Model):
    """An address people scan; printed once, it shows whichever chat group takes people today."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="+")
    code = models.CharField(max_length=10, unique=True)
    title = models.CharField(max_length=60)
    note = models.CharField(max_length=200, blank=True)
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~Q(title=""), name="connect_group_code_has_a_title"),
        ]


class ChatGroup(models.Model):
    """A chat group outside and the picture of its code; shown until it runs out or is full, groups in their order.

    `says` is what the code says, so that the same one is not taken for a new one. `warned_at` belongs to the picture.
    """

    group_code = models.ForeignKey(GroupCode, models.CASCADE, related_name="groups")
    name = models.CharField(max_length=60)
    limit = models.IntegerField(default=200)
    heads = models.IntegerField(default=0)
    shown = models.IntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)
    says = models.CharField(max_length=500, blank=True)
    valid_days = models.IntegerField(default=7)
    uploaded_at = models.DateTimeField(null=True)
    warned_at = models.DateTimeField(null=True)
    position = models.IntegerField(default=0)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(limit__gte=1, limit__lte=2000, heads__gte=0, shown__gte=0, valid_days__gte=0),
                name="connect_chat_group_numbers_make_sense",
            ),
            models.CheckConstraint(
                condition=Q(digest="", uploaded_at=None) | (~Q(digest="") & Q(uploaded_at__isnull=False)),
                name="connect_chat_group_picture_has_its_moment",
            ),
        ]


class GroupCodeDay(models.Model):
    """How often a group code was opened on a day. Nothing of who did."""

    group_code = models.ForeignKey(GroupCode, models.CASCADE, related_name="days", db_index=False)
    on = models.DateField()
    visits = models.IntegerField(default=0)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint("group_code", "on", name="connect_group_code_day_once"),
        ]
