"""When each trial asks, and how far it looks ahead: a rule by the length of a history.

Communities of some years are asked about the next 90 days, as in the published trials; short ones about less, in whole
weeks: 193 days of private messages about 14 (ties) and 21 (all else). Moments are epoch seconds.
"""

from dataclasses import dataclass

import numpy as np

from kith.lib.acts import DAY_SECONDS, Acts
from kith.lib.graph import Numbers

MOST_DAYS = 90.0
WEEK = 7.0
LEAST_DAYS = 56.0  # below it a week ahead can be asked about too few times
LOOK_BACK_DAYS = 365.0
SKEW_SHARE = 0.01


@dataclass(frozen=True, slots=True)
class Plan:
    """A history from `start` to `end`. `asked` are cuts given by hand, `cuts` how many; else as published."""

    start: float
    end: float
    asked: tuple[float, ...] = ()
    cuts: int = 0

    @property
    def span_days(self) -> float:
        return (self.end - self.start) / DAY_SECONDS

    @property
    def near_days(self) -> float:
        """How far ahead ties are asked about: a fourteenth of the history, 7 to 90 days."""
        return _weeks(self.span_days / 14)

    @property
    def far_days(self) -> float:
        """How far ahead all else is: a ninth of the history, 7 to 90 days."""
        return _weeks(self.span_days / 9)

    @property
    def look_back_days(self) -> float:
        """How long ago a pair may have been in touch to be asked about."""
        return min(LOOK_BACK_DAYS, self.near_days * 30 / 7)

    def reported(self, days: float, *, first: float = 0.3, count: int = 12) -> Numbers:
        """Return the cuts of the figures told: even from `first` of the history on, each with `days` after it."""
        last = self.end - days * DAY_SECONDS
        if self.asked:
            return np.array([at for at in self.asked if self.start < at <= last])
        return np.linspace(self._at(first), last, self.cuts or count)

    def earlier(self, days: float, *, count: int = 8) -> Numbers:
        """Return the cuts half-lives are chosen on: their windows end before the first reported one begins."""
        until = min([self._at(0.3), *self.asked]) - days * DAY_SECONDS
        return np.linspace(self._at(0.1), until, count) if until > self._at(0.1) else np.zeros(0)

    def _at(self, share: float) -> float:
        return self.start + share * (self.end - self.start)


def _weeks(days: float) -> float:
    return min(MOST_DAYS, WEEK * max(1, round(days / WEEK)))


def plan_for(acts: Acts, *, asked: tuple[float, ...] = (), cuts: int = 0) -> Plan | None:
    """Return the plan of a history; None where it is shorter than eight weeks."""
    if not len(acts) or acts.at[-1] - acts.at[0] < LEAST_DAYS * DAY_SECONDS:
        return None
    return Plan(float(acts.at[0]), float(acts.at[-1]), tuple(sorted(asked)), cuts)


def settled(acts: Acts, now: float) -> Acts:
    """Leave out what wrong clocks did: acts after now, and a few (1 % at most) beyond a silence of half of the history."""
    acts = acts.before(np.nextafter(now, np.inf))
    if len(acts) < 3:
        return acts
    silence = np.diff(acts.at)
    longest = int(silence.argmax())
    if silence[longest] * 2 < acts.at[-1] - acts.at[0]:
        return acts
    few = SKEW_SHARE * len(acts)
    if longest + 1 <= few:
        return acts.between(float(acts.at[longest + 1]), np.inf)
    return acts.before(float(acts.at[longest + 1])) if len(acts) - longest - 1 <= few else acts
