"""What crosses the door of gather about invitations, who came by whom, and sponsors."""

from dataclasses import dataclass
from datetime import datetime

from kith.lib.errors import NotAllowed, NotFound, Refusal

COMING_WAYS = ("link", "poster", "sponsor")
SPONSOR_STATES = ("asked", "confirmed", "declined")
NOTE_LIMIT = 60
ACTIVE_DAYS = 30  # who did something within so many days has stayed active


@dataclass(frozen=True, slots=True)
class InvitationValue:
    """A link somebody made; `note` is for themselves. Its token is kept nowhere."""

    id: int
    by_id: int
    by: str
    note: str
    uses: int
    uses_left: int
    came: int
    made_at: datetime
    expires_at: datetime
    withdrawn_at: datetime | None = None

    def is_open(self, now: datetime) -> bool:
        return self.withdrawn_at is None and self.uses_left > 0 and self.expires_at > now


@dataclass(frozen=True, slots=True)
class Quota:
    """How many people somebody may have invited at a time (None: as many as they like), and how many may still come."""

    most: int | None
    out: int

    @property
    def left(self) -> int | None:
        return None if self.most is None else max(0, self.most - self.out)


@dataclass(frozen=True, slots=True)
class CameBy:
    """Somebody came in by somebody: by a link, by a poster, or vouched for. `way` is one of COMING_WAYS."""

    person_id: int
    host_id: int
    way: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Branch:
    """Somebody in the tree of who brought whom: `brought` by themselves, `below` in all. Roots have neither host nor way."""

    person_id: int
    depth: int
    brought: int
    below: int
    host_id: int | None = None
    way: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Inviting:
    """What came of somebody's inviting within some dates: `made` links for `places` people; of those who `came`, who is still
    a member, who stayed active, who was banned. `person_id` is None in the sum over all.
    """

    person_id: int | None
    made: int = 0
    places: int = 0
    came: int = 0
    stayed: int = 0
    active: int = 0
    banned: int = 0


@dataclass(frozen=True, slots=True)
class Sponsorship:
    """Somebody who applies names a member as their sponsor; `state` is one of SPONSOR_STATES."""

    application_id: int
    name: str
    made_at: datetime
    state: str
    decided: str


class QuotaReached(Refusal):
    sentence = "You may have %(most)s invitations out at a time, and %(out)s are. Wait for one to be used, or take one back."
    status = 409


class NoSuchInvitation(NotFound):
    sentence = "There is no such invitation here."


class InvitationOver(Refusal):
    sentence = "This invitation has ended already."
    status = 409


class OnlyTheirInvitation(NotAllowed):
    sentence = "Only who made an invitation, and who runs the community, may take it back."


class NoSuchSponsor(Refusal):
    sentence = "No member here is called “%(name)s”. Ask them for their name after the @."


class SponsorMissing(Refusal):
    sentence = "This community wants a member who vouches for you: say who."


class NotNamed(NotFound):
    sentence = "Nobody named you as their sponsor there."


class SponsorAnswered(Refusal):
    sentence = "You have answered already, or the application was decided."
    status = 409
