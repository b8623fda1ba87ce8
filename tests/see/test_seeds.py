"""Whom to hand a launch to."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kith.lib.graph import Ties, ties_from
from kith.see.rules.seeds import chance, greedy, in_order


def test_the_second_seed_is_who_reaches_others_than_the_first() -> None:
    # 0 is heard by 2, 3, 4; 1 by 2 and 3 as strongly; 5 by 6 alone.
    ties = ties_from(7, [2, 3, 4, 2, 3, 6], [0, 0, 0, 1, 1, 5], [5, 5, 5, 5, 5, 5])
    found = greedy(ties, 2)
    assert found.rows.tolist() == [0, 5]
    assert found.adds.tolist() == pytest.approx([3 * (1 - math.exp(-5)), 1 - math.exp(-5)])


def test_a_chance_is_one_less_e_to_minus_the_live_acts() -> None:
    assert chance(np.array([0.0, 1.0])).tolist() == pytest.approx([0.0, 0.6321205588])


def test_the_barred_are_not_chosen_but_can_be_moved() -> None:
    ties = ties_from(4, [2, 3, 0], [0, 0, 1], [1, 1, 1])
    found = greedy(ties, 3, barred=np.array([True, False, False, False]))
    assert found.rows.tolist() == [1]
    assert found.adds.tolist() == pytest.approx([1 - math.exp(-1)])


def test_fewer_come_where_nobody_else_moves_anybody() -> None:
    assert greedy(ties_from(3, [], [], []), 5).rows.tolist() == []
    assert greedy(ties_from(0, [], [], []), 5).rows.tolist() == []
    assert greedy(ties_from(2, [0], [1], [1]), 5).rows.tolist() == [1]


def test_whoever_was_chosen_adds_what_those_before_left_over() -> None:
    ties = ties_from(7, [2, 3, 4, 2, 3, 6], [0, 0, 0, 1, 1, 5], [5, 5, 5, 5, 5, 5])
    found = in_order(ties, np.array([1, 0, 6]))
    one = 1 - math.exp(-5)
    assert found.rows.tolist() == [1, 0, 6]
    assert found.adds.tolist() == pytest.approx([2 * one, one + 2 * (1 - one) * one, 0.0])
    best = greedy(ties, 3)
    assert in_order(ties, best.rows).adds.tolist() == pytest.approx(best.adds.tolist())


edges = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6), st.floats(0.01, 4)), min_size=1, max_size=25)


def plain(ties: Ties, count: int) -> list[float]:
    """Return what each of the best adds, looking at everybody anew every time."""
    unmoved, open_to, adds = np.ones(ties.people), set(range(ties.people)), []
    for _ in range(count):
        gains = {u: float((unmoved[ties.src] * chance(ties.weight))[ties.dst == u].sum()) for u in open_to}
        best = max(gains, key=lambda u: gains[u])
        if gains[best] > 0:
            adds.append(gains[best])
            mine = ties.dst == best
            unmoved[ties.src[mine]] *= 1 - chance(ties.weight[mine])
            unmoved[best] = 0.0
            open_to.remove(best)
    return adds


@settings(max_examples=60, deadline=None)
@given(edges)
def test_looking_again_only_where_needed_finds_the_same(lines: list[tuple[int, int, float]]) -> None:
    ties = ties_from(7, *zip(*lines, strict=True))
    found = greedy(ties, 3)
    assert found.adds.tolist() == pytest.approx(plain(ties, 3))
    assert len(set(found.rows.tolist())) == len(found.rows)
