"""Check-ins (打卡): what makes a post a challenge, and the days people checked in."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from kith.connect.data import MODES
from kith.connect.models.talk import Post
from kith.people.api import Community, Person


class Challenge(models.Model):
    """What a challenge has besides its text. `prizes` are [days, name], the fewest days first."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="+", db_index=False)
    post = models.OneToOneField(Post, models.CASCADE, primary_key=True, related_name="challenge")
    mode = models.CharField(max_length=8, choices=[(m, m) for m in MODES], default="streak")
    starts_on = models.DateField()
    ends_on = models.DateField()
    makeups = models.IntegerField(default=0)
    hides_ranking = models.BooleanField(default=False)
    prizes = models.JSONField(default=list)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(starts_on__lte=F("ends_on"), makeups__gte=0), name="connect_challenge_ends_after_it_begins"
            ),
            models.CheckConstraint(condition=Q(mode__in=MODES), name="connect_challenge_mode_known"),
        ]


class Checkin(models.Model):
    """Somebody did it on a day. What they said of it is a reply in the thread, which may be deleted; the day stays theirs."""

    challenge = models.ForeignKey(Challenge, models.CASCADE, related_name="checkins", db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    on = models.DateField()
    reply = models.OneToOneField(Post, models.SET_NULL, null=True, related_name="checkin")
    is_makeup = models.BooleanField(default=False)
    is_featured = models.BooleanField(default=False)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint("challenge", "person", "on", name="connect_checkin_once_a_day"),
        ]
