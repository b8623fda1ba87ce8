"""Who writes in columns, and where pictures stand."""

from typing import ClassVar

from django.db import models

from kith.connect.models.talk import Image, Post, Space
from kith.people.api import Person


class SpaceAuthor(models.Model):
    """Somebody writes in a column; who runs the community may as well."""

    space = models.ForeignKey(Space, models.CASCADE, related_name="authors", db_index=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint("space", "person", name="connect_spaceauthor_once"),
        ]


class ImageUse(models.Model):
    """A picture stands, or stood, in a post: whoever may read none of these may not see it either."""

    image = models.ForeignKey(Image, models.CASCADE, related_name="uses", db_index=False)
    post = models.ForeignKey(Post, models.CASCADE, related_name="+")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint("image", "post", name="connect_imageuse_once"),
        ]
