"""A community's book as every rule of the report reads it."""

from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise

import numpy as np

from kith.lib.acts import DAY_SECONDS, NOBODY, Acts, first_and_last
from kith.lib.contacts import Contacts, contacts
from kith.lib.graph import Flags, Numbers, Pairs
from kith.see.rules.roll import Roll

TICK = 1e-6
ACTIVE_DAYS = 30
QUARTER_DAYS = 91
# An act of these kinds is a message; others come along with one (a mention, a quote) or are signs (thanks, reactions).
MESSAGES = frozenset({"post", "reply", "comment", "message", "answer", "other"})


@dataclass(frozen=True, slots=True)
class Reading:
    """The acts up to `at` without those of bots, with their pairs; `first` and `last` are each member's own acts, ±inf for none.

    `live` are all pairs ever in touch, as live at `at`; `joined_at` is never later than the first act.
    """

    roll: Roll
    acts: Acts
    kinds: tuple[str, ...]
    at: float
    tie_half_life_days: float
    node_half_life_days: float
    contacts: Contacts
    live: Pairs
    first: Numbers
    last: Numbers
    joined_at: Numbers

    @property
    def counted(self) -> Flags:
        """Who counts as one of the people: no bot, and here at the moment."""
        here: Flags = ~self.roll.is_bot & (self.joined_at <= self.at)
        return here

    @property
    def is_message(self) -> Flags:
        return np.array([k in MESSAGES for k in self.kinds], bool)[self.acts.kind] if self.kinds else np.zeros(0, bool)


def read(
    acts: Acts, roll: Roll, kinds: tuple[str, ...], *, at: float, tie_half_life_days: float, node_half_life_days: float
) -> Reading:
    """Prepare a book for the rules. What happened after `at` (clocks that run ahead) is left out."""
    known = _without_bots(acts.before(at + TICK), roll)
    found = contacts(known)
    first, last = first_and_last(known)
    return Reading(
        roll=roll,
        acts=known,
        kinds=kinds,
        at=at,
        tie_half_life_days=tie_half_life_days,
        node_half_life_days=node_half_life_days,
        contacts=found,
        live=found.live(at + TICK, tie_half_life_days),
        first=first,
        last=last,
        joined_at=np.minimum(roll.joined_at, first),
    )


def _without_bots(acts: Acts, roll: Roll) -> Acts:
    """Leave out what bots did; what was done toward them is toward nobody."""
    if not roll.is_bot.any():
        return acts
    keep = ~roll.is_bot[acts.actor]
    other = acts.other[keep]
    toward_bot = (other >= 0) & roll.is_bot[other]
    return Acts(
        acts.people,
        acts.actor[keep],
        np.where(toward_bot, NOBODY, other),
        acts.weight[keep],
        acts.at[keep],
        acts.kind[keep],
    )


def last_act_at(acts: Acts, now: float) -> float | None:
    """Return when somebody last acted, clocks that run ahead aside."""
    known = acts.before(now + TICK)
    return float(known.at[-1]) if len(known) else None


def quarters(at: float, count: int) -> list[tuple[float, float]]:
    """Return the last `count` stretches of 91 days up to a moment, oldest first; the newest holds the moment itself."""
    edges = [at + TICK - QUARTER_DAYS * DAY_SECONDS * back for back in range(count, -1, -1)]
    return list(pairwise(edges))


def when(seconds: float) -> datetime:
    return datetime.fromtimestamp(round(seconds), UTC)


def share(part: float, whole: float, *, least: float = 1.0) -> float | None:
    """Divide, or say None when less than `least` stands below the line."""
    return min(1.0, max(0.0, float(part) / float(whole))) if whole >= least and whole > 0 else None
