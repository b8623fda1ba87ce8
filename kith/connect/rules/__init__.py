"""Decisions of connect, by subject. Pure."""

from kith.connect.rules.gates import (
    TITLE_LIMIT,
    is_grant,
    is_open,
    pictures,
    preview,
    previewed,
)
from kith.connect.rules.searching import marked, sought, tsquery
from kith.connect.rules.spaces import checked_about, checked_groups, checked_kinds, checked_pin, checked_space_name
from kith.connect.rules.texts import (
    MENTION,
    PICTURE,
    WHOLE,
    called,
    checked_kind,
    checked_plain,
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
    "TITLE_LIMIT",
    "WHOLE",
    "called",
    "checked_about",
    "checked_groups",
    "checked_kind",
    "checked_kinds",
    "checked_pin",
    "checked_plain",
    "checked_space_name",
    "checked_text",
    "excerpt",
    "is_grant",
    "is_open",
    "is_plain",
    "marked",
    "mentioned",
    "pictures",
    "plain",
    "possible_handles",
    "preview",
    "previewed",
    "rendered",
    "sought",
    "tsquery",
]
