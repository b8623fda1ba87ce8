"""When a promise made to others counts as kept."""

from datetime import date, timedelta

KEPT_UP = 0.8  # of the days from the first check-in to the challenge's last
DOOR_CLOSES = timedelta(days=1)  # after an event began


def kept_up(days: int, first_on: date, ends_on: date) -> bool:
    """Tell whether somebody who began a challenge on a day kept it up until it was over."""
    return days >= KEPT_UP * ((ends_on - first_on).days + 1)
