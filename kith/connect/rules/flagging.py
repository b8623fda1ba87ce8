"""Decisions on flags. Pure."""

from datetime import datetime, timedelta

from kith.connect.data import APPEAL_DAYS, AppealTooLate, NothingToAppeal

TRUSTED_ROLES = frozenset({"founder", "operator", "core"})
TRUSTED_FLAGS = 3


def is_trusted(role: str, *, upheld: int, dismissed: int) -> bool:
    """Tell whether one flag of somebody is enough: by their role, or because three were upheld and three in four hold."""
    return role in TRUSTED_ROLES or (upheld >= TRUSTED_FLAGS and upheld >= 3 * dismissed)


def is_enough(flags: int, *, trusted: bool, needed: int) -> bool:
    """Tell whether a text is blurred for others until somebody has decided."""
    return trusted or flags >= needed


def check_appeal(state: str, appeal_state: str, decided_at: datetime | None, now: datetime) -> None:
    """Let pass a first appeal in time.

    Raises:
        NothingToAppeal, AppealTooLate: as they say.

    """
    if state != "upheld" or appeal_state or decided_at is None:
        raise NothingToAppeal
    if now > decided_at + timedelta(days=APPEAL_DAYS):
        raise AppealTooLate(days=APPEAL_DAYS)
