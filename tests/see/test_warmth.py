"""Degrees mean the same everywhere, and a tie cools by itself."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.see.rules import warmth

NOW = datetime(2026, 5, 20, 12, 0, tzinfo=UTC)
strengths = st.floats(0, 1e9)


@pytest.mark.parametrize(
    ("live", "degrees", "band"),
    [(0, 0, 0), (0.5, 7.69, 0), (1, 14.29, 1), (2, 25, 2), (3.771, 38.6, 2), (6, 50, 3), (18, 75, 4), (1e12, 100, 4)],
)
def test_degrees_and_their_colours(live: float, degrees: float, band: int) -> None:
    assert warmth.degrees(live) == pytest.approx(degrees, abs=0.01)
    assert warmth.band(warmth.degrees(live)) == band


@given(strengths, strengths)
def test_more_acts_are_never_colder_and_never_leave_the_scale(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert 0 <= warmth.degrees(low) <= warmth.degrees(high) <= 100


@given(st.lists(strengths, max_size=20))
def test_many_colours_are_the_colours_of_each(values: list[float]) -> None:
    assert warmth.bands(np.array(values)).tolist() == [warmth.band(warmth.degrees(v)) for v in values]


def test_a_living_network_is_seen_now_and_a_silent_one_at_its_last_act() -> None:
    assert warmth.moment(NOW, None) == NOW
    assert warmth.moment(NOW, NOW - timedelta(days=30)) == NOW
    assert warmth.moment(NOW, NOW - timedelta(days=31)) == NOW - timedelta(days=31)


def test_energy_over_time_halves_and_adds_up() -> None:
    day = datetime(2026, 1, 1, tzinfo=UTC)
    noon = day + timedelta(hours=12)
    moments = [day - timedelta(days=1), noon, noon + timedelta(days=60), noon + timedelta(days=120)]
    acts = [(day, 4.0), (day + timedelta(days=60), 1.0)]
    assert warmth.over_time(acts, moments, 60) == pytest.approx([0, 4, 3, 1.5])
    assert warmth.over_time([], moments, 60) == [0, 0, 0, 0]
    assert warmth.over_time(acts, [], 60) == []


def test_a_warm_tie_left_alone_for_weeks_is_cooling_and_says_what_it_was() -> None:
    then = NOW - timedelta(days=60)
    assert warmth.cooled(5.0, then, NOW, 60) == pytest.approx(warmth.degrees(10.0))


@pytest.mark.parametrize(
    ("strength", "days"),
    [(5.0, 13), (0.5, 60), (6.5, 14), (0.0, 60)],
    ids=["too recent", "never warm", "no colour lost", "nothing there"],
)
def test_what_is_recent_or_never_was_warm_is_not_cooling(strength: float, days: int) -> None:
    silent = NOW - timedelta(days=days)
    assert warmth.cooled(strength, silent, NOW, 60) is None


@pytest.mark.parametrize(
    ("took", "age", "grew", "stale"),
    [
        (0.01, 6, 1, 1),
        (0.01, 4, 1, 0),
        (0.01, 600, 0, 0),
        (4.0, 599, 1, 0),
        (4.0, 601, 1, 1),
    ],
)
def test_a_picture_is_made_anew_when_acts_came_and_it_is_old_for_what_it_cost(
    took: float, age: int, grew: int, stale: int
) -> None:
    made = NOW - timedelta(seconds=age)
    assert warmth.is_stale(made_at=made, took_seconds=took, read_to=5, newest=5 + grew, now=NOW) == bool(stale)
