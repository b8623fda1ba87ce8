"""To whom a space belongs: a chapter, or a circle."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from kith.connect.models.talk import Space
from kith.people.api import Chapter, Community


class Room(models.Model):
    """A space of a chapter or of a circle; other spaces have none. A circle has one, and speaks in it alone."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="+", db_index=False)
    space = models.OneToOneField(Space, models.CASCADE, related_name="room", primary_key=True)
    chapter = models.ForeignKey(Chapter, models.CASCADE, null=True, related_name="+", db_index=False)
    circle_id = models.BigIntegerField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(chapter__isnull=False, circle_id=None) | Q(chapter=None, circle_id__isnull=False),
                name="connect_room_is_of_one",
            ),
            models.UniqueConstraint("community", "circle_id", name="connect_room_of_circle_once"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index("community", "chapter", name="connect_room_of_chapter"),
        ]
