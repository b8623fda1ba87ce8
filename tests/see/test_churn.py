"""Who is about to leave, and why we think so."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kith.lib.acts import DAY_SECONDS, NOBODY
from kith.see.rules.churn import SHIPPED, fit, habits, risks, weights
from tests.see.histories import history, living, shuffled_after

TODAY = 200 * DAY_SECONDS


def weekly(person: int, since: int, until: int, other: int = NOBODY) -> list[tuple[float, int, int]]:
    return [(day + 0.5, person, other) for day in range(since, until, 7)]


def test_habits_are_days_of_silence_days_since_the_first_act_acts_and_weeks() -> None:
    known = habits(history(3, [*weekly(0, 60, 180), (190.0, 1, 0)]), TODAY)
    assert known.silent_days.tolist() == [200 - 179.5, 10.0, math.inf]
    assert known.tenure_days.tolist() == [139.5, 10.0, math.inf]
    assert known.acts.tolist() == [18, 1, 0]
    assert (known.weeks.tolist(), known.of) == ([10, 1, 0], 13)
    assert known.here.tolist() == [True, True, False]


def test_the_risk_is_the_published_formula() -> None:
    found = risks(history(1, weekly(0, 60, 180)), TODAY)
    odds = 1.014 + 0.502 * math.log(21.5) - 0.414 * math.log(19) - 3.925 * 10 / 13 - 0.093 * math.log(140.5)
    assert found.tolist() == [pytest.approx(1 / (1 + math.exp(-odds)))]


def test_a_bare_post_shows_that_somebody_is_there() -> None:
    assert risks(history(1, weekly(0, 60, 180)), TODAY)[0] == risks(history(2, weekly(0, 60, 180, other=1)), TODAY)[0]


def test_who_falls_silent_risks_more_than_who_keeps_coming() -> None:
    found = risks(history(2, [*weekly(0, 20, 140), *weekly(1, 20, 200)]), TODAY)
    assert found[0] > 0.4
    assert found[1] < 0.1


def test_of_newcomers_of_the_gone_and_of_one_or_two_acts_nothing_is_said() -> None:
    lines = [*weekly(0, 180, 200), *weekly(1, 0, 100), (120.0, 2, 0), (150.0, 2, 0)]
    assert np.isnan(risks(history(4, lines), TODAY)).all()


def test_the_future_changes_no_risk() -> None:
    acts = living()
    at = 400 * DAY_SECONDS
    assert np.array_equal(risks(acts, at), risks(shuffled_after(acts, at), at), equal_nan=True)
    assert np.isfinite(risks(acts, at)).sum() > 5


def test_an_empty_book_has_no_risks() -> None:
    assert risks(history(0, []), TODAY).tolist() == []
    assert np.isnan(risks(history(2, []), TODAY)).all()


def test_weights_are_learnt_back_from_examples_made_with_them() -> None:
    rng = np.random.default_rng(3)
    rows = np.column_stack([np.ones(40_000), rng.normal(size=(40_000, 4))])
    true = np.array([0.5, 1.0, -2.0, 0.0, 0.3])
    left = rng.random(40_000) < 1 / (1 + np.exp(-rows @ true))
    assert weights(fit(rows, left, 90)).tolist() == pytest.approx(true.tolist(), abs=0.06)


def test_weights_stay_finite_where_all_left_or_one_habit_decides() -> None:
    rows = np.column_stack([np.ones(100), np.arange(100.0), np.zeros((100, 3))])
    for left in (np.ones(100, bool), np.zeros(100, bool), rows[:, 1] > 50):
        assert np.isfinite(weights(fit(rows, left, 90))).all()
    assert fit(rows, rows[:, 1] > 50, 90).silence > 0


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.floats(0, 300), st.integers(0, 5), st.integers(-1, 5)), max_size=60), st.floats(0, 300))
def test_whatever_the_history_a_risk_is_a_chance_or_nothing(lines: list[tuple[float, int, int]], day: float) -> None:
    found = risks(history(6, lines), day * DAY_SECONDS, replace(SHIPPED, window_days=21.0))
    said = found[np.isfinite(found)]
    assert ((said >= 0) & (said <= 1)).all()
