"""Moments as a form's field has them: without a zone, in that of the server."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings

from kith.lib.errors import Refusal


class NotAMoment(Refusal):
    sentence = "This is not a date and time."


def local(at: datetime | None, zone: str = "") -> str:
    """Return a moment as a field of a form has it."""
    return f"{at.astimezone(ZoneInfo(zone or settings.TIME_ZONE)):%Y-%m-%dT%H:%M}" if at else ""


def read(raw: str, zone: str = "") -> datetime | None:
    """Read such a field; an empty one is none.

    Raises:
        NotAMoment: as it says.

    """
    if not raw.strip():
        return None
    try:
        at = datetime.fromisoformat(raw.strip())
    except ValueError:
        raise NotAMoment from None
    return at.replace(tzinfo=ZoneInfo(zone or settings.TIME_ZONE)) if at.tzinfo is None else at
