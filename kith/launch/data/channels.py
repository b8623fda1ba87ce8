"""What crosses the door of launch about channels: through whom a launch reaches people, and whose sale an order is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from kith.lib.errors import NotAllowed, NotFound, Refusal

CHANNEL_STATES = ("proposed", "asked", "accepted", "declined", "closed")
CHANNEL_ROLES = ("promoter", "house", "second")
ATTRIBUTION_MODELS = ("last_touch", "bond")
DOUBTS = ("device", "phone")
CREDIT_STATES = ("clear", "doubted", "refused")


@dataclass(frozen=True, slots=True)
class RuleValue:
    """How many days a touch counts, and for how many a buyer is bound (0: not at all). Version 0 is what holds where nobody said anything."""

    version: int
    touch_days: int
    bond_days: int


@dataclass(frozen=True, slots=True)
class ChannelValue:
    """Somebody through whom a launch reaches others. `expected_people` is what was foreseen when they were proposed."""

    id: int
    code: str
    status: str
    person_id: int
    name: str
    community_slug: str
    campaign_slug: str
    campaign_title: str
    campaign_status: str
    asked_by: str
    expected_people: float
    proposed_at: datetime
    asked_at: datetime | None
    answered_at: datetime | None
    accepted_at: datetime | None
    closed_at: datetime | None
    disclosure: str


@dataclass(frozen=True, slots=True)
class ChannelResult:
    """What came through a channel: touches, how many people, orders that were paid, what they paid and got back, and in how many a doubt stands."""

    channel: ChannelValue
    touches: int
    people: int
    orders: int
    paid_minor: int
    refunded_minor: int
    doubted: int
    currency: str
    scale: int

    @property
    def kept_minor(self) -> int:
        return self.paid_minor - self.refunded_minor


@dataclass(frozen=True, slots=True)
class Credit:
    """Whose sale an order is: within a role the weights sum to a million, fixed at payment and never changed.

    `role` is promoter, or house where the person ran the community when it was paid: true, but nothing is owed for it.
    `state` is clear, doubted (nothing is paid until somebody looked), or refused (nothing is paid).
    """

    person_id: int
    role: str
    weight_ppm: int
    state: str = "clear"


@dataclass(frozen=True, slots=True)
class BroughtBy:
    """Through whom somebody came to a launch, as its page has to say."""

    name: str
    person_id: int
    at: datetime


@dataclass(frozen=True, slots=True)
class BondValue:
    """A buyer is bound to a promoter until a moment: what they buy counts as come through them."""

    id: int
    promoter: str
    promoter_id: int
    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class DoubtValue:
    """A sale that looks like one to oneself. `reason`: device (the same browser), phone (the same number)."""

    id: int
    order_no: str
    buyer: str
    promoter: str
    reason: str
    total_minor: int
    made_at: datetime


@dataclass(frozen=True, slots=True)
class ChannelPlan:
    """A launch and its channels, those that matter most first, with what really came beside what was expected."""

    rule: RuleValue
    results: tuple[ChannelResult, ...]
    doubts: tuple[DoubtValue, ...]
    buyers: int
    direct_orders: int
    direct_minor: int

    @property
    def by_status(self) -> Mapping[str, int]:
        return {s: sum(r.channel.status == s for r in self.results) for s in CHANNEL_STATES}

    @property
    def expected_people(self) -> float:
        """Return how many people were expected to turn to those who accepted."""
        return sum(r.channel.expected_people for r in self.results if r.channel.accepted_at)

    @property
    def came(self) -> int:
        return sum(r.people for r in self.results)


REPORTED = ("last_touch", "linear", "position", "decay", "shapley", "markov")


@dataclass(frozen=True, slots=True)
class Attributed:
    """What a channel sold by each model of REPORTED, in minor units, less refunds."""

    channel: ChannelValue
    by_model: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class AttributionReport:
    """A launch's sales divided by six models; `paid` is what really pays. Each model's parts sum to `total_minor`, or to 0 where it finds nobody.

    `orders` came over somebody's link, on `steps` touches of `people` buyers; `left` looked and did not buy. Only touches that are still kept count.
    """

    rows: tuple[Attributed, ...]
    total_minor: int
    orders: int
    steps: int
    people: int
    left: int
    currency: str
    scale: int


class NoSuchChannel(NotFound):
    sentence = "There is no such link, or it is not yours."


class NoSuchDoubt(NotFound):
    sentence = "There is nothing to look at here."


class BadRule(Refusal):
    sentence = "A touch counts for 1 to %(most)s days, and buyers are bound for 0 to %(longest)s."


class CannotBeAsked(Refusal):
    sentence = "%(name)s cannot be asked: only members with an account, who are no programs, and neither you nor who runs the community."
    status = 409


class AlreadyAsked(Refusal):
    sentence = "%(name)s has been asked already."
    status = 409


class NothingMoreToAnswer(Refusal):
    sentence = "This can no longer be answered: it was closed, or the launch is over."
    status = 409


class DisclosureMissing(Refusal):
    sentence = "Accept the disclosure as it stands now; it is shown wherever your link is."
    status = 409


class OwnSale(NotAllowed):
    sentence = "Neither the buyer nor the promoter may judge this; somebody else must look."
