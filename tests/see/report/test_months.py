"""Cohorts, levels and what moves between them."""

import numpy as np
import pytest

from kith.lib.acts import NOBODY
from kith.see.rules.report.cohorts import cohorts
from kith.see.rules.report.levels import gravity, levels
from kith.see.rules.report.months import months
from tests.see.report.readings import reading, roll

# Days since 1970-01-01: January has 31 of them, February 28, March 31.
JAN, FEB, MAR, APR = 0, 31, 59, 90


def weekly(person: int, month: int, weeks: int) -> list[tuple[float, int, int]]:
    return [(month + 1 + 7 * week, person, NOBODY) for week in range(weeks)]


def test_weeks_of_a_month_are_counted_once_each() -> None:
    lines = [*weekly(0, FEB, 4), (FEB + 2.0, 0, NOBODY), *weekly(1, FEB, 2)]
    told = list(months(reading(3, lines, day=MAR + 10)))
    assert [m.name for m in told] == ["1970-02", "1970-03"]
    assert told[0].weeks.tolist() == [4, 2, 0]


def test_of_those_who_came_in_a_month_some_are_there_in_the_next() -> None:
    lines = [(JAN + 2.0, i, NOBODY) for i in range(10)] + [(FEB + 3.0, i, NOBODY) for i in range(4)]
    lines += [(MAR + 3.0, 0, NOBODY), (MAR + 5.0, 10, NOBODY)]
    told = reading(11, lines, day=APR + 10, members=roll(11, joined=[500] * 11))
    found = cohorts(told, list(months(told)))
    assert (found[0].month, found[0].joined, found[0].active) == ("1970-01", 10, (0.4, 0.1, None, None, None, None))
    assert (found[2].month, found[2].joined, found[2].active[0]) == ("1970-03", 1, None)


def test_people_move_up_hold_and_move_down() -> None:
    lines = [*weekly(0, JAN, 1), *weekly(0, FEB, 4), *weekly(1, JAN, 2), *weekly(1, FEB, 3), *weekly(2, JAN, 4)]
    told = reading(5, lines, day=MAR + 3)
    found = levels(told, list(months(told)))
    assert [level.month for level in found] == ["1970-02"]
    assert (found[0].moved_up, found[0].held, found[0].moved_down) == (1, 1, 1)
    assert found[0].by_level == {"silent": 3, "passing": 0, "regular": 1, "core": 1}


def test_gravity_is_the_change_of_squared_weights_a_member() -> None:
    lines = [*weekly(0, JAN, 1), *weekly(0, FEB, 4), *weekly(1, JAN, 2), *weekly(1, FEB, 3)]
    told = reading(4, lines, day=MAR + 3)
    assert gravity(told, list(months(told)), told.at) == pytest.approx((10**2 - 4**2) / 4)
    assert gravity(told, list(months(told)), (MAR - 1) * 86_400.0) is None


def test_a_gap_of_a_year_has_months_of_silence() -> None:
    told = reading(3, [(1.0, 0, 1), (500.0, 1, 2)], day=500)
    found = list(months(told))
    assert len(found) == 17
    assert sum(int(m.weeks.sum()) for m in found) == 2
    assert np.all([m.weeks <= 4 for m in found])
