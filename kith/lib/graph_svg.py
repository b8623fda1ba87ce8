"""The map as an SVG file that stands alone: for print, slides and posters. Light paper, the colours of warmth, names as text."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from kith.lib.graph import Numbers, Rows
from kith.lib.graph_circles import LOOSE
from kith.lib.graph_export import plain
from kith.lib.graph_map import MapData

WIDTH, HEIGHT, FOOT, EDGE = 1600, 1280, 70, 40
WARMTH = ("#9fadb8", "#b5ab84", "#dba549", "#eb7405", "#e63618")  # the tokens --w0 … --w4 on light paper
ALPHA = (0.16, 0.17, 0.24, 0.34, 0.52)
INK, SOFT, PAPER = "#131e20", "#465153", "#ebefed"
FULL_INK = 1100
BATCH = 250  # ties in one path are one shade where they cross; batches let crossings grow darker
BEND = 0.22
FONT = "Figtree, 'PingFang SC', 'Noto Sans CJK SC', 'Microsoft YaHei', system-ui, sans-serif"


@dataclass(frozen=True, slots=True)
class Names:
    """What is written: circles by number, people by row, a title and a line of facts, what the two ends of warmth are called."""

    circles: dict[int, str]
    people: Sequence[tuple[int, str]]
    title: str
    facts: str
    cool: str
    warm: str


def drawn(data: MapData, names: Names) -> bytes:
    """Draw a map of 12,000 people and 50,000 ties in about a second, into three megabytes."""
    at, radius = _placed(data), 1.6 + np.sqrt(data.ties_of) * 0.55
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="{FONT}" role="img">',
        f"<title>{plain(names.title)}. {plain(names.facts)}</title>",
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{PAPER}"/>',
        *_ties(data, at),
        *_people(data, at, radius),
        *_supers(data, at, radius, names),
        *_circles(data, at, names),
        *_foot(names),
        "</svg>\n",
    ]
    return "\n".join(parts).encode()


def _placed(data: MapData) -> Numbers:
    """Fit the circles, or everybody where there are none, into the paper above the foot."""
    if not len(data.person):
        return np.zeros((0, 2))
    inside = data.at[data.circle != LOOSE] if (data.circle != LOOSE).any() else data.at
    low, high = inside.min(axis=0), inside.max(axis=0)
    room = np.array([WIDTH - 2 * EDGE, HEIGHT - FOOT - 3 * EDGE])
    scale = float((room / np.maximum(high - low, 0.2)).min())
    middle = np.array([WIDTH / 2, (HEIGHT - FOOT + EDGE) / 2])
    placed: Numbers = (data.at - (low + high) / 2) * scale + middle
    return placed


def _ties(data: MapData, at: Numbers) -> list[str]:
    alpha = np.array(ALPHA)
    thin = min(1.5, (FULL_INK / max(1.0, float(alpha[data.warmth].sum()))) ** 0.5)
    middle = np.array([WIDTH, HEIGHT - FOOT]) / 2
    found: list[str] = []
    for band in range(5):
        rows = np.flatnonzero(data.warmth == band)
        head = f'<path fill="none" stroke="{WARMTH[band]}" stroke-opacity="{min(1.0, alpha[band] * thin):.3f}" stroke-width="{0.9 if band > 2 else 0.6}" d="'
        batches = (rows[start : start + BATCH] for start in range(0, len(rows), BATCH))
        found += [head + _path(data, at, batch, middle) + '"/>' for batch in batches]
    return found


def _path(data: MapData, at: Numbers, rows: Rows, middle: Numbers) -> str:
    one, other = at[data.a[rows]], at[data.b[rows]]
    centre = (one + other) / 2
    bend = np.where((data.circle[data.a[rows]] == data.circle[data.b[rows]])[:, None], 0.0, BEND)
    lean = centre + (middle - centre) * bend
    spots = np.column_stack([one, lean, other]).round(1).tolist()
    return "".join(f"M{x:g} {y:g}Q{cx:g} {cy:g} {u:g} {v:g}" for x, y, cx, cy, u, v in spots)


def _people(data: MapData, at: Numbers, radius: Numbers) -> list[str]:
    found = []
    for band in range(5):
        rows = np.flatnonzero(data.warmth_of == band)
        dots = np.column_stack([at[rows], radius[rows]]).round(1).tolist()
        found.append(f'<g fill="{WARMTH[band]}">' + "".join(f'<circle cx="{x:g}" cy="{y:g}" r="{r:g}"/>' for x, y, r in dots) + "</g>")  # fmt: skip
    return found


def _supers(data: MapData, at: Numbers, radius: Numbers, names: Names) -> list[str]:
    found = []
    for row, name in names.people:
        x, y, r = float(at[row, 0]), float(at[row, 1]), float(radius[row]) + 2.5
        found.append(
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r:.1f}" fill="none" stroke="{WARMTH[3]}" stroke-width="1.6"/>'
        )
        found.append(_text(x + r + 5, y + 5, 14, name, weight=550, color=SOFT))
    return found


def _circles(data: MapData, at: Numbers, names: Names) -> list[str]:
    found = []
    for circle, name in names.circles.items():
        here = at[data.circle == circle]
        if not len(here):
            continue
        x, y = here.mean(axis=0)
        spread = float(np.hypot(*(here - [x, y]).T).mean())
        size = min(30.0, max(15.0, 12 + len(here) ** 0.5 * 0.4))
        found.append(_text(float(x), float(y) - spread * 1.62 - size * 0.3, size, name, weight=600, anchor="middle"))
    return found


def _foot(names: Names) -> list[str]:
    y = HEIGHT - FOOT / 2
    ramp = "".join(f'<stop offset="{25 * i}%" stop-color="{color}"/>' for i, color in enumerate(WARMTH))
    return [
        f'<rect y="{HEIGHT - FOOT}" width="{WIDTH}" height="{FOOT}" fill="{PAPER}"/>',
        _text(EDGE, y, 24, names.title, weight=650),
        _text(EDGE, y + 22, 15, names.facts, color=SOFT),
        f'<defs><linearGradient id="ramp">{ramp}</linearGradient></defs>',
        _text(WIDTH - EDGE - 240, y + 6, 15, names.cool, color=SOFT, anchor="end"),
        f'<rect x="{WIDTH - EDGE - 230}" y="{y - 4}" width="160" height="9" rx="4.5" fill="url(#ramp)"/>',
        _text(WIDTH - EDGE - 60, y + 6, 15, names.warm, color=SOFT),
    ]


def _text(
    x: float, y: float, size: float, words: str, *, weight: int = 400, color: str = INK, anchor: str = "start"
) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:g}" font-weight="{weight}" fill="{color}" text-anchor="{anchor}"'
        f' paint-order="stroke" stroke="{PAPER}" stroke-width="4" stroke-linejoin="round">{plain(words)}</text>'
    )
