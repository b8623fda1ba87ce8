"""When an event is, in words: in the time zone of its place."""

from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel.dates import format_skeleton, get_timezone_location

from kith.web.jinja import locale


def moment_in(at: datetime, zone: str, since: datetime | None = None) -> str:
    """Return the day and the minute as clocks at the place show them; of the day that `since` names only the minute."""
    there = at.astimezone(ZoneInfo(zone))
    if since is not None and since.astimezone(ZoneInfo(zone)).date() == there.date():
        return f"{there:%H:%M}"
    return f"{format_skeleton('yMMMEd', there.replace(tzinfo=None), locale=locale())} {there:%H:%M}"


def zone_word(at: datetime, zone: str) -> str:
    """Return the place whose clock it is, and how far it is from UTC then."""
    minutes = int((at.astimezone(ZoneInfo(zone)).utcoffset() or at - at).total_seconds()) // 60
    hours, rest = divmod(abs(minutes), 60)
    far = f"{'-' if minutes < 0 else '+'}{hours}{f':{rest:02}' if rest else ''}"
    return f"{_city(zone, locale())} UTC{far}" if "/" in zone else f"UTC{far}"


@lru_cache(256)
def _city(zone: str, language: str) -> str:
    return str(get_timezone_location(zone, locale=language, return_city=True))


def day_number(at: datetime, zone: str) -> str:
    return str(at.astimezone(ZoneInfo(zone)).day)


def month_word(at: datetime, zone: str) -> str:
    there = at.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    return str(format_skeleton("MMM", there, locale=locale()))
