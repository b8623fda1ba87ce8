"""Every finding and measure is finite for every history: empty, one, two, silent, a bot, clocks that run ahead, a year's gap."""

import math
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kith.lib.acts import NOBODY
from kith.see.rules.churn import SHIPPED
from kith.see.rules.report.members import lines
from kith.see.rules.report.members import members as measured
from kith.see.rules.report.removal import leaving
from kith.see.rules.roll import Roll
from tests.see.histories import Line, living
from tests.see.report.readings import found_in, reading, reading_of, roll

CASES: dict[str, tuple[int, list[Line], float]] = {
    "empty": (0, [], 10),
    "one": (1, [(1.0, 0, NOBODY)], 10),
    "one and themselves": (1, [(1.0, 0, 0)], 10),
    "two": (2, [(float(i), i % 2, 1 - i % 2) for i in range(50)], 50),
    "silent": (30, [], 10),
    "nothing to others": (5, [(float(i), i % 5, NOBODY) for i in range(200)], 200),
    "a bot": (
        10,
        [(i / 24, 0, 1 + i % 9) for i in range(900)] + [(float(i % 37), 1 + i % 9, 2) for i in range(100)],
        38,
    ),
    "a year's gap": (6, [(float(i % 60 + 425 * (i % 2)), i % 6, (i + 1) % 6) for i in range(240)], 490),
    "clocks ahead": (4, [(float(i), i % 4, (i + 1) % 4) for i in range(100)] + [(9999.0, 1, 2)], 60),
}


def values(of: Any) -> Iterator[float]:
    if isinstance(of, dict):
        of = list(of.values())
    if isinstance(of, list | tuple):
        for part in of:
            yield from values(part)
    elif isinstance(of, int | float):
        yield float(of)


def check(people: int, history: list[Line], day: float, members: Roll | None = None) -> None:
    told = reading(people, history, day=day, members=members)
    assert all(math.isfinite(v) for v in values(asdict(found_in(told))))
    rows = list(lines(told, leaving(told), measured(told, SHIPPED)))
    assert all(math.isfinite(v) for v in values(rows))


@pytest.mark.parametrize("case", CASES)
def test_every_number_is_finite(case: str) -> None:
    check(*CASES[case])


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_every_number_is_finite_for_any_history(data: st.DataObject) -> None:
    people = data.draw(st.integers(1, 6))
    row = st.integers(0, people - 1)
    history = data.draw(st.lists(st.tuples(st.floats(0, 900), row, st.integers(NOBODY, people - 1)), max_size=80))
    marked = {name: data.draw(st.lists(row, max_size=2)) for name in ("staff", "bots", "hidden", "refusing")}
    members = roll(
        people, staff=marked["staff"], bots=marked["bots"], hidden=marked["hidden"], refusing=marked["refusing"]
    )
    check(people, history, data.draw(st.floats(0, 1000)), members)


def test_too_little_is_named_and_enough_is_not() -> None:
    empty = found_in(reading(*CASES["empty"][:2], day=10))
    assert set(empty.too_little) == {
        "stage", "crises", "dependence", "concentration", "cohorts", "levels", "newcomers", "hard_soft", "alive",
    }  # fmt: skip
    full = found_in(reading_of(living(), roll(40, staff=[0]), 700))
    assert set(full.too_little) <= {"newcomers", "cohorts"}
    assert full.stage.now is not None


def test_what_lies_in_the_future_is_left_out() -> None:
    people, history, day = CASES["clocks ahead"]
    told = reading(people, history, day=day)
    past = reading(people, [line for line in history if line[0] <= day], day=day)
    assert asdict(found_in(told)) == asdict(found_in(past))


def test_a_marked_bot_is_in_no_number_and_its_acts_are_not_counted() -> None:
    people, history, day = CASES["a bot"]
    without = found_in(reading(people, history, day=day, members=roll(people, bots=[0])))
    assert without.numbers.people == 9
    assert without.numbers.acts == 100
    assert without.bots == ()
    assert found_in(reading(people, history, day=day)).bots != ()


def test_who_refuses_has_no_measure_and_the_others_are_measured_the_same() -> None:
    told = reading_of(living(), roll(40), 700)
    shy = reading_of(living(), roll(40, refusing=[3]), 700)
    everybody = {row[0]: row for row in lines(told, leaving(told), measured(told, SHIPPED))}
    others = {row[0]: row for row in lines(shy, leaving(shy), measured(shy, SHIPPED))}
    assert 103 in everybody
    assert others == {person: row for person, row in everybody.items() if person != 103}
