"""What launch and providers say to one another. Amounts are whole minor units of their currency."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

VIAS = ("desktop", "phone", "wechat")


@dataclass(frozen=True, slots=True)
class Payer:
    """How the buyer looks at us: `via` decides which of a provider's pages fits; WeChat wants to know who it is (`openid`), or from where (`ip`)."""

    via: str = "desktop"
    ip: str = ""
    openid: str = ""


@dataclass(frozen=True, slots=True)
class PayAt:
    """Where a payment is made: a page, what a telephone scans, or what WeChat's own browser is told; nothing for a transfer by hand."""

    page: str = ""
    scan: str = ""
    bridge: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ask:
    """What a provider is asked to move, under our reference. `of_…` of a refund is the payment it gives back, `until` the end of an offer to pay."""

    our_ref: str
    amount_minor: int
    currency: str
    title: str
    back: str
    of_ref: str = ""
    of_their_ref: str = ""
    of_amount_minor: int = 0
    payer: Payer = Payer()
    made_at: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """What a provider says of a wire. `kind` is charge, refund or dispute, `state` done or failed; of a dispute open, won (by us) or lost.

    A refund under a reference of ours that we never wrote was started in the provider's console: `of_ref` names its charge.
    """

    event_id: str
    kind: str
    state: str
    our_ref: str
    their_ref: str
    amount_minor: int
    currency: str
    of_ref: str = ""


@dataclass(frozen=True, slots=True)
class SandboxValue:
    """A payment as the sandbox shows it: waiting, done or failed."""

    our_ref: str
    amount_minor: int
    currency: str
    scale: int
    title: str
    back: str
    state: str


@dataclass(frozen=True, slots=True)
class BillLine:
    """What a provider's bill says was moved under a reference of ours: a payment, or a refund."""

    our_ref: str
    amount_minor: int


@dataclass(frozen=True, slots=True)
class BillGap:
    """Where a bill and our wires differ: only_there, only_here, or in the amount."""

    what: str
    our_ref: str
    theirs_minor: int | None
    ours_minor: int | None
