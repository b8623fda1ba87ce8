"""How much rests on how few: dependence, what goes with somebody, concentration, hard and soft lines."""

import numpy as np
import pytest

from kith.see.rules.report.concentration import concentration, gini
from kith.see.rules.report.dependence import colour, dependence, fewest
from kith.see.rules.report.hard_soft import hard_soft
from kith.see.rules.report.removal import leaving, top
from tests.see.report.readings import reading, roll


def star(day: float = 99.0) -> list[tuple[float, int, int]]:
    """0 turns to 1..4, twice each; 1 and 2 turn to each other; 4 alone has 5."""
    lines = [(day, 0, other) for other in (1, 2, 3, 4) for _ in range(2)]
    return [*lines, (day, 1, 2), (day, 2, 1), (day, 4, 5)]


def test_what_touches_the_staff_is_the_centre_share() -> None:
    told = reading(6, star(), day=99, members=roll(6, staff=[0]))
    found = dependence(told, ())
    assert found.centre_share == pytest.approx(8 / 11)
    assert found.centre_colour == "founder_centred"
    assert (found.absence_50, found.absence_80, found.people) == (2, 4, 6)


@pytest.mark.parametrize(
    ("share", "expected"),
    [(0.0, "healthy"), (0.249, "healthy"), (0.25, "leaning"), (0.6, "leaning"), (0.61, "founder_centred")],
)
def test_the_centre_has_a_colour(share: float, expected: str) -> None:
    assert colour(share) == expected


def test_below_five_live_acts_there_is_no_centre_share() -> None:
    found = dependence(reading(3, [(9.0, 0, 1), (9.0, 1, 2)], day=9, members=roll(3, staff=[0])), ())
    assert (found.centre_share, found.centre_colour) == (None, None)


def test_if_somebody_left_their_energy_goes_and_others_are_cut_off() -> None:
    told = reading(6, star(), day=99)
    found = leaving(told)
    assert found.loss.tolist() == pytest.approx([8 / 11, 4 / 11, 4 / 11, 2 / 11, 3 / 11, 1 / 11])
    assert found.parts.tolist() == [2, 0, 0, 0, 1, 0]  # {1, 2}, {3}, {4, 5} are two more than one
    assert found.cut_off.tolist() == [3, 0, 0, 0, 1, 0]
    first = top(told, found)[0]
    assert (first.person, first.components, first.cut_off) == (100, 2, 3)


def test_who_may_not_be_ranked_is_in_no_list_but_counts_for_the_others() -> None:
    told = reading(6, star(), day=99, members=roll(6, hidden=[0], refusing=[4]))
    listed = [r.person for r in top(told, leaving(told))]
    assert listed == [101, 102, 103, 105]
    assert leaving(told).loss[1] == pytest.approx(4 / 11)


def test_brokerage_is_of_who_has_three_warm_ties() -> None:
    found = leaving(reading(6, star(), day=99)).brokerage
    assert np.isfinite(found).tolist() == [True, False, False, False, False, False]
    assert 0 < found[0] < 1


def test_a_tie_long_faded_holds_nobody() -> None:
    told = reading(6, star(), day=99 + 60 * 6)
    assert leaving(told).cut_off.tolist() == [0] * 6
    assert leaving(told).loss[0] == pytest.approx(8 / 11)


def test_the_fewest_who_have_half() -> None:
    assert fewest(np.array([5.0, 3.0, 2.0]), 0.5) == 1
    assert fewest(np.array([4.0, 4.0, 2.0]), 0.5) == 2
    assert fewest(np.zeros(3), 0.5) == 0
    assert fewest(np.zeros(0), 0.5) == 0


def test_concentration_counts_acts_of_a_year_and_warm_ties() -> None:
    lines = [(100.0 + i, 0, 1 + i % 3) for i in range(24)] + [(100.0 + i, 1 + i % 3, 0) for i in range(12)]
    found = concentration(reading(4, [(1.0, 3, 2), *lines], day=400))
    assert found is not None
    assert (found.acts, found.people, found.acts_50, found.acts_80) == (36, 4, 1, 3)
    assert concentration(reading(4, lines[:29], day=400)) is None


def test_gini_is_none_for_the_same_and_one_for_all_in_one_hand() -> None:
    assert gini(np.array([3.0, 3.0, 3.0])) == 0.0
    assert gini(np.array([1e-9, 1e-9, 1.0])) == pytest.approx(1.0)
    assert gini(np.array([1.0])) == 0.0
    assert gini(np.array([1.0, 3.0])) == pytest.approx(0.5)


def test_lines_that_touch_staff_are_hard_and_the_rest_is_soft() -> None:
    lines = [(95.0, 0, 1)] * 6 + [(95.0, 1, 2)] * 2 + [(10.0, 1, 2)] * 10
    found = hard_soft(reading(3, lines, day=100, members=roll(3, staff=[0])))
    assert found.staff_share is not None
    assert found.own_share == pytest.approx(1 - found.staff_share)
    assert [(side.n, side.energy, side.staff_share) for side in found.series] == [(18, 18.0, 6 / 18)]
