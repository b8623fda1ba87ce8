"""What a search finds."""

from dataclasses import dataclass, field
from datetime import datetime

from kith.connect.data.talk import Author
from kith.lib.errors import Refusal


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for. `space` comes first in the results and, with `only_space`, alone; `author` is a handle.

    `kind` is one of KINDS or "reply"; `since` and `until` are half-open.
    """

    words: str
    author: str = ""
    space: str = ""
    only_space: bool = False
    kind: str = ""
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """A post or reply that was found. `pieces` are an excerpt as (words, is a hit), to be escaped each by itself."""

    id: int
    root_id: int | None
    kind: str
    author: Author
    at: datetime
    space: str
    pieces: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class Found:
    """One page of hits, those of the space first, then newest first; people only on the first page. `next` is its cursor, or ""."""

    hits: list[Hit] = field(default_factory=list)
    people: list[Author] = field(default_factory=list)
    next: str = ""


class NothingToLookFor(Refusal):
    sentence = "Type at least one letter or character to look for."
