"""What crosses the door about flags: cases, decisions, appeals."""

from dataclasses import dataclass
from datetime import datetime

from kith.lib.errors import NotAllowed, NotFound, Refusal

OUTCOMES = ("left", "removed", "muted", "banned")
APPEAL_DAYS = 14
APPEAL_LIMIT = 1000
NOTE_LIMIT = 300


@dataclass(frozen=True, slots=True)
class FlagValue:
    """Somebody said that a text breaks a rule: the agreement's title as it was, empty where there is none."""

    by_id: int
    by: str
    rule: str
    note: str
    at: datetime


@dataclass(frozen=True, slots=True)
class CaseValue:
    """A flagged text: open, dismissed or upheld; what came of it (OUTCOMES), and of the author's appeal (open, granted, refused)."""

    id: int
    post_id: int
    root_id: int
    author_id: int
    author: str
    text: str
    state: str
    opened_at: datetime
    is_blurred: bool
    flags: tuple[FlagValue, ...] = ()
    outcome: str = ""
    reason: str = ""
    decided_at: datetime | None = None
    decided_by_id: int | None = None
    decided_by: str = ""
    appeal: str = ""
    appeal_state: str = ""
    appealed_at: datetime | None = None
    appeal_reason: str = ""
    appeal_by: str = ""


class RuleMissing(Refusal):
    sentence = "Say which agreement it breaks."


class NotOwnFlag(Refusal):
    sentence = "Your own words you can change or take back."


class AlreadyFlagged(Refusal):
    sentence = "You have flagged this before; it is being looked at, or was decided on."
    status = 409


class CaseGone(NotFound):
    sentence = "There is no such case here."


class CaseDecided(Refusal):
    sentence = "Somebody has decided on this already."
    status = 409


class NotOwnCase(NotAllowed):
    sentence = "Nobody decides about their own words."


class AnotherMustDecide(NotAllowed):
    sentence = "An appeal is decided by somebody else than who decided first."


class UnknownOutcome(Refusal):
    sentence = "There is no decision called “%(outcome)s”."


class NothingToAppeal(Refusal):
    sentence = "There is nothing to appeal against: no decision against you, or one that was appealed before."
    status = 409


class AppealTooLate(Refusal):
    sentence = "An appeal is possible within %(days)s days of the decision."
    status = 409


class EmptyAppeal(Refusal):
    sentence = "Say in a few words why the decision is wrong."
