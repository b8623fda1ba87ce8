"""How well an order foretold what came."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.lib.scores import auc, coverage, ndcg, precision, ranks, recall, spearman

TRUE = np.array([True, False, True, False])
few = st.lists(st.tuples(st.booleans(), st.integers(0, 4)), min_size=2, max_size=30)


def columns(cases: list[tuple[bool, int]]) -> tuple[np.ndarray, np.ndarray]:
    return np.array([c[0] for c in cases]), np.array([c[1] for c in cases], np.float64)


def test_equals_share_the_mean_of_their_places() -> None:
    assert ranks(np.array([5.0, 1.0, 5.0, 0.0])).tolist() == [3.5, 2.0, 3.5, 1.0]


def test_auc_is_how_often_true_stands_above_false() -> None:
    assert auc(TRUE, np.array([4.0, 3.0, 2.0, 1.0])) == 0.75
    assert auc(TRUE, np.array([4.0, 1.0, 3.0, 2.0])) == 1.0
    assert auc(TRUE, np.ones(4)) == 0.5


@given(few)
def test_auc_equals_counting_pairs(cases: list[tuple[bool, int]]) -> None:
    true, score = columns(cases)
    pairs = [(a > b) + 0.5 * (a == b) for a in score[true] for b in score[~true]]
    assert auc(true, score) == (pytest.approx(sum(pairs) / len(pairs)) if pairs else None)


@given(few)
def test_the_opposite_order_has_the_opposite_auc_and_correlation(cases: list[tuple[bool, int]]) -> None:
    true, score = columns(cases)
    found, turned = auc(true, score), auc(true, -score)
    assert found is None or turned == pytest.approx(1 - found)
    rho, back = spearman(true.astype(float), score), spearman(true.astype(float), -score)
    assert rho is None or back == pytest.approx(-rho)


def test_spearman_compares_orders_not_values() -> None:
    assert spearman(np.array([1.0, 2.0, 3.0]), np.array([1.0, 10.0, 100.0])) == pytest.approx(1.0)
    assert spearman(np.array([1.0, 2.0, 3.0, 4.0]), np.array([2.0, 1.0, 4.0, 3.0])) == pytest.approx(0.6)


def test_ndcg_discounts_worth_by_the_place() -> None:
    worth = np.array([3.0, 2.0, 0.0])
    assert ndcg(worth, np.array([3.0, 2.0, 1.0]), 50) == 1.0
    late = (2 + 3 / np.log2(3)) / (3 + 2 / np.log2(3))
    assert ndcg(worth, np.array([2.0, 3.0, 1.0]), 2) == pytest.approx(late)
    assert ndcg(worth, np.array([0.0, 0.0, 1.0]), 1) == 0.0


def test_equal_scores_get_what_chance_would() -> None:
    assert precision(TRUE, np.zeros(4), 1) == 0.5
    assert precision(TRUE, np.array([1.0, 0.0, 0.0, 0.0]), 2) == pytest.approx((1 + 1 / 3) / 2)
    assert recall(TRUE, np.zeros(4), 2) == 0.5
    assert ndcg(np.array([1.0, 0.0]), np.zeros(2), 1) == 0.5


def test_precision_of_fewer_than_k_is_that_of_all() -> None:
    assert precision(TRUE, np.arange(4.0), 100) == 0.5
    assert recall(TRUE, np.array([4.0, 3.0, 2.0, 1.0]), 1) == 0.5


def test_coverage_leaves_the_chosen_out_and_counts_who_turned_to_them_once() -> None:
    src, dst = np.array([1, 1, 2, 3, 0]), np.array([0, 0, 0, 4, 2])
    assert coverage(np.array([0]), src, dst, 6) == 2 / 5
    assert coverage(np.array([0, 2]), src, dst, 6) == 1 / 5


def test_what_cannot_be_said_is_none() -> None:
    nothing = np.zeros(0)
    assert auc(np.zeros(3, bool), np.arange(3.0)) is None
    assert auc(np.ones(3, bool), np.arange(3.0)) is None
    assert spearman(nothing, nothing) is None
    assert spearman(np.ones(3), np.arange(3.0)) is None
    assert ndcg(np.zeros(3), np.arange(3.0), 2) is None
    assert ndcg(nothing, nothing, 2) is None
    assert precision(np.zeros(0, bool), nothing, 5) is None
    assert recall(np.zeros(2, bool), np.ones(2), 5) is None
    assert coverage(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, np.int64), 3) is None
