"""People taken away together, and ties added."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from kith.lib.graph import Rows
from kith.lib.graph_cuts import cuts
from kith.lib.graph_without import joined, without

PEOPLE = 9
edges = st.lists(st.tuples(st.integers(0, PEOPLE - 1), st.integers(0, PEOPLE - 1)), max_size=14).map(
    lambda found: sorted({(min(e), max(e)) for e in found if e[0] != e[1]})
)


def columns(found: list[tuple[int, int]]) -> tuple[Rows, Rows]:
    return np.array([a for a, _ in found], np.int64), np.array([b for _, b in found], np.int64)


def parts(found: list[tuple[int, int]], gone: set[int]) -> list[set[int]]:
    """Walk the network, the plain way."""
    left, known = set(range(PEOPLE)) - gone, []
    while left:
        part, edge = set(), {min(left)}
        while edge:
            part |= edge
            edge = {y for a, b in found for x, y in ((a, b), (b, a)) if x in edge and y in left} - part
        known.append(part)
        left -= part
    return known


@given(edges, st.sets(st.integers(0, PEOPLE - 1), max_size=4))
def test_who_loses_the_largest_part_is_cut_off(found: list[tuple[int, int]], gone: set[int]) -> None:
    fallen = without(PEOPLE, *columns(found), np.isin(np.arange(PEOPLE), list(gone)))
    more, cut = 0, set()
    for home in parts(found, set()):
        left = [part & home for part in parts(found, gone) if part & home]
        if home & gone and left:
            largest = max(left, key=lambda part: (len(part), -min(part)))
            more += len(left) - 1
            cut |= home - gone - largest
    assert (fallen.parts, set(fallen.cut_off.tolist())) == (more, cut)


@given(edges)
def test_one_alone_is_as_the_report_counts_it(found: list[tuple[int, int]]) -> None:
    known = cuts(PEOPLE, *columns(found))
    for person in range(PEOPLE):
        fallen = without(PEOPLE, *columns(found), np.arange(PEOPLE) == person)
        assert fallen.parts == max(0, int(known.parts[person]) - 1)
        assert len(fallen.cut_off) == known.cut_off[person]


@given(edges, edges)
def test_new_ties_join_people_to_what_is_the_largest_part(
    found: list[tuple[int, int]], more: list[tuple[int, int]]
) -> None:
    got = joined(PEOPLE, *columns(found), *columns(more))
    before, after = parts(found, set()), parts(sorted({*found, *more}), set())
    core = max(before, key=lambda part: (len(part), -min(part)))
    home = next(part for part in after if core <= part)
    assert got.parts == len(before) - len(after)
    assert set(got.joined.tolist()) == (home - core if len(core) > 1 else set())


def test_nobody_can_be_taken_from_or_added_to_nothing() -> None:
    none: Rows = np.zeros(0, np.int64)
    assert without(0, none, none, none.astype(bool)).parts == 0
    assert joined(0, none, none, none, none).parts == 0
