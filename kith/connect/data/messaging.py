"""Direct messages and bookmarks."""

from dataclasses import dataclass, field
from datetime import datetime

from kith.connect.data.talk import Author, Said
from kith.lib.errors import NotAllowed, NotFound, Refusal

NOTE_LIMIT = 200


@dataclass(frozen=True, slots=True)
class MessageValue:
    """A message as one of the two sees it. `html` is clean; a deleted one keeps its place without words."""

    id: int
    by: Author
    text: str
    html: str
    at: datetime
    mine: bool
    is_deleted: bool
    is_reported: bool


@dataclass(frozen=True, slots=True)
class Correspondent:
    """Somebody one writes with: the beginning of the last message, how many are unread; `blocked` is one's own doing."""

    who: Author
    last_at: datetime
    excerpt: str
    unread: int
    blocked: bool = False


@dataclass(frozen=True, slots=True)
class Letters:
    """The messages of two people, oldest first; `earlier` is the id to go on before, None at the beginning."""

    who: Author
    messages: list[MessageValue] = field(default_factory=list)
    earlier: int | None = None
    blocked: bool = False


@dataclass(frozen=True, slots=True)
class Kept:
    """A bookmark: what was kept, with the note."""

    id: int
    said: Said
    note: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Keeping:
    """One page of bookmarks, newest first; `next` is the id to go on before."""

    kept: list[Kept]
    next: int | None = None


class NotToOneself(Refusal):
    sentence = "A message goes to somebody else."


class TakesNoMessages(NotAllowed):
    sentence = "This person takes no messages from you."


class BlockedByYou(NotAllowed):
    sentence = "You take no messages from this person. Unblock them to write."


class TooManyMessages(Refusal):
    sentence = "That is more than %(limit)s messages within an hour. Wait a while."
    status = 429


class TooManyConversations(Refusal):
    sentence = "Who is new may begin %(limit)s conversations a day. Answer in the open, or wait until tomorrow."
    status = 429


class MessageGone(NotFound):
    sentence = "This message is not here any more."


class NoteTooLong(Refusal):
    sentence = "A note has at most %(limit)s characters."
