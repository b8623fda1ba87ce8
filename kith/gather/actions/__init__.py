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

__all__ = [
    "accept_invitation",
    "apply",
    "claim",
    "claim_of",
    "decide",
    "invitation_of",
    "invite",
    "join",
    "offer_claim",
]
