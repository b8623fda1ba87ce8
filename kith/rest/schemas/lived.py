"""Values that were lived."""

from datetime import datetime

from ninja import Schema
from pydantic import Field

from kith.connect.api import LivedValue as Value


class LivedTag(Schema):
    word: str
    by_id: int
    is_authors: bool = Field(description="Said by whose text it is.")
    at: datetime


class LivedTags(Schema):
    tags: list[LivedTag] = Field(description="Earliest first.")


class Example(Schema):
    post_id: int
    beginning: str
    sayers: int


class LivedValue(Schema):
    word: str
    sentence: str
    is_held: bool = Field(description="False: it is among the values of the community no more.")
    people: int = Field(description="Whose texts it was said of, each once.")
    texts: int
    sayers: int
    witnesses: int = Field(description="Who said it of somebody else's text.")
    examples: list[Example] = Field(description="At most three that you may read.")

    @staticmethod
    def resolve_examples(value: Value) -> list[Example]:
        return [Example(post_id=p, beginning=beginning, sayers=n) for p, beginning, n in value.examples]


class LivedValues(Schema):
    since: datetime
    until: datetime
    values: list[LivedValue] = Field(description="Most people first.")
