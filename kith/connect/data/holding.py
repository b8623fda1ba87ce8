"""What crosses the door about texts that wait to be read."""

from dataclasses import dataclass
from datetime import datetime

from kith.lib.errors import NotFound, Refusal

HELD_STATES = ("waiting", "approved", "declined")


@dataclass(frozen=True, slots=True)
class HeldText:
    """A newcomer's text that waits, or waited; `root_id` is the thread it goes to, `post_id` what it became."""

    id: int
    author_id: int
    author: str
    kind: str
    text: str
    at: datetime
    state: str
    space: str = ""
    root_id: int | None = None
    reason: str = ""
    decided_at: datetime | None = None
    decided_by: str = ""
    post_id: int | None = None


class HeldForReading(Refusal):
    sentence = "Thank you. Somebody who runs the community reads the first texts of newcomers; yours is kept and appears once it is read."
    status = 202


class NotWhileNew(Refusal):
    sentence = "Your first texts here are read before others see them, so they cannot be changed yet."
    status = 409


class PlainFirst(Refusal):
    sentence = "Your first texts here are read before others see them, so begin with a plain post."
    status = 409


class HeldGone(NotFound):
    sentence = "This text does not wait here."


class AlreadyRead(Refusal):
    sentence = "Somebody has decided on this text already."
    status = 409


class AuthorGone(Refusal):
    sentence = "Its author is not a member any more."
    status = 409
