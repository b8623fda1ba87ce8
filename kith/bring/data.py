"""What a reader of a file yields, and every way a file can be refused."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from kith.lib.errors import NotAllowed, NotFound, Refusal

TEXT_LIMIT = 20_000
ID_LIMIT = 200
ORIGIN_LIMIT = 30


@dataclass(frozen=True, slots=True)
class ActLine:
    """One directed act. `key` is a digest of its fields: equal lines have equal keys, whoever counts them.

    `channel` is that of the message an act belongs to, where there is one.
    """

    line: int
    key: str
    at: datetime
    actor: str
    other: str
    kind: str
    weight: float | None = None
    channel: str = ""


@dataclass(frozen=True, slots=True)
class MessageLine:
    """One message. `reply_to` is the key of another message, `quotes` and `mentions` are ids of people.

    `quotes` names a person whose words are repeated when the very message cannot be identified. `thread` is the key of
    the message that begins the thread, for those who stand in it without answering anybody.
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
    thread: str = ""
    is_markdown: bool = False


@dataclass(frozen=True, slots=True)
class MemberLine:
    """A person on a roster, whether or not they ever spoke. Empty: the file does not say.

    `channel`: where they were met, in files whose only roster is who appears.
    """

    line: int
    external_id: str
    name: str
    email: str = ""
    is_bot: bool = False
    chapter: str = ""
    headline: str = ""
    joined_at: datetime | None = None
    channel: str = ""
    handle: str = ""


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
    "no_member": "there is neither a name nor an identifier",
    "twice": "this identifier stands in the file already",
    "same_name": "somebody of this name stands in the file already, and no identifier tells them apart",
}
NOTES = {
    "possibly_stale": "The exporter says that the file may lack the newest messages (%(status)s).",
    "events_skipped": "%(count)s notices of the system (joins, renames and the like) were left out.",
    "private_skipped": "%(count)s private messages were left out: they belong to those who wrote them.",
    "deleted_skipped": "%(count)s texts that were deleted or hidden there were left out.",
    "media_skipped": "%(count)s pictures, voices, stickers and other messages without text were left out.",
    "gb18030": "The file is not UTF-8; it was read as GB18030, as Excel writes Chinese. Look whether the names are right.",
    "text_cut": "%(count)s messages were longer than %(limit)s characters and were cut.",
    "handles_other": "%(count)s people have another handle than the file says: it was taken, or they had one before.",
    "quotes_unknown": "%(count)s quotes point at messages that could not be told apart.",
}


@dataclass(frozen=True, slots=True)
class Options:
    """How to read a file.

    `origin` tells whose identifiers its people have: files of one origin speak of the same people, so that two groups
    that both number their members from 1 need two origins; empty: the name of the format. `spoke_next` also takes as a
    weak tie that somebody spoke within half an hour after another in the same channel. `columns` says for a table which
    column is which: its name by what it holds, "" for none. `channels` are those to take; empty: all.
    """

    origin: str = ""
    spoke_next: bool = False
    columns: Mapping[str, str] = field(default_factory=dict)
    channels: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a table: their names as they stand, and by what they can hold the one taken for it, or ""."""

    names: tuple[str, ...]
    taken: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table of people as it is read; `handle` is the one they have or get. `reason` (one of REASONS): it is skipped.

    `known_by` is the identifier, of an address only what stands before the @.
    """

    line: int
    known_by: str = ""
    name: str = ""
    handle: str = ""
    chapter: str = ""
    headline: str = ""
    joined_at: datetime | None = None
    reason: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """What an import did, or with `dry_run` would do. `bad` holds the first 100 bad lines, `bad_reasons` counts all.

    `kinds` counts the acts of the file by the kind they are kept as, `unknown_kinds` those kept as "other" by the
    word the file has. An act or a message that was there before is `known`. `described` counts people whose chapter,
    headline or date of joining a list gave, `channels` the messages of every channel, also those not taken (the
    first 200 channels). `rows`: of a table of people, in a dry run, the first rows.
    """

    batch_id: int | None
    community: str
    format: str
    origin: str
    file_name: str
    dry_run: bool
    people_new: int = 0
    people_known: int = 0
    acts_new: int = 0
    acts_known: int = 0
    messages_new: int = 0
    messages_known: int = 0
    kinds: Mapping[str, int] = field(default_factory=dict)
    unknown_kinds: Mapping[str, int] = field(default_factory=dict)
    bad_total: int = 0
    bad_reasons: Mapping[str, int] = field(default_factory=dict)
    bad: tuple[BadLine, ...] = ()
    notes: tuple[Note, ...] = ()
    first_at: datetime | None = None
    last_at: datetime | None = None
    described: int = 0
    channels: Mapping[str, int] = field(default_factory=dict)
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class Undone:
    """What taking an import back did: acts withdrawn by new lines, messages and memberships removed."""

    batch_id: int
    acts: int
    messages: int
    people: int


@dataclass(frozen=True, slots=True)
class Past:
    """One import that was made, as lists show it."""

    id: int
    format: str
    origin: str
    file_name: str
    by: str
    started_at: datetime
    undone_at: datetime | None
    report: Report


JOB_STATES = ("waiting", "running", "done", "failed")


@dataclass(frozen=True, slots=True)
class JobValue:
    """An import a worker makes. `read` is how many entries were read so far; `fault` what it failed of: code, sentence, facts."""

    id: int
    state: str
    format: str
    path: Path
    options: Options
    by: str
    asked_at: datetime
    ended_at: datetime | None
    batch_id: int | None
    fault: Mapping[str, Any] | None
    read: int


class ImportBroke(Refusal):
    sentence = "Something went wrong on our side. Nothing was imported, and the file is still here; please try again."
    status = 500


class NoFile(Refusal):
    sentence = "Choose a file first."


class FileGone(Refusal):
    sentence = "The uploaded file is not kept any more. Please upload it again."
    status = 410


class UploadTooBig(Refusal):
    sentence = "A file of more than %(gigabytes)s GB is better imported by the command line: kith import."
    status = 413


class NoSuchJob(NotFound):
    sentence = "There is no import of this number here."


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


class UnknownEncoding(Refusal):
    sentence = "The file “%(name)s” is neither UTF-8, UTF-16 nor GB18030 text; save it as UTF-8 (in Excel: “CSV UTF-8”) and try again."


class LineTooLong(Refusal):
    sentence = "Line %(line)s is longer than %(limit)s bytes; this is not a file of the chosen format."


class FileTooBig(Refusal):
    sentence = "Unpacked, the file grows past %(limit)s; it is refused as unsafe."


class ColumnsUnclear(Refusal):
    """Which column is which must be said."""


class UnknownColumns(ColumnsUnclear):
    sentence = "The columns %(columns)s are not understood; needed are: %(needed)s."


class NoSuchColumn(ColumnsUnclear):
    sentence = "The file has no column “%(column)s”; it has: %(columns)s."


class NotATable(Refusal):
    sentence = "Only of %(formats)s can be said which column is which."


class NothingToMap(Refusal):
    sentence = "A column can be named for %(fields)s, not for “%(field)s”."


class ASpreadsheet(Refusal):
    sentence = "“%(name)s” is a spreadsheet; save it as CSV (UTF-8) and try again."


class NotAnArchive(Refusal):
    sentence = "“%(name)s” is not an export that can be read: %(reason)s."


class NotAnExport(Refusal):
    sentence = "“%(name)s” holds nothing that %(system)s writes; choose another format or another file."


class NotPlainDump(Refusal):
    sentence = (
        "“%(name)s” is a dump in a form of its own; make one in plain text (pg_dump --format=plain) and try again."
    )


class UnsafeArchive(Refusal):
    sentence = "The archive holds an entry that is refused as unsafe: %(entry)s."


class BrokenJson(Refusal):
    sentence = "The file is not valid JSON near character %(position)s: %(reason)s."


class NoSuchImport(NotFound):
    sentence = "There is no import of this number."


class UndoneAlready(Refusal):
    sentence = "This import was taken back already."
    status = 409


class StaffOnly(NotAllowed):
    sentence = "Only founders and operators may import."


class BadOrigin(Refusal):
    sentence = "An origin is at most %(limit)s visible characters."
