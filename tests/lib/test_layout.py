"""The picture is the same every time, finite for every network, and no circle lies on another."""

import struct
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kith.lib.graph import Pairs, degree, pair_up, ties_from
from kith.lib.graph_circles import LOOSE, exchange, find_circles, graph_of
from kith.lib.graph_map import NO_CHAPTER, MapData, MapTooLarge, decode, encode
from kith.lib.graph_pack import pack
from kith.lib.layout import busiest, lay_out


def network(people: int, ties: list[tuple[int, int]]) -> Pairs:
    return pair_up(ties_from(people, [a for a, _ in ties], [b for _, b in ties], np.ones(len(ties))))


def villages(count: int, size: int, bridges: int = 2) -> Pairs:
    """Return `count` villages in which all know each other, each with some bridges to the next."""
    ties = [(v * size + a, v * size + b) for v in range(count) for a, b in combinations(range(size), 2)]
    ties += [(v * size + i, ((v + 1) % count) * size + i) for v in range(count) for i in range(bridges)]
    return network(count * size, ties)


SHAPES = {
    "nobody": network(0, []),
    "one": network(1, []),
    "two strangers": network(2, []),
    "two friends": network(2, [(0, 1)]),
    "three in a row": network(3, [(0, 1), (1, 2)]),
    "no ties": network(40, []),
    "a star": network(60, [(0, i) for i in range(1, 60)]),
    "all know all": network(30, list(combinations(range(30), 2))),
    "a ring": network(50, [(i, (i + 1) % 50) for i in range(50)]),
    "pairs only": network(20, [(i, i + 1) for i in range(0, 20, 2)]),
    "a village and hermits": network(30, list(combinations(range(12), 2))),
    "six villages": villages(6, 15),
    "two apart": network(24, [*combinations(range(12), 2), *combinations(range(12, 24), 2)]),
}


@pytest.mark.parametrize("pairs", SHAPES.values(), ids=SHAPES.keys())
def test_every_shape_is_laid_out_inside_the_square_with_no_two_people_in_one_spot(pairs: Pairs) -> None:
    layout = lay_out(pairs)
    assert layout.at.shape == (pairs.people, 2)
    assert np.isfinite(layout.at).all()
    assert np.abs(layout.at).max(initial=0) <= 1
    assert len({tuple(spot) for spot in layout.at.round(9).tolist()}) == pairs.people


@pytest.mark.parametrize("pairs", SHAPES.values(), ids=SHAPES.keys())
def test_the_same_ties_give_the_same_picture(pairs: Pairs) -> None:
    first, second = lay_out(pairs), lay_out(pairs)
    assert first.at.tolist() == second.at.tolist()
    assert first.circles.of.tolist() == second.circles.of.tolist()


def test_villages_are_found_and_said_to_be_clear() -> None:
    circles = lay_out(villages(6, 15)).circles
    assert circles.count == 6
    assert sorted(len(set(circles.of[v * 15 : v * 15 + 15].tolist())) for v in range(6)) == [1] * 6
    assert circles.clear


def test_where_everybody_knows_everybody_no_circle_is_clear_and_one_is_still_drawn() -> None:
    circles = lay_out(SHAPES["all know all"]).circles
    assert (circles.count, circles.clear) == (1, False)


def test_who_has_no_ties_stands_outside() -> None:
    layout = lay_out(SHAPES["a village and hermits"])
    away = np.hypot(layout.at[:, 0], layout.at[:, 1])
    assert (layout.circles.of[12:] == LOOSE).all()
    assert away[12:].min() > away[:12].max()


def test_the_most_tied_stands_in_the_middle_of_a_star() -> None:
    layout = lay_out(SHAPES["a star"])
    assert np.hypot(*layout.at.T).argmin() == 0


def test_circles_are_called_after_their_most_tied_person() -> None:
    pairs = villages(3, 10, bridges=1)
    circles = find_circles(pairs, graph_of(pairs))
    names = busiest(circles, degree(pairs))
    assert sorted(circles.of[names].tolist()) == [0, 1, 2]
    assert set(names.tolist()) == {0, 10, 20}


@settings(max_examples=40, deadline=None)
@given(st.lists(st.floats(1, 60), max_size=30), st.integers(0, 2**32 - 1))
def test_packed_discs_never_overlap(radii: list[float], seed: int) -> None:
    radius = np.array(radii)
    table = np.random.default_rng(seed).exponential(1, (len(radii), len(radii)))
    table = np.where(table > 1.5, table, 0)
    centre = pack(radius, np.triu(table, 1) + np.triu(table, 1).T)
    for i, j in combinations(range(len(radii)), 2):
        assert np.hypot(*(centre[i] - centre[j])) >= radius[i] + radius[j]


def test_the_table_of_exchange_is_symmetric_and_counts_only_what_crosses() -> None:
    pairs = villages(3, 10, bridges=2)
    circles = find_circles(pairs, graph_of(pairs))
    table = exchange(circles, pairs)
    assert table.tolist() == [[0, 2, 2], [2, 0, 2], [2, 2, 0]]


def small_map(people: int, circles: int = 3) -> MapData:
    rows = np.arange(people)
    return MapData(
        person=rows * 7 + 1,
        at=np.column_stack([np.linspace(-1, 1, people), np.linspace(1, -1, people)]),
        circle=np.where(rows % 4 == 3, LOOSE, rows % 4),
        circles=circles,
        chapter=np.where(rows % 5 == 4, NO_CHAPTER, rows % 5),
        ties_of=rows,
        warmth_of=rows % 5,
        is_super=rows % 10 == 0,
        a=np.array([0, 2, 1]),
        b=np.array([3, people - 1, 4]),
        warmth=np.array([4, 0, 2]),
    )


@pytest.mark.parametrize(("people", "row"), [(11, "H"), (70_000, "I")])
def test_the_buffer_holds_what_went_in(people: int, row: str) -> None:
    raw = encode(small_map(people))
    assert struct.unpack_from("<4I", raw) == (2, people, 3, 3)
    assert struct.unpack_from(f"<{people}I", raw, 16)[:3] == (1, 8, 15)
    x, y = (struct.unpack_from(f"<{people}H", raw, 16 + (4 + 2 * i) * people) for i in (0, 1))
    assert (x[0], x[-1], y[0], y[-1]) == (0, 65535, 65535, 0)
    start = 16 + 8 * people
    assert list(raw[start : start + 4]) == [0, 1, 2, 3]
    assert list(raw[start + people : start + people + 5]) == [0, 1, 2, 3, NO_CHAPTER]
    assert list(raw[start + 2 * people : start + 2 * people + 3]) == [8, 14, 19]
    assert list(raw[start + 3 * people : start + 3 * people + 6]) == [0x80, 1, 2, 3, 4, 0]
    ties = start + 4 * people
    ties += -ties % 4
    assert struct.unpack_from(f"<6{row}", raw, ties) == (2, people - 1, 1, 4, 0, 3)
    assert list(raw[-3:]) == [0, 2, 4]
    assert len(raw) == ties + 3 + 6 * struct.calcsize(row)


@pytest.mark.parametrize("people", [11, 70_000])
def test_what_was_written_is_read_again(people: int) -> None:
    given = small_map(people)
    found = decode(encode(given))
    order = np.argsort(given.warmth)
    assert (found.person == given.person).all()
    assert np.abs(found.at - given.at).max() < 1e-4
    assert (found.circle == given.circle).all()
    assert (found.chapter == given.chapter).all()
    assert (found.warmth_of == given.warmth_of).all()
    assert (found.is_super == given.is_super).all()
    assert found.a.tolist() == given.a[order].tolist()
    assert found.b.tolist() == given.b[order].tolist()
    assert found.warmth.tolist() == [0, 2, 4]
    assert found.ties_of[:5].tolist() == [1, 1, 1, 1, 1]


def test_a_map_of_another_version_is_refused() -> None:
    raw = encode(small_map(11))
    with pytest.raises(MapTooLarge, match="another version"):
        decode(struct.pack("<I", 1) + raw[4:])


def test_what_does_not_fit_the_buffer_is_refused() -> None:
    with pytest.raises(MapTooLarge, match="does not fit"):
        encode(small_map(11, circles=256))


def test_an_empty_map_is_only_a_head() -> None:
    none = np.zeros(0, np.int64)
    no = none.astype(bool)
    empty = MapData(none, np.zeros((0, 2)), none, 0, none, none, none, no, none, none, none)
    assert encode(empty) == struct.pack("<4I", 2, 0, 0, 0)
    assert encode(decode(encode(empty))) == encode(empty)
