"""Gates of spaces, and columns."""

from datetime import datetime

from ninja import Schema
from pydantic import Field

from kith.rest.schemas.authors import Author
from kith.rest.schemas.talk import Lock


class Gate(Schema):
    space_id: int
    name: str
    is_column: bool = Field(description="Its posts are written by its authors, in order.")
    reads: str = Field(description="Who may read it.", examples=["all", "members", "plan", "tier"])
    needs: str = Field(description="The short name of the membership it takes.")
    tier_from: int = Field(description="The lowest tier that may read it.")
    called: str
    preview_chars: int


class GatedSpace(Schema):
    """A space with its gate."""

    gate: Gate
    about: str
    is_archived: bool
    authors: list[Author]
    posts: int
    lock: Lock | None = Field(description="What closes it to you; null where you may read it.")
    may_write: bool


class GatedSpaces(Schema):
    spaces: list[GatedSpace]


class Entry(Schema):
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


class Column(Schema):
    space: GatedSpace
    entries: list[Entry] = Field(description="The first first; at most 500.")
