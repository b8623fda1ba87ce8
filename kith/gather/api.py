"""The door of gather."""

from kith.gather.actions import (
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
from kith.gather.data import (
    AlreadyApplied,
    AlreadyDecided,
    AnswersMissing,
    Applied,
    EnterByAnotherDoor,
    InvitationOnly,
    LinkExpired,
    NothingToClaim,
    OperatorsOnly,
)
from kith.gather.queries import application_of, count_waiting, decided, waiting

__all__ = [
    "AlreadyApplied", "AlreadyDecided", "AnswersMissing", "Applied", "EnterByAnotherDoor", "InvitationOnly", "LinkExpired",
    "NothingToClaim", "OperatorsOnly", "accept_invitation", "application_of", "apply", "claim", "claim_of", "count_waiting", "decide",
    "decided", "invitation_of", "invite", "join", "offer_claim", "waiting",
]  # fmt: skip
