"""Webhooks."""

from datetime import datetime

from ninja import Schema
from pydantic import Field


class Hook(Schema):
    """An address that is told what happens."""

    id: int
    address: str
    wants: list[str] = Field(description="All (`*`), parts (`gather.*`) or kinds (`act.reply`).")
    made_at: datetime
    made_by: str
    off_at: datetime | None = Field(description="Since when it is told nothing.")
    failing_since: datetime | None = Field(description="Since when it answers nothing well.")
    waiting: int = Field(description="How many messages wait for it.")


class MadeHook(Schema):
    """A webhook with its secret."""

    hook: Hook
    secret: str = Field(description="Signs every message; shown this once.")


class Hooks(Schema):
    hooks: list[Hook]


class Delivery(Schema):
    """One message to one address."""

    id: int
    message_id: str = Field(description="Stays the same however often it is sent.")
    kind: str
    body: str
    made_at: datetime
    state: str = Field(examples=["waiting", "delivered", "given_up"])
    tries: int
    next_at: datetime | None
    done_at: datetime | None
    status: int | None = Field(description="What was answered last; null: nobody answered.")
    answer: str


class Deliveries(Schema):
    deliveries: list[Delivery]
