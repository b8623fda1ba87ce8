"""What is found, told and kept: search, notifications, messages, bookmarks."""

from datetime import datetime

from ninja import Schema
from pydantic import Field

from kith.rest.fields import Kind
from kith.rest.schemas.talk import Author


class Piece(Schema):
    words: str
    is_hit: bool


class Hit(Schema):
    id: int
    root_id: int | None = Field(description="The thread a reply stands in.")
    kind: Kind
    author: Author
    at: datetime
    space: str
    pieces: list[Piece] = Field(description="An excerpt as written, in pieces; escape each where it is shown.")

    @staticmethod
    def resolve_pieces(hit: object) -> list[dict[str, object]]:
        return [{"words": words, "is_hit": is_hit} for words, is_hit in getattr(hit, "pieces", ())]


class Found(Schema):
    hits: list[Hit]
    people: list[Author] = Field(description="On the first page, unless an author or a kind is asked for.")
    next: str = Field(description="Send it as `before`; empty on the last page.")
