"""What crosses the door of gather."""

from dataclasses import dataclass
from datetime import datetime

from kith.lib.errors import NotAllowed, NotFound, Refusal

STATES = ("pending", "admitted", "declined")


@dataclass(frozen=True, slots=True)
class Applied:
    """An application with the questions as they were asked. `state` is one of STATES.

    `sponsor_named` is whom they wrote they know; `sponsor_id` who that is, with `sponsor_state` one of SPONSOR_STATES.
    """

    id: int
    person_id: int
    name: str
    answers: list[tuple[str, str]]
    made_at: datetime
    state: str
    reason: str = ""
    decided_at: datetime | None = None
    decided_by: str = ""
    sponsor_named: str = ""
    sponsor_id: int | None = None
    sponsor: str = ""
    sponsor_state: str = ""


class EnterByAnotherDoor(NotAllowed):
    sentence = "This community is not entered this way."


class InvitationOnly(NotAllowed):
    sentence = "This community is entered by invitation."


class AnswersMissing(Refusal):
    sentence = "Please answer every question."


class AlreadyApplied(Refusal):
    sentence = "You have applied already; the answer is on its way."
    status = 409


class AlreadyDecided(Refusal):
    sentence = "Somebody has decided on this application already."
    status = 409


class LinkExpired(NotFound):
    sentence = "This link is not valid, or it has expired. Ask for a new one."


class NothingToClaim(Refusal):
    sentence = "There is nothing to claim: this member has an account."
    status = 409


class OperatorsOnly(NotAllowed):
    sentence = "Only the founder and operators may do this."
