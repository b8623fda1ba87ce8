"""Pairs found once fold to the same network as acts folded anew, for every moment and half-life."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.lib.acts import DAY_SECONDS, NOBODY, Acts, decayed
from kith.lib.contacts import contacts, warm
from kith.lib.graph import Pairs, pair_up


@st.composite
def histories(draw: st.DrawFn) -> Acts:
    people = draw(st.integers(1, 6))
    row = st.integers(0, people - 1)
    lines = draw(st.lists(st.tuples(st.integers(0, 400), row, st.integers(NOBODY, people - 1), st.sampled_from([0.0, 0.2, 1.0, 3.0])), max_size=40))  # fmt: skip
    lines.sort()
    columns = [np.array([line[i] for line in lines]) for i in range(4)]
    at, actor, other = columns[0] * DAY_SECONDS, columns[1].astype(np.int64), columns[2].astype(np.int64)
    return Acts(people, actor, other, columns[3].astype(float), at.astype(float), np.zeros(len(lines), np.int16))


def known(pairs: Pairs) -> dict[tuple[int, int], tuple[float, float]]:
    rows = zip(*(c.tolist() for c in (pairs.a, pairs.b, pairs.forward, pairs.backward)), strict=True)
    return {(a, b): (forward, backward) for a, b, forward, backward in rows if forward + backward > 0}


@given(histories(), st.integers(0, 500), st.sampled_from([7.0, 60.0]))
def test_what_is_live_equals_acts_folded_anew(acts: Acts, day: int, half_life: float) -> None:
    found = known(contacts(acts).live(day * DAY_SECONDS, half_life))
    expected = known(pair_up(decayed(acts, day * DAY_SECONDS, half_life)))
    assert found.keys() == expected.keys()
    for pair, strengths in expected.items():
        assert found[pair] == pytest.approx(strengths, rel=1e-9, abs=1e-12)


@given(histories(), st.integers(0, 400), st.integers(0, 400))
def test_a_period_holds_its_acts_undecayed(acts: Acts, day: int, other_day: int) -> None:
    since, until = min(day, other_day) * DAY_SECONDS, max(day, other_day) * DAY_SECONDS
    found = contacts(acts)
    part = acts.between(since, until).toward_others()
    assert found.within(since, until).strength.sum() == pytest.approx(part.weight.sum())
    pairs = set(zip(found.a.tolist(), found.b.tolist(), strict=True))
    ends = {(min(a, b), max(a, b)) for a, b in zip(part.actor.tolist(), part.other.tolist(), strict=True)}
    assert ends <= pairs
    assert int(found.touched(since, until).sum()) == len(ends)


def test_an_empty_book_has_no_pairs() -> None:
    nothing = np.zeros(0)
    acts = Acts(0, nothing.astype(np.int64), nothing.astype(np.int64), nothing, nothing, nothing.astype(np.int16))
    found = contacts(acts)
    assert len(found.a) == 0
    assert len(found.live(1e9, 60).a) == 0


def test_warm_pairs_have_what_is_asked() -> None:
    pairs = Pairs(3, np.array([0, 1]), np.array([1, 2]), np.array([0.05, 0.2]), np.array([0.0, 0.0]))
    assert warm(pairs, 0.1).a.tolist() == [1]
