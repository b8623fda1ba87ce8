"""Choosing half-lives by what they foretold."""

import numpy as np
import pytest

from kith.lib.acts import Acts
from kith.see.rules.calibration import choose, tie_half_life
from kith.see.rules.trials.plan import Plan, plan_for
from kith.see.rules.trying import try_all
from tests.see.histories import history

GRID = (7.0, 30.0, 60.0)


def marks(*rows: tuple[float, float, float]) -> np.ndarray:
    return np.array(rows)


def test_the_best_is_chosen_where_its_gain_is_clear() -> None:
    found = choose(marks((0.8, 0.7, 0.7), (0.82, 0.7, 0.71), (0.79, 0.7, 0.7)), GRID, 60.0, "earlier")
    assert (found.days, found.before, found.windows, found.source) == (7.0, 60.0, 3, "earlier")
    assert found.gain == pytest.approx(0.1)
    assert found.error == pytest.approx(np.std([0.1, 0.11, 0.09], ddof=1) / 3**0.5)


@pytest.mark.parametrize(
    "rows",
    [
        [(0.7, 0.7, 0.7)] * 3,  # no gain
        [(0.7005, 0.7, 0.7)] * 3,  # a gain too small to matter
        [(0.9, 0.7, 0.7), (0.6, 0.7, 0.7), (0.65, 0.7, 0.7)],  # better once, worse twice
    ],
)
def test_without_a_clear_gain_the_present_one_stays(rows: list[tuple[float, float, float]]) -> None:
    found = choose(marks(*rows), GRID, 60.0, "earlier")
    assert (found.days, found.gain) == (60.0, 0.0)


def test_a_choice_is_not_taken_back_on_the_same_evidence() -> None:
    rng = np.random.default_rng(1)
    for _ in range(50):
        evidence = 0.7 + rng.normal(0, 0.02, (8, 3))
        first = choose(evidence, GRID, 60.0, "earlier")
        assert choose(evidence, GRID, first.days, "earlier").days == first.days


def short_lived() -> Acts:
    """Pairs write daily for three weeks, then never again, while others of old write once in a long while."""
    lines = []
    for start in range(0, 700, 5):
        lines += [(start + day + 0.5, start // 5, 200 + start // 5) for day in range(21)]
        lines += [(start + day * 0.1, start // 5, 400 + start // 5) for day in range(30)]
    return history(700, lines)


def test_short_lived_ties_ask_for_a_short_half_life_from_cuts_before_the_reported_ones() -> None:
    plan = plan_for(short_lived())
    assert plan is not None
    found = tie_half_life(short_lived(), plan, 60.0)
    assert found.days < 60.0
    assert found.source == "earlier"
    assert found.gain > found.error


def test_a_present_half_life_off_the_grid_is_compared_as_well() -> None:
    plan = plan_for(short_lived())
    assert plan is not None
    assert tie_half_life(short_lived(), plan, 1000.0).before == 1000.0


def test_where_earlier_cuts_hold_too_little_the_reported_ones_are_used_and_it_says_so() -> None:
    late = history(700, [(0.0, 0, 1), *((at / 86_400 + 300, a, b) for at, a, b in _lines(short_lived()))])
    found = tie_half_life(late, Plan(0.0, 1000 * 86_400.0), 60.0)
    assert found.source == "same"


def test_what_was_fixed_by_hand_stays() -> None:
    found = try_all(short_lived(), 2000 * 86_400.0, tie_days=60.0, node_days=30.0, is_fixed=True)
    assert (found.tie.days, found.node.days) == (60.0, 30.0)
    assert found.records["ties"].half_life_days == 60.0


def _lines(acts: Acts) -> list[tuple[float, int, int]]:
    return list(zip(acts.at.tolist(), acts.actor.tolist(), acts.other.tolist(), strict=True))
