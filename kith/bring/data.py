"""What a reader of a file yields, and every way a file can be refused."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from kith.lib.errors import Refusal

TEXT_LIMIT = 20_000
ID_LIMIT = 200


@dataclass(frozen=True, slots=True)
class ActLine:
    """One directed act. `key` is a digest of its fields: equal lines have equal keys, whoever counts them."""

    line: int
    key: str
    at: datetime
    actor: str
    other: str
    kind: str
    weight: float | None


@dataclass(frozen=True, slots=True)
class MessageLine:
    """One message. `reply_to` is the key of another message, `quotes` and `mentions` are ids of people.

    `quotes` names a person whose words are repeated when the very message cannot be identified.
    """

    line: int
    key: str
    at: datetime
    author: str
    text: str
    author_name: str = ""
    reply_to: str = ""
    mentions: tuple[str, ...] = ()
    quotes: str = ""
    channel: str = ""
    is_bot: bool = False


@dataclass(frozen=True, slots=True)
class MemberLine:
    """A person on a roster, whether or not they ever spoke. Empty: the file does not say."""

    line: int
    external_id: str
    name: str
    email: str = ""
    is_bot: bool = False


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that was skipped; `reason` is one of REASONS."""

    line: int
    reason: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """Something about the file as a whole that its owner should know; `code` is one of NOTES."""

    code: str
    facts: Mapping[str, object] = field(default_factory=dict)


Item = ActLine | MessageLine | MemberLine | BadLine | Note

# English msgids; the page and the command translate them.
REASONS = {
    "self_act": "from and to are the same person",
    "no_from": "nobody is named as the one who acts",
    "no_to": "nobody is named as the other side",
    "bad_time": "the time cannot be read",
    "before_1990": "the time is before 1990",
    "in_future": "the time is more than a day ahead",
    "bad_weight": "the weight is not a number of zero or more",
    "few_columns": "the line has too few columns",
    "not_utf8": "the line is not UTF-8 text",
    "bad_csv": "the quotation marks or the length of a field are wrong",
    "bad_json": "the line is not a JSON object",
    "no_text": "there is no text",
    "too_long": "the entry is too long to be a message",
    "bad_entry": "the entry has not the expected shape",
}
NOTES = {
    "possibly_stale": "The exporter says that the file may lack the newest messages (%(status)s).",
    "events_skipped": "%(count)s notices of the system (joins, renames and the like) were left out.",
    "media_skipped": "%(count)s pictures, voices, stickers and other messages without text were left out.",
    "text_cut": "%(count)s messages were longer than %(limit)s characters and were cut.",
    "quotes_unknown": "%(count)s quotes point at messages that could not be told apart.",
}


class UnknownFormat(Refusal):
    sentence = "The format “%(format)s” is not known; there are: %(known)s."


class UnreadableFile(Refusal):
    sentence = "The file “%(name)s” cannot be opened: %(reason)s."


class EmptyFile(Refusal):
    sentence = "The file “%(name)s” is empty."


class DamagedFile(Refusal):
    sentence = "The file “%(name)s” is damaged or cut off: %(reason)s."


class NotText(Refusal):
    sentence = "The file “%(name)s” is not UTF-8 text; save it as UTF-8 and try again."


class LineTooLong(Refusal):
    sentence = "Line %(line)s is longer than %(limit)s bytes; this is not a file of the chosen format."


class FileTooBig(Refusal):
    sentence = "Unpacked, the file grows past %(limit)s; it is refused as unsafe."


class UnknownColumns(Refusal):
    sentence = "The columns %(columns)s are not understood; needed are: %(needed)s."


class NotAnArchive(Refusal):
    sentence = "“%(name)s” is not an export that can be read: %(reason)s."


class UnsafeArchive(Refusal):
    sentence = "The archive holds an entry that is refused as unsafe: %(entry)s."


class BrokenJson(Refusal):
    sentence = "The file is not valid JSON near character %(position)s: %(reason)s."
