"""On how few it rests: acts of a year, warm ties, live energy.

Half and four fifths: the fewest people, most first, who together have that part (CHAOSS contributor absence factor; Augur's
top committers). A tie counts for both its ends. Gini of the acts among who gave any (Gini 1912): 0 all the same, 1 one gave all.
"""

import numpy as np

from kith.lib.acts import DAY_SECONDS
from kith.lib.contacts import warm
from kith.lib.graph import Numbers, degree
from kith.see.data import Concentration
from kith.see.rules.report.dependence import fewest, touch
from kith.see.rules.report.reading import TICK, Reading
from kith.see.rules.report.removal import WARM

YEAR_DAYS = 365.25
LEAST_ACTS = 30
LEAST_PEOPLE = 3


def concentration(reading: Reading) -> Concentration | None:
    """Return None where fewer than 30 acts or three givers stand behind it."""
    gave, before = (_gave(reading, years) for years in (0, 1))
    if gave is None:
        return None
    tied = warm(reading.live, WARM)
    return Concentration(
        acts_50=fewest(gave, 0.5),
        acts_80=fewest(gave, 0.8),
        ties_50=fewest(degree(tied).astype(np.float64), 0.5),
        energy_50=fewest(touch(reading.live), 0.5),
        gini=gini(gave[gave > 0]),
        people=int((gave > 0).sum()),
        acts=int(gave.sum()),
        ties=len(tied.a),
        acts_50_before=None if before is None else fewest(before, 0.5),
        people_before=None if before is None else int((before > 0).sum()),
    )


def _gave(reading: Reading, years: int) -> Numbers | None:
    """Return how many acts each gave in the year that ended so many years ago; None where there is too little to say."""
    until = reading.at + TICK - years * YEAR_DAYS * DAY_SECONDS
    acts = reading.acts.between(until - YEAR_DAYS * DAY_SECONDS, until)
    gave = np.bincount(acts.actor, minlength=acts.people).astype(np.float64)
    return gave if len(acts) >= LEAST_ACTS and int((gave > 0).sum()) >= LEAST_PEOPLE else None


def gini(values: Numbers) -> float:
    """Return 0..1 of positive values; 0 for none and for one."""
    count, total = len(values), float(values.sum())
    if count < 2 or not total > 0:
        return 0.0
    ranks = np.arange(1, count + 1)
    raw = float((2 * ranks - count - 1) @ np.sort(values)) / ((count - 1) * total)
    return min(1.0, max(0.0, raw))
