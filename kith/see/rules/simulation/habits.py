"""What a community's own past says of who acts again: chances by habit, who comes, who comes back, what a newcomer does.

Everything is kept by block of weeks, so that each run of a simulation can draw a stretch of the past to live by: the spread
between the runs is then also that of not knowing which of them will come again.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kith.lib.graph import Flags, Numbers, Rows
from kith.see.rules.simulation.weeks import MASKS, MEMORY, Past

BLOCK = 8  # weeks
PRIOR = 10.0  # cases by which a block's own chance is drawn to that of all blocks, and a cell's to its neighbours'
EDGES = np.array([1, 2, 3, 5, 8, 12])  # weeks of silence, and weeks with an act, that are told apart


def _classes() -> tuple[Rows, int]:
    """Sort the habits of twelve weeks by how long ago the last act was and in how many weeks there was one."""
    masks = np.arange(MASKS)
    bits = (masks[:, None] >> np.arange(MEMORY)) & 1
    last = np.where(masks > 0, bits.argmax(axis=1) + 1, MEMORY)
    silence = np.searchsorted(EDGES, last)
    often = np.searchsorted(EDGES, bits.sum(axis=1).clip(1))
    return silence * len(EDGES) + often, len(EDGES) ** 2


CLASS, CLASSES = _classes()
OFTEN = np.where(np.arange(MASKS) > 0, CLASS % len(EDGES) + 1, 0)  # 0 for who was silent


@dataclass(frozen=True, slots=True)
class Habits:
    """Chances of a week, a line a block: `again[b, mask]` for who has a habit, `back[b, age]` for who acted in one week only, `age` weeks
    ago, and was never here before. `came` and `returned` count, week by week (newest first), who acted for the first time, and
    who did again after silence of MEMORY weeks; `blocks[b]` are the weeks of a block.
    """

    again: NDArray[np.float32]
    back: NDArray[np.float32]
    came: Rows
    returned: Rows
    blocks: tuple[Rows, ...]


def habits(past: Past) -> Habits:
    """Learn from every week that has a past; `past.fitted` must not be 0."""
    weeks = range(past.fitted)
    cases, acted = (np.zeros((len(weeks), CLASSES)) for _ in range(2))
    new, back = np.zeros((len(weeks), MEMORY)), np.zeros((len(weeks), MEMORY))
    came, returned = np.zeros(len(weeks), np.int64), np.zeros(len(weeks), np.int64)
    for w in weeks:
        mask, did, age = past.masks(w), past.active[:, w], past.first - w
        fresh = is_fresh(mask, age)
        known = (mask > 0) & ~fresh
        cases[w] = np.bincount(CLASS[mask[known]], minlength=CLASSES)
        acted[w] = np.bincount(CLASS[mask[known & did]], minlength=CLASSES)
        new[w] = np.bincount(age[fresh] - 1, minlength=MEMORY)
        back[w] = np.bincount(age[fresh & did] - 1, minlength=MEMORY)
        came[w], returned[w] = (age == 0).sum(), (did & (mask == 0) & (age > 0)).sum()
    blocks = _blocks(len(weeks))
    again = _chances(cases, acted, blocks, _smoothed(cases.sum(0), acted.sum(0)))
    return Habits(
        again=_without_silent(again[:, CLASS]),
        back=_chances(new, back, blocks, _drawn(new.sum(0), back.sum(0), _share(new, back))).astype(np.float32),
        came=came, returned=returned, blocks=blocks,
    )  # fmt: skip


def is_fresh(mask: NDArray[np.uint16], age: Rows) -> Flags:
    """Say who acted in the week they came and never since, and that less than MEMORY weeks ago."""
    young = (age > 0) & (age <= MEMORY)
    bit = np.where(young, 1 << np.clip(age - 1, 0, MEMORY - 1), 0)
    fresh: Flags = young & (mask == bit)
    return fresh


def _blocks(weeks: int) -> tuple[Rows, ...]:
    if weeks <= BLOCK:
        return (np.arange(weeks),)
    starts = np.unique(np.linspace(0, weeks - BLOCK, min(7, weeks - BLOCK + 1)).astype(np.int64))
    return tuple(np.arange(start, start + BLOCK) for start in starts.tolist())


def _chances(cases: Numbers, acted: Numbers, blocks: tuple[Rows, ...], all_of_them: Numbers) -> Numbers:
    return np.stack([_drawn(cases[b].sum(0), acted[b].sum(0), all_of_them) for b in blocks])


def _smoothed(cases: Numbers, acted: Numbers) -> Numbers:
    """Draw each class to all as long silent, and those to everybody, where there are few cases."""
    n, k = (counted.reshape(-1, len(EDGES)) for counted in (cases, acted))
    lines = _drawn(n.sum(1), k.sum(1), _share(cases, acted))
    return _drawn(n, k, lines[:, None]).ravel()


def _drawn(cases: Numbers, acted: Numbers, toward: Numbers | float) -> Numbers:
    found: Numbers = (acted + PRIOR * toward) / (cases + PRIOR)
    return found


def _share(cases: Numbers, acted: Numbers) -> float:
    return float((acted.sum() + 0.1) / (cases.sum() + 1.0))


def _without_silent(again: Numbers) -> NDArray[np.float32]:
    found = again.astype(np.float32)
    found[:, 0] = 0.0  # who was silent for MEMORY weeks is in `returned`
    return found
