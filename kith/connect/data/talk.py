"""What crosses the door of connect."""

from dataclasses import dataclass, field
from datetime import datetime

from kith.connect.data.gates import Lock
from kith.connect.data.spaces import SpaceValue
from kith.lib.errors import NotAllowed, NotFound, Refusal

TEXT_LIMIT = 20_000
WHY_LIMIT = 140


@dataclass(frozen=True, slots=True)
class Author:
    person_id: int
    name: str
    handle: str
    chapter: str = ""
    headline: str = ""
    is_bot: bool = False


@dataclass(frozen=True, slots=True)
class Quoted:
    id: int
    author: str
    excerpt: str


@dataclass(frozen=True, slots=True)
class Said:
    """A post, or with `root_id` a reply in its thread. `html` is clean and may be shown as it is.

    `thanked` and `mine` are the reader's. A deleted one keeps its place with empty texts. `extra` is what a kind that is
    more than a text has besides it (AnnouncementValue …). With a `lock` its texts are a preview, or nothing.
    """

    id: int
    root_id: int | None
    kind: str
    author: Author
    text: str
    html: str
    at: datetime
    edited_at: datetime | None
    is_deleted: bool
    version: int
    replies: int
    thanks: int
    space: str = ""
    answer_id: int | None = None
    quoted: Quoted | None = None
    thanked: bool = False
    mine: bool = False
    latest: tuple["Said", ...] = ()
    space_id: int | None = None
    extra: object = None
    lock: Lock | None = None
    is_free: bool = False
    is_blurred: bool = False

    @property
    def is_answered(self) -> bool:
        return self.answer_id is not None


@dataclass(frozen=True, slots=True)
class Head:
    """As little of a post as tells whether a card of it that was kept is still good; `thanked`, `mark` and `is_locked` are the reader's.

    `at_us` are microseconds since 1970: thirty moments with time zones cost more than all else that is read.
    """

    id: int
    version: int
    author_id: int
    at_us: int
    thanked: bool
    mark: str = ""
    is_locked: bool = False


@dataclass(frozen=True, slots=True)
class Heads:
    """One page of heads, newest first; `next` is the cursor of the page after, "" on the last."""

    heads: list[Head]
    next: str = ""


@dataclass(frozen=True, slots=True)
class Feed:
    """One page of posts, newest first; `next` is the cursor of the page after, "" on the last."""

    posts: list[Said]
    next: str = ""


@dataclass(frozen=True, slots=True)
class Thread:
    """A post with its replies, oldest first."""

    post: Said
    replies: list[Said] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Thanked:
    """Who thanked, with the words why."""

    by: Author
    why: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Draft:
    """A text begun. `key` names what it will become: sending the same key twice says it once."""

    place: str
    text: str
    kind: str
    key: str
    saved_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Opened:
    """What a feed opens with: its first heads, the reader's draft of a new post, the spaces, and the announcements that
    stand above the rest.
    """

    heads: Heads
    draft: Draft | None
    spaces: tuple[SpaceValue, ...] = ()
    pinned: tuple[Head, ...] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """An image kept: `path` is below the media folder, `width` and `height` in pixels."""

    digest: str
    path: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Happening:
    """What open pages are told: `kind` is post, reply, edit, delete, thank or answer; `root_id` names the thread."""

    id: int
    kind: str
    root_id: int
    post_id: int


@dataclass(frozen=True, slots=True)
class Line:
    """A text to bring in from elsewhere, already clean; plain, or markdown where it says so.

    `key` (at most 80 characters) names it once and for all within the community; `to_key` names the line it answers;
    `thread_key` the line that began the thread it stands in, which ties it to nobody; `mentions` are the ids of the
    people it calls.
    """

    key: str
    author_id: int
    text: str
    at: datetime
    space: str = ""
    kind: str = "talk"
    to_key: str = ""
    mentions: tuple[int, ...] = ()
    thread_key: str = ""
    is_markdown: bool = False


@dataclass(frozen=True, slots=True)
class Brought:
    """How many lines were new and how many the community had."""

    new: int
    known: int


@dataclass(frozen=True, slots=True)
class BroughtThanks:
    """Thanks to bring in: `author_id` wrote the post."""

    post_id: int
    author_id: int
    by_id: int
    why: str
    at: datetime


@dataclass(frozen=True, slots=True)
class BroughtAnswer:
    """An accepted answer to bring in: `asker_id` wrote the ask, `author_id` the reply."""

    ask_id: int
    asker_id: int
    reply_id: int
    author_id: int
    at: datetime


class EmptyText(Refusal):
    sentence = "There is nothing to send yet: write something first."


class TextTooLong(Refusal):
    sentence = "That is longer than %(limit)s characters; please shorten it."


class NotYours(NotAllowed):
    sentence = "Only its author may change this."


class PostGone(NotFound):
    sentence = "This post is not here any more."


class SentAlready(Refusal):
    sentence = "This draft was sent already from another window. Your text is kept below as a new draft."
    status = 409


class NoThanksToSelf(Refusal):
    sentence = "Thanks go to somebody else."


class NotAnAsk(Refusal):
    sentence = "Only an ask can have an accepted answer."


class NotAReplyHere(Refusal):
    sentence = "The answer must be a reply to this ask."


class AskersChoice(NotAllowed):
    sentence = "Only the one who asked, or an operator, may accept an answer."


class MembersOnly(NotAllowed):
    sentence = "Only members may do this. Join first."


class NotAnImage(Refusal):
    sentence = "This file is not an image we can read (PNG, JPEG, GIF or WebP)."
    status = 415


class ImageTooLarge(Refusal):
    sentence = "This image is too large: at most %(megabytes)s MB and %(megapixels)s megapixels."
    status = 413
