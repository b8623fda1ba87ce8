"""Spans of days, as somebody writes them on a page or sends them."""

from datetime import date, datetime, timedelta, tzinfo

from kith.lib.errors import Refusal

MOST_DAYS = 3660


class BadDay(Refusal):
    sentence = "A day is written like 2026-11-20."


class BadSpan(Refusal):
    sentence = "The first day comes before the last, at most ten years apart."


def span(since: str, until: str, *, now: datetime, zone: tzinfo, back_days: int) -> tuple[datetime, datetime]:
    """Return the first moment of one day and the first after another; the last so many days where none is named.

    Raises:
        BadDay: it is no day.
        BadSpan: as it says.

    """
    today = now.astimezone(zone).date()
    last = _day(until) if until.strip() else today
    first = _day(since) if since.strip() else last - timedelta(days=back_days - 1)
    if not timedelta(0) <= last - first <= timedelta(days=MOST_DAYS):
        raise BadSpan
    return _midnight(first, zone), _midnight(last + timedelta(days=1), zone)


def _day(raw: str) -> date:
    try:
        found = date.fromisoformat(raw.strip())
    except ValueError:
        raise BadDay from None
    if not 1971 <= found.year <= 9000:  # beyond, a time zone would leave the calendar
        raise BadDay
    return found


def _midnight(day: date, zone: tzinfo) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=zone)
