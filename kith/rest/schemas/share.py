"""Shares, what is owed, payouts and pools. Amounts are whole minor units of their currency."""

from datetime import datetime

from ninja import Schema
from pydantic import Field


class Cut(Schema):
    role: str = Field(examples=["channel", "second", "maker", "fund", "pool"])
    rate_ppm: int
    person_id: int | None
    offer_id: int | None
    pool_id: int | None


class SharingRule(Schema):
    version: int
    cuts: list[Cut]
    by: str
    at: datetime
    signed_by: str = Field(description="Who signed for a second tier, where there is one.")
    withheld_ppm: int = Field(description="What payouts keep back for the tax office.")


class Sharing(Schema):
    rules: list[SharingRule] = Field(description="Every version, the one in force first.")
    cap_ppm: int = Field(description="Most for who recommends, both tiers together.")
    text_version: int = Field(description="Of the text to sign before a second tier.")
    signed_by: str


class Signed(Schema):
    text_version: int
    name: str
    at: datetime


class Payee(Schema):
    role: str
    person_id: int = Field(description="0 for nobody.")
    pool_id: int


class SharePart(Schema):
    n: int = Field(description="The line of the order.")
    payee: Payee
    rate_ppm: int
    amount_minor: int = Field(description="As frozen at payment.")
    kept_minor: int = Field(description="What refunds left of it.")
    borne_minor: int
    currency: str
    state: str = Field(examples=["held", "released"])
    due_at: datetime | None
    released_at: datetime | None


class Shares(Schema):
    shares: list[SharePart]


class Payout(Schema):
    no: str
    person: str
    currency: str
    scale: int
    amount_minor: int = Field(description="What is no longer owed.")
    withheld_minor: int = Field(description="Of it, for the tax office; the rest is transferred.")
    status: str = Field(examples=["drafted", "approved", "sent", "unknown", "done", "failed", "cancelled"])
    provider: str
    to: str = Field(description="Where it goes; only on the payout itself.")
    note: str
    made_by: str
    approved_by: str
    made_at: datetime
    approved_at: datetime | None
    ended_at: datetime | None


class Payouts(Schema):
    payouts: list[Payout]


class StatementLine(Schema):
    at: datetime
    kind: str = Field(examples=["share", "claw", "payout", "gift"])
    key: str = Field(description="The number of the sale, payout or gift.")
    amount_minor: int = Field(description="Above zero it came in.")
    withheld_minor: int = Field(description="Of a payout.")


class InCurrency(Schema):
    currency: str
    scale: int
    owed_minor: int = Field(description="Below zero: a refund took back more than was left.")
    promised_minor: int
    on_way_minor: int
    paid_minor: int
    lines: list[StatementLine]


class MyMoney(Schema):
    by_currency: list[InCurrency]
    payouts: list[Payout]
    pay_to: str


class PayTo(Schema):
    text: str


class Owed(Schema):
    person_id: int
    name: str
    currency: str
    scale: int
    owed_minor: int
    promised_minor: int
    since: datetime | None
    said_where: bool = Field(description="Whether they said where their money goes.")


class Pool(Schema):
    id: int
    name: str
    policy: str = Field(examples=["immediate", "recent", "balanced"])
    window_days: int
    held: dict[str, tuple[int, int]] = Field(description="What stands in it: amount and scale by currency.")


class Money(Schema):
    owed: list[Owed]
    open: list[Payout]
    fund: dict[str, tuple[int, int]] = Field(description="Amount and scale by currency.")
    pools: list[Pool]


class Gift(Schema):
    person_id: int
    name: str
    points: int = Field(description="In thousandths, over all.")
    amount_minor: int


class Gifts(Schema):
    gifts: list[Gift]


class PoolRun(Schema):
    id: int
    pool: str
    policy: str
    currency: str
    scale: int
    amount_minor: int
    by: str
    at: datetime
    gifts: list[Gift]


class Statement(Schema):
    currency: str
    scale: int
    n: int
    period: str = Field(examples=["2026-11"])
    opening_minor: int
    inflow_minor: int
    outflow_minor: int
    closing_minor: int
    lines: int
    digest: str
    prev: str = Field(description="The digest of the statement before; empty for the first.")
    made_at: datetime


class Statements(Schema):
    statements: list[Statement]


class WholeStatement(Schema):
    statement: Statement
    name: str
    lines: list[StatementLine]


class Slice(Schema):
    role: str = Field(examples=["channel", "maker", "house", "tax"])
    amount_minor: int


class OneWhere(Schema):
    offer_id: int
    rule_version: int
    total_minor: int
    slices: list[Slice]


class WherePrices(Schema):
    where: list[OneWhere]


class IsShown(Schema):
    is_shown: bool
