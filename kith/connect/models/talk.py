"""What people say to one another: posts and replies, thanks, drafts, pictures, and news for open pages."""

import uuid
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from kith.connect.data import KINDS, PREVIEW_LIMIT, READS, SLOW_LIMIT
from kith.people.api import Community, Person


class Space(models.Model):
    """A place within a community with a subject of its own; imported channels become spaces. `kinds` empty: every kind.

    In slow mode, a member writes there every `slow_seconds` at most.
    """

    community = models.ForeignKey(Community, models.CASCADE, related_name="+", db_index=False)
    name = models.CharField(max_length=60)
    about = models.CharField(max_length=200, blank=True, db_default="")
    kinds = ArrayField(models.CharField(max_length=12), default=list, db_default=[], blank=True)
    position = models.IntegerField(default=0, db_default=0)
    archived_at = models.DateTimeField(null=True)
    is_column = models.BooleanField(default=False, db_default=False)
    reads = models.CharField(max_length=8, default="all", db_default="all")
    needs = models.CharField(max_length=20, blank=True, default="", db_default="")
    tier_from = models.SmallIntegerField(default=0, db_default=0)
    called = models.CharField(max_length=60, blank=True, default="", db_default="")
    preview_chars = models.SmallIntegerField(default=200, db_default=200)
    slow_seconds = models.IntegerField(default=0, db_default=0)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint("community", "name", name="connect_space_name_once"),
            models.CheckConstraint(condition=Q(kinds__contained_by=list(KINDS)), name="connect_space_kinds_known"),
            models.CheckConstraint(
                condition=Q(slow_seconds__gte=0, slow_seconds__lte=SLOW_LIMIT), name="connect_space_slow_within_a_day"
            ),
            models.CheckConstraint(condition=Q(reads__in=READS), name="connect_space_reads_known"),
            models.CheckConstraint(
                condition=Q(reads="plan") & ~Q(needs="") | ~Q(reads="plan") & Q(needs=""),
                name="connect_space_plan_is_named",
            ),
            models.CheckConstraint(
                condition=Q(preview_chars__gte=0, preview_chars__lte=PREVIEW_LIMIT), name="connect_space_preview_within"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Post(models.Model):
    """One thing said. Without `root` it opens a thread; with it, it is a reply there, `quoted` naming what it answers.

    Deleting empties the texts and keeps the row, so that threads hold together. `version` grows with every change that
    shows, `blurred_at` says since when flags hide it until somebody decides, `key` is the draft it came from, `origin` what brought it in (`import:7`), `foreign_key` its name there. `is_free`
    opens it, and its replies, to those who may not read its space.
    """

    community = models.ForeignKey(Community, models.CASCADE, related_name="+", db_index=False)
    space = models.ForeignKey(Space, models.SET_NULL, null=True, related_name="+", db_index=False)
    author = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    root = models.ForeignKey("self", models.CASCADE, null=True, related_name="+", db_index=False)
    quoted = models.ForeignKey("self", models.SET_NULL, null=True, related_name="+", db_index=False)
    answer = models.ForeignKey("self", models.SET_NULL, null=True, related_name="+", db_index=False)
    kind = models.CharField(max_length=12, choices=[(k, k) for k in KINDS], default="talk")
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True)
    deleted_at = models.DateTimeField(null=True)
    blurred_at = models.DateTimeField(null=True)
    replies = models.IntegerField(default=0)
    thanks = models.IntegerField(default=0)
    version = models.IntegerField(default=0)
    key = models.UUIDField(default=uuid.uuid4)
    origin = models.CharField(max_length=40, blank=True)
    foreign_key = models.CharField(max_length=80, blank=True)
    is_free = models.BooleanField(default=False, db_default=False)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint("author", "key", name="connect_post_draft_sent_once"),
            models.UniqueConstraint(
                "community", "foreign_key", condition=~Q(foreign_key=""), name="connect_post_imported_once"
            ),
            models.CheckConstraint(condition=Q(kind__in=KINDS), name="connect_post_kind_known"),
            models.CheckConstraint(
                condition=Q(answer=None) | Q(kind="ask", root=None),
                name="connect_post_only_asks_have_answers",
            ),
            models.CheckConstraint(condition=Q(replies__gte=0, thanks__gte=0), name="connect_post_counts_not_negative"),
            models.CheckConstraint(condition=~Q(root=F("id")), name="connect_post_is_not_its_own_root"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index("community", F("at").desc(), F("id").desc(), condition=Q(root=None), name="connect_post_feed"),
            models.Index(
                "community",
                "space",
                F("at").desc(),
                F("id").desc(),
                condition=Q(root=None) & ~Q(space=None),
                name="connect_post_space_feed",
            ),
            models.Index("root", "at", "id", condition=~Q(root=None), name="connect_post_thread"),
            models.Index("community", "at", condition=~Q(root=None), name="connect_post_replies_of_day"),
            models.Index("author", F("at").desc(), name="connect_post_author"),
            models.Index("quoted", condition=~Q(quoted=None), name="connect_post_quoted"),
            models.Index("answer", condition=~Q(answer=None), name="connect_post_answer"),
            models.Index("community", "origin", condition=~Q(origin=""), name="connect_post_origin"),
        ]


class Thank(models.Model):
    """Somebody thanks for a post, with a few words why; once each."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="+", db_index=False)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    why = models.CharField(max_length=140, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint("post", "by", name="connect_thank_once"),
        ]


class Draft(models.Model):
    """A text begun and kept on the server: `place` is "new" or "reply:<post id>"."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="+", db_index=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    place = models.CharField(max_length=30)
    text = models.TextField(blank=True)
    kind = models.CharField(max_length=12, default="talk")
    key = models.UUIDField(default=uuid.uuid4)
    saved_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint("community", "person", "place", name="connect_draft_one_each_place"),
        ]


class Image(models.Model):
    """A picture somebody uploaded, re-encoded; the file is named by its digest."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="+", db_index=False)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)
    width = models.IntegerField()
    height = models.IntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint("community", "digest", name="connect_image_once"),
        ]


class News(models.Model):
    """What open pages are told, kept a day for those who reconnect. Never a source of truth."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="+", db_index=False)
    kind = models.CharField(max_length=10)
    root_id = models.BigIntegerField()
    post_id = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index("community", "id", name="connect_news_replay")]
