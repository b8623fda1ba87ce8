"""Values that texts lived."""

from typing import ClassVar

from django.db import models

from kith.connect.models.talk import Post
from kith.people.api import Community, Person


class Lived(models.Model):
    """Somebody says that a text lived a value of the community: its author, or who thanks for it; each value once.

    The word is kept, not the row of the value, so that what was lived stays readable when the values are written anew.
    """

    community = models.ForeignKey(Community, models.CASCADE, related_name="+", db_index=False)
    post = models.ForeignKey(Post, models.CASCADE, related_name="+")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    word = models.CharField(max_length=20)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint("post", "by", "word", name="connect_lived_once"),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index("community", "at", name="connect_lived_in_time")]
