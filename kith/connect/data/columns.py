"""Columns, and gates of spaces."""

from dataclasses import dataclass
from datetime import datetime

from kith.connect.data.gates import Gate, Lock
from kith.connect.data.talk import Author
from kith.lib.errors import NotAllowed, Refusal


@dataclass(frozen=True, slots=True)
class GatedSpace:
    """A space with its gate; a column (专栏) is one whose posts are written by its authors, in order. `lock` and `may_write` are the reader's."""

    gate: Gate
    about: str
    is_archived: bool
    authors: tuple[Author, ...]
    posts: int
    lock: Lock | None
    may_write: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """A post of a column in its list: the `n`th, by its title."""

    n: int
    id: int
    title: str
    preview: str
    author: Author
    at: datetime
    is_free: bool
    is_locked: bool
    replies: int
    thanks: int


@dataclass(frozen=True, slots=True)
class Column:
    """A space with its posts, the first first."""

    space: GatedSpace
    entries: tuple[Entry, ...]


class Locked(NotAllowed):
    sentence = "This is for “%(called)s”. Join it first."


class AuthorsOnly(NotAllowed):
    sentence = "Only its authors write in this column."


class BadGate(Refusal):
    sentence = "Say who may read it: everybody, members, a membership by its short name, or a tier; a preview has at most 1,000 characters."


class NoSuchAuthor(Refusal):
    sentence = "Nobody here is called “%(handle)s”."
