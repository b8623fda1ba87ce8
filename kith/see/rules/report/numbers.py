"""A community's numbers at a moment, and what they were thirty days before.

Temperature: degrees of the live energy per active member. Reciprocity T = Σ 2·min(a→b, b→a) / Σ (a→b + b→a).
Source: reference network §5.2, §5.3; gravity after the Orbit model (`levels.gravity`).
"""

import numpy as np

from kith.lib.acts import DAY_SECONDS
from kith.lib.graph import Pairs, reciprocity
from kith.see.data import Numbers
from kith.see.rules.report.newcomers import answered_within_a_day
from kith.see.rules.report.reading import ACTIVE_DAYS, TICK, Reading, share
from kith.see.rules.warmth import degrees

LEAST_PAIRS = 5
LEAST_ENERGY = 1.0


def numbers(reading: Reading, at: float, gravity: float | None = None) -> Numbers:
    """Count at a moment not after the reading's. A fold of the acts; half a second for ten million."""
    month = ACTIVE_DAYS * DAY_SECONDS
    here = ~reading.roll.is_bot & (reading.joined_at <= at)
    recent = np.bincount(reading.acts.between(at + TICK - month, at + TICK).actor, minlength=len(here)) > 0
    live = reading.live if at == reading.at else reading.contacts.live(at + TICK, reading.tie_half_life_days)
    known = live.strength > 0
    energy = float(live.strength.sum())
    active = int((recent & here).sum())
    new = (reading.first > at - month) & (reading.first <= at)
    judged = new & (reading.first + DAY_SECONDS <= at)
    return Numbers(
        people=int(here.sum()),
        active=active,
        silent=int(here.sum()) - active,
        acts=len(reading.acts.before(at + TICK)),
        energy=energy,
        temperature=degrees(energy / active) if active else 0.0,
        pairs=int(known.sum()),
        reciprocity=reciprocity(live) if energy >= LEAST_ENERGY else None,
        two_way_percent=_two_way_percent(live),
        joined_30=int((here & (reading.joined_at > at - month)).sum()),
        newcomers=int(new.sum()),
        newcomers_judged=int(judged.sum()),
        newcomers_answered=int((judged & answered_within_a_day(reading, at)).sum()),
        gravity=gravity,
    )


def _two_way_percent(live: Pairs) -> int | None:
    known = int((live.strength > 0).sum())
    found = share(float(live.two_way.sum()), known, least=LEAST_PAIRS)
    return None if found is None else round(100 * found)
