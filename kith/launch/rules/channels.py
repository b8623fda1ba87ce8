"""Whose sale it is: links, touches, bonds, and the one rule by which a sale is paid for."""

import hashlib
import re
import secrets
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from kith.launch.data import BadRule

TOUCH_DAYS = 30  # how long a touch counts where a launch says nothing
TOUCH_DAYS_LIMIT = 90
BOND_DAYS_LIMIT = 365
TOUCHES_KEPT = timedelta(days=90)
SAME_VISIT = timedelta(minutes=30)  # a page opened again within that time is the same touch
DISCLOSURE_VERSION = 1
VISITOR = re.compile(r"[A-Za-z0-9_-]{22}")

# Whoever fetches a page without a person before it. Chat apps fetch what is shared to draw its preview.
PROGRAM = re.compile(
    r"bot\b|bot/|crawl|spider|slurp|preview|prerender|headless|lighthouse|curl/|wget/|python|okhttp|java/|go-http|axios|scrapy"
    r"|facebookexternalhit|whatsapp/|telegram|embedly|iframely|vkshare|wechatimageloader|mpcrawler",
    re.IGNORECASE,
)


def new_visitor() -> str:
    """Return what a browser is known by, and by nothing else: 128 bits of chance."""
    return secrets.token_urlsafe(16)


def blurred(visitor: str, *, secret: str) -> str:
    """Return what is kept of a visitor's token: without the server's secret nobody can tell whose it is. "" for what is none."""
    if not VISITOR.fullmatch(visitor):
        return ""
    return hashlib.blake2b(visitor.encode(), key=hashlib.sha256(secret.encode()).digest(), digest_size=16).hexdigest()


def is_program(agent: str, purpose: str = "") -> bool:
    """Tell whether a page was fetched by no person: a program, a preview, or a browser that fetches ahead."""
    return not agent or bool(PROGRAM.search(agent)) or bool({"prefetch", "prerender", "preview"} & set(re.split(r"[;,\s]+", purpose.lower())))  # fmt: skip


def check_rule(touch_days: int, bond_days: int) -> None:
    """Let pass what can be a rule.

    Raises:
        BadRule: it cannot.

    """
    if not (1 <= touch_days <= TOUCH_DAYS_LIMIT and 0 <= bond_days <= BOND_DAYS_LIMIT):
        raise BadRule(most=TOUCH_DAYS_LIMIT, longest=BOND_DAYS_LIMIT)


@dataclass(frozen=True, slots=True)
class Met:
    """A touch or a bond, as the rule sees it: through whom, and since when."""

    channel_id: int
    promoter_id: int
    at: datetime
    order: int = 0


@dataclass(frozen=True, slots=True)
class Paid:
    """Through whom a sale came, and by what: last_touch or bond."""

    met: Met
    model: str


def paid_for(
    *, buyer_id: int, placed_at: datetime, touches: Iterable[Met], touch_days: int, bond: Met | None, below: Collection[int]
) -> Paid | None:  # fmt: skip
    """Return through whom a sale came, None if through nobody.

    A bond that is older than the order decides; else the last touch before the order, within its days, ties by the order of
    arrival. Nobody is paid for what they buy themselves, nor for what is bought by somebody they are bound to, over however
    many (`below`: everybody bound to the buyer), or two could pay one another in a ring.
    """

    def counts(met: Met, since: datetime | None) -> bool:
        is_other = met.promoter_id != buyer_id and met.promoter_id not in below
        return is_other and met.at <= placed_at and (since is None or met.at >= since)

    if bond is not None and counts(bond, None):
        return Paid(bond, "bond")
    since = placed_at - timedelta(days=touch_days)
    valid = [met for met in touches if counts(met, since)]
    return Paid(max(valid, key=lambda met: (met.at, met.order)), "last_touch") if valid else None


def above(paid: Met, bond: Met | None, *, buyer_id: int, placed_at: datetime, below: Collection[int]) -> Met | None:
    """Return who brought those in touch with a sale through whom it came, None if nobody: a bond older than the order.

    Never the buyer, nor anybody the buyer's own bonds lead to: two would pay one another in a ring.
    """
    if bond is None or bond.at > placed_at or bond.promoter_id in {buyer_id, paid.promoter_id, *below}:
        return None
    return bond
