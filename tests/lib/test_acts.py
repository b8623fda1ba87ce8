"""Acts as columns."""

import numpy as np
import pytest

from kith.lib.acts import DAY_SECONDS, NOBODY, Acts, decayed, first_and_last, there

DAYS = DAY_SECONDS


def acts() -> Acts:
    return Acts(
        people=4,
        actor=np.array([0, 1, 0, 2]),
        other=np.array([1, 0, 1, NOBODY]),
        weight=np.array([1.0, 2.0, 1.0, 1.0]),
        at=np.array([0.0, 10.0, 20.0, 30.0]) * DAYS,
        kind=np.zeros(4, np.int16),
    )


def test_an_act_counts_half_after_a_half_life() -> None:
    ties = decayed(acts(), 20 * DAYS + 1e-6, half_life_days=10)
    assert (ties.src.tolist(), ties.dst.tolist()) == ([0, 1], [1, 0])
    assert ties.weight.tolist() == pytest.approx([1.25, 1.0])


def test_what_comes_later_is_not_known_yet() -> None:
    assert decayed(acts(), 20 * DAYS, half_life_days=10).weight.tolist() == pytest.approx([0.25, 1.0])
    assert len(acts().before(10 * DAYS)) == 1
    assert len(acts().between(10 * DAYS, 30 * DAYS)) == 2
    assert len(acts().between(30 * DAYS, 10 * DAYS)) == 0


def test_acts_toward_nobody_and_oneself_tie_nobody() -> None:
    mine = Acts(2, np.array([0, 0]), np.array([0, NOBODY]), np.ones(2), np.array([1.0, 2.0]), np.zeros(2, np.int16))
    assert len(decayed(mine, 3.0, half_life_days=1).src) == 0
    assert there(mine).tolist() == [True, False]


def test_first_and_last_of_who_never_acted_are_infinite() -> None:
    first, last = first_and_last(acts())
    assert first.tolist() == [0.0, 10 * DAYS, 30 * DAYS, np.inf]
    assert last.tolist() == [20 * DAYS, 10 * DAYS, 30 * DAYS, -np.inf]


def test_without_some_people_their_acts_go_and_acts_toward_them_are_toward_nobody() -> None:
    left = acts().without(np.array([False, True, False, False]))
    assert (left.actor.tolist(), left.other.tolist()) == ([0, 0, 2], [NOBODY, NOBODY, NOBODY])
    assert left.at.tolist() == [0.0, 20 * DAYS, 30 * DAYS]
