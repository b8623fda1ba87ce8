"""A sale that is disputed."""

from dataclasses import dataclass
from datetime import datetime

from kith.lib.errors import NotFound, Refusal

DISPUTE_STATES = ("open", "won", "lost")


class NoSuchDispute(NotFound):
    sentence = "There is no such dispute here, or it has ended."


class DisputedAlready(Refusal):
    sentence = "This order is disputed already."
    status = 409


class ReasonMissing(Refusal):
    sentence = "Write what the dispute is about."


@dataclass(frozen=True, slots=True)
class DisputeValue:
    """A complaint about a paid order: open, or ended in our favour (won) or the buyer's (lost)."""

    id: int
    order_no: str
    provider: str
    amount_minor: int
    reason: str
    state: str
    opened_at: datetime
    ended_at: datetime | None
