"""Introductions: who is held out by lot, how long a question stands, what they add."""

from datetime import datetime, timedelta
from hashlib import blake2b

STANDS = timedelta(days=30)
JUDGED_AFTER = timedelta(days=90)
AT_ONCE = 10  # as many proposals as somebody will look at
LEAST_JUDGED = 20


def held_out(community_id: int, a_id: int, b_id: int) -> bool:
    """Say whether the lot holds a pair out: half of all pairs, and always the same ones."""
    low, high = sorted((a_id, b_id))
    return bool(blake2b(f"{community_id}:{low}:{high}".encode(), digest_size=1).digest()[0] & 1)


def state(*, proposed_at: datetime, asked_at: datetime | None, made_at: datetime | None, now: datetime) -> str:
    """Return proposed, asked, made or past. A no changes nothing of it: who introduces cannot tell it from silence."""
    if made_at:
        return "made"
    if now - (asked_at or proposed_at) > STANDS:
        return "past"
    return "asked" if asked_at else "proposed"


def ratio(shown: int, shown_met: int, held: int, held_met: int) -> float | None:
    """Return how many times as often the shown met; None below LEAST_JUDGED of either, or where none of the held out met."""
    if min(shown, held) < LEAST_JUDGED or not held_met:
        return None
    return (shown_met / shown) / (held_met / held)
