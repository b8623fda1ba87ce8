"""Decisions on ideas. Pure."""

from collections.abc import Sequence
from datetime import datetime
from statistics import median

from kith.connect.data import (
    PRODUCT_LIMIT,
    REASON_LIMIT,
    SHIPPED_LIMIT,
    IdeaNeedsReason,
    IdeaNumbers,
    IdeaRow,
    IdeaShipped,
    NotAdopted,
    NothingShipped,
)
from kith.lib.text import clean_line

DAY_SECONDS = 86_400
MONTH_DAYS = 30.44  # a year by twelve


def checked_product(raw: str) -> str:
    return clean_line(raw)[:PRODUCT_LIMIT].strip()


def checked_decision(*, state: str, is_adopted: bool, reason: str) -> tuple[str, str]:
    """Return the new state and the reason as it is kept. A decision may be changed until the idea ships.

    Raises:
        IdeaShipped: it has.
        IdeaNeedsReason: an idea is declined without one.

    """
    if state == "shipped":
        raise IdeaShipped
    words = clean_line(reason)[:REASON_LIMIT]
    if not is_adopted and not words:
        raise IdeaNeedsReason
    return ("adopted" if is_adopted else "declined"), words


def checked_shipment(*, state: str, shipped: str) -> str:
    """Return what shipped, in a line.

    Raises:
        IdeaShipped, NotAdopted, NothingShipped: as they say.

    """
    if state == "shipped":
        raise IdeaShipped
    if state != "adopted":
        raise NotAdopted
    if not (words := clean_line(shipped)[:SHIPPED_LIMIT]):
        raise NothingShipped
    return words


def numbers(rows: Sequence[IdeaRow], *, people: int, days: int) -> IdeaNumbers:
    """Return how often ideas came, how fast they were decided on and shipped, and how many were adopted.

    Days to shipping count from the proposal: what who proposed it waited. What is still open is in no median.
    """
    decided = [r for r in rows if r.decided_at]
    adopted = [r for r in decided if r.state in {"adopted", "shipped"}]
    shipped = [r for r in rows if r.shipped_at]
    return IdeaNumbers(
        days=days,
        proposed=len(rows),
        people=people,
        per_month=round(len(rows) * MONTH_DAYS / days, 1),
        decided=len(decided),
        adopted=len(adopted),
        shipped=len(shipped),
        adopted_ppm=round(1_000_000 * len(adopted) / len(decided)) if decided else None,
        median_days_to_decision=_median([(r.at, r.decided_at) for r in decided]),
        median_days_to_shipping=_median([(r.at, r.shipped_at) for r in shipped]),
        rows=list(rows),
    )


def _median(spans: Sequence[tuple[datetime, datetime | None]]) -> float | None:
    lengths = [(until - since).total_seconds() / DAY_SECONDS for since, until in spans if until]
    return round(median(lengths), 1) if lengths else None


def checked_to_credit(state: str) -> None:
    """Refuse to credit for an idea nobody has taken up.

    Raises:
        NotAdopted: as it says.

    """
    if state not in {"adopted", "shipped"}:
        raise NotAdopted
