"""A chart of what was and what might come, in the manner of `svg`: a line of the past, then a band around a middle that opens ahead."""

import math
from collections.abc import Sequence
from itertools import pairwise

from markupsafe import Markup

from kith.lib.svg import WIDTH, BadChart, joined, told

Was = tuple[float, float]  # when, value
Ahead = tuple[float, float, float, float]  # when, low, middle, high
TOP = 10
ROOM = 0.08


def band(
    was: Sequence[Was], ahead: Sequence[Ahead], *, title: str, labels: Sequence[tuple[float, str]], tips: Sequence[str],
    height: int = 130, color: str = "var(--w3)",
) -> Markup:  # fmt: skip
    """Draw the past as a line and what is ahead as a band with its middle; the axis holds 0. `labels` stand at their moments below.

    `tips` are what the pointer tells at each of `was` and then each of `ahead`, in words.

    Raises:
        BadChart: moments do not rise, a number is not finite, a band is not in order, or tips are not as many as points.
    """
    _check(was, ahead, tips)
    if not ahead:
        return Markup()
    whens = [point[0] for point in (*was, *ahead)]
    numbers = [0.0, *(value for _, value in was), *(value for point in ahead for value in point[1:])]
    low, high = min(numbers), max(numbers)
    room = (high - low) * ROOM or 1.0
    low, high = low - (room if low < 0 else 0.0), high + room

    def place(when: float, value: float) -> str:
        x = (when - whens[0]) / ((whens[-1] - whens[0]) or 1.0) * WIDTH
        return f"{x:.1f},{height - (value - low) / (high - low) * (height - TOP):.1f}"

    start = [(*was[-1], was[-1][1], was[-1][1])] if was else []
    opened = [*start, *ahead]
    edges = [place(when, top) for when, _, _, top in opened] + [place(when, low) for when, low, _, _ in opened[::-1]]
    zero = place(whens[0], 0.0).split(",")[1]
    return Markup(
        '<tie-chart class="bands" data-points="{data}" data-unit=""><div class="pl" style="height:{height}px">'
        '<svg class="chart" viewBox="0 0 {width} {height}" role="img" aria-label="{title}" preserveAspectRatio="none">'
        '<polygon points="{edges}" fill="{color}" fill-opacity=".2"/><line class="zero" x1="0" x2="{width}" y1="{zero}" y2="{zero}"/>'
        '<polyline class="l was" points="{past}"/><polyline class="l" points="{middle}" stroke="{color}"/></svg>'
        '<span class="cur"></span><span class="tip"></span></div><div class="xl" aria-hidden="true">{below}</div></tie-chart>'
    ).format(
        data=told([(_share(when, whens), "", tip) for when, tip in zip(whens, tips, strict=True)]),
        height=height, width=WIDTH, title=title, color=color, zero=zero, edges=" ".join(edges),
        past=" ".join(place(*point) for point in was), middle=" ".join(place(when, mid) for when, _, mid, _ in opened),
        below=joined('<span style="left:{:.2f}%">{}</span>', [(100 * _share(when, whens), word) for when, word in labels]),
    )  # fmt: skip


def _share(when: float, whens: Sequence[float]) -> float:
    return (when - whens[0]) / ((whens[-1] - whens[0]) or 1.0)


def _check(was: Sequence[Was], ahead: Sequence[Ahead], tips: Sequence[str]) -> None:
    every = [*was, *ahead]
    fine = all(math.isfinite(number) for point in every for number in point) and len(tips) == len(every)
    rising = all(one[0] < other[0] for one, other in pairwise(every))
    if not (fine and rising and all(low <= middle <= high for _, low, middle, high in ahead)):
        raise BadChart
