"""What two people write to one another alone, and what somebody keeps for themselves."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from kith.connect.models.talk import Post
from kith.people.api import Community, Person


class Conversation(models.Model):
    """Two people of a community, `low` the one of the smaller id; up to which message each has seen."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="+", db_index=False)
    low = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    high = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    begun_by = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    begun_at = models.DateTimeField()
    last_at = models.DateTimeField()
    low_seen_id = models.BigIntegerField(default=0)
    high_seen_id = models.BigIntegerField(default=0)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint("community", "low", "high", name="connect_conversation_once"),
            models.CheckConstraint(condition=Q(low__lt=F("high")), name="connect_conversation_of_two"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index("community", "low", F("last_at").desc(), name="connect_conversation_low"),
            models.Index("community", "high", F("last_at").desc(), name="connect_conversation_high"),
        ]


class Message(models.Model):
    """One message. Deleting empties it; `reported_at` shows it, and nothing else of the two, to those who run the community."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="+", db_index=False)
    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="+", db_index=False)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    at = models.DateTimeField()
    deleted_at = models.DateTimeField(null=True)
    reported_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    key = models.UUIDField(default=uuid.uuid4)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint("by", "key", name="connect_message_sent_once"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index("conversation", F("id").desc(), name="connect_message_newest"),
            models.Index("community", "by", "at", name="connect_message_by"),
            models.Index("community", "reported_at", condition=Q(settled_at=None) & ~Q(reported_at=None), name="connect_message_reported"),
        ]  # fmt: skip


class Block(models.Model):
    """Somebody takes no messages from somebody."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="+", db_index=False)
    by = models.ForeignKey(Person, models.CASCADE, related_name="+", db_index=False)
    who = models.ForeignKey(Person, models.CASCADE, related_name="+", db_index=False)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint("community", "by", "who", name="connect_block_once"),
        ]


class Bookmark(models.Model):
    """A post or reply somebody keeps for themselves, with a note nobody else sees."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="+", db_index=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="+", db_index=False)
    post = models.ForeignKey(Post, models.CASCADE, related_name="+")
    note = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint("person", "post", name="connect_bookmark_once"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index("community", "person", F("id").desc(), name="connect_bookmark_newest"),
        ]
