"""Bar charts drawn on the server, in the manner of `svg`: one value a place, stacks of parts, and up against down.

A place without a value stays open, with a stroke on the ground line. Colours are CSS of ours, not a person's.
"""

import math
from collections.abc import Sequence

from markupsafe import Markup

from kith.lib.svg import LABELS, WIDTH, BadChart, joined, told

Value = float | None
GAP = 0.24  # of a place


def bars(  # noqa: PLR0913 -- what a chart can show
    values: Sequence[Value],
    labels: Sequence[str],
    *,
    title: str,
    colors: Sequence[str],
    unit: str = "",
    height: int = 96,
    usual: tuple[float, float] | None = None,
    limit: float | None = None,
    top: float | None = None,
    gap: float = GAP,
    ticks: int = LABELS,
) -> Markup:
    """Draw a bar a value; `usual` shades a range behind them, `limit` draws a dashed line, `top` is the least the axis reaches.

    `gap` is the part of a place left free, `ticks` how many labels are written at most; the pointer tells all of them.

    Raises:
        BadChart: a value is negative or not finite, or labels or colours are not as many as values.
    """
    known = [value for value in values if value is not None]
    if not len(values) == len(labels) == len(colors) or not all(0 <= value < math.inf for value in known):
        raise BadChart
    high = max([*known, top or 0.0, limit or 0.0, usual[1] if usual else 0.0]) * 1.04 or 1.0
    rows = [(i, 0.0 if value is None else value, colors[i]) for i, value in enumerate(values)]
    drawn = Markup().join(
        [
            _range(usual, high, height),
            joined('<rect x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}" fill="{}"/>', [
                (*_box(i, len(values), value, high, height, gap), color) for i, value, color in rows
            ]),
            _line(limit, high, height),
        ]
    )  # fmt: skip
    points = [
        ((i + 0.5) / len(values), round(value, 4), labels[i]) for i, value in enumerate(values) if value is not None
    ]
    return _chart(drawn, labels, points, title=title, unit=unit, height=height, ticks=ticks)


def stacked(
    columns: Sequence[Sequence[float]], labels: Sequence[str], *, title: str, colors: Sequence[str], height: int = 120
) -> Markup:
    """Draw a stack a place, the first part at the bottom.

    Raises:
        BadChart: a part is negative or not finite, or a stack has not as many parts as there are colours.
    """
    _check(columns, labels, len(colors))
    high = max((sum(parts) for parts in columns), default=0.0) * 1.04 or 1.0
    rows = []
    for i, parts in enumerate(columns):
        below = 0.0
        for part, color in zip(parts, colors, strict=True):
            x, y, width, tall = _box(i, len(columns), part, high, height)
            rows.append((x, y - below / high * height, width, tall, color))
            below += part
    drawn = joined('<rect x="{:.1f}" y="{:.2f}" width="{:.1f}" height="{:.2f}" fill="{}"/>', rows)
    points = [((i + 0.5) / len(columns), round(sum(parts), 4), labels[i]) for i, parts in enumerate(columns)]
    return _chart(drawn, labels, points, title=title, unit="", height=height)


def up_and_down(
    pairs: Sequence[tuple[float, float]],
    labels: Sequence[str],
    *,
    title: str,
    colors: tuple[str, str],
    height: int = 120,
) -> Markup:
    """Draw what rose above a line and what fell below it.

    Raises:
        BadChart: a value is negative or not finite, or there are not as many labels.
    """
    _check(pairs, labels, 2)
    high = max((max(pair) for pair in pairs), default=0.0) * 1.04 or 1.0
    middle, rows = height / 2, []
    for i, (up, down) in enumerate(pairs):
        x, _, width, _ = _box(i, len(pairs), 0.0, high, middle)
        tall, deep = (value / high * (middle - 1) for value in (up, down))
        rows += [(x, middle - 1 - tall, width, tall, colors[0]), (x, middle + 1, width, deep, colors[1])]
    drawn = joined('<rect x="{:.1f}" y="{:.2f}" width="{:.1f}" height="{:.2f}" fill="{}"/>', rows)
    points = [((i + 0.5) / len(pairs), f"+{up:g} −{down:g}", labels[i]) for i, (up, down) in enumerate(pairs)]
    return _chart(drawn, labels, points, title=title, unit="", height=height)


def _check(rows: Sequence[Sequence[float]], labels: Sequence[str], parts: int) -> None:
    if len(rows) != len(labels) or not all(
        len(row) == parts and all(0 <= value < math.inf for value in row) for row in rows
    ):
        raise BadChart


def _box(
    place: int, places: int, value: float, high: float, height: float, gap: float = GAP
) -> tuple[float, float, float, float]:
    step = WIDTH / places
    tall = max(1.5, value / high * height) if value > 0 else 1.5
    return place * step + step * gap / 2, height - tall, step * (1 - gap), tall


def _range(usual: tuple[float, float] | None, high: float, height: float) -> Markup:
    if usual is None:
        return Markup()
    low, top = (max(0.0, value) for value in usual)
    return Markup('<rect class="usual" x="0" y="{:.1f}" width="{}" height="{:.1f}"/>').format(
        height - top / high * height, WIDTH, max(1.0, (top - low) / high * height)
    )


def _line(limit: float | None, high: float, height: float) -> Markup:
    if limit is None:
        return Markup()
    y = height - limit / high * height
    return Markup('<line class="limit" x1="0" x2="{}" y1="{:.1f}" y2="{:.1f}"/>').format(WIDTH, y, y)


def _chart(
    drawn: Markup, labels: Sequence[str], points: Sequence[tuple[float, object, str]], *, title: str, unit: str, height: int,
    ticks: int = LABELS,
) -> Markup:  # fmt: skip
    if not labels:
        return Markup()
    every = -(-len(labels) // ticks)
    below = [(100 * (i + 0.5) / len(labels), labels[i]) for i in range(0, len(labels), every)]
    return Markup(
        '<tie-chart class="bars" data-points="{data}" data-unit="{unit}"><div class="pl" style="height:{height}px">'
        '<svg class="chart" viewBox="0 0 {width} {height}" role="img" aria-label="{title}" preserveAspectRatio="none">'
        '{drawn}</svg><span class="cur"></span><span class="tip"></span></div>'
        '<div class="xl" aria-hidden="true">{below}</div></tie-chart>'
    ).format(
        data=told(points), unit=unit, height=height, width=WIDTH, title=title, drawn=drawn,
        below=joined('<span style="left:{:.2f}%">{}</span>', below),
    )  # fmt: skip
