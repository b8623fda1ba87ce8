"""Whom to introduce to whom."""

import math

import numpy as np
import pytest
from scipy.sparse import csr_array

from kith.lib.acts import DAY_SECONDS, NOBODY, Acts
from kith.see.rules.meeting import acquaintance, candidates, most_active, strangers
from tests.see.histories import history, living, shuffled_after

TODAY = 100 * DAY_SECONDS


def friends(*pairs: tuple[int, int], day: float = 99.0) -> list[tuple[float, int, int]]:
    return [(day, a, b) for a, b in pairs] + [(day, b, a) for a, b in pairs]


def triangle() -> Acts:
    """0 and 1 both know 2 and 3, who know each other; 2 knows 4 as well; 5 talks to nobody in particular."""
    return history(6, [*friends((0, 2), (1, 2), (0, 3), (1, 3), (2, 3), (2, 4)), (99.0, 5, NOBODY)])


def test_two_who_share_acquaintances_and_never_met_are_introduced_with_whom_both_know() -> None:
    found = candidates(triangle(), TODAY, half_life_days=60, limit=1)
    assert [(m.a, m.b) for m in found] == [(0, 1)]
    assert found[0].mutuals == (3, 2)  # 3 knows fewer, so knowing 3 tells more


def test_the_score_is_soft_adamic_adar_times_the_root_of_both_activities() -> None:
    pair = candidates(triangle(), TODAY, half_life_days=60, limit=1)[0]
    fade = 2 ** (-1 / 60)
    soft = 1 - math.exp(-2 * fade)
    assert pair.score == pytest.approx((soft**2 / math.log(4) + soft**2 / math.log(3)) * 2 * fade)


def test_who_was_ever_in_touch_is_not_introduced_however_long_ago() -> None:
    acts = history(4, [(0.0, 0, 1), *friends((0, 2), (1, 2), (0, 3))])
    assert [(m.a, m.b) for m in candidates(acts, TODAY, half_life_days=1)] == [(2, 3)]


def test_who_is_not_active_is_not_introduced() -> None:
    acts = history(3, [*friends((0, 2), day=5.0), *friends((1, 2))])
    assert candidates(acts, TODAY, half_life_days=600) == ()
    assert len(candidates(acts, TODAY, half_life_days=600, window_days=96)) == 1


def test_the_barred_are_in_none_and_link_nobody() -> None:
    barred = np.array([False, False, True, False, False, False])
    found = candidates(triangle(), TODAY, half_life_days=60, barred=barred)
    assert [(m.a, m.b, m.mutuals) for m in found] == [(0, 1, (3,))]


def test_of_many_active_the_most_active_are_paired() -> None:
    acts = history(4, [(99.0, 0, 3), (99.1, 1, 3), (99.2, 1, 3), (99.3, 2, 3), (99.4, 2, 3)])
    assert most_active(acts, TODAY, 90, 2).tolist() == [1, 2]
    assert most_active(acts, TODAY, 90).tolist() == [0, 1, 2]


def test_those_of_one_space_come_before_those_of_two() -> None:
    acts = history(4, friends((0, 3), (1, 3), (2, 3)))
    spaces = csr_array(np.array([[1.0, 0.0], [0.0, 2.0], [3.0, 0.0], [1.0, 1.0]]))
    known = acquaintance(acts, TODAY, 60)
    plain, placed = strangers(known, np.arange(4)), strangers(known, np.arange(4), spaces)
    assert list(zip(plain.a.tolist(), plain.b.tolist(), strict=True)) == [(0, 1), (0, 2), (1, 2)]
    assert (placed.score / plain.score).tolist() == pytest.approx([0.2, 1.2, 0.2])


@pytest.mark.parametrize("people", [0, 1, 2])
def test_too_small_a_community_has_none(people: int) -> None:
    assert candidates(history(people, []), TODAY, half_life_days=60) == ()
    assert candidates(history(2, friends((0, 1))), TODAY, half_life_days=60) == ()


def test_the_future_changes_no_introduction() -> None:
    acts = living()
    at = 400 * DAY_SECONDS
    found = candidates(acts, at, half_life_days=60)
    assert found == candidates(shuffled_after(acts, at), at, half_life_days=60)
    assert len(found) > 5
