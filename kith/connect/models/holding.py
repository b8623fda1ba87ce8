"""Texts that wait until somebody who runs the community has read them."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from kith.connect.data import HELD_STATES
from kith.connect.models.talk import Post, Space
from kith.people.api import Community, Person


class Held(models.Model):
    """A newcomer's text before it is one: no post, so that nothing which reads posts can show it. Approved, it becomes `post`."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="+", db_index=False)
    author = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    space = models.ForeignKey(Space, models.SET_NULL, null=True, related_name="+", db_index=False)
    root = models.ForeignKey(Post, models.CASCADE, null=True, related_name="+", db_index=False)
    quoted = models.ForeignKey(Post, models.SET_NULL, null=True, related_name="+", db_index=False)
    kind = models.CharField(max_length=16, default="talk")
    text = models.TextField()
    key = models.UUIDField(default=uuid.uuid4)
    at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=[(s, s) for s in HELD_STATES], default="waiting")
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", db_index=False)
    reason = models.CharField(max_length=300, blank=True)
    post = models.ForeignKey(Post, models.SET_NULL, null=True, related_name="+", db_index=False)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint("author", "key", name="connect_held_draft_sent_once"),
            models.CheckConstraint(condition=Q(state__in=HELD_STATES), name="connect_held_state_known"),
            models.CheckConstraint(
                condition=Q(state="waiting", decided_at=None, decided_by=None)
                | (~Q(state="waiting") & Q(decided_at__isnull=False, decided_by__isnull=False)),
                name="connect_held_decision_is_signed",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index("community", "at", condition=Q(state="waiting"), name="connect_held_waiting"),
            models.Index("community", "author", F("at").desc(), name="connect_held_author"),
            models.Index("root", condition=~Q(root=None), name="connect_held_root"),
            models.Index("quoted", condition=~Q(quoted=None), name="connect_held_quoted"),
            models.Index("post", condition=~Q(post=None), name="connect_held_post"),
        ]
