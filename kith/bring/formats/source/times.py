"""Times as people and programs write them. A time without a zone is UTC."""

import re
from datetime import UTC, datetime, timedelta

EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
# Spreadsheets write 2024/1/5 9:07, people 2024年1月5日; the standard parser wants two digits everywhere.
LOOSE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2}))?)?")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def parse_time(raw: str) -> datetime | None:
    """Read epoch seconds (milli-, micro- and nanoseconds by their size) or ISO 8601; None when neither."""
    raw = raw.strip()
    try:
        return from_epoch(float(raw)) if raw.replace(".", "", 1).isdecimal() else _from_iso(raw)
    except (ValueError, OverflowError):
        return None


def from_epoch(number: float) -> datetime | None:
    # Compared before all else: a whole number may be too large for a float.
    if not abs(number) < 1e20:
        return None
    for bound, divisor in ((1e17, 1e9), (1e14, 1e6), (1e11, 1e3)):
        if abs(number) >= bound:
            number /= divisor
            break
    try:
        return EPOCH + timedelta(seconds=number)
    except OverflowError:  # long before the first year
        return None


def _from_iso(raw: str) -> datetime:
    try:
        at = datetime.fromisoformat(raw)
    except ValueError:
        at = _loose(raw)
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)


def _loose(raw: str) -> datetime:
    found = LOOSE.fullmatch(raw)
    if not found:
        raise ValueError(raw)
    year, month, day, hour, minute, second = (int(part or 0) for part in found.groups())
    return datetime(year, month, day, hour, minute, second, tzinfo=UTC)


def time_fault(at: datetime, now: datetime) -> str:
    """Return the reason to skip a line of this time, or nothing."""
    if at < EARLIEST:
        return "before_1990"
    return "in_future" if at > now + timedelta(days=1) else ""
