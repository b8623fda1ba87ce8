"""What a network would be without some people, or with some more ties: who is cut off, who is joined."""

from dataclasses import dataclass

import numpy as np

from kith.lib.graph import Flags, Rows
from kith.lib.graph_cuts import components


@dataclass(frozen=True, slots=True)
class Fallen:
    """Taken away together: `parts` more than before; `cut_off` are rows that lose the largest part of what they belonged to."""

    parts: int
    cut_off: Rows


@dataclass(frozen=True, slots=True)
class Joined:
    """With some ties more: `parts` fewer than before; `joined` are rows that come to what was the largest part of all."""

    parts: int
    joined: Rows


def without(people: int, a: Rows, b: Rows, gone: Flags) -> Fallen:
    """Take people away from a network of pairs (a, b). As graph_cuts.cuts for one, but for many together. One pass."""
    before = components(people, a, b)
    stay = ~(gone[a] | gone[b])
    after = components(people, a[stay], b[stay])
    touched = np.isin(before, before[gone]) & ~gone
    parts, first, size = np.unique(after[touched], return_index=True, return_counts=True)
    home = before[touched][first]
    largest = _largest(home, size)
    more = len(parts) - len(np.unique(home))
    return Fallen(more, np.flatnonzero(touched & ~np.isin(after, parts[largest])))


def _largest(home: Rows, size: Rows) -> Rows:
    """Return which parts are the largest of their home; of equals the one with the lowest row."""
    order = np.lexsort((np.arange(len(size)), -size, home))
    return order[np.flatnonzero(np.diff(home[order], prepend=-1))]


def joined(people: int, a: Rows, b: Rows, more_a: Rows, more_b: Rows) -> Joined:
    """Add pairs to a network of pairs."""
    before = components(people, a, b)
    after = components(people, np.concatenate([a, more_a]), np.concatenate([b, more_b]))
    parts = len(np.unique(before)) - len(np.unique(after))
    if not people:
        return Joined(parts, before)
    names, size = np.unique(before, return_counts=True)
    core = before == names[size.argmax()]
    come = np.isin(after, after[core]) & ~core if size.max() > 1 else np.zeros(people, bool)
    return Joined(parts, np.flatnonzero(come))
