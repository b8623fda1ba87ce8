"""What of what was promised was kept, quarter by quarter (reference network §5.7: promises kept, launch turn-out over committed).

A promise counts in the quarter in which it ended or fell due. All kinds are thrown together, so that small communities reach an n; each
kind is told beside it, for a quarter with one large event moves the sum without anybody having changed.
"""

from bisect import bisect_left
from collections.abc import Container, Iterable, Sequence

from kith.see.data import PROMISES, SOLD, TURN_OUT, Tally

SHOWN = 30
Span = tuple[float, float]
Sums = list[tuple[float, float]]


def sums(tallies: Iterable[Tally], spans: Sequence[Span]) -> dict[str, Sums]:
    """Return what was kept and what was promised in each stretch, by name; what lies in none of them is left out."""
    found = {name: [(0.0, 0.0)] * len(spans) for name in (*PROMISES, TURN_OUT, SOLD)}
    for tally in tallies:
        i = _place(tally, spans)
        if 0 <= i < len(spans):
            kept, of = found[tally.name][i]
            found[tally.name][i] = (kept + tally.kept, of + tally.of)
    return found


def together(found: dict[str, Sums]) -> Sums:
    """Return the sums of all kinds of promises."""
    return [(sum(kept for kept, _ in row), sum(of for _, of in row)) for row in zip(*(found[n] for n in PROMISES), strict=True)]  # fmt: skip


def rows(tallies: Iterable[Tally], spans: Sequence[Span], names: Container[str]) -> tuple[Tally, ...]:
    """Return the newest of what is counted place by place, of these names."""
    told = [t for t in tallies if t.name in names and 0 <= _place(t, spans) < len(spans)]
    return tuple(sorted(told, key=lambda t: (-t.at.timestamp(), t.source, t.name))[:SHOWN])


def _place(tally: Tally, spans: Sequence[Span]) -> int:
    """Return the stretch it falls into: -1 before the first, their number after the last. The end belongs to the next."""
    at = tally.at.timestamp()
    if not spans or at < spans[0][0]:
        return -1
    return bisect_left([until for _, until in spans], at + 1e-7)
