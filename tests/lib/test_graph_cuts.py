"""Who holds a network together, against taking people away one by one."""

import igraph
import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from kith.lib.graph import Rows
from kith.lib.graph_cuts import components, cuts, largest

Network = tuple[int, list[tuple[int, int]]]


@st.composite
def networks(draw: st.DrawFn) -> Network:
    people = draw(st.integers(0, 14))
    row = st.integers(0, max(0, people - 1))
    drawn = draw(st.sets(st.tuples(row, row), max_size=24)) if people else set()
    return people, sorted({(min(pair), max(pair)) for pair in drawn if pair[0] != pair[1]})


def columns(network: Network) -> tuple[int, Rows, Rows]:
    people, pairs = network
    return people, np.array([a for a, _ in pairs], np.int64), np.array([b for _, b in pairs], np.int64)


@given(networks())
def test_everybody_falls_into_the_parts_that_taking_them_away_leaves(network: Network) -> None:
    found = cuts(*columns(network))
    graph = igraph.Graph(*network)
    of = graph.connected_components().membership
    for person in range(network[0]):
        others = [p for p in range(network[0]) if of[p] == of[person] and p != person]
        sizes = graph.subgraph(others).connected_components().sizes() if others else []
        assert found.parts[person] == len(sizes)
        assert found.cut_off[person] == sum(sizes) - max(sizes, default=0)


@given(networks())
def test_components_are_those_of_igraph(network: Network) -> None:
    found = components(*columns(network))
    of = igraph.Graph(*network).connected_components().membership
    assert found.tolist() == of  # both number them by their lowest row


def test_the_largest_component_of_nobody_is_nobody() -> None:
    assert largest(3, np.zeros(0, np.int64), np.zeros(0, np.int64)) == 0
    assert largest(4, np.array([0, 1]), np.array([1, 2])) == 3


def test_a_long_chain_is_cut_in_the_middle() -> None:
    people = 400
    found = cuts(people, np.arange(people - 1), np.arange(1, people))
    assert found.cut_off[200] == 199
    assert found.cut_off[0] == 0
