"""What people are told of, and how each wants to be told."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from kith.connect.data import DIGESTS, NOTICES, WAYS
from kith.connect.models.talk import Post, Space
from kith.people.api import Community, Person


class Notice(models.Model):
    """Somebody is to know that something happened; once for each cause ("reply:15", "deed:7").

    It holds no words: what is shown of `subject` ("post:15") is read when it is shown, by the rights of that moment.
    `root` is the thread it stands in. `mails` says that it goes by mail too; `sent_at` that it went, or will not go;
    `pushes` that it is still to be shown on devices.
    """

    community = models.ForeignKey(Community, models.CASCADE, related_name="+", db_index=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="+", db_index=False)
    kind = models.CharField(max_length=12, choices=[(k, k) for k in NOTICES])
    cause = models.CharField(max_length=80)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    subject = models.CharField(max_length=60, blank=True)
    root = models.ForeignKey(Post, models.CASCADE, null=True, related_name="+")
    detail = models.JSONField(default=dict)
    mails = models.BooleanField(default=False)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    pushes = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint("community", "person", "cause", name="connect_notice_once"),
            models.CheckConstraint(condition=Q(kind__in=NOTICES), name="connect_notice_kind_known"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index("community", "person", F("id").desc(), name="connect_notice_newest"),
            models.Index("community", "person", condition=Q(read_at=None), name="connect_notice_unread"),
            models.Index("community", "subject", name="connect_notice_subject"),
            models.Index("at", condition=Q(mails=True, sent_at=None), name="connect_notice_to_send"),
            models.Index("at", condition=Q(pushes=True), name="connect_notice_to_push"),
        ]


class Wish(models.Model):
    """How somebody wants to hear of a kind, in one space or, without it, anywhere: off, bell, or mail beside the bell."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="+", db_index=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12, choices=[(k, k) for k in NOTICES])
    space = models.ForeignKey(Space, models.CASCADE, null=True, related_name="+")
    way = models.CharField(max_length=4, choices=[(w, w) for w in WAYS])

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                "community", "kind", "space", "person", nulls_distinct=False, name="connect_wish_once"
            ),
            models.CheckConstraint(condition=Q(kind__in=NOTICES, way__in=WAYS), name="connect_wish_known"),
        ]


class Hearing(models.Model):
    """When mail may reach somebody: not between two minutes of their day, or gathered into a digest, or not at all.

    `digested_at` is up to when the last digest went; `answers_newcomers`: the queue of the unheard is shown to them.
    """

    community = models.ForeignKey(Community, models.CASCADE, related_name="+", db_index=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    takes_mail = models.BooleanField(default=True)
    digest = models.CharField(max_length=6, choices=[(d, d) for d in DIGESTS], default="off")
    quiet_from_minute = models.SmallIntegerField(null=True)
    quiet_until_minute = models.SmallIntegerField(null=True)
    zone = models.CharField(max_length=40, blank=True)
    answers_newcomers = models.BooleanField(default=False)
    digested_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint("community", "person", name="connect_hearing_once"),
            models.CheckConstraint(condition=Q(digest__in=DIGESTS), name="connect_hearing_digest_known"),
            models.CheckConstraint(
                condition=Q(quiet_from_minute=None, quiet_until_minute=None)
                | Q(quiet_from_minute__range=(0, 1439), quiet_until_minute__range=(0, 1439)),
                name="connect_hearing_quiet_in_a_day",
            ),
        ]


class Mute(models.Model):
    """Somebody wants to hear nothing more of a thread."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="+", db_index=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    root = models.ForeignKey(Post, models.CASCADE, related_name="+", db_index=False)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint("root", "person", name="connect_mute_once"),
        ]


class Told(models.Model):
    """How far the record of deeds was read; one row."""

    tx = models.BigIntegerField()
    deed_id = models.BigIntegerField()
