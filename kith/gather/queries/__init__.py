"""Reads of gather, by subject."""

from kith.gather.queries.conduct import (
    SHOWN,
    accepted_at,
    agreement_versions,
    agreements,
    as_agreement,
    as_sanction,
    check_may_speak,
    check_not_banned,
    checked_to_write,
    limits,
    moment,
    open_agreements,
    running,
    sanctions,
)
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
    "SHOWN",
    "accepted_at",
    "agreement_versions",
    "agreements",
    "application_of",
    "applied",
    "as_agreement",
    "as_sanction",
    "check_may_speak",
    "check_not_banned",
    "checked_to_write",
    "count_waiting",
    "decided",
    "ladder",
    "limits",
    "moment",
    "open_agreements",
    "running",
    "sanctions",
    "tier_moves",
    "waiting",
]
