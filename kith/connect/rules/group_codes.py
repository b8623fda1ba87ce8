"""Which chat group a group code shows. Pure.

The code of a WeChat group holds for seven days, and lets in until the group has some 200 members; who owns the group must put a
new one here in time. Source: what the platform says at the code itself ("该二维码7天内有效").
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from kith.connect.data import WARNED_DAYS, ChatGroup


def state(
    *, has_picture: bool, uploaded_at: datetime | None, valid_days: int, taken: int, limit: int, now: datetime
) -> str:
    """Return empty, fine, ageing, expired or full. `taken` are the members counted and those it was shown to since."""
    if not has_picture or uploaded_at is None:
        return "empty"
    if valid_days and now >= uploaded_at + timedelta(days=valid_days):
        return "expired"
    if taken >= limit:
        return "full"
    warned = timedelta(days=min(WARNED_DAYS, max(0, valid_days - 1)))
    return "ageing" if valid_days and now >= uploaded_at + warned else "fine"


def current(groups: Sequence[ChatGroup]) -> int | None:
    """Return the first group that takes people, in their order; a code about to run out still holds."""
    return next((g.id for g in groups if g.state in {"fine", "ageing"}), None)
