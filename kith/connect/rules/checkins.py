"""What check-ins come to: days in a row, days in all, prizes, ranks. Pure; a day is a date, so that no clock shifts it."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta

from kith.connect.data import (
    DAYS_LIMIT,
    MAKEUPS_LIMIT,
    PRIZES_LIMIT,
    BadChallenge,
    BadPrize,
    Prize,
    Score,
    TooManyPrizes,
)
from kith.lib.text import clean_line

PRIZE = re.compile(r"\s*(\d{1,3})\s*(?:天|日|days?)?\s*(?:→|->|=>|—>|：|:|＝|=|\s)\s*(.+)")
ONE = timedelta(days=1)


def checked_span(starts_on: date, ends_on: date, today: date) -> None:
    """Let pass the days of a challenge.

    Raises:
        BadChallenge: it ends before it begins or in the past, or is longer than a year.

    """
    if not (starts_on <= ends_on and today <= ends_on and (ends_on - starts_on).days < DAYS_LIMIT):
        raise BadChallenge(limit=DAYS_LIMIT)


def checked_makeups(makeups: int) -> int:
    return max(0, min(makeups, MAKEUPS_LIMIT))


def prizes(lines: Iterable[str], length: int) -> list[Prize]:
    """Read prizes, one a line, the fewest days first; empty lines are left out.

    Raises:
        BadPrize, TooManyPrizes: as they say.

    """
    found: dict[int, Prize] = {}
    for line in (clean_line(raw) for raw in lines):
        if not line:
            continue
        match = PRIZE.fullmatch(line)
        if match is None or not 1 <= int(match[1]) <= length:
            raise BadPrize
        found[int(match[1])] = Prize(int(match[1]), match[2][:60].strip())
    if len(found) > PRIZES_LIMIT:
        raise TooManyPrizes(limit=PRIZES_LIMIT)
    return [found[days] for days in sorted(found)]


def runs(days: Collection[date]) -> list[tuple[date, int]]:
    """Return each run of days in a row as (its last day, its length), in order."""
    found: list[tuple[date, int]] = []
    for day in sorted(days):
        if found and found[-1][0] + ONE == day:
            found[-1] = (day, found[-1][1] + 1)
        else:
            found.append((day, 1))
    return found


def score(person_id: int, days: Collection[date], mode: str, today: date) -> Score:
    """Return how somebody does. The run that stands ends today or yesterday: today is not over yet."""
    made = runs(days)
    best = max((many for _, many in made), default=0)
    now = made[-1][1] if made and made[-1][0] >= today - ONE else 0
    return Score(person_id, best if mode == "streak" else len(days), best, len(days), now)


def earned_on(days: Collection[date], mode: str, wanted: int) -> date | None:
    """Return the day on which so many days were reached, None while they are not."""
    ordered = sorted(days)
    if mode == "total":
        return ordered[wanted - 1] if len(ordered) >= wanted else None
    run = 0
    for n, day in enumerate(ordered):
        run = run + 1 if n and ordered[n - 1] + ONE == day else 1
        if run == wanted:
            return day
    return None


def ranked(scores: Iterable[Score]) -> list[tuple[int, Score]]:
    """Return scores with their ranks: what counts first, then all days; equals share a rank."""
    ordered = sorted(scores, key=lambda s: (-s.days, -s.total, s.person_id))
    found: list[tuple[int, Score]] = []
    for n, one in enumerate(ordered, 1):
        last = found[-1] if found else None
        same = last is not None and (last[1].days, last[1].total) == (one.days, one.total)
        found.append((last[0] if same and last else n, one))
    return found


def missed(days: Collection[date], starts_on: date, ends_on: date, today: date) -> list[date]:
    """Return the days of a challenge that are over and were missed, the latest first."""
    last = min(ends_on, today - ONE)
    many = (last - starts_on).days + 1
    return [day for n in range(max(0, many)) if (day := last - n * ONE) not in days]


def winners(by_person: Mapping[int, Collection[date]], mode: str, wanted: Sequence[Prize]) -> list[tuple[Prize, int, date]]:  # fmt: skip
    """Return (prize, person, day) for all that was earned, by prize, who was first before who came later."""
    found = [
        (prize, person, on)
        for prize in wanted
        for person, days in by_person.items()
        if (on := earned_on(days, mode, prize.days))
    ]
    return sorted(found, key=lambda one: (one[0].days, one[2], one[1]))
