"""What crosses the door about posters: codes that carry an inviter and a campaign."""

from dataclasses import dataclass
from datetime import datetime

from kith.lib.errors import NotAllowed, NotFound, Refusal

CAMPAIGN_LIMIT = 40
MOST_POSTERS = 50
LETS_IN_LIMIT = 500


@dataclass(frozen=True, slots=True)
class Poster:
    """A code of one inviter for one campaign, and what came of it. `lets_in`: so many more come in at once by it.

    `seen` are openings by people, `came` who asked to come in or came in, `stayed` who of them are members now.
    """

    id: int
    code: str
    by_id: int
    by_name: str
    campaign: str
    made_at: datetime
    closed_at: datetime | None
    lets_in: int
    seen: int
    came: int
    stayed: int


class NoSuchPoster(NotFound):
    sentence = "This poster's code leads nowhere: it was closed, or never was."


class TooManyPosters(Refusal):
    sentence = "You have %(limit)s posters already. Close one that is no longer hung up."
    status = 409


class OnlyTheirPoster(NotAllowed):
    sentence = "Only whose poster it is, or an operator, may close it."


class MayNotInvite(NotAllowed):
    sentence = "Only the founder and operators invite here: this community is entered by invitation."
