"""The three crises against the community's own past: described, weakly predictive (reference network §0.5, §5.7).

Quarters are 91 days, the newest ending at the moment. z = (newest - mean) / sd of the eight before it (four at least; the sd is at
least a twentieth of the mean, so that a flat past does not cry wolf). Alarm: beyond two on the bad side in two quarters running.
- cohesion: `reciprocity` T of the quarter; `retention` |A_q ∩ A_q-1| / |A_q-1|; `two_way_core` people of the largest component of
  two-way ties / people active; `newcomer_return` share of the quarter's newcomers who acted again a day later or more, within it.
- execution: `answered_24h` share of words that called for an answer and got one within a day; `promises_kept` and `launch_turn_out`
  of what was given to see by the parts that know (rules.report.promises).
- efficiency: `response_hours` median wait of what was answered within a week; `acts_per_answer` acts to others for each answered word;
  `value_per_energy` what was sold, as given to see, for each degree of energy (summed weights of acts toward others).
What calls for an answer is a message to nobody in particular, or where all messages are to somebody, such a message; the answer is the
next act toward its author by somebody else.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from kith.lib.acts import DAY_SECONDS
from kith.lib.graph import Flags, reciprocity
from kith.lib.graph_cuts import largest
from kith.see.data import GIVEN, PROMISES, SOLD, TURN_OUT, Crisis, Indicator, Quarter, Tally
from kith.see.rules.report.answers import Calls, calls
from kith.see.rules.report.promises import rows, sums, together
from kith.see.rules.report.reading import Reading, quarters, when

HISTORY = 8
LEAST_HISTORY = 4
SHOWN = HISTORY + 2
OFF = 2.0
FLOOR = 0.05
LEAST = 20
WEEK_HOURS = 168.0

Row = tuple[float | None, int]
NAMES = {
    "cohesion": (("reciprocity", "share", "up"), ("retention", "share", "up"), ("two_way_core", "share", "up"), ("newcomer_return", "share", "up")),
    "execution": (("answered_24h", "share", "up"), ("promises_kept", "share", "up"), ("launch_turn_out", "share", "up")),
    "efficiency": (("response_hours", "hours", "down"), ("acts_per_answer", "acts", "down"), ("value_per_energy", "value", "up")),
}  # fmt: skip


def crises(reading: Reading, tallies: Sequence[Tally] = ()) -> dict[str, Crisis]:
    """Return the three by name; `tallies` are the promises that are counted elsewhere."""
    spans = quarters(reading.at, SHOWN)
    found = calls(reading, spans[0][0])
    table: dict[str, list[Row]] = {name: [] for named in NAMES.values() for name, _, _ in named}
    before: Flags | None = None
    given = sums(tallies, spans)
    for (since, until), sold in zip(spans, given[SOLD], strict=True):
        here = np.bincount(reading.acts.between(since, until).actor, minlength=reading.acts.people) > 0
        for name, row in _quarter(reading, since, until, before, here, found, sold).items():
            table[name].append(row)
        before = here
    table |= {"promises_kept": _kept(together(given)), "launch_turn_out": _kept(given[TURN_OUT])}
    starts = [since for since, _ in spans]
    parts = {
        "promises_kept": {
            name: _quarters(starts, _kept(given[name])) for name in PROMISES if any(of for _, of in given[name])
        }
    }
    made = {
        crisis: _crisis([_indicator(*row, starts, table[row[0]], parts.get(row[0], {})) for row in named])
        for crisis, named in NAMES.items()
    }
    return made | {
        "execution": replace(made["execution"], rows=rows(tallies, spans, {*GIVEN} - {SOLD})),
        "efficiency": replace(made["efficiency"], rows=rows(tallies, spans, {SOLD})),
    }


def _kept(of: Sequence[tuple[float, float]]) -> list[Row]:
    return [_row(kept / max(1.0, promised), int(promised)) for kept, promised in of]


def _worth(energy: float, sold: tuple[float, float]) -> Row:
    amount, orders = sold
    return _row(amount / energy, int(orders)) if energy > 0 else (None, int(orders))


def _quarter(
    reading: Reading,
    since: float,
    until: float,
    before: Flags | None,
    here: Flags,
    found: Calls,
    sold: tuple[float, float],
) -> dict[str, Row]:
    pairs = reading.contacts.within(since, until)
    both, count = pairs.two_way, int(here.sum())
    touched = int((pairs.strength > 0).sum())
    stayed = 0 if before is None else int((before & here).sum())
    had = 0 if before is None else int(before.sum())
    core = largest(pairs.people, pairs.a[both], pairs.b[both])
    hours, answered, called = found.within(since, until)
    fast = hours[hours <= WEEK_HOURS]
    toward = reading.acts.between(since, until).toward_others()
    acts = touched and len(toward)
    return {
        "reciprocity": _row(reciprocity(pairs), touched),
        "retention": _row(stayed / max(1, had), had),
        "two_way_core": _row(core / max(1, count), count),
        "newcomer_return": _newcomers(reading, since, until),
        "answered_24h": _row(float((hours <= 24).sum()) / max(1, called), called),
        "response_hours": _row(float(np.median(fast)) if len(fast) else 0.0, len(fast)),
        "acts_per_answer": _row(acts / max(1, answered), answered),
        "value_per_energy": _worth(float(toward.weight.sum()), sold),
    }


def _newcomers(reading: Reading, since: float, until: float) -> Row:
    acts = reading.acts.between(since, until)
    new = (reading.first >= since) & (reading.first < until)
    first = np.where(np.isfinite(reading.first), reading.first, 0.0)
    again = acts.at - first[acts.actor] >= DAY_SECONDS
    back = np.bincount(acts.actor[again], minlength=acts.people) > 0
    return _row(float((new & back).sum()) / max(1, int(new.sum())), int(new.sum()))


def _row(value: float, n: int) -> Row:
    return (value if n >= LEAST else None, n)


def _quarters(starts: Sequence[float], found: Sequence[Row]) -> tuple[Quarter, ...]:
    return tuple(Quarter(when(start), value, n) for start, (value, n) in zip(starts, found, strict=True))


def _indicator(
    name: str, unit: str, good: str, starts: Sequence[float], found: Sequence[Row], parts: Mapping[str, tuple[Quarter, ...]]
) -> Indicator:  # fmt: skip
    values = [value for value, _ in found]
    now, then = z_score(values), z_score(values[:-1])
    bad: Callable[[float | None], bool] = lambda z: z is not None and (z < -OFF if good == "up" else z > OFF)  # noqa: E731
    return Indicator(name, unit, good, _quarters(starts, found), now, bad(now) and bad(then), parts)


def z_score(values: Sequence[float | None]) -> float | None:
    """Return how far the last value lies from the eight before it; None where it or four of them are not known."""
    past = [v for v in values[-1 - HISTORY : -1] if v is not None]
    if not values or values[-1] is None or len(past) < LEAST_HISTORY:
        return None
    mean = float(np.mean(past))
    spread = max(float(np.std(past, ddof=1)), FLOOR * abs(mean), 1e-9)
    return min(99.0, max(-99.0, (values[-1] - mean) / spread))


def _crisis(indicators: list[Indicator]) -> Crisis:
    known = max((sum(q.value is not None for q in i.quarters) for i in indicators), default=0)
    return Crisis(any(i.alarm for i in indicators), known, tuple(indicators))
