"""Refusals, tokens, and who calls."""

from datetime import datetime
from typing import Any

from ninja import Schema
from pydantic import Field

from kith.rest.fields import Scope


class Refused(Schema):
    """Why not: `error` is for programs, `sentence` for people, in the language of Accept-Language."""

    error: str = Field(examples=["NotFound"])
    sentence: str = Field(examples=["There is nothing here, or it is not yours to see."])
    facts: dict[str, Any] = Field(description="What fills the sentence.", examples=[{}])


class Wrong(Schema):
    field: str = Field(examples=["body.text"])
    why: str = Field(examples=["This is missing."])


class Fields(Schema):
    fields: list[Wrong]


class Invalid(Schema):
    """What was sent does not fit; each field with its reason."""

    error: str = Field(examples=["InvalidInput"])
    sentence: str
    facts: Fields


class TokenOut(Schema):
    id: int
    name: str
    shown: str = Field(description="The part that is no secret.", examples=["kith_aB3dE6gH"])
    scopes: list[Scope]
    made_at: datetime
    used_at: datetime | None
    expires_at: datetime | None


class MadeTokenOut(Schema):
    token: TokenOut
    secret: str = Field(description="The whole token, shown this once and kept nowhere.")


class Me(Schema):
    id: int
    name: str
    email: str | None
    language: str = Field(description="Empty until chosen.", examples=["zh-hans", ""])
    token: TokenOut | None = Field(description="The token that asked; null for a session.")
