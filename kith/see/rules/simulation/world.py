"""A batch of runs under one choice, week by week."""

from dataclasses import dataclass

import numpy as np

from kith.lib.graph import Flags, Numbers, Rows
from kith.see.rules.simulation.habits import OFTEN, is_fresh
from kith.see.rules.simulation.life import Life, Small
from kith.see.rules.simulation.weeks import MASKS, MEMORY

WINDOW = 4  # weeks that are counted together


@dataclass(frozen=True, slots=True)
class Terms:
    """What a choice changes. `gone[i]` of the past's rows are not there; `dimmed[i]` of what reached a row came from who is gone.

    `answered` is the share of newcomers somebody turns to within a day, `hosted` how many more a week are turned to.
    """

    answered: float
    hosted: float = 0.0
    gone: Flags | None = None
    dimmed: Numbers | None = None


class World:
    """A batch of runs under one choice."""

    def __init__(self, life: Life, terms: Terms) -> None:
        start = life.start
        self.life = life
        self.mask = np.zeros((life.runs, life.width), np.uint16)
        now = start.past.masks(-1)
        self.mask[:, : life.here] = now if terms.gone is None else np.where(terms.gone, 0, now)
        lost = np.zeros(life.here) if terms.dimmed is None else terms.dimmed
        self.stays = (1 - life.dim[:, None] * lost).astype(np.float32)
        share = np.minimum(1.0, terms.answered + terms.hosted / np.maximum(life.came, 1))
        usual = np.full((life.runs, life.here), start.answered)
        self.share = np.concatenate([usual, share[:, np.maximum(life.since[life.here :] - 1, 0)]], axis=1)
        self.answered = life.luck < self.share
        self.barred = np.zeros(start.past.acts.people, bool)
        self.barred[start.past.rows] = False if terms.gone is None else terms.gone
        self.weeks: dict[int, tuple[Rows, Rows, Rows]] = {}
        self.acts: dict[int, Numbers] = {}
        self.welcomed: dict[int, Numbers] = {}

    def live(self, week: int, throw: Small, pick: Small) -> None:
        """Let a week pass."""
        life, end, before = self.life, int(self.life.ends[week]), int(self.life.ends[week - 1])
        acts = np.concatenate([throw[:, :before] < self._chances(week, before), life.comers(week)], axis=1)
        run, column = np.nonzero(acts)
        cell = life.replayed(week, column, OFTEN[self.mask[run, column]], pick[run, column])
        self.mask[:, :end] = ((self.mask[:, :end] << 1) | acts) & (MASKS - 1)
        new = slice(before, before + int(life.new_width[week - 1]))
        more = self.answered[:, new] & (life.luck[:, new] >= life.start.answered) & acts[:, new]
        self.welcomed[week] = more.sum(axis=1)
        self.acts[week] = np.bincount(run, life.start.replays.acts[cell], life.runs) + self.welcomed[week]
        self.weeks[week] = run, column, cell
        self.weeks.pop(week - WINDOW, None)

    def _chances(self, week: int, end: int) -> Small:
        life, mask = self.life, self.mask[:, :end]
        found: Small = life.again[life.block[:, None] * MASKS + mask]
        age = week - life.since[:end]
        young = np.flatnonzero(life.is_new[:end] & (age > 0) & (age <= MEMORY))
        fresh = is_fresh(mask[:, young], age[young])
        chance = life.back[np.arange(life.runs)[:, None], self.answered[:, young].astype(np.int64), age[young] - 1]
        found[:, young] = np.where(fresh, chance, found[:, young])
        found[:, : life.here] *= self.stays
        return found

    def seen(self, week: int) -> Numbers:
        """Return, of the WINDOW weeks up to one, by the run: people, acts, pairs."""
        weeks = range(week - WINDOW + 1, week + 1)
        active = (self.mask & ((1 << WINDOW) - 1) > 0).sum(axis=1)
        return np.stack([active, np.sum([self.acts[w] for w in weeks], axis=0), self._pairs(weeks)])

    def _pairs(self, weeks: range) -> Numbers:
        life, past, replays = self.life, self.life.start.past, self.life.start.replays
        run, column, cell = (np.concatenate([self.weeks[w][part] for w in weeks]) for part in range(3))
        many = replays.begin[cell + 1] - replays.begin[cell]
        which = np.repeat(replays.begin[cell] - np.cumsum(many) + many, many) + np.arange(many.sum())
        other = replays.partner[which]
        kept = ~self.barred[other]
        run, other, column = np.repeat(run, many)[kept], other[kept], np.repeat(column, many)[kept]
        every = past.acts.people + life.width
        mine = life.ids[column]
        pair = np.minimum(mine, other) * every + np.maximum(mine, other)
        told = sampled(pair, life.every_pair)
        keys = np.sort(run[told] * every**2 + pair[told])  # np.unique hashes, which is slower by far
        first = np.ones(len(keys), bool)
        np.not_equal(keys[1:], keys[:-1], out=first[1:])
        met = np.bincount(keys[first] // every**2, minlength=life.runs) * float(life.every_pair)
        welcomed: Numbers = np.sum([self.welcomed[w] for w in weeks], axis=0)
        return met + welcomed


def sampled(pair: Rows, one_of: int) -> Flags | slice:
    """Say which pairs are counted, where one of so many is: the same ones in every run, week and choice."""
    if one_of == 1:
        return slice(None)
    mixed = pair.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    found: Flags = (mixed >> np.uint64(33)) % np.uint64(one_of) == 0
    return found
