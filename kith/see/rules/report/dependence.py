"""How much hangs on the centre, and on how few.

κ: the share of the live energy that touches founder or staff; below .25 healthy, to .6 leaning, above founder-centred. Absence
factor: the fewest people who hold half (four fifths) of the energy, a person's being what they give and get. What would go with
somebody is `removal`. Source: reference network §5.6; CHAOSS contributor absence factor.
"""

import numpy as np

from kith.lib.acts import DAY_SECONDS
from kith.lib.graph import Numbers, Pairs, sum_at
from kith.see.data import Dependence, Removal
from kith.see.rules.report.reading import QUARTER_DAYS, Reading, share

HEALTHY, LEANING = 0.25, 0.6
LEAST_ENERGY = 5.0


def dependence(reading: Reading, top: tuple[Removal, ...]) -> Dependence:
    """Return how the energy of the moment hangs on the centre; `top` from `removal`."""
    centre = centre_share(reading, reading.live)
    held = touch(reading.live)
    then = reading.contacts.live(reading.at - QUARTER_DAYS * DAY_SECONDS, reading.tie_half_life_days)
    return Dependence(
        centre_share=centre,
        centre_colour=None if centre is None else colour(centre),
        absence_50=fewest(held, 0.5),
        absence_80=fewest(held, 0.8),
        people=int((held > 0).sum()),
        top=top,
        centre_share_before=centre_share(reading, then),
    )


def centre_share(reading: Reading, live: Pairs) -> float | None:
    """Return κ; None below five live acts."""
    staff = reading.roll.is_staff
    touching = float(live.strength[staff[live.a] | staff[live.b]].sum())
    return share(touching, float(live.strength.sum()), least=LEAST_ENERGY)


def colour(centre: float) -> str:
    return "healthy" if centre < HEALTHY else "leaning" if centre <= LEANING else "founder_centred"


def touch(pairs: Pairs) -> Numbers:
    """Return the energy each person gives and gets."""
    return sum_at(np.concatenate([pairs.a, pairs.b]), np.tile(pairs.strength, 2), pairs.people)


def fewest(held: Numbers, part: float) -> int:
    """Return the smallest number of people who together hold `part` of all; 0 where there is nothing."""
    total = float(held.sum())
    if not total > 0:
        return 0
    sums = np.cumsum(np.sort(held)[::-1])
    return min(len(held), int(np.searchsorted(sums, part * total * (1 - 1e-12))) + 1)
