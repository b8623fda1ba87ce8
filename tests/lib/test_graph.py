"""Measures of a network hold for every network, the empty and the silent included."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kith.lib import graph
from kith.lib.graph import BadNetwork, Ties, pair_up, ties_from

Raw = tuple[int, list[tuple[int, int, float]]]


@st.composite
def networks(draw: st.DrawFn) -> Raw:
    people = draw(st.integers(0, 12))
    row = st.integers(0, max(0, people - 1))
    weight = st.floats(0, 1e6, allow_subnormal=False)
    return people, draw(st.lists(st.tuples(row, row, weight), max_size=40)) if people else []


def build(raw: Raw) -> Ties:
    people, rows = raw
    return ties_from(people, [r[0] for r in rows], [r[1] for r in rows], [r[2] for r in rows])


def brute(raw: Raw) -> dict[tuple[int, int], float]:
    table: dict[tuple[int, int], float] = {}
    for src, dst, weight in raw[1]:
        if src != dst and weight > 0:
            table[src, dst] = table.get((src, dst), 0.0) + weight
    return table


@given(networks())
def test_ties_are_unique_sorted_and_add_up(raw: Raw) -> None:
    ties, table = build(raw), brute(raw)
    assert list(zip(ties.src.tolist(), ties.dst.tolist(), strict=True)) == sorted(table)
    assert ties.weight.tolist() == pytest.approx([table[key] for key in sorted(table)])


@given(networks())
def test_measures_equal_a_count_by_hand(raw: Raw) -> None:
    ties, table, people = build(raw), brute(raw), raw[0]
    for person in range(people):
        heard = {a: w for (a, b), w in table.items() if b == person}
        spoken = {b: w for (a, b), w in table.items() if a == person}
        score = (sum(w**0.5 for w in heard.values()) * sum(w**0.5 for w in spoken.values())) ** 0.5
        assert graph.received(ties)[person] == pytest.approx(sum(heard.values()))
        assert graph.given(ties)[person] == pytest.approx(sum(spoken.values()))
        assert graph.super_score(ties)[person] == pytest.approx(score)
        pairs = pair_up(ties)
        assert graph.degree(pairs)[person] == len(heard.keys() | spoken.keys())
        assert graph.two_way_degree(pairs)[person] == len(heard.keys() & spoken.keys())
        both = sorted((heard.get(o, 0) + spoken.get(o, 0) for o in heard.keys() | spoken.keys()), reverse=True)
        assert graph.closest(pairs, 3)[person] == pytest.approx(sum(both[:3]) / 3)


@given(networks())
def test_turning_every_tie_round_swaps_in_and_out_and_keeps_the_score(raw: Raw) -> None:
    ties = build(raw)
    turned = ties_from(ties.people, ties.dst, ties.src, ties.weight)
    assert graph.received(ties) == pytest.approx(graph.given(turned))
    assert graph.super_score(ties) == pytest.approx(graph.super_score(turned))
    assert graph.reciprocity(pair_up(ties)) == pytest.approx(graph.reciprocity(pair_up(turned)))


@given(networks())
def test_shares_stay_between_nothing_and_all_and_nothing_is_nan(raw: Raw) -> None:
    pairs = pair_up(build(raw))
    assert 0 <= graph.reciprocity(pairs) <= 1
    for share in (graph.person_reciprocity(pairs), graph.percentile(graph.closest(pairs, 5)) / 100):
        assert np.isfinite(share).all()
        assert ((share >= 0) & (share <= 1)).all()


@given(networks())
def test_energy_given_is_energy_received(raw: Raw) -> None:
    ties = build(raw)
    assert graph.given(ties).sum() == pytest.approx(graph.received(ties).sum())


@given(networks(), st.floats(0.01, 1), st.floats(0.01, 1))
def test_leaders_are_the_fewest_that_carry_the_share(raw: Raw, share: float, at_most: float) -> None:
    ties = build(raw)
    score, carried = graph.super_score(ties), np.add(*graph.reach(ties))
    chosen = graph.leaders(score, carried, share, at_most)
    scored = int((score > 0).sum())
    assert (len(chosen) == 0) == (scored == 0)
    assert len(chosen) <= max(1, round(scored * at_most))
    assert (score[chosen] > 0).all()
    assert score[chosen].tolist() == sorted(score[chosen].tolist(), reverse=True)
    if len(chosen) > 1:
        assert carried[chosen[:-1]].sum() < share * carried.sum()


@settings(max_examples=50)
@given(networks(), st.floats(1e-9, 1))
def test_the_order_of_scores_does_not_change_as_time_passes(raw: Raw, faded: float) -> None:
    ties = build(raw)
    later = Ties(ties.people, ties.src, ties.dst, ties.weight * faded)
    assert graph.super_score(later) == pytest.approx(graph.super_score(ties) * faded**0.5)


@pytest.mark.parametrize(
    ("src", "dst", "weight"),
    [
        ([0], [2], [1.0]),
        ([-1], [0], [1.0]),
        ([0], [1], [-1.0]),
        ([0], [1], [float("nan")]),
        ([0, 1], [1], [1.0]),
    ],
)
def test_what_is_no_network_is_refused_by_name(src: list[int], dst: list[int], weight: list[float]) -> None:
    with pytest.raises(BadNetwork, match="This is not a network"):
        ties_from(2, src, dst, weight)


def test_one_alone_and_two_in_touch() -> None:
    alone = ties_from(1, [0], [0], [3.0])
    assert graph.super_score(alone).tolist() == [0.0]
    assert graph.percentile(graph.super_score(alone)).tolist() == [100.0]
    two = pair_up(ties_from(2, [0, 1], [1, 0], [3.0, 1.0]))
    assert (two.strength.tolist(), two.mutual.tolist(), graph.reciprocity(two)) == ([4.0], [2.0], 0.5)
