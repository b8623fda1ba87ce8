"""Parts sum to the whole, lie within one unit of the exact share, and are the same whoever counts."""

import random
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.lib.split import WHOLE_PPM, apportion, split

totals = st.integers(0, 10**15)
weights = st.dictionaries(st.text(max_size=4), st.integers(0, 10**9), min_size=1, max_size=12).filter(
    lambda w: any(w.values())
)
rates = st.dictionaries(st.text(max_size=4), st.integers(0, WHOLE_PPM // 8), max_size=8)


@given(totals, weights)
def test_parts_sum_to_the_whole_and_lie_within_one_unit(total: int, weights: dict[str, int]) -> None:
    parts = apportion(total, weights)
    whole = sum(weights.values())
    assert sum(parts.values()) == total
    assert all(abs(parts[k] - Fraction(total * w, whole)) < 1 for k, w in weights.items())
    assert all(parts[k] == 0 for k, w in weights.items() if w == 0)


@given(totals, weights, st.randoms(use_true_random=False))
def test_the_order_in_which_parts_are_named_changes_nothing(
    total: int, weights: dict[str, int], rng: random.Random
) -> None:
    shuffled = list(weights.items())
    rng.shuffle(shuffled)
    assert apportion(total, dict(shuffled)) == apportion(total, weights)


@given(totals, rates)
def test_rates_and_the_house_take_the_whole(total: int, rates: dict[str, int]) -> None:
    parts, house = split(total, rates)
    assert sum(parts.values()) + house == total
    assert parts.keys() == rates.keys()
    assert all(abs(parts[k] - Fraction(total * r, WHOLE_PPM)) < 1 for k, r in rates.items())
    assert house >= 0


def test_units_left_over_go_to_the_largest_remainders_then_by_key() -> None:
    assert apportion(100, {"b": 1, "a": 1, "c": 1}) == {"a": 34, "b": 33, "c": 33}
    assert apportion(10, {"a": 1, "b": 5}) == {"a": 2, "b": 8}
    assert apportion(1, {2: 1, 1: 1}) == {1: 1, 2: 0}
    assert split(4000, {"ann": 125_000}) == ({"ann": 500}, 3500)
    assert split(1, {"ann": 500_000}) == ({"ann": 1}, 0)
    assert split(3, {("b", 1): 500_000, ("a", 2): 500_000}) == ({("a", 2): 2, ("b", 1): 1}, 0)
    assert split(0, {"ann": 125_000}) == ({"ann": 0}, 0)
    assert split(700, {}) == ({}, 700)


@pytest.mark.parametrize(("total", "weights"), [(-1, {"a": 1}), (1, {"a": -1, "b": 2}), (1, {}), (1, {"a": 0})])
def test_what_cannot_be_divided_is_an_error(total: int, weights: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="not negative"):
        apportion(total, weights)


def test_rates_of_more_than_the_whole_are_an_error() -> None:
    with pytest.raises(ValueError, match="more than the whole"):
        split(1, {"a": 600_000, "b": 400_001})
