"""Models of attribution: whole, never negative, Shapley exact; and what each makes of a plain case."""

import math
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.lib.attribution import MODELS, Step, decay, linear, position, removal_effects, shapley, shared

WHO = st.integers(1, 6)
PATHS = st.lists(st.builds(Step, WHO, st.floats(0, 400)), min_size=1, max_size=9)
WALKS = st.lists(st.lists(WHO, max_size=6), max_size=12)


@given(PATHS)
def test_every_model_divides_the_whole_among_those_who_were_met(path: list[Step]) -> None:
    for model in MODELS.values():
        parts = model(path)
        assert sum(parts.values()) == 1_000_000
        assert min(parts.values()) > 0
        assert parts.keys() <= {step.who for step in path}


@given(PATHS, st.randoms(use_true_random=False))
def test_shapley_and_linear_do_not_know_the_order(path: list[Step], rng: object) -> None:
    other = list(path)
    rng.shuffle(other)  # type: ignore[attr-defined]
    assert shapley(other) == shapley(path)
    assert linear(other) == linear(path)


def enumerated(sales: list[tuple[frozenset[int], int]], who: int, people: list[int]) -> float:
    """Return the Shapley value by its definition: the mean of what somebody adds, over all orders of arrival."""
    others, total = [p for p in people if p != who], 0.0

    def worth(coalition: frozenset[int]) -> int:
        return sum(amount for met, amount in sales if met <= coalition)

    for size in range(len(people)):
        chance = math.factorial(size) * math.factorial(len(people) - size - 1) / math.factorial(len(people))
        total += chance * sum(worth(frozenset(c) | {who}) - worth(frozenset(c)) for c in combinations(others, size))
    return total


@given(
    st.lists(
        st.tuples(st.lists(st.integers(1, 5), min_size=1, max_size=5), st.integers(1, 1000)), min_size=1, max_size=8
    )
)
def test_shapley_is_the_value_of_its_definition(sales: list[tuple[list[int], int]]) -> None:
    people = sorted({who for path, _ in sales for who in path})
    for who in people:
        ours = sum(amount * shapley([Step(w) for w in path]).get(who, 0) for path, amount in sales) / 1_000_000
        assert ours == pytest.approx(enumerated([(frozenset(p), a) for p, a in sales], who, people), abs=0.01)


def test_what_each_model_makes_of_a_way() -> None:
    way = [Step(1, 14), Step(2, 7), Step(2, 7), Step(3, 0)]
    assert linear(way) == {1: 250_000, 2: 500_000, 3: 250_000}
    assert position(way) == {1: 400_000, 2: 200_000, 3: 400_000}
    assert decay(way) == {1: 111_111, 2: 444_445, 3: 444_444}
    assert shapley(way) == {1: 333_334, 2: 333_333, 3: 333_333}


@given(WALKS, WALKS)
def test_removal_effects_are_shares_and_finite(bought: list[list[int]], left: list[list[int]]) -> None:
    effects = removal_effects(bought, left)
    assert all(0 <= effect <= 1 and math.isfinite(effect) for effect in effects.values())
    assert bool(effects) == any(bought)
    parts = shared(effects, 12_345)
    assert sum(parts.values()) == (12_345 if any(effects.values()) else 0)
    assert all(part >= 0 for part in parts.values())


def test_who_stands_alone_between_people_and_a_sale_takes_all_of_it_along() -> None:
    effects = removal_effects(bought=[[1, 2], [2], [3]], left=[[1]])
    assert effects[2] == pytest.approx(2 / 3)  # of three sales the one through 3 alone stays
    assert effects[3] == pytest.approx(1 / 3)
    assert effects[1] == pytest.approx(1 / 3)  # one of two who began with 1 went on to 2
    assert removal_effects([], [[1], [2]]) == {}
