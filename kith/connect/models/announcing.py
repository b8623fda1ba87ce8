"""Announcements: pinned until a moment, and copied by hand to groups outside."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from kith.connect.models.talk import Post
from kith.people.api import Community, Person


class Announcement(models.Model):
    """What makes a post an announcement. The copying is the operators' own list and changes nothing that members see."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="+", db_index=False)
    post = models.OneToOneField(Post, models.CASCADE, primary_key=True, related_name="announcement")
    pinned_until = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                "community",
                F("pinned_until").desc(),
                condition=~Q(pinned_until=None),
                name="connect_announcement_pinned",
            ),
        ]


class Copy(models.Model):
    """A group outside (of WeChat, mostly) that is to get an announcement: done, when and by whom, or not yet."""

    announcement = models.ForeignKey(Announcement, models.CASCADE, related_name="copies", db_index=False)
    group = models.CharField(max_length=60)
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint("announcement", "group", name="connect_copy_group_once"),
        ]
