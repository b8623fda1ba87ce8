"""Decisions of gather, by subject. Pure."""

from kith.gather.rules.entering import (
    CLAIM_DAYS,
    INVITATION_DAYS,
    checked_answers,
    digest,
    lifetime,
    new_token,
)
from kith.gather.rules.tiers import (
    check_days,
    checked_drafts,
    checked_limits,
    checked_rights,
    decide,
    following,
    has_right,
    limit_of,
    lines,
    meets,
    proposed,
    reached,
    spread,
)

__all__ = [
    "CLAIM_DAYS",
    "INVITATION_DAYS",
    "check_days",
    "checked_answers",
    "checked_drafts",
    "checked_limits",
    "checked_rights",
    "decide",
    "digest",
    "following",
    "has_right",
    "lifetime",
    "limit_of",
    "lines",
    "meets",
    "new_token",
    "proposed",
    "reached",
    "spread",
]
