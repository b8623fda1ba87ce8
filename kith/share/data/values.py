"""Frozen values of share. Amounts are whole minor units of their currency, rates parts of a million."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

# What may be shared out, and what stays: there is no share for bringing people in, and none that is bought.
ROLES = ("house", "fund", "channel", "second", "maker", "pool")
SALE_STATES = ("held", "released")
PAYOUT_STATES = ("drafted", "approved", "sent", "unknown", "done", "failed", "cancelled")
POLICIES = ("immediate", "recent", "balanced")


@dataclass(frozen=True, slots=True)
class Cut:
    """A part of every sale. `maker` names a person, and may be of one offer alone; `pool` names a pool.

    `channel` goes to who recommended the sale, `second` to who brought those in touch with it, by the weights of the sale.
    """

    role: str
    rate_ppm: int
    person_id: int | None = None
    offer_id: int | None = None
    pool_id: int | None = None


@dataclass(frozen=True, slots=True)
class RuleValue:
    version: int
    cuts: tuple[Cut, ...]
    by: str
    at: datetime
    signed_by: str
    withheld_ppm: int = 0


@dataclass(frozen=True, slots=True)
class SignValue:
    """That somebody has read a text of the law, and which."""

    text_version: int
    name: str
    by_id: int
    at: datetime


@dataclass(frozen=True, slots=True)
class SaleLine:
    """A line of a sale: `amount_minor` was paid for it, with `tax_minor` in it; what is shared is the rest."""

    n: int
    offer_id: int
    amount_minor: int
    tax_minor: int = 0

    @property
    def base_minor(self) -> int:
        return self.amount_minor - self.tax_minor


@dataclass(frozen=True, slots=True)
class Credit:
    """That a sale came by somebody; `role` is channel or second."""

    person_id: int
    role: str
    weight_ppm: int


@dataclass(frozen=True, slots=True)
class Sale:
    """A paid sale as it is shared: numbers and names, never an order. `key` is its public number, once and for all."""

    key: str
    campaign_id: int
    buyer_id: int
    currency: str
    lines: tuple[SaleLine, ...]
    credits: tuple[Credit, ...]
    paid_at: datetime
    refund_closes_at: datetime | None = None


class Payee(NamedTuple):
    """Whom a promise is made to; 0 stands for nobody. The house is what nobody else gets."""

    role: str
    person_id: int = 0
    pool_id: int = 0


@dataclass(frozen=True, slots=True)
class PromiseValue:
    """A part of a sale for somebody: `amount_minor` as frozen at payment, `kept_minor` what refunds have left of it."""

    id: int
    sale_key: str
    n: int
    payee: Payee
    rate_ppm: int
    amount_minor: int
    kept_minor: int
    borne_minor: int
    currency: str
    state: str
    paid_at: datetime
    due_at: datetime | None
    released_at: datetime | None


# What is left of what was shared, by sale and line.
Kept = Mapping[tuple[str, int], int]


@dataclass(frozen=True, slots=True)
class PayoutValue:
    """Money on its way to somebody; `to` is where it goes, shown to them and to who transfers it, else empty.

    Of `amount_minor`, which is no longer owed, `withheld_minor` is kept for the tax office; the rest is transferred.
    """

    no: str
    person_id: int
    person: str
    currency: str
    scale: int
    amount_minor: int
    status: str
    provider: str
    to: str
    note: str
    made_by_id: int
    made_by: str
    approved_by: str
    made_at: datetime
    approved_at: datetime | None
    ended_at: datetime | None
    withheld_minor: int = 0

    @property
    def net_minor(self) -> int:
        return self.amount_minor - self.withheld_minor


@dataclass(frozen=True, slots=True)
class Owed:
    """What is owed to somebody, and what was promised and may still be refunded; `since` when the oldest of it is owed."""

    person_id: int
    name: str
    currency: str
    scale: int
    owed_minor: int
    promised_minor: int
    since: datetime | None
    said_where: bool


@dataclass(frozen=True, slots=True)
class MoneyLine:
    """A line of somebody's account: above zero it came in. `cause` is a sale, payout or gift, `key` its number; of a payout so much was withheld."""

    at: datetime
    kind: str
    key: str
    amount_minor: int
    withheld_minor: int = 0


@dataclass(frozen=True, slots=True)
class MoneyOf:
    """What somebody has in one currency: owed, promised, on its way, paid."""

    currency: str
    scale: int
    owed_minor: int
    promised_minor: int
    on_way_minor: int
    paid_minor: int
    lines: tuple[MoneyLine, ...]


@dataclass(frozen=True, slots=True)
class PersonMoney:
    by_currency: tuple[MoneyOf, ...]
    payouts: tuple[PayoutValue, ...]
    pay_to: str


@dataclass(frozen=True, slots=True)
class PoolValue:
    """A pool; `held` is what stands in it: amount and scale by currency."""

    id: int
    name: str
    policy: str
    window_days: int
    held: Mapping[str, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class GiftValue:
    """What somebody gets of a pool, and the points they have over all, in thousandths."""

    person_id: int
    name: str
    points: int
    amount_minor: int


@dataclass(frozen=True, slots=True)
class PoolRunValue:
    id: int
    pool: str
    policy: str
    currency: str
    scale: int
    amount_minor: int
    by: str
    at: datetime
    gifts: tuple[GiftValue, ...]


@dataclass(frozen=True, slots=True)
class StatementValue:
    """A month of somebody's account; `prev` is the digest of the statement before, "" for the first."""

    currency: str
    scale: int
    n: int
    period: str
    opening_minor: int
    inflow_minor: int
    outflow_minor: int
    closing_minor: int
    lines: int
    digest: str
    prev: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class StatementPage:
    statement: StatementValue
    name: str
    lines: tuple[MoneyLine, ...]


@dataclass(frozen=True, slots=True)
class Slice:
    """A part of a price: `role` is one of ROLES, or tax."""

    role: str
    amount_minor: int


@dataclass(frozen=True, slots=True)
class WhereItGoes:
    """Where the price of an offer goes by the rule in force, when somebody recommended it; the parts sum to it."""

    offer_id: int
    rule_version: int
    total_minor: int
    slices: tuple[Slice, ...]
