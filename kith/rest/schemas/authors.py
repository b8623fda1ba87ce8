"""Who said something."""

from ninja import Schema
from pydantic import Field


class Author(Schema):
    person_id: int
    name: str
    handle: str = Field(description="Empty for somebody who left.")
    chapter: str
    headline: str
    is_bot: bool
