"""What every choice shares in a batch of runs: who comes when, by which past each run lives, and how each throw falls."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kith.lib.graph import Flags, Numbers, Rows
from kith.see.rules.simulation.habits import Habits
from kith.see.rules.simulation.replays import NEW, Replays
from kith.see.rules.simulation.weeks import Past

ENOUGH_PAIRS = 5_000  # in a run; where there are more, a part of them is counted and stands for all
Small = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Start:
    """A community ready to grow: its past, what was learnt from it, and how much answers and departures do, by the run.

    `pull` says by how much an answer multiplies the newcomer's chance to return (a hazard ratio), `dim` which part of what came from
    who is gone is lost; each a line of draws the runs pick from. `answered` is the share answered in the past.
    """

    past: Past
    habits: Habits
    replays: Replays
    answered: float
    pull: Numbers
    dim: Numbers


class Life:
    """What all choices of a batch share: who comes when, by which block each run lives, and how each answer falls.

    Columns are who was there at the start, then week by week who comes and who returns. `since` is the week they first acted in
    (0 is the last before the start).
    """

    def __init__(self, start: Start, weeks: int, rng: np.random.Generator, runs: int) -> None:
        habits, self.start, self.runs, self.rng = start.habits, start, runs, rng
        self.here = len(start.past.rows)
        self.block = rng.integers(0, len(habits.blocks), runs)
        self.dim = rng.choice(start.dim, runs)
        drawn = np.stack([rng.choice(habits.blocks[b], weeks) for b in self.block])
        self.came, self.returned = habits.came[drawn], habits.returned[drawn]
        self.new_width = self.came.max(axis=0)
        widths = np.stack([self.new_width, self.returned.max(axis=0)]).T
        self.ends = self.here + np.concatenate([[0], np.cumsum(widths.sum(axis=1))])
        self.width = int(self.ends[-1])
        is_new = np.repeat(np.tile([True, False], weeks), widths.ravel())
        self.is_new = np.concatenate([np.ones(self.here, bool), is_new])
        self.since = np.concatenate([-start.past.first, np.repeat(np.arange(weeks).repeat(2) + 1, widths.ravel())])
        people = start.past.acts.people
        self.ids = np.concatenate([start.past.rows, people + np.arange(self.width - self.here)])
        self.every_pair = 1 + int(start.replays.lately // ENOUGH_PAIRS)
        self.luck = rng.random((runs, self.width), np.float32)
        self.again = habits.again.ravel()
        self.back = _with_answers(habits.back[self.block], start.answered, rng.choice(start.pull, runs))

    def comers(self, week: int) -> Flags:
        """Say which columns of a week are taken: as many come, and return, as in the week of the past that was drawn."""
        new, old = int(self.new_width[week - 1]), int(self.ends[week] - self.ends[week - 1])
        came = np.arange(new) < self.came[:, week - 1 : week]
        back = np.arange(old - new) < self.returned[:, week - 1 : week]
        return np.concatenate([came, back], axis=1)

    def replayed(self, week: int, column: Rows, often: Rows, pick: Small) -> Rows:
        """Return which week of the past each of the columns lives again: of who was here one of their own, now and then
        anybody's; of who came one of somebody there as `often`.
        """
        replays, here = self.start.replays, self.here
        own = np.where(column < here, replays.count[np.minimum(column, here - 1)], 0)
        is_own = pick * (own + 1) >= 1
        place = np.where(is_own, (pick * (own + 1) - 1) / np.maximum(own, 1), pick * (own + 1))
        kind = np.where(self.is_new[column] & (self.since[column] == week), NEW, often)
        pool = np.where(is_own, column, here + kind)
        count = replays.count[pool]
        cell: Rows = replays.order[replays.start[pool] + np.minimum((place * count).astype(np.int64), count - 1)]
        return cell


def _with_answers(back: Small, answered: float, pull: Numbers) -> Small:
    """Part the chance to return into that without and with an answer, so that their mix is the chance seen: [run, answered, age]."""
    without = back / (1 - answered + answered * pull[:, None])
    answered_too = 1 - (1 - np.minimum(without, 0.999)) ** pull[:, None]
    return np.stack([without, answered_too], axis=1).astype(np.float32)
