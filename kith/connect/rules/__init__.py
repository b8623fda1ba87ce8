"""Decisions of connect, by subject. Pure."""

from kith.connect.rules.texts import (
    MENTION,
    PICTURE,
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
    "called",
    "checked_kind",
    "checked_text",
    "excerpt",
    "is_plain",
    "mentioned",
    "plain",
    "possible_handles",
    "rendered",
]
