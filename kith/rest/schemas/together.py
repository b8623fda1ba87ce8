"""Chapters, core figures, circles and treasures."""

from datetime import datetime

from ninja import Schema
from pydantic import Field


class Chapter(Schema):
    id: int
    name: str
    about: str
    members: int
    leads: list[str] = Field(description="Handles.")
    spaces: list[str] = Field(default_factory=list)


class Chapters(Schema):
    chapters: list[Chapter]
    without: int = Field(description="How many members are in none.")


class ChapterNumbers(Schema):
    id: int = Field(description="0: those in no chapter.")
    name: str
    members: int
    active: int
    within: int = Field(description="Pairs in touch within the chapter.")
    between: int = Field(description="Pairs in touch with others.")
    answers: int


class ChapterReport(Schema):
    """The last 30 days; in the sums each person and pair is counted once."""

    rows: list[ChapterNumbers]
    members: int
    active: int
    within: int
    between: int
    answers: int


class Duty(Schema):
    kind: str = Field(examples=["chapter"])
    thing_id: int = Field(description="0 for newcomers.")


class Figure(Schema):
    id: int
    handle: str
    kind: str
    title: str
    why: str
    reasons: list[str] = Field(description="Why the book suggested them, in words.")
    duties: list[Duty]
    offered_at: datetime
    accepted_at: datetime | None = Field(description="Null while it is not answered.")


class Suggested(Schema):
    handle: str
    kind: str
    reasons: list[str]


class Figures(Schema):
    figures: list[Figure]
    offered: list[Figure] = Field(description="For operators all that wait for an answer, for others their own.")


class Suggestions(Schema):
    suggested: list[Suggested]


class Circle(Schema):
    id: int
    name: str
    purpose: str
    entered_by: str
    members: int
    made_at: datetime
    closed_at: datetime | None
    mine: str = Field(description="What you are in it: empty, asked, in or keeper.", examples=["in"])


class InCircle(Schema):
    handle: str
    state: str


class CircleWithPeople(Circle):
    space: str
    people: list[InCircle] = Field(description="Who asked is seen by its keepers and operators.")


class Circles(Schema):
    circles: list[Circle]


class Treasure(Schema):
    id: int
    kind: str
    name: str
    about: str
    person: str = Field(description="The handle of a person who is one; else empty.")
    custodian: str = Field(description="The handle of who keeps it; empty for nobody.")
    uses: int
    users: int
    last_used_at: datetime | None
    unused_days: int
    is_alarming: bool
    used_today: bool


class Treasures(Schema):
    treasures: list[Treasure]
