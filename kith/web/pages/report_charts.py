"""The charts of the report: from the shapes of `see.report` to bars, in the words and colours of the pages."""

from collections.abc import Sequence
from datetime import datetime

import numpy as np
from django.utils.translation import gettext as _
from markupsafe import Markup

from kith.lib import svg, svg_bars
from kith.see.api import Alive, Cohort, HardSoft, Indicator, Levels, Side, Window

STAGES = {"broadcast": "var(--w0)", "platform": "var(--w2)", "community": "var(--w4)"}
UNKNOWN = "var(--line-2)"
LEVELS = {"passing": "var(--w1)", "regular": "var(--w2)", "core": "var(--w4)"}
LIMITS = {"directed_per_post": 0.15, "top_touch": 0.6, "reciprocity": 0.35}
HISTORY = 8


def stage_color(stage: str | None) -> str:
    return STAGES.get(stage or "", UNKNOWN)


def life(windows: Sequence[Window]) -> Markup:
    """Draw the life as steps: broadcast low, platform in the middle, community high."""
    heights = {name: float(step) for step, name in enumerate(STAGES, 1)}
    return svg_bars.bars(
        [None if window.stage is None else heights[window.stage] for window in windows],
        [month(window.until) for window in windows],
        title=_("The life in stages: broadcast low, platform in the middle, community high"),
        colors=[stage_color(window.stage) for window in windows],
        height=72,
        top=3,
        gap=0.06,
    )


def stage_number(windows: Sequence[Window], name: str, title: str) -> Markup:
    """Draw one of the three numbers over the life, coloured by the stage, with the line that decides."""
    values = [getattr(window, name) for window in windows]
    share = name != "directed_per_post"
    return svg_bars.bars(
        [None if v is None else 100 * v if share else v for v in values],
        [month(window.until) for window in windows],
        title=title,
        colors=[stage_color(window.stage) for window in windows],
        unit="%" if share else "",
        ticks=3,
        limit=LIMITS[name] * (100 if share else 1),
        top=100 if share else 1,
    )


def own_share(found: HardSoft) -> Markup:
    """Draw what members gave on their own initiative, and on top of it what touches staff, quarter by quarter."""
    return svg_bars.stacked(
        [_parts(side) for side in found.series],
        [month(side.start_at) for side in found.series],
        title=_("Energy between members on their own, by quarter"),
        colors=["var(--w3)", "var(--w0)"],
    )


def _parts(side: Side) -> tuple[float, float]:
    hard = (side.staff_share or 0.0) * side.energy
    return side.energy - hard, hard


def month(at: datetime) -> str:
    return f"{at:%Y-%m}"


def usual(indicator: Indicator) -> tuple[float, float] | None:
    """Return two standard deviations around the mean of the eight quarters before the newest; None for fewer than four."""
    past = [q.value for q in indicator.quarters[-1 - HISTORY : -1] if q.value is not None]
    if len(past) < HISTORY // 2:
        return None
    mean, spread = float(np.mean(past)), float(np.std(past, ddof=1))
    return mean - 2 * spread, mean + 2 * spread


def indicator(found: Indicator, title: str) -> Markup:
    """Draw an indicator's quarters over the range that is usual here; the newest stands out."""
    scale = 100 if found.unit == "share" else 1
    band = usual(found)
    last = len(found.quarters) - 1
    return svg_bars.bars(
        [None if q.value is None else q.value * scale for q in found.quarters],
        [month(q.start_at) for q in found.quarters],
        title=title,
        colors=["var(--ink-2)" if i == last else "var(--line-2)" for i in range(len(found.quarters))],
        unit="%" if found.unit == "share" else " h" if found.unit == "hours" else "",
        height=56,
        gap=0.5,
        usual=band and (band[0] * scale, band[1] * scale),
    )


def standing(rows: Sequence[Levels]) -> Markup:
    """Draw how many stand on each level, the silent left out."""
    return svg_bars.stacked(
        [[float(row.by_level.get(name, 0)) for name in LEVELS] for row in rows],
        [row.month for row in rows],
        title=_("People by level, month by month"),
        colors=list(LEVELS.values()),
    )


def moved(rows: Sequence[Levels]) -> Markup:
    return svg_bars.up_and_down(
        [(float(row.moved_up), float(row.moved_down)) for row in rows],
        [row.month for row in rows],
        title=_("People who moved up and down, month by month"),
        colors=("var(--brand)", "var(--w0)"),
    )


def lives(found: Alive) -> Markup:
    """Draw the chance that a tie is used again over its warmth, 5° to 90°."""
    warmth = range(5, 95, 5)
    acts = [6 * w / (100 - w) for w in warmth]
    chances = [100 / (1 + np.exp(-(found.intercept + found.slope * np.log(s)))) for s in acts]
    return svg.line(
        [round(float(c), 1) for c in chances], [f"{w}°" for w in warmth], title=_("Chance that a tie is used again within 90 days"),
        unit="%", height=130, key="lives", color="var(--w3)",
    )  # fmt: skip


def heat(share: float) -> str:
    """Return how warm a cell of the cohort table is, 6% to 80% of colour."""
    return f"{6 + 74 * share:.0f}%"


def biggest(cohorts: Sequence[Cohort]) -> Sequence[Cohort]:
    """Return the cohorts with anybody in them, the newest first."""
    return [cohort for cohort in reversed(cohorts) if cohort.joined]
