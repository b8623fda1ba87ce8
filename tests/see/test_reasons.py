"""Why somebody matters is counted, not guessed."""

from collections.abc import Sequence

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from kith.lib.graph import Rows, pair_up, ties_from
from kith.lib.graph_groups import bridges, within
from kith.see.data import Reason
from kith.see.rules.reasons import Groups, reasons

Edge = tuple[int, int, float]


def why(people: int, edges: Sequence[Edge], groups: Groups, newcomers: Sequence[int] = ()) -> list[tuple[Reason, ...]]:
    ties = ties_from(people, [e[0] for e in edges], [e[1] for e in edges], [e[2] for e in edges])
    new = np.isin(np.arange(people), newcomers)
    return reasons(ties, pair_up(ties), groups, new, np.arange(people))


def chapters(*numbers: int) -> Groups:
    return Groups(np.array(numbers), ["Chongqing", "Kunming", "Dali"], [-1, -1, -1], are_chapters=True)


def test_who_carries_most_between_two_chapters_is_told_the_share() -> None:
    edges = [(0, 2, 4.1), (1, 3, 5.9), (0, 1, 0.1)]
    found = why(4, edges, chapters(0, 0, 1, 1))
    assert found[0][0] == Reason("bridges_chapters", {"percent": 41, "here": "Chongqing", "there": "Kunming"})
    assert found[3][0].facts["percent"] == 59


def test_little_energy_or_a_small_share_makes_no_bridge() -> None:
    thin = why(4, [(0, 2, 4.9), (1, 0, 1.0)], chapters(0, 0, 1, 1))
    assert [r.code for r in thin[0]] == ["is_tied"]
    small = why(4, [(0, 2, 0.9), (1, 3, 9.1)], chapters(0, 0, 1, 1))
    assert [r.code for r in small[0]] == ["is_tied"]


def test_of_several_bridges_the_heaviest_is_named() -> None:
    edges = [(0, 2, 6.0), (0, 3, 20.0), (1, 3, 30.0)]
    found = why(4, edges, chapters(0, 0, 1, 2))
    assert found[0][0].facts == {"percent": 40, "here": "Chongqing", "there": "Dali"}


def test_a_circle_is_called_after_its_leader_and_the_leader_after_themselves() -> None:
    circles = Groups(np.array([0, 0, 0, -1]), ["Tang"], [0], are_chapters=False)
    found = why(4, [(0, 1, 6.0), (1, 2, 2.0), (3, 0, 9.0)], circles)
    assert found[0][0] == Reason("carries_own_circle", {"percent": 75})
    assert found[1][0] == Reason("carries_circle", {"percent": 100, "circle": "Tang"})
    assert found[3][0] == Reason("is_tied", {"people": 1})


def test_a_bridge_from_ones_own_circle_does_not_name_oneself() -> None:
    circles = Groups(np.array([0, 0, 1, 1]), ["Tang", "Luo"], [0, 2], are_chapters=False)
    found = why(4, [(0, 2, 6.0), (1, 3, 4.0), (1, 2, 2.0)], circles)
    assert found[0][0] == Reason("bridges_own_circle", {"percent": 50, "there": "Luo"})
    assert found[2][0] == Reason("bridges_own_circle", {"percent": 67, "there": "Tang"})
    assert found[1][0] == Reason("bridges_circles", {"percent": 50, "here": "Tang", "there": "Luo"})


def test_newcomers_answered_and_two_way_ties_are_counted() -> None:
    nobody = Groups(np.full(5, -1), [], [], are_chapters=False)
    edges = [(0, 1, 1.0), (0, 2, 1.0), (0, 3, 1.0), (3, 0, 1.0), (4, 0, 1.0)]
    found = why(5, edges, nobody, newcomers=[1, 2, 3, 4])
    assert found[0] == (
        Reason("answers_newcomers", {"people": 3, "all": 4}),
        Reason("exchanges_both_ways", {"people": 1}),
    )
    assert found[1] == (Reason("is_tied", {"people": 1}),)


@st.composite
def grouped(draw: st.DrawFn) -> tuple[int, list[Edge], Rows]:
    people = draw(st.integers(1, 10))
    row = st.integers(0, people - 1)
    edges = draw(st.lists(st.tuples(row, row, st.floats(0.01, 100)), max_size=30))
    return people, edges, np.array(draw(st.lists(st.integers(-1, 3), min_size=people, max_size=people)), np.int64)


@given(grouped())
def test_shares_equal_a_count_by_hand(network: tuple[int, list[Edge], Rows]) -> None:
    people, edges, group = network
    pairs = pair_up(ties_from(people, [e[0] for e in edges], [e[1] for e in edges], [e[2] for e in edges]))
    rows = list(zip(pairs.a.tolist(), pairs.b.tolist(), pairs.strength.tolist(), strict=True))
    between = bridges(pairs, group)
    for person, first, second, energy, total in zip(
        between.person, between.first, between.second, between.energy, between.total, strict=True
    ):
        route = [(a, b, s) for a, b, s in rows if sorted((group[a], group[b])) == [first, second]]
        assert first < second
        assert np.isclose(total, sum(s for _, _, s in route))
        assert np.isclose(energy, sum(s for a, b, s in route if person in (a, b)))
    assert len(between.person) == len(
        {
            (p, *sorted((group[a], group[b])))
            for a, b, _ in rows
            for p in (a, b)
            if group[a] != group[b] and min(group[a], group[b]) >= 0
        }
    )
    share, total = within(pairs, group)
    for person in range(people):
        own = [(a, b, s) for a, b, s in rows if group[a] == group[b] == group[person] and group[person] >= 0]
        assert np.isclose(total[person], sum(s for _, _, s in own))
        assert np.isclose(share[person] * total[person], sum(s for a, b, s in own if person in (a, b)))
