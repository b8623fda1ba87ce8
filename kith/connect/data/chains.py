"""What crosses the door about chains (接龙): one list that everybody writes their own line in."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from kith.lib.errors import NotAllowed, NotFound, Refusal

SEEN_BY = ("all", "members", "own")
PATTERN_LIMIT, EXAMPLE_LIMIT, VALUE_LIMIT = 120, 120, 60
COLUMNS_LIMIT = 8
CAP_LIMIT = 100_000
LINES_EACH = 20  # of one person, who may write for friends
PASTED_LIMIT = 500  # lines of one text


@dataclass(frozen=True, slots=True)
class ChainColumn:
    """A field of a line. `must` be filled; `is_number` takes whole numbers."""

    name: str
    must: bool = False
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class ChainLine:
    """A line. `person_id` is whose it is, None for a name that was pasted and is no member's; `mine` is the reader's to change."""

    id: int
    n: int
    values: tuple[str, ...]
    person_id: int | None
    by_name: str
    at: datetime
    mine: bool


@dataclass(frozen=True, slots=True)
class ChainValue:
    """A chain without its lines. `taken` counts lines, or with `counts_quantity` the sum of the first number column."""

    kind: ClassVar[str] = "chain"
    columns: tuple[ChainColumn, ...]
    example: str
    cap: int | None
    counts_quantity: bool
    closes_at: datetime | None
    closed_at: datetime | None
    seen_by: str
    taken: int

    @property
    def pattern(self) -> str:
        """Return the pattern as it is written, `*` after what must be filled."""
        return "-".join(c.name + ("*" if c.must else "") for c in self.columns)

    @property
    def left(self) -> int | None:
        return None if self.cap is None else self.cap - self.taken

    def is_open(self, now: datetime) -> bool:
        return self.closed_at is None and (self.closes_at is None or now < self.closes_at)


@dataclass(frozen=True, slots=True)
class ChainPage:
    """A chain with the lines its reader may see, in their order; `hidden` says that there are others. `runs` may change all of it."""

    post_id: int
    title: str
    value: ChainValue
    lines: tuple[ChainLine, ...]
    hidden: bool
    runs: bool
    is_open: bool
    text: str


@dataclass(frozen=True, slots=True)
class PastedLine:
    """A line read from a pasted text. `problem`: missing, not_number, known or full; "" for one that can be taken."""

    values: tuple[str, ...]
    raw: str
    name: str
    person_id: int | None
    problem: str


@dataclass(frozen=True, slots=True)
class Pasted:
    """What a pasted text comes to; `taken` is how many lines were taken, None for a preview."""

    title: str
    note: str
    lines: tuple[PastedLine, ...]
    gaps: tuple[int, ...]
    taken: int | None = None

    @property
    def good(self) -> int:
        return sum(not line.problem for line in self.lines)


class BadPattern(Refusal):
    sentence = "Write the pattern as names with hyphens between, at most %(limit)s of them: Name-Quantity."


class BadCap(Refusal):
    sentence = "The most a chain takes is a whole number from 1 to %(limit)s."


class CapBelowTaken(Refusal):
    sentence = "%(taken)s are taken already: the most cannot be less."
    status = 409


class ClosesInThePast(Refusal):
    sentence = "It would be closed already: choose a moment to come."


class NotAChain(Refusal):
    sentence = "This post is no chain."


class ChainClosed(Refusal):
    sentence = "This chain is closed: no line is added or changed any more."
    status = 409


class ChainFull(Refusal):
    sentence = "There is no room for this: %(left)s are left."
    status = 409


class FieldMissing(Refusal):
    sentence = "“%(field)s” must be filled."


class NotANumber(Refusal):
    sentence = "“%(field)s” takes a whole number from 1 to %(limit)s."


class TooManyLines(Refusal):
    sentence = "One person writes at most %(limit)s lines here."
    status = 409


class NoSuchLine(NotFound):
    sentence = "There is no such line in this chain."


class NotYourLine(NotAllowed):
    sentence = "Only whose line it is, or who started the chain, may change it."


class OnlyTheStarter(NotAllowed):
    sentence = "Only who started this, or an operator, may do that."


class NothingPasted(Refusal):
    sentence = "There is no line to take in this text: lines begin with their number, as WeChat writes them."
