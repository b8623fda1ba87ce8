"""A simulation from end to end: what comes if nothing is changed, and by how much each choice changes it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from kith.lib.acts import Acts
from kith.lib.graph import Flags, Numbers, Rows
from kith.see.data import (
    LEAST_RUNS,
    LEAST_WEEKS,
    MOST_GONE,
    MOST_HOSTS,
    MOST_RUNS,
    MOST_SEED,
    MOST_WEEKS,
    SIMULATED,
    BadSimulation,
    Choices,
    Foretold,
    Scenario,
    Span,
    TooLittle,
    WhatIf,
)
from kith.see.rules.simulation import effects
from kith.see.rules.simulation.asking import (
    CUT_RUNS,
    CUTS,
    Count,
    affordable,
    asked_before,
    asked_of,
    counted,
    enough,
    nothing_to_count,
    points,
)
from kith.see.rules.simulation.bands import Band, banded
from kith.see.rules.simulation.departures import BEFORE, Missed, missed
from kith.see.rules.simulation.growing import grown
from kith.see.rules.simulation.habits import habits
from kith.see.rules.simulation.life import Start
from kith.see.rules.simulation.replays import replays
from kith.see.rules.simulation.weeks import WEEK_SECONDS, Past, past
from kith.see.rules.simulation.world import WINDOW, Terms

PAST_POINTS = 6


@dataclass(frozen=True, slots=True)
class Outlook:
    """What `Simulated` holds, people as rows: `gone` best first, `pull` and `missed` as drawn."""

    runs: int
    points: tuple[int, ...]
    past_weeks: tuple[int, ...]
    base: Mapping[str, Foretold]
    scenarios: tuple[Scenario, ...]
    welcome: effects.Welcome
    pull: Span
    missed: Span
    departures: int
    gone: Rows


def check(wanted: WhatIf) -> None:
    """Raise BadSimulation for numbers out of bounds."""
    choices = wanted.choices
    fine = (
        LEAST_WEEKS <= wanted.weeks <= MOST_WEEKS and LEAST_RUNS <= wanted.runs <= MOST_RUNS and 0 <= wanted.seed <= MOST_SEED
        and 0 <= choices.hosts <= MOST_HOSTS and 0 <= choices.lose_top <= MOST_GONE
    )  # fmt: skip
    if not fine:
        raise BadSimulation


def steps(wanted: WhatIf) -> int:
    """Return how far `count` goes at most: runs, of past moments and of all that is to come."""
    return CUTS * CUT_RUNS + wanted.runs


def outlook(
    acts: Acts, at: float, wanted: WhatIf, *, half_life_days: float, barred: Flags | None = None, count: Count = nothing_to_count
) -> Outlook:  # fmt: skip
    """Simulate from a moment (epoch seconds) on; the same acts and wishes give the same numbers. Who is barred stands in no list.

    Raises:
        BadSimulation: numbers out of bounds.
        TooLittle: fewer than LEAST_LIFE weeks, LEAST_ACTIVE people or LEAST_ACTS acts to go by.
    """
    check(wanted)
    known = past(acts, at)
    if not enough(known):
        raise TooLittle
    ahead = points(wanted.weeks)
    before = asked_before(known, wanted.weeks, count)
    rng = np.random.default_rng([wanted.seed, 1])
    lost = missed(known, half_life_days) if wanted.choices.lose_top else Missed(*BEFORE, 0)
    seen = effects.welcome(known)
    begun = Start(
        known, habits(known), replays(known), seen.answered, effects.pulls(seen, rng), effects.dims(lost, rng)
    )
    gone = effects.top(
        known, wanted.choices.lose_top, half_life_days, np.zeros(acts.people, bool) if barred is None else barred
    )
    made = wanted.choices.each()
    terms = [Terms(seen.answered), *(_terms(begun, choice, gone, half_life_days) for choice in made)]
    runs = affordable(wanted.runs, known, LEAST_RUNS)
    found = grown(begun, terms, weeks=wanted.weeks, runs=runs, seed=wanted.seed, points=ahead, count=count)
    bands = banded(asked_of(known, found[0], None), before, np.array(ahead, np.float64))
    weeks = _past_weeks(known)
    seen_before = np.stack([counted(known.acts, at - week * WEEK_SECONDS) for week in weeks])
    return Outlook(
        runs, ahead, tuple(-week for week in weeks),
        {name: _base(band, seen_before[:, m]) for m, (name, band) in enumerate(zip(SIMULATED, bands, strict=True))},
        tuple(_scenario(choice, found[0], found[1 + i], bands) for i, choice in enumerate(made)),
        seen, span(begun.pull), span(begun.dim), lost.n, gone,
    )  # fmt: skip


def _past_weeks(known: Past) -> tuple[int, ...]:
    lived = known.active.shape[1]
    return tuple(back * WINDOW for back in range(PAST_POINTS) if (back + 1) * WINDOW <= lived)[::-1]


def _terms(begun: Start, choice: Choices, best: Rows, half_life_days: float) -> Terms:
    known, hosted = begun.past, float(choice.hosts * effects.HOST_ANSWERS)
    if not choice.lose_top:
        return Terms(1.0 if choice.answer_newcomers else begun.answered, hosted)
    gone = np.zeros(known.acts.people, bool)
    gone[best[: choice.lose_top]] = True
    answered = 1.0 if choice.answer_newcomers else min(begun.answered, effects.welcome(known, gone).answered)
    return Terms(answered, hosted, gone[known.rows], effects.dimmed(known, gone, half_life_days))


def _base(band: Band, before: Numbers) -> Foretold:
    spans = _spans(*(np.maximum(0, np.expm1(band.middle + side * band.half)) for side in (-1, 0, 1)))
    return Foretold(tuple(float(n) for n in before), spans, band.by, band.cuts, band.errors, band.held)


def _scenario(choice: Choices, base: Numbers, other: Numbers, bands: Sequence[Band]) -> Scenario:
    """Set a choice beside the base run by run: their ratio is what the choice does, applied to the level foretold."""
    changes, spans = {}, {}
    for m, (name, band) in enumerate(zip(SIMULATED, bands, strict=True)):
        ratio = (other[m] + 1) / (base[m] + 1)
        level = np.exp(band.middle)
        changes[name] = _spans(*(np.quantile(ratio - 1, [0.1, 0.5, 0.9], axis=0) * level))
        up = np.median(ratio, axis=0)
        spans[name] = _spans(*(np.maximum(0, level * up * np.exp(side * band.half) - 1) for side in (-1, 0, 1)))
    return Scenario(choice, changes, spans)


def _spans(low: Numbers, middle: Numbers, high: Numbers) -> tuple[Span, ...]:
    return tuple(Span(*three) for three in zip(low.tolist(), middle.tolist(), high.tolist(), strict=True))


def span(values: Numbers) -> Span:
    return Span(*np.quantile(values, [0.1, 0.5, 0.9]).tolist())
