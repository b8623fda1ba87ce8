"""Agreements, limits, measures, texts that wait."""

from datetime import datetime

from ninja import Schema
from pydantic import Field


class Agreement(Schema):
    id: int = Field(description="Of this version: what one accepts.")
    number: int
    version: int
    title: str
    text: str
    made_at: datetime
    replaced_at: datetime | None = Field(description="Since when it holds no more.")


class Agreements(Schema):
    agreements: list[Agreement]
    to_accept: list[int] = Field(description="The ids you have still to accept before you write.")


class AgreementVersions(Schema):
    versions: list[Agreement] = Field(description="Newest first.")


class Limits(Schema):
    slow_seconds: int
    first_texts: int
    holds_first: bool
    first_links: int | None
    per_minute: int
    per_hour: int
    flags_to_blur: int
    invites: int
    needs_sponsor: bool


class Measure(Schema):
    id: int
    person_id: int
    name: str
    kind: str = Field(examples=["mute", "ban"])
    reason: str
    made_at: datetime
    until_at: datetime | None = Field(description="Null: without an end.")
    by: str
    lifted_at: datetime | None
    lifted_by: str


class Measures(Schema):
    measures: list[Measure] = Field(description="Newest first.")


class HeldText(Schema):
    id: int
    author_id: int
    author: str
    kind: str
    text: str
    at: datetime
    state: str = Field(examples=["waiting", "approved", "declined"])
    space: str
    root_id: int | None = Field(description="The thread it goes to.")
    reason: str
    post_id: int | None


class HeldTexts(Schema):
    held: list[HeldText]


class FlagOn(Schema):
    by: str
    rule: str = Field(description="The title of the agreement it breaks.")
    note: str
    at: datetime


class FlagCase(Schema):
    id: int
    post_id: int
    root_id: int
    author_id: int
    author: str
    text: str
    state: str = Field(examples=["open", "dismissed", "upheld"])
    opened_at: datetime
    is_blurred: bool = Field(description="Covered for others until somebody decides.")
    flags: list[FlagOn] = Field(description="For those who run the community; empty for others.")
    outcome: str = Field(examples=["", "left", "removed", "muted", "banned"])
    reason: str
    decided_at: datetime | None
    decided_by: str
    appeal: str
    appeal_state: str = Field(examples=["", "open", "granted", "refused"])
    appealed_at: datetime | None
    appeal_reason: str
    appeal_by: str


class FlagCases(Schema):
    waiting: list[FlagCase] = Field(description="Oldest first.")
    decided: list[FlagCase] = Field(description="Newest first.")


class MyCases(Schema):
    mine: list[FlagCase] = Field(description="About your own words.")
    flagged: list[FlagCase] = Field(description="What you flagged.")
