"""Writes of gather, by subject."""

from kith.gather.actions.agreements import (
    accept_agreements,
    decline_agreements,
    retire_agreement,
    write_agreement,
)
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
from kith.gather.actions.sanctions import (
    lift,
    sanction,
    set_limits,
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
    "accept_agreements",
    "accept_invitation",
    "apply",
    "checked_limit",
    "checked_right",
    "claim",
    "claim_of",
    "climb",
    "decide",
    "decline_agreements",
    "hold",
    "invitation_of",
    "invite",
    "join",
    "lift",
    "may",
    "offer_claim",
    "release",
    "retire_agreement",
    "sanction",
    "set_limits",
    "settle",
    "settle_everybody",
    "settle_touched",
    "write_agreement",
    "write_ladder",
]
