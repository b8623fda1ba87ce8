"""Burt's constraint, against igraph's."""

import igraph
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.lib import graph_brokerage
from kith.lib.graph import Pairs
from kith.lib.graph_brokerage import constraint


@st.composite
def networks(draw: st.DrawFn) -> Pairs:
    people = draw(st.integers(1, 10))
    row = st.integers(0, people - 1)
    drawn = draw(st.dictionaries(st.tuples(row, row), st.tuples(st.floats(0.1, 9), st.floats(0, 9)), max_size=30))
    kept = sorted({(min(p), max(p)): w for p, w in drawn.items() if p[0] != p[1]}.items())
    a, b = (np.array([p[i] for p, _ in kept], np.int64) for i in (0, 1))
    forward, backward = (np.array([w[i] for _, w in kept], np.float64) for i in (0, 1))
    return Pairs(people, a, b, forward, backward)


def by_igraph(pairs: Pairs) -> list[float]:
    graph = igraph.Graph(pairs.people, list(zip(pairs.a.tolist(), pairs.b.tolist(), strict=True)))
    return [0.0 if c != c else c for c in graph.constraint(weights=pairs.strength.tolist())]  # noqa: PLR0124 -- NaN


@given(networks())
def test_everybody_is_as_constrained_as_igraph_says(pairs: Pairs) -> None:
    assert constraint(pairs).tolist() == pytest.approx(by_igraph(pairs))


def test_many_small_steps_give_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(graph_brokerage, "CHUNK", 1)
    a, b = np.triu_indices(7, 1)
    pairs = Pairs(7, a, b, np.arange(1.0, 22), np.ones(21))
    assert constraint(pairs).tolist() == pytest.approx(by_igraph(pairs))
