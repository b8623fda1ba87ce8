"""What crosses the door of gather, by subject."""

from kith.gather.data.entering import (
    AlreadyApplied,
    AlreadyDecided,
    AnswersMissing,
    Applied,
    EnterByAnotherDoor,
    InvitationOnly,
    LinkExpired,
    NothingToClaim,
    OperatorsOnly,
    STATES,
)

__all__ = [
    "AlreadyApplied",
    "AlreadyDecided",
    "AnswersMissing",
    "Applied",
    "EnterByAnotherDoor",
    "InvitationOnly",
    "LinkExpired",
    "NothingToClaim",
    "OperatorsOnly",
    "STATES",
]
