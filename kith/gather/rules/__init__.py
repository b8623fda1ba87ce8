"""Decisions of gather, by subject. Pure."""

from kith.gather.rules.entering import (
    CLAIM_DAYS,
    INVITATION_DAYS,
    checked_answers,
    digest,
    lifetime,
    new_token,
)

__all__ = [
    "CLAIM_DAYS",
    "INVITATION_DAYS",
    "checked_answers",
    "digest",
    "lifetime",
    "new_token",
]
