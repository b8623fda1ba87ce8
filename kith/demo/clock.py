"""When people in China write: the rhythm of days and weeks, and how long an answer takes."""

import math
from datetime import datetime, timedelta, timezone
from random import Random

CHINA = timezone(timedelta(hours=8))
DAYS = 425
# Share of what is written, by hour from midnight: before work, at lunch, and most of all in the evening.
HOURS = (9, 4, 2, 1, 1, 2, 8, 22, 34, 36, 34, 32, 40, 34, 24, 24, 26, 28, 30, 36, 50, 58, 48, 24)
# Monday first. Saturday people stand at their stalls; Sunday evening they write.
WEEKDAYS = (1.05, 1.1, 1.12, 1.08, 0.92, 0.66, 1.0)
MORNING = 7


def started_at(now: datetime) -> datetime:
    """Return the founding morning: about fourteen months before the end."""
    return (now.astimezone(CHINA) - timedelta(days=DAYS)).replace(hour=9, minute=0, second=0, microsecond=0)


def liveliness(day: int) -> float:
    """Return how much is said on a day of the story, relative: quiet for two months, then growing, with slow waves."""
    grown = math.pow(day / DAYS, 1.25)
    return (0.10 + grown) * (1 + 0.18 * math.sin(day / 17.0))


def moments(rng: Random, start: datetime, now: datetime, count: int) -> list[datetime]:
    """Return the times at which posts are opened, oldest first."""
    days = range(DAYS + 1)
    weights = [liveliness(d) * WEEKDAYS[(start + timedelta(days=d)).weekday()] for d in days]
    found = (on_day(rng, start + timedelta(days=d)) for d in rng.choices(days, weights, k=count))
    return sorted(min(at, now - timedelta(minutes=rng.uniform(90, 900))) for at in found)


def on_day(rng: Random, day: datetime) -> datetime:
    """Return a likely moment of a day."""
    hour = rng.choices(range(24), HOURS)[0]
    return day.replace(hour=hour, minute=rng.randrange(60), second=rng.randrange(60), microsecond=0)


def awake(rng: Random, at: datetime) -> datetime:
    """Return the moment itself, or the next morning for most that fall into the night."""
    local = at.astimezone(CHINA)
    if local.hour >= MORNING or rng.random() < 0.06:
        return local
    return local.replace(hour=MORNING, minute=0) + timedelta(minutes=rng.uniform(5, 170))


def evening_before(at: datetime) -> datetime:
    """Return a moment of the evening that a night follows; later in the night is later in the evening."""
    return (at - timedelta(days=1)).replace(hour=20) + timedelta(minutes=20 * at.hour)


def lag(rng: Random, hours: float, spread: float = 1.1) -> timedelta:
    """Return a waiting time: log-normal around a median, at most two days."""
    return timedelta(hours=min(hours * math.exp(rng.gauss(0, spread)), 48))
