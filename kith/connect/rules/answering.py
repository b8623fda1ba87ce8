"""How soon a space answers. Pure."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from statistics import median

from kith.connect.data import SpaceAnswers, Unheard

SOON = timedelta(hours=24)
UNHEARD_AFTER = timedelta(hours=12)
Row = tuple[int, str, datetime, datetime | None]


def answers_of(rows: Sequence[Row], *, now: datetime, days: int) -> SpaceAnswers:
    """Return what threads (id, title, when, first answered when) say of a space.

    The share counts threads that had a day to be answered in, so that the last day does not pull it down; the median is of those answered.
    """
    ripe = [(at, answered) for _, _, at, answered in rows if now - at >= SOON]
    soon = [1 for at, answered in ripe if answered and answered - at <= SOON]
    waits = [(answered - at).total_seconds() / 3600 for _, _, at, answered in rows if answered]
    return SpaceAnswers(
        days=days,
        threads=len(rows),
        answered=len(waits),
        median_hours=round(median(waits), 1) if waits else None,
        within_day_ppm=round(1_000_000 * len(soon) / len(ripe)) if ripe else None,
        unheard=tuple(
            Unheard(i, title, at) for i, title, at, answered in rows if not answered and now - at >= UNHEARD_AFTER
        ),
    )
