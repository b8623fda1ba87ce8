"""Reads of gather, by subject."""

from kith.gather.queries.entering import (
    application_of,
    applied,
    count_waiting,
    decided,
    waiting,
)

__all__ = [
    "application_of",
    "applied",
    "count_waiting",
    "decided",
    "waiting",
]
