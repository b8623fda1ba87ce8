"""What becomes of newcomers who are answered, and of those who are not; who waits now.

A newcomer's first act is their first line in the book. Answered: somebody else's act reached them within 24 hours of it.
Came back: an act of theirs a day after it or later, within 90 days. Source: Joyce and Kraut, JCMC 2006; reference network §4.4.
"""

from collections.abc import Mapping

import numpy as np

from kith.lib.acts import DAY_SECONDS, Acts
from kith.lib.graph import Flags
from kith.see.data import Newcomers, Waiting
from kith.see.rules.report.reading import TICK, Reading, share, when

RETURN_DAYS = 90
WAITING_DAYS = 14
LONG_HOURS = 12
WAITING_LIMIT = 50
LEAST = 10


def answered_within_a_day(reading: Reading, at: float) -> Flags:
    """Say whom somebody turned to within a day of their first act."""
    return reached(reading, reading.acts.before(at + TICK), DAY_SECONDS)


def reached(reading: Reading, acts: Acts, seconds: float) -> Flags:
    """Say who got an act of somebody else within so long of their first act."""
    found = np.zeros(acts.people, bool)
    toward = (acts.other >= 0) & (acts.other != acts.actor)
    other, at = acts.other[toward], acts.at[toward]
    late = at - reading.first[other]
    found[other[(late >= 0) & (late <= seconds)]] = True
    return found


def came_back(reading: Reading) -> Flags:
    """Say who acted again a day to ninety days after their first act: a talk that runs past midnight is no return."""
    first = np.where(np.isfinite(reading.first), reading.first, 0.0)  # who never acted is in no act
    later = np.zeros(reading.acts.people, bool)
    actor, at = reading.acts.actor, reading.acts.at
    late = at - first[actor]
    again = (late >= DAY_SECONDS) & (late <= RETURN_DAYS * DAY_SECONDS)
    later[actor[again]] = True
    return later


def newcomers(reading: Reading, sources: Mapping[int, str] | None = None) -> Newcomers:
    """Compare over the whole life; `sources` names the first act of who waits (`waiting_rows`), by person."""
    began = np.isfinite(reading.first) & ~reading.roll.is_bot
    judged = began & (reading.first + DAY_SECONDS <= reading.at)
    answered = answered_within_a_day(reading, reading.at)
    over = began & (reading.first + RETURN_DAYS * DAY_SECONDS <= reading.at)
    back = came_back(reading)
    with_, without = over & answered, over & ~answered
    return Newcomers(
        answered_24h=share(float((judged & answered).sum()), int(judged.sum()), least=LEAST),
        n=int(judged.sum()),
        return_answered=share(float((with_ & back).sum()), int(with_.sum()), least=LEAST),
        n_answered=int(with_.sum()),
        return_unanswered=share(float((without & back).sum()), int(without.sum()), least=LEAST),
        n_unanswered=int(without.sum()),
        waiting=_waiting(reading, sources or {}),
    )


def waiting_rows(reading: Reading) -> list[int]:
    """Return the rows of newcomers of two weeks who said something and whom nobody turned to yet.

    First who waits longer than twelve hours, the newest first.
    """
    new = (reading.first > reading.at - WAITING_DAYS * DAY_SECONDS) & _spoke(reading)
    ours = ~reading.roll.is_bot & ~reading.roll.is_staff & ~reading.roll.is_refusing
    waits = np.flatnonzero(new & np.isfinite(reading.first) & ours & ~reached(reading, reading.acts, np.inf))
    is_short = reading.first[waits] > reading.at - LONG_HOURS * 3600
    order = np.lexsort((reading.roll.person[waits], -reading.first[waits], is_short))
    found: list[int] = waits[order][:WAITING_LIMIT].tolist()
    return found


def _spoke(reading: Reading) -> Flags:
    """Say who wrote a message, for a thanks waits for no answer; of a book without messages, who acted."""
    words = reading.is_message
    spoke = np.zeros(reading.acts.people, bool)
    spoke[reading.acts.actor[words] if words.any() else reading.acts.actor] = True
    return spoke


def _waiting(reading: Reading, sources: Mapping[int, str]) -> tuple[Waiting, ...]:
    rows = waiting_rows(reading)
    people = reading.roll.person
    return tuple(Waiting(p := int(people[r]), when(reading.first[r]), sources.get(p, "")) for r in rows)
