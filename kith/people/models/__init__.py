"""The nouns every part points at, by subject."""

from kith.people.models.deeds import Deed
from kith.people.models.grants import (
    Grant,
)
from kith.people.models.places import (
    Chapter,
    Community,
    Membership,
    People,
    Person,
    Tier,
    Value,
)

__all__ = [
    "Chapter",
    "Community",
    "Deed",
    "Grant",
    "Membership",
    "People",
    "Person",
    "Tier",
    "Value",
]
