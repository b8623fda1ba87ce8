"""What crosses the door about announcements."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from kith.lib.errors import NotFound, Refusal

GROUPS_LIMIT = 100
GROUP_NAME_LIMIT = 60
PIN_DAYS_LIMIT = 365


@dataclass(frozen=True, slots=True)
class CopyTo:
    """A group outside to which an announcement is copied by hand; `done_at` None: not yet."""

    id: int
    group: str
    done_at: datetime | None
    done_by: str


@dataclass(frozen=True, slots=True)
class AnnouncementValue:
    """What an announcement has besides its text. `copies` are told to who runs the community only."""

    kind: ClassVar[str] = "announcement"
    pinned_until: datetime | None
    copies: tuple[CopyTo, ...] = ()

    @property
    def done(self) -> int:
        return sum(c.done_at is not None for c in self.copies)


class PinTooLong(Refusal):
    sentence = "A pin lasts at most %(days)s days from now."


class TooManyGroups(Refusal):
    sentence = "At most %(limit)s groups."


class NoSuchCopy(NotFound):
    sentence = "There is no such group on the list of this announcement."


class NotAnAnnouncement(Refusal):
    sentence = "This is not an announcement."
