"""If they left: what goes with each person, and who would be cut off.

Loss is the share of the live energy on their ties. Parts and people cut off are of the network of warm ties (a tenth of a live act
and more): how many parts their component falls into, and who is no longer in its largest. Brokerage is 1 - Burt's constraint there,
for who has three warm ties; it describes, and predicts nothing (reference network §0.2, §5.5, §5.6). Sales are the ledger's.
"""

from dataclasses import dataclass

import numpy as np

from kith.lib.contacts import warm
from kith.lib.graph import Numbers, Rows, degree, share_of
from kith.lib.graph_brokerage import constraint
from kith.lib.graph_cuts import cuts
from kith.see.data import Removal
from kith.see.rules.report.dependence import touch
from kith.see.rules.report.reading import Reading

WARM = 0.1
LEAST_TIES = 3
TOP = 20


@dataclass(frozen=True, slots=True)
class Leaving:
    """Per member: `loss` 0..1, `parts` more than before, people `cut_off`; `brokerage` 0..1, NaN for who has too few ties."""

    loss: Numbers
    parts: Rows
    cut_off: Rows
    brokerage: Numbers
    ties: Rows


def leaving(reading: Reading) -> Leaving:
    """Take each member out in turn. The dearest of the report: a fold, a forest and the triangles of all warm ties."""
    held = touch(reading.live)
    tied = warm(reading.live, WARM)
    found = cuts(tied.people, tied.a, tied.b)
    ties = degree(tied)
    open_ = np.where(ties >= LEAST_TIES, 1 - np.minimum(constraint(tied), 1.0), np.nan)
    energy = float(reading.live.strength.sum())
    return Leaving(
        loss=share_of(held, np.full(len(held), energy)),
        parts=np.maximum(found.parts - 1, 0),
        cut_off=found.cut_off,
        brokerage=open_,
        ties=ties,
    )


def top(reading: Reading, found: Leaving) -> tuple[Removal, ...]:
    """Return those whose leaving costs most energy; who may be ranked only."""
    may = ~reading.roll.is_bot & ~reading.roll.is_hidden & (found.loss > 0)
    rows = np.flatnonzero(may)
    best = rows[np.lexsort((reading.roll.person[rows], -found.cut_off[rows], -found.loss[rows]))][:TOP]
    return tuple(
        Removal(int(reading.roll.person[r]), float(found.loss[r]), int(found.parts[r]), int(found.cut_off[r]))
        for r in best.tolist()
    )
