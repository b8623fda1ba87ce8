"""What crosses the door about ideas."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from kith.connect.data.talk import Author, Said
from kith.lib.errors import NotAllowed, NotFound, Refusal

IDEA_STATES = ("proposed", "adopted", "declined", "shipped")
PRODUCT_LIMIT = 60
REASON_LIMIT = 500
SHIPPED_LIMIT = 200
CREDITS_LIMIT = 100


@dataclass(frozen=True, slots=True)
class Credit:
    """Somebody whose idea, or reply `reply_id`, was used."""

    who: Author
    reply_id: int | None = None


@dataclass(frozen=True, slots=True)
class IdeaValue:
    """What an idea has besides its text. `supported` is the reader's; `decided_by` and `shipped_by` are names."""

    kind: ClassVar[str] = "idea"
    state: str
    product: str
    supports: int
    supported: bool = False
    reason: str = ""
    decided_at: datetime | None = None
    decided_by: str = ""
    shipped: str = ""
    shipped_at: datetime | None = None
    shipped_by: str = ""
    credits: tuple[Credit, ...] = ()


@dataclass(frozen=True, slots=True)
class Board:
    """One page of ideas; how many there are in each state, and the products they are about."""

    ideas: list[Said]
    page: int
    pages: int
    counts: dict[str, int]
    products: list[str]


@dataclass(frozen=True, slots=True)
class IdeaRow:
    """One idea as the numbers count it."""

    id: int
    title: str
    state: str
    at: datetime
    decided_at: datetime | None
    shipped_at: datetime | None


@dataclass(frozen=True, slots=True)
class IdeaNumbers:
    """How often, how fast, how many: of the ideas proposed in so many days. Shares are ppm, None where nothing was to be counted."""

    days: int
    proposed: int
    people: int
    per_month: float
    decided: int
    adopted: int
    shipped: int
    adopted_ppm: int | None
    median_days_to_decision: float | None
    median_days_to_shipping: float | None
    rows: list[IdeaRow]


@dataclass(frozen=True, slots=True)
class Owner:
    """Somebody who may decide on ideas about a product, or with an empty one on all."""

    id: int
    who: Author
    product: str


@dataclass(frozen=True, slots=True)
class CreditOf:
    """An idea somebody is credited for."""

    idea_id: int
    title: str
    shipped: str
    shipped_at: datetime | None
    is_author: bool


class NotAnIdea(NotFound):
    sentence = "There is no such idea here."


class OwnIdea(Refusal):
    sentence = "Your own idea has your support already: others must give theirs."


class OwnersOnly(NotAllowed):
    sentence = "Only operators and the owners of this product decide on its ideas."


class IdeaNeedsReason(Refusal):
    sentence = "Say why: whoever proposed it, and all who supported it, will read it."


class IdeaShipped(Refusal):
    sentence = "This idea has shipped already."
    status = 409


class NotAdopted(Refusal):
    sentence = "Only an adopted idea can ship. Adopt it first."
    status = 409


class NothingShipped(Refusal):
    sentence = "Say what shipped, in a line."


class NotCredited(Refusal):
    sentence = "Credit goes to members: “%(name)s” is none here, or the reply is not one to this idea."
