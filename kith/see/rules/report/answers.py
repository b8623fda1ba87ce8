"""How long words wait: what called for an answer, and when somebody next turned to its author."""

from dataclasses import dataclass

import numpy as np

from kith.lib.graph import Numbers
from kith.see.rules.report.reading import Reading

OPEN_SHARE = 0.05  # of the messages: with fewer to nobody, a message to somebody is what calls for an answer
NEVER = np.inf


@dataclass(frozen=True, slots=True)
class Calls:
    """When each call was made, rising, and the hours until somebody else turned to its author, inf for never yet."""

    at: Numbers
    hours: Numbers
    known_until: float

    def within(self, since: float, until: float) -> tuple[Numbers, int, int]:
        """Return the hours of the calls of a period that were answered, how many were, and how many were made a day before the end or more."""
        low, high = np.searchsorted(self.at, [since, min(until, self.known_until - 86_400.0)])
        hours = self.hours[low:high]
        answered = hours[np.isfinite(hours)]
        return answered, len(answered), int(max(0, high - low))


def calls(reading: Reading, since: float) -> Calls:
    """Find the calls since a moment with what came of them. A sort of the acts received since."""
    acts = reading.acts
    low = int(np.searchsorted(acts.at, since))
    message, toward = reading.is_message[low:], (acts.other[low:] >= 0) & (acts.other[low:] != acts.actor[low:])
    opened = message & ~toward
    wanted = opened if opened.sum() >= OPEN_SHARE * max(1, int(message.sum())) else message
    who, at = acts.actor[low:][wanted], acts.at[low:][wanted]
    got_by, got_at = acts.other[low:][toward], acts.at[low:][toward]
    order = np.argsort(got_by, kind="stable")  # within a person still in time
    return Calls(at, _waits(who, at, got_by[order], got_at[order], acts.people) / 3600, reading.at)


def _waits(who: np.ndarray[tuple[int], np.dtype[np.int64]], at: Numbers, got_by: np.ndarray[tuple[int], np.dtype[np.int64]],
           got_at: Numbers, people: int) -> Numbers:  # fmt: skip
    """Return the seconds from each call to the next act its author got; both are found by one search over (person, time)."""
    if not len(got_by):
        return np.full(len(at), NEVER)
    begin = float(min(at.min(initial=np.inf), got_at.min()))
    span = float(max(at.max(initial=-np.inf), got_at.max())) - begin + 1.0
    place = np.searchsorted(got_by * span + (got_at - begin), who * span + (at - begin), side="right")
    near = np.minimum(place, len(got_by) - 1)
    found = (place < len(got_by)) & (got_by[near] == who)
    return np.where(found, got_at[near] - at, NEVER)
