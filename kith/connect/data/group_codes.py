"""What crosses the door about group codes (活码): one address for ever, behind it the chat groups of the moment."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from kith.lib.errors import NotFound, Refusal

VALID_DAYS = 7  # how long the code of a WeChat group holds
WARNED_DAYS = 5  # after so many days, in its sixth, whoever runs the community is warned
GROUP_LIMIT = 200  # more than so many come in by invitation of a member only
MOST_GROUPS = 30


@dataclass(frozen=True, slots=True)
class ChatGroup:
    """A chat group outside, with the picture of its code. `state`: empty, fine, ageing, expired or full.

    `heads` are the members the operator last counted, `shown` to how many its code was shown since.
    """

    id: int
    name: str
    limit: int
    heads: int
    shown: int
    digest: str
    uploaded_at: datetime | None
    valid_days: int
    state: str

    @property
    def expires_at(self) -> datetime | None:
        """Return when its code runs out; None for one that does not, or is not there."""
        return self.uploaded_at + timedelta(days=self.valid_days) if self.uploaded_at and self.valid_days else None


@dataclass(frozen=True, slots=True)
class GroupCode:
    """An address that never runs out. `current_id` names the group whose code it shows now; None: there is none."""

    id: int
    code: str
    title: str
    note: str
    made_at: datetime
    closed_at: datetime | None
    groups: tuple[ChatGroup, ...]
    current_id: int | None
    visits: tuple[tuple[date, int], ...] = field(default=())

    @property
    def current(self) -> ChatGroup | None:
        return next((g for g in self.groups if g.id == self.current_id), None)

    @property
    def needs(self) -> bool:
        """Tell whether somebody has to do something: nothing is shown, or what is shown is about to run out."""
        return self.closed_at is None and (self.current is None or self.current.state == "ageing")


class NoSuchGroupCode(NotFound):
    sentence = "This group code leads nowhere: it was closed, or never was."


class NoGroupName(Refusal):
    sentence = "Give the group a name, by which you tell it from the others."


class NoCodeTitle(Refusal):
    sentence = "Say in a few words what people come into."


class NoCodeInPicture(Refusal):
    sentence = "There is no code to scan in this picture. Take the code of the group as WeChat shows it, whole."


class SameCodeAgain(Refusal):
    sentence = "This is the code that was there before: it runs out all the same. Let WeChat make a new one first."
    status = 409


class TooManyChatGroups(Refusal):
    sentence = "At most %(limit)s groups stand behind one code."
    status = 409
