"""When the weekly letter goes out."""

from datetime import date, datetime, timedelta

MORNING_HOUR = 7
MONDAY, TUESDAY = 0, 1


def week_of(local: datetime) -> date:
    """Return the Monday that a moment's week begins with."""
    return local.date() - timedelta(days=local.weekday())


def letter_week(local: datetime) -> date | None:
    """Return the Monday whose letter is to go out at a moment of the server's clock, None where none is.

    From Monday morning until Tuesday ends: a server that slept, or mail that was refused, is hours late and not a week.
    """
    day = local.weekday()
    if day > TUESDAY or (day == MONDAY and local.hour < MORNING_HOUR):
        return None
    return week_of(local)
