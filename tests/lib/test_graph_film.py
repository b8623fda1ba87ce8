"""The past of a map: every frame is what a fold of the acts up to then gives."""

from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.lib import graph_film
from kith.lib.acts import DAY_SECONDS, Acts, decayed
from kith.lib.graph import Numbers, Rows, closest, pair_up
from kith.lib.graph_film import NOT_YET, Cast, film
from kith.see.rules.warmth import bands

PEOPLE = 6
moments = st.lists(st.integers(1, 400), min_size=1, max_size=5, unique=True).map(sorted)
lines = st.lists(
    st.tuples(st.integers(0, PEOPLE - 1), st.integers(-1, PEOPLE - 1), st.integers(0, 400)), min_size=1, max_size=60
)


def acts_of(rows: list[tuple[int, int, int]]) -> Acts:
    """Acts of weight 1 on whole days."""
    rows = sorted(rows, key=lambda row: row[2])
    actor, other, day = (np.array(column, np.int64) for column in zip(*rows, strict=True))
    return Acts(
        PEOPLE, actor, other, np.ones(len(day)), (day * DAY_SECONDS).astype(np.float64), np.zeros(len(day), np.int16)
    )


def everybody(acts: Acts) -> Cast:
    pairs = pair_up(decayed(acts, np.inf, 1e9))
    return Cast(np.arange(PEOPLE), pairs.a, pairs.b, np.full(PEOPLE, np.inf))


@given(lines, moments)
def test_a_frame_is_the_fold_of_the_acts_up_to_then(rows: list[tuple[int, int, int]], days: list[int]) -> None:
    acts = acts_of(rows)
    cast = everybody(acts)
    ends = np.array(days) * DAY_SECONDS
    for at, (people, ties) in zip(ends.tolist(), film(acts, cast, ends, 60.0, bands, 5), strict=True):
        pairs = pair_up(decayed(acts, at, 60.0))
        known = {(a, b): s for a, b, s in zip(pairs.a.tolist(), pairs.b.tolist(), pairs.strength.tolist(), strict=True)}
        drawn = zip(cast.a.tolist(), cast.b.tolist(), strict=True)
        assert ties.tolist() == [int(bands(np.array([known[p]]))[0]) if p in known else NOT_YET for p in drawn]
        warm, there = bands(closest(pairs, 5)).tolist(), acts.before(at)
        seen = {*there.actor.tolist(), *there.other.tolist()}
        assert people.tolist() == [warm[row] if row in seen else NOT_YET for row in range(PEOPLE)]


def test_who_joined_without_a_word_is_there_and_who_left_is_not() -> None:
    acts = acts_of([(0, 1, 10), (1, 0, 50)])
    came: Numbers = np.array([0, 0, 20, 90, 0, 0]) * DAY_SECONDS
    cast = Cast(np.array([0, 1, 2, 3, -1]), np.array([0, 0]), np.array([1, 4]), came)
    [(first, ties), (second, _)] = film(acts, cast, np.array([15.0, 95.0]) * DAY_SECONDS, 60.0, bands, 5)
    assert first.tolist() == [0, 0, NOT_YET, NOT_YET, NOT_YET]
    assert second.tolist() == [0, 0, 0, 0, NOT_YET]
    assert ties.tolist() == [1, NOT_YET]


def test_a_book_without_acts_has_empty_frames() -> None:
    none: Rows = np.zeros(0, np.int64)
    acts = Acts(2, none, none, np.zeros(0), np.zeros(0), np.zeros(0, np.int16))
    cast = Cast(np.arange(2), none, none, np.array([0.0, 1e12]))
    [(people, ties)] = film(acts, cast, np.array([1e9]), 60.0, bands, 5)
    assert (people.tolist(), ties.tolist()) == ([0, NOT_YET], [])
    assert [part.tolist() for part in graph_film.decode(graph_film.encode(people, ties))] == [[0, NOT_YET], []]


@pytest.mark.parametrize(
    ("first", "last", "found"),
    [
        ((2025, 11, 30), (2026, 2, 1), ["2025-11", "2025-12", "2026-01"]),
        ((2026, 2, 1), (2026, 2, 28), []),
        ((2026, 1, 31), (2026, 2, 1), ["2026-01"]),
    ],
)
def test_months_end_where_the_next_begins(
    first: tuple[int, int, int], last: tuple[int, int, int], found: list[str]
) -> None:
    ends = graph_film.months(datetime(*first, tzinfo=UTC), datetime(*last, tzinfo=UTC))
    assert list(ends) == found
    for month, end in ends.items():
        following = datetime.fromtimestamp(end, UTC)
        assert (following.day, following.hour) == (1, 0)
        assert f"{following:%Y-%m}" > month
