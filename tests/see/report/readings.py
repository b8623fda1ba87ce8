"""Readings of small histories, as the rules of the report take them."""

from collections.abc import Collection, Sequence

import numpy as np

from kith.lib.acts import DAY_SECONDS, Acts
from kith.lib.graph import Flags
from kith.see.data import Findings
from kith.see.rules.report.findings import findings
from kith.see.rules.report.reading import Reading, read
from kith.see.rules.report.removal import leaving
from kith.see.rules.roll import Roll
from tests.see.histories import Line, history

KINDS = ("reply", "post")


def roll(
    people: int,
    *,
    staff: Collection[int] = (),
    bots: Collection[int] = (),
    hidden: Collection[int] = (),
    refusing: Collection[int] = (),
    names: Sequence[str] = (),
    joined: Sequence[float] = (),
) -> Roll:
    """Return members with ids from 100 on; `joined` in days."""
    return Roll(
        person=np.arange(100, 100 + people),
        name=list(names) or [f"P{i}" for i in range(people)],
        chapter=[""] * people,
        joined_at=np.array(list(joined) or [0.0] * people, np.float64) * DAY_SECONDS,
        is_bot=_flags(people, bots),
        is_staff=_flags(people, staff),
        is_hidden=_flags(people, [*hidden, *refusing]),
        is_refusing=_flags(people, refusing),
    )


def _flags(people: int, rows: Collection[int]) -> Flags:
    found: Flags = np.isin(np.arange(people), list(rows))
    return found


def reading_of(acts: Acts, members: Roll, day: float) -> Reading:
    """Return a reading at a day; lines toward nobody are posts, others replies."""
    kind = (acts.other < 0).astype(np.int16)
    told = Acts(acts.people, acts.actor, acts.other, acts.weight, acts.at, kind)
    return read(told, members, KINDS, at=day * DAY_SECONDS, tie_half_life_days=60, node_half_life_days=30)


def reading(people: int, lines: Sequence[Line], *, day: float, members: Roll | None = None) -> Reading:
    return reading_of(history(people, lines), members or roll(people), day)


def found_in(told: Reading) -> Findings:
    return findings(told, leaving(told))
