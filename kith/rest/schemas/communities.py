"""Communities, members, and how people come in."""

from datetime import datetime
from typing import Any

from ninja import Schema
from pydantic import Field

from kith.gather.api import Applied
from kith.people.api import Community as CommunityRow
from kith.people.api import Standing
from kith.rest.fields import Role
from kith.rest.schemas.conduct import Agreement


class Place(Schema):
    """Where somebody stands in a community."""

    handle: str
    name: str
    role: Role
    joined_at: datetime
    chapter: str
    headline: str
    is_imported: bool = Field(description="Brought in from elsewhere and not yet claimed.")
    is_bot: bool


class Brief(Schema):
    slug: str
    name: str
    pursuit: str
    visible_to: str
    entered_by: str
    language: str
    is_demo: bool
    founded_at: datetime


class Communities(Schema):
    mine: list[Brief]
    public: list[Brief]


class Value(Schema):
    word: str
    sentence: str


class Community(Brief):
    rules: str
    values: list[Value]
    questions: list[str] = Field(description="What applicants are asked.")
    members: int
    standing: Place | None = Field(description="Where you stand; null for a stranger.")


class Answered(Schema):
    question: str
    answer: str


class Application(Schema):
    id: int
    name: str
    answers: list[Answered]
    made_at: datetime
    state: str = Field(examples=["pending", "admitted", "declined"])
    reason: str
    decided_at: datetime | None
    decided_by: str
    sponsor_named: str = Field(description="Whom they wrote they know.")
    sponsor: str = Field(description="Who that is; empty where nobody here is called so.")
    sponsor_state: str = Field(examples=["asked", "confirmed", "declined", ""])

    @staticmethod
    def resolve_answers(applied: Applied) -> list[Answered]:
        return [Answered(question=question, answer=answer) for question, answer in applied.answers]


class OwnApplication(Schema):
    """One's own: whether the sponsor was found, or said no, is told to who decides alone."""

    id: int
    name: str
    answers: list[Answered]
    made_at: datetime
    state: str = Field(examples=["pending", "admitted", "declined"])
    reason: str
    sponsor_named: str
    is_vouched_for: bool

    @staticmethod
    def resolve_answers(applied: Applied) -> list[Answered]:
        return [Answered(question=question, answer=answer) for question, answer in applied.answers]

    @staticmethod
    def resolve_is_vouched_for(applied: Applied) -> bool:
        return applied.sponsor_state == "confirmed"


class Applications(Schema):
    waiting: list[Application]


class Decisions(Schema):
    decided: list[Application]
    next: int | None = Field(description="Send it as `before`; null on the last page.")


class Door(Schema):
    """What somebody who knows the address sees of a community they are not in: enough to knock."""

    slug: str
    name: str
    pursuit: str
    rules: str
    values: list[Value]
    entered_by: str
    questions: list[str]
    agreements: list[Agreement] = Field(description="What everybody accepts on coming in.")
    application: OwnApplication | None = Field(description="Your latest application.")


class Members(Schema):
    members: list[Place]
    next: str = Field(description="Send it as `after`; empty on the last page.")


class Invitation(Schema):
    token: str = Field(description="Shown this once and kept nowhere.")
    uses: int
    expires_at: datetime


class ClaimLink(Schema):
    token: str = Field(description="Shown this once and kept nowhere; send it to the person behind the lines.")


class Offered(Schema):
    name: str = Field(description="Whose lines the link offers.")


class Claimed(Schema):
    texts: int = Field(description="How many posts and replies are now yours.")


class Act(Schema):
    """A line of the energy book."""

    id: int
    by: str = Field(description="The handle of who gave; empty for somebody who left.")
    to: str = Field(description="The handle of who received; empty for nobody in particular, or somebody who left.")
    kind: str
    weight: float
    at: datetime
    source: str


class Acts(Schema):
    acts: list[Act] = Field(description="Newest first.")


def values_of(community: CommunityRow) -> list[Value]:
    held = community.values_held.order_by("position").values_list("word", "sentence")
    return [Value(word=word, sentence=sentence) for word, sentence in held]


def brief(community: CommunityRow) -> dict[str, Any]:
    return {name: getattr(community, name) for name in Brief.model_fields}


def whole(community: CommunityRow, standing: Standing | None, members: int) -> Community:
    return Community(
        **brief(community),
        rules=community.rules,
        values=values_of(community),
        questions=community.questions,
        members=members,
        standing=Place.model_validate(standing) if standing else None,
    )
