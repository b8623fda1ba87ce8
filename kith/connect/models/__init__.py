"""The tables of connect, by subject."""

from kith.connect.models.announcing import Announcement, Copy
from kith.connect.models.columns import (
    ImageUse,
    SpaceAuthor,
)
from kith.connect.models.searching import Words
from kith.connect.models.talk import (
    Draft,
    Image,
    News,
    Post,
    Space,
    Thank,
)

__all__ = [
    "Announcement",
    "Copy",
    "Draft",
    "Image",
    "ImageUse",
    "News",
    "Post",
    "Space",
    "SpaceAuthor",
    "Thank",
    "Words",
]
