"""Promises are counted where they are made and given down; the execution crisis tells them by quarter, thrown together and by kind."""

from datetime import UTC, datetime, timedelta

import pytest

from kith.see.data import Crisis, Indicator, Tally
from kith.see.rules.report.crises import crises
from tests.see.report.readings import reading

QUARTER = 91
DAY = 10 * QUARTER
START = datetime.fromtimestamp(0, UTC)


def tally(day: float, kept: float, of: float, name: str = "event", nth: int = 0) -> Tally:
    return Tally(name, f"post:{day:g}{name}{nth}", START + timedelta(days=day), kept, of)


def told(*tallies: Tally) -> Crisis:
    return crises(reading(3, [], day=DAY), tallies)["execution"]


def indicator(found: Crisis, name: str) -> Indicator:
    return next(i for i in found.indicators if i.name == name)


def test_without_promises_there_is_too_little_to_say() -> None:
    found = told()
    for name in ("promises_kept", "launch_turn_out"):
        assert [(q.value, q.n) for q in indicator(found, name).quarters] == [(None, 0)] * 10
        assert indicator(found, name).parts == {}
    assert (found.alarm, found.n, found.rows) == (False, 0, ())


def test_all_kinds_are_thrown_together_and_each_stands_beside_with_its_own_n() -> None:
    day = DAY - 10
    errands = [tally(day, n % 2, 1, "errand", n) for n in range(8)]
    found = told(*errands, tally(day, 9, 30), tally(day, 1, 2, "checkin"), tally(day, 2, 2, "launch"))
    kept = indicator(found, "promises_kept")
    assert kept.quarters[-1].value == pytest.approx(16 / 42)
    assert kept.quarters[-1].n == 42
    newest = {name: (quarters[-1].value, quarters[-1].n) for name, quarters in kept.parts.items()}
    assert newest == {"errand": (None, 8), "event": (0.3, 30), "checkin": (None, 2), "launch": (None, 2)}
    assert [(q.value, q.n) for q in kept.quarters[:-1]] == [(None, 0)] * 9


def test_nineteen_promises_are_too_little_and_twenty_are_enough() -> None:
    assert indicator(told(tally(DAY - 1, 19, 19)), "promises_kept").quarters[-1].value is None
    assert indicator(told(tally(DAY - 1, 5, 20)), "promises_kept").quarters[-1].value == 0.25


def test_a_promise_counts_in_the_quarter_it_fell_due_and_not_before_or_after_all_of_them() -> None:
    found = told(
        tally(DAY, 1, 20), tally(DAY - QUARTER, 2, 20, nth=1), tally(DAY - QUARTER - 1, 3, 20, nth=2), tally(DAY + 1, 4, 20, nth=3),
        tally(-1, 5, 20, nth=4), tally(1, 6, 20, nth=5),
    )  # fmt: skip
    values = [q.value for q in indicator(found, "promises_kept").quarters]
    assert (values[0], values[-2], values[-1]) == (0.3, 0.125, 0.05)
    assert [t.kept for t in found.rows] == [1, 2, 3, 6]


def test_two_bad_quarters_of_promises_raise_the_alarm_and_one_does_not() -> None:
    def year(bad: int) -> Crisis:
        return told(*(tally(q * QUARTER + 5, 30 if q < 10 - bad else 10, 40, nth=q) for q in range(10)))

    assert not year(1).alarm
    assert (indicator(year(1), "promises_kept").z or 0) < -2
    assert year(2).alarm


def test_more_may_turn_out_than_were_expected_and_turning_out_is_no_promise() -> None:
    found = told(tally(DAY - 5, 60, 40.5, "turn_out"))
    turn_out = indicator(found, "launch_turn_out").quarters[-1]
    assert turn_out.value == pytest.approx(60 / 40.5)
    assert turn_out.n == 40
    assert indicator(found, "promises_kept").quarters[-1].n == 0


def test_the_rows_behind_are_the_newest_thirty_without_errands() -> None:
    found = told(*(tally(DAY - n, 1, 2, nth=n) for n in range(40)), tally(DAY - 1, 1, 1, "errand"))
    assert [t.source for t in found.rows] == [f"post:{DAY - n}event{n}" for n in range(30)]


def test_value_is_told_for_each_degree_of_energy_and_is_no_promise() -> None:
    acts = [(DAY - 5 - n, n % 3, (n + 1) % 3) for n in range(8)]
    found = crises(
        reading(3, acts, day=DAY), [tally(DAY - 5, 600, 25, "sold"), tally(DAY - QUARTER - 5, 600, 25, "sold")]
    )
    worth = indicator(found["efficiency"], "value_per_energy")
    assert [(q.value, q.n) for q in worth.quarters[-2:]] == [(None, 25), (75.0, 25)]
    assert indicator(found["execution"], "promises_kept").quarters[-1].n == 0
    assert ([t.name for t in found["efficiency"].rows], found["execution"].rows) == (["sold", "sold"], ())


def test_nineteen_orders_are_too_little_to_say_what_energy_is_worth() -> None:
    found = crises(reading(3, [(DAY - 5, 0, 1)], day=DAY), [tally(DAY - 5, 600, 19, "sold")])
    assert indicator(found["efficiency"], "value_per_energy").quarters[-1].value is None
