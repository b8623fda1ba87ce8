"""Writes of gather, by subject."""

from kith.gather.actions.entering import (
    accept_invitation,
    apply,
    claim,
    claim_of,
    decide,
    invitation_of,
    invite,
    join,
    offer_claim,
)
from kith.gather.actions.tiers import (
    checked_limit,
    checked_right,
    climb,
    hold,
    may,
    release,
    settle,
    settle_everybody,
    settle_touched,
    write_ladder,
)

__all__ = [
    "accept_invitation",
    "apply",
    "checked_limit",
    "checked_right",
    "claim",
    "claim_of",
    "climb",
    "decide",
    "hold",
    "invitation_of",
    "invite",
    "join",
    "may",
    "offer_claim",
    "release",
    "settle",
    "settle_everybody",
    "settle_touched",
    "write_ladder",
]
