"""What the report says of single members: their habits and risk, what rests on them, what would go with them.

Stake: risk (or what ranks instead of it here, 0..1) × h_out, the breadth of what they give (Σ√live acts at the half-life of
super nodes): what would be lost (reference network §5.9). Who refuses measures and who is a bot has no row, and neither has who never acted nor was turned to.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import orjson

from kith.lib.graph import Numbers, Rows, sum_at
from kith.see.data import SCORE, Coefficients
from kith.see.rules.churn import Habits, chances, habits, leaning, tellable
from kith.see.rules.report.reading import TICK, Reading, when
from kith.see.rules.report.removal import Leaving

FIELDS = (
    "person_id", "first_at", "last_at", "acts", "risk", "stake", "brokerage", "cut_off", "loss", "facts",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Members:
    """Per member of the reading; NaN in `risk` and `lean` where there is too little to say. `rows` are those who get a measure.

    `lean` orders who may leave: the risk, or a simple order 0..1 that did better on the community's own past.
    """

    rows: Rows
    known: Habits
    risk: Numbers
    lean: Numbers
    gives: Numbers
    energy_in: Numbers
    energy_out: Numbers


def members(reading: Reading, coefficients: Coefficients, by: str = SCORE) -> Members:
    """Measure everybody who may be."""
    known = habits(reading.acts, reading.at + TICK, coefficients.window_days)
    tell = tellable(known)
    risk = np.full(reading.acts.people, np.nan)
    risk[tell] = chances(known, tell, coefficients)
    lean = risk if by == SCORE else leaning(reading.acts, reading.at + TICK, coefficients, by)
    live = reading.live
    got = sum_at(live.a, live.backward, live.people) + sum_at(live.b, live.forward, live.people)
    gave = sum_at(live.a, live.forward, live.people) + sum_at(live.b, live.backward, live.people)
    may = ~reading.roll.is_bot & ~reading.roll.is_refusing & ((known.acts > 0) | (got > 0))
    return Members(np.flatnonzero(may), known, risk, lean, _gives(reading), got, gave)


def _gives(reading: Reading) -> Numbers:
    node = reading.contacts.live(reading.at + TICK, reading.node_half_life_days)
    return sum_at(node.a, np.sqrt(node.forward), node.people) + sum_at(node.b, np.sqrt(node.backward), node.people)


def lines(reading: Reading, left: Leaving, found: Members) -> Iterator[tuple[Any, ...]]:
    """Yield each member's values in the order of FIELDS."""
    rows, known = found.rows, found.known
    stake = np.nan_to_num(found.lean) * found.gives
    columns = (
        reading.roll.person, reading.first, reading.last, known.acts, found.risk, stake, left.brokerage, left.cut_off, left.loss,
        known.silent_days, known.weeks, left.ties, left.parts, found.energy_in, found.energy_out,
    )  # fmt: skip
    for person, first, last, acts, risk, at_stake, broker, cut, loss, *rest in zip(
        *(c[rows].tolist() for c in columns), strict=True
    ):
        acted = acts > 0
        yield (
            person, when(first) if acted else None, when(last) if acted else None, acts, _or_none(risk), at_stake,
            _or_none(broker), cut, loss, _facts(acted, known.of, *rest),
        )  # fmt: skip


def _facts(
    acted: bool,  # noqa: FBT001 -- a column too
    of: int, silent_days: float, weeks: int, ties: int, parts: int, got: float, gave: float,
) -> str:  # fmt: skip
    silent = int(silent_days) if acted else None
    return orjson.dumps(
        {
            "silent_days": silent,
            "weeks": weeks,
            "of": of,
            "ties": ties,
            "components": parts,
            "energy_in": round(got, 4),
            "energy_out": round(gave, 4),
        }
    ).decode()


def _or_none(value: float) -> float | None:
    return None if value != value else value  # noqa: PLR0124 -- NaN is what does not equal itself
