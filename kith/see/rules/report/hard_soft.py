"""Hard or soft: how much energy runs along lines that touch founder or staff, and how much members give on their own initiative.

Soft lines are those between two members of whom neither is staff. Now: of the live energy; over time: of the energy given in each
quarter. Staff are those of today. Source: reference network §5.6 (κ), told over time.
"""

from kith.see.data import HardSoft, Side
from kith.see.rules.report.reading import Reading, quarters, share, when

QUARTERS = 16
LEAST_ENERGY = 5.0


def hard_soft(reading: Reading) -> HardSoft:
    """Return the shares now and the quarters since the first act, oldest first, sixteen at most."""
    live = reading.live
    staff = reading.roll.is_staff
    hard = staff[live.a] | staff[live.b]
    now = share(float(live.strength[hard].sum()), float(live.strength.sum()), least=LEAST_ENERGY)
    series = tuple(
        _side(reading, since, until) for since, until in quarters(reading.at, QUARTERS) if _lived(reading, until)
    )
    return HardSoft(now, None if now is None else 1.0 - now, series)


def _lived(reading: Reading, until: float) -> bool:
    return bool(len(reading.acts)) and float(reading.acts.at[0]) < until


def _side(reading: Reading, since: float, until: float) -> Side:
    acts = reading.acts.between(since, until)
    toward = (acts.other >= 0) & (acts.other != acts.actor)
    staff = reading.roll.is_staff
    energy = float(acts.weight[toward].sum())
    hard = toward & (
        staff[acts.actor] | staff[acts.other]
    )  # nobody is -1 and reads the last row; `toward` leaves them out
    found = share(float(acts.weight[hard].sum()), energy, least=LEAST_ENERGY)
    return Side(when(since), energy, found, int(toward.sum()))
