"""Charts drawn on the server as SVG: no script needed, dark mode by CSS variables, a label for screen readers.

Paths stretch with their box (non-scaling strokes); every label is HTML, so type never shrinks on a phone.
<tie-chart> (tie-chart.js) adds the value under the pointer.
"""

import json
import math
from collections.abc import Sequence
from itertools import pairwise

from markupsafe import Markup

from kith.lib.errors import Refusal

Point = tuple[float, float]
WIDTH = 560
LABELS = 7
STRANDS = 5


class BadChart(Refusal):
    sentence = "A chart needs finite numbers, and no more labels than values."


def line(
    values: Sequence[float],
    labels: Sequence[str] = (),
    *,
    title: str,
    unit: str = "",
    height: int = 150,
    color: str = "var(--w3)",
    axis: bool = True,
    key: str = "line",
) -> Markup:
    """Draw values as a smooth line over its area; nothing for no values.

    `axis` adds levels and labels; `key` tells the gradients of one page apart; `color` is CSS of ours, not a person's.

    Raises:
        BadChart: a value is not finite, or there are more labels than values.
    """
    if not all(map(math.isfinite, values)) or len(labels) > len(values):
        raise BadChart
    if not values:
        return Markup()
    low, high = _bounds(values)
    points = _points(values, low, high, height, top=8 if axis else 4)
    levels = _levels(low, high) if axis else []
    heights = [(level, _y(level, low, high, height, top=8)) for level in levels]
    return Markup(
        '<tie-chart data-points="{data}" data-unit="{unit}"><div class="pl" style="height:{height}px">'
        '<svg class="chart" viewBox="0 0 {width} {height}" role="img" aria-label="{title}" preserveAspectRatio="none">'
        "{grid}{area}{stroke}</svg>{marks}"
        '<span class="end" style="top:{end:.1f}%;background:{color}"></span><span class="cur"></span>'
        '<span class="tip"></span></div>{below}</tie-chart>'
    ).format(
        data=_told(values, labels), unit=unit, height=height, width=WIDTH, title=title, color=color,
        grid=joined('<line class="g" x1="0" x2="{}" y1="{:.1f}" y2="{:.1f}"/>', [(WIDTH, y, y) for _, y in heights]),
        area=_area(points, height, color, key), stroke=_stroke(points, color),
        marks=joined('<span class="yl" style="top:{:.1f}%">{:g}</span>', [(y / height * 100, at) for at, y in heights]),
        end=points[-1][1] / height * 100, below=_below(labels, len(values)) if axis and labels else "",
    )  # fmt: skip


def rope(band: int, seed: int = 1) -> Markup:
    """Draw a tie as a rope of five strands in the colour of its warmth, 0..4; `seed` makes each look its own."""
    strands = [
        (_path(_strand(k, seed)), max(0, min(4, band - (k % 3 == 2))), 2.6 - k * 0.38, 1 - k * 0.17)
        for k in range(STRANDS)
    ]
    return Markup('<svg viewBox="0 0 300 44" preserveAspectRatio="none" aria-hidden="true">{}</svg>').format(
        joined(
            '<path d="{}" fill="none" stroke="var(--w{})" stroke-width="{:.2f}" stroke-linecap="round" opacity="{:.2f}"'
            ' vector-effect="non-scaling-stroke"/>',
            strands,
        )
    )


def _strand(number: int, seed: int) -> list[Point]:
    reach, turns, start = 3 + number * 2.2, 2.2 + number * 0.35, seed % 97 + number * 1.3
    return [
        (x, 22 + math.sin(x / 300 * math.pi * turns + start) * reach * math.sin(math.pi * x / 300))
        for x in range(0, 301, 20)
    ]


def _bounds(values: Sequence[float]) -> tuple[float, float]:
    """Leave an eighth of room above and below, but none below zero where nothing is negative."""
    low, high = min(values), max(values)
    room = (high - low) * 0.12 or max(1.0, abs(high) * 0.12)
    floor = 0.0 if low >= 0 else -math.inf
    return max(floor, low - room), high + room


def _y(value: float, low: float, high: float, height: float, top: float) -> float:
    return height - (value - low) / (high - low) * (height - top)


def _points(values: Sequence[float], low: float, high: float, height: float, top: float) -> list[Point]:
    spread = [*values, values[0]] if len(values) == 1 else values
    step = WIDTH / (len(spread) - 1)
    return [(i * step, _y(value, low, high, height, top)) for i, value in enumerate(spread)]


def _levels(low: float, high: float) -> list[float]:
    """Return at most four round numbers inside."""
    rough = (high - low) / 4
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * times for times in (1, 2, 5, 10) if power * times >= rough)
    first = math.ceil(low / step) * step
    return [first + i * step for i in range(5) if first + i * step < high]


def _path(points: Sequence[Point]) -> str:
    """Join points by a monotone cubic (Fritsch and Carlson 1980), which never overshoots its data."""
    slopes = [(b[1] - a[1]) / (b[0] - a[0]) for a, b in pairwise(points)]
    inner = [0.0 if a * b <= 0 else 2 * a * b / (a + b) for a, b in pairwise(slopes)]
    tangents = [slopes[0], *inner, slopes[-1]]
    parts = [f"M{points[0][0]:.1f},{points[0][1]:.1f}"]
    for ((x0, y0), t0), ((x1, y1), t1) in pairwise(zip(points, tangents, strict=True)):
        third = (x1 - x0) / 3
        parts.append(
            f"C{x0 + third:.1f},{y0 + t0 * third:.1f} {x1 - third:.1f},{y1 - t1 * third:.1f} {x1:.1f},{y1:.1f}"
        )
    return "".join(parts)


def _area(points: Sequence[Point], height: float, color: str, key: str) -> Markup:
    return Markup(
        '<defs><linearGradient id="g-{key}" x1="0" y1="0" x2="0" y2="1"><stop stop-color="{color}" stop-opacity=".24"/>'
        '<stop offset="1" stop-color="{color}" stop-opacity="0"/></linearGradient></defs>'
        '<path d="{path}L{width},{height}L0,{height}Z" fill="url(#g-{key})"/>'
    ).format(key=key, color=color, path=_path(points), width=WIDTH, height=height)


def _stroke(points: Sequence[Point], color: str) -> Markup:
    return Markup('<path class="l" d="{}" stroke="{}" vector-effect="non-scaling-stroke"/>').format(
        _path(points), color
    )


def _below(labels: Sequence[str], count: int) -> Markup:
    every = -(-len(labels) // LABELS)
    shown = [(100 * i / max(1, count - 1), labels[i]) for i in range(0, len(labels), every)]
    return Markup('<div class="xl" aria-hidden="true">{}</div>').format(
        joined('<span style="left:{:.2f}%">{}</span>', shown)
    )


def _told(values: Sequence[float], labels: Sequence[str]) -> str:
    last = max(1, len(values) - 1)
    return told([(i / last, value, labels[i] if i < len(labels) else "") for i, value in enumerate(values)])


def told(points: Sequence[tuple[float, object, str]]) -> str:
    """Return [[place 0..1, value, label], …] as JSON, for the pointer."""
    return json.dumps([[round(place, 4), value, label] for place, value, label in points], ensure_ascii=False)


def joined(pattern: str, rows: Sequence[tuple[object, ...]]) -> Markup:
    """Fill a pattern of ours with each row, escaped."""
    return Markup().join(Markup(pattern).format(*row) for row in rows)  # noqa: S704 -- patterns are constants above
