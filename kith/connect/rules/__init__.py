"""Decisions of connect, by subject. Pure."""

from kith.connect.rules.searching import marked, sought, tsquery
from kith.connect.rules.texts import (
    MENTION,
    PICTURE,
    WHOLE,
    called,
    checked_kind,
    checked_text,
    excerpt,
    is_plain,
    mentioned,
    plain,
    possible_handles,
    rendered,
)

__all__ = [
    "MENTION",
    "PICTURE",
    "WHOLE",
    "called",
    "checked_kind",
    "checked_text",
    "excerpt",
    "is_plain",
    "marked",
    "mentioned",
    "plain",
    "possible_handles",
    "rendered",
    "sought",
    "tsquery",
]
