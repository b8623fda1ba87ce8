"""How much a choice does: an answer within a day, and the leaving of those who hold a community together.

Answers: what newcomers did here who were answered and who were not, drawn to what was seen in four other communities (reference network
§4.4: MathOverflow, Lean chat, R lists, CollegeMsg); then only a part of it is taken for an effect, because people answer
the promising first. Departures: what people missed when others left (`departures`).
"""

from dataclasses import dataclass

import numpy as np

from kith.lib.acts import DAY_SECONDS, Acts, decayed, first_and_last
from kith.lib.graph import Flags, Numbers, Rows, sum_at, super_score
from kith.see.rules.simulation.departures import Missed
from kith.see.rules.simulation.weeks import FITTED, WEEK_SECONDS, Past

PUBLISHED = (0.605, 0.13)  # log odds of a return, answered against not: mean and spread of .759, .504, .486, .673
PUBLISHED_RETURN = 0.35
PART = (
    1 / 3,
    1.0,
)  # which part of the difference is an effect: among newcomers of one message it was half to two thirds
DRAWS = 64
LEAST_PULL, MOST_PULL = 0.2, 5.0
LONG_DAYS, SHORT_DAYS = 90, 30
HOST_ANSWERS = 5  # newcomers a host turns to in a week: one a working day


@dataclass(frozen=True, slots=True)
class Welcome:
    """What became of newcomers: the share answered within a day lately, and how many came back of those answered and not."""

    answered: float
    n: int
    back_answered: int
    n_answered: int
    back_unanswered: int
    n_unanswered: int
    days: int


def welcome(past: Past, gone: Flags | None = None) -> Welcome:
    """Count over the whole past; the share answered over the fitted weeks. Answers of who is `gone` (rows of people) do not count."""
    acts = past.acts
    first, _ = first_and_last(acts)
    answered = _answered(acts, first, gone)
    long = len(acts) > 0 and past.at - acts.at[0] > 4 * LONG_DAYS * DAY_SECONDS
    days = LONG_DAYS if long else SHORT_DAYS
    late = acts.at - first[acts.actor]
    back = np.zeros(acts.people, bool)
    back[acts.actor[(late >= DAY_SECONDS) & (late <= days * DAY_SECONDS)]] = True
    over = first + days * DAY_SECONDS <= past.at
    lately = (first >= past.at - FITTED * WEEK_SECONDS) & (first + DAY_SECONDS <= past.at)
    n = int(lately.sum())
    return Welcome(
        answered=(int((lately & answered).sum()) + 1.0) / (n + 2.0), n=n,
        back_answered=int((over & answered & back).sum()), n_answered=int((over & answered).sum()),
        back_unanswered=int((over & ~answered & back).sum()), n_unanswered=int((over & ~answered).sum()), days=days,
    )  # fmt: skip


def _answered(acts: Acts, first: Numbers, gone: Flags | None) -> Flags:
    toward = (acts.other >= 0) & (acts.other != acts.actor)
    if gone is not None:
        toward &= ~gone[acts.actor]
    other = acts.other[toward]
    late = acts.at[toward] - first[other]
    found = np.zeros(acts.people, bool)
    found[other[(late >= 0) & (late <= DAY_SECONDS)]] = True
    return found


def difference(seen: Welcome) -> tuple[float, float]:
    """Return the log odds of a return, answered against not, and its standard error: the own past drawn to the published."""
    a, b = seen.back_answered + 0.5, seen.n_answered - seen.back_answered + 0.5
    c, d = seen.back_unanswered + 0.5, seen.n_unanswered - seen.back_unanswered + 0.5
    own, spread = np.log(a * d / (b * c)), 1 / a + 1 / b + 1 / c + 1 / d
    mean, sd = PUBLISHED
    weight = sd**2 / (sd**2 + spread)
    return float(weight * own + (1 - weight) * mean), float(np.sqrt(weight * spread))


def pulls(seen: Welcome, rng: np.random.Generator) -> Numbers:
    """Draw by how much an answer multiplies a newcomer's chance to return, as a hazard ratio."""
    mean, error = difference(seen)
    odds = rng.normal(mean, error, DRAWS) * rng.uniform(*PART, DRAWS)
    without = (seen.back_unanswered + 10 * PUBLISHED_RETURN) / (seen.n_unanswered + 10)
    answered = 1 / (1 + (1 - without) / without * np.exp(-odds))
    found: Numbers = np.clip(np.log1p(-answered) / np.log1p(-without), LEAST_PULL, MOST_PULL)
    return found


def dims(seen: Missed, rng: np.random.Generator) -> Numbers:
    """Draw which part is missed of the attention that came from who leaves; never less than nothing, nor more than all."""
    found: Numbers = np.clip(rng.normal(seen.part, seen.error, DRAWS), 0.0, 1.0)
    return found


def top(past: Past, many: int, half_life_days: float, barred: Flags) -> Rows:
    """Return the people of the best super-node scores, best first, none of the barred; fewer where fewer have one."""
    score = np.where(barred, 0.0, super_score(decayed(past.acts, past.at, half_life_days)))
    order = np.argsort(-score, kind="stable")[:many]
    return order[score[order] > 0]


def dimmed(past: Past, gone: Flags, half_life_days: float) -> Numbers:
    """Return which share of the attention each of the past's rows received came from who is gone."""
    ties = decayed(past.acts, past.at, half_life_days)
    whole = sum_at(ties.dst, ties.weight, ties.people)
    lost = sum_at(ties.dst, ties.weight * gone[ties.src], ties.people)
    found: Numbers = np.divide(lost, whole, out=np.zeros(ties.people), where=whole > 0)[past.rows]
    return found
