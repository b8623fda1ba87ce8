"""Reads of gather, by subject."""

from kith.gather.queries.entering import (
    application_of,
    applied,
    count_waiting,
    decided,
    waiting,
)
from kith.gather.queries.tiers import (
    ladder,
    tier_moves,
)

__all__ = [
    "application_of",
    "applied",
    "count_waiting",
    "decided",
    "ladder",
    "tier_moves",
    "waiting",
]
