"""Events: who comes, who waits for a seat, who came; and the secret addresses of calendars."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from kith.connect.data import ANSWER_STATES
from kith.connect.models.talk import Post
from kith.people.api import Chapter, Community, Person


class Event(models.Model):
    """What makes a post an event. `going` are those with a seat: never more than there are, whoever answers at once.

    `sequence` grows when it is moved or cancelled, as calendars ask (RFC 5545, 3.8.7.4); `reminded` is 1 after the word of the
    day before and 2 after that of the hour before.
    """

    community = models.ForeignKey(Community, models.CASCADE, related_name="+", db_index=False)
    post = models.OneToOneField(Post, models.CASCADE, primary_key=True, related_name="event")
    title = models.CharField(max_length=120)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)
    zone = models.CharField(max_length=50)
    place = models.CharField(max_length=200, blank=True)
    link = models.CharField(max_length=500, blank=True)
    capacity = models.IntegerField(null=True)
    chapter = models.ForeignKey(Chapter, models.SET_NULL, null=True, related_name="+")
    going = models.IntegerField(default=0)
    waiting = models.IntegerField(default=0)
    arrived = models.IntegerField(default=0)
    cancelled_at = models.DateTimeField(null=True)
    cancel_reason = models.CharField(max_length=200, blank=True)
    sequence = models.IntegerField(default=0)
    reminded = models.SmallIntegerField(default=0)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(capacity=None) | Q(going__lte=F("capacity")), name="connect_event_no_more_than_seats"
            ),
            models.CheckConstraint(
                condition=Q(going__gte=0, waiting__gte=0, arrived__gte=0), name="connect_event_counts_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gt=F("starts_at")), name="connect_event_ends_after_it_starts"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index("community", "starts_at", name="connect_event_when")]


class Answer(models.Model):
    """Somebody's answer to an event, once each; `at` is when they gave it, which orders the line. `code` opens the door."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="answers", db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    answer = models.CharField(max_length=7, choices=[(a, a) for a in ANSWER_STATES])
    code = models.CharField(max_length=12)
    at = models.DateTimeField()
    arrived_at = models.DateTimeField(null=True)
    let_in_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint("event", "person", name="connect_answer_once"),
            models.UniqueConstraint("event", "code", name="connect_answer_code_once"),
            models.CheckConstraint(condition=Q(answer__in=ANSWER_STATES), name="connect_answer_known"),
            models.CheckConstraint(
                condition=Q(arrived_at=None, let_in_by=None) | Q(arrived_at__isnull=False, let_in_by__isnull=False),
                name="connect_answer_let_in_by_somebody",
            ),
        ]


class CalendarKey(models.Model):
    """The secret in the address of somebody's calendar of a community; only its digest is kept. A new one ends the old."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="+", db_index=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint("community", "person", name="connect_calendar_key_once"),
        ]
