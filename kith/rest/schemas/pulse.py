"""What there is to do, introductions, and wishes."""

from datetime import datetime

from ninja import Schema
from pydantic import Field

from kith.rest.schemas.network import Who
from kith.see import api as see


class Errand(Schema):
    """Something to do for somebody by name; without an owner a dropped one has lapsed."""

    id: int
    kind: str
    title: str
    reason: str = Field(description="Why, in words.")
    who: Who
    other: Who | None
    source: str
    state: str
    owner: Who | None
    note: str
    made_at: datetime
    taken_at: datetime | None
    ended_at: datetime | None
    came_back: bool | None = Field(description="Whether they acted within two weeks; null while nobody can know.")

    @staticmethod
    def resolve_title(errand: see.Errand) -> str:
        return see.errand_title(errand)

    @staticmethod
    def resolve_reason(errand: see.Errand) -> str:
        return see.why(errand.reason)


class Pulse(Schema):
    at: datetime
    headline: str
    errands: list[Errand]


class Introduction(Schema):
    """Two who might do each other good; what each of them says is nobody's to know."""

    id: int
    a: Who
    b: Who
    mutual: list[Who]
    state: str = Field(description="proposed, asked, made or past.")
    proposed_at: datetime
    by: Who | None
    asked_at: datetime | None
    made_at: datetime | None


class Introductions(Schema):
    introductions: list[Introduction]


class Question(Schema):
    id: int
    other: Who
    by: Who | None
    mutual: list[Who]
    asked_at: datetime
    said: bool | None
    made_at: datetime | None = Field(description="When both had said yes.")


class Questions(Schema):
    questions: list[Question]


class Wishes(Schema):
    hides_rank: bool
    refuses_measures: bool
    declines_introductions: bool
    declines_letters: bool
