"""What can be searched, kept apart from what is shown: rows of posts stay lean."""

from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models


class Words(models.Model):
    """The words of one standing post or reply, each with its community's number before it. Only triggers write here.

    A GIN index cannot begin with `community_id` without an extension; lexemes that begin with it come to the same.
    """

    post_id = models.BigIntegerField(primary_key=True)
    words = SearchVectorField()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [GinIndex("words", name="connect_words_found")]
