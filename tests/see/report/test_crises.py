"""Crises are told against the community's own past, and cry out only after two bad quarters."""

import pytest

from kith.lib.acts import NOBODY
from kith.see.rules.report.crises import crises, z_score
from tests.see.report.readings import reading

QUARTER = 91


def talk(quarter: int, *, answered: bool = True, people: int = 24) -> list[tuple[float, int, int]]:
    """Everybody asks once, and is answered within the day or a week later; neighbours exchange."""
    lines = []
    for i in range(people):
        day = quarter * QUARTER + 3 + 2 * i
        lines += [(day + 0.0, i, NOBODY), (day + (0.2 if answered else 5.2), (i + 1) % people, i)]
        lines += [(day + 0.5 if answered else day + 5.5, i, (i + 1) % people)]
    return lines


def told(*, bad: int) -> dict[str, tuple[float | None, bool]]:
    lines = [line for quarter in range(10) for line in talk(quarter, answered=quarter < 10 - bad)]
    found = crises(reading(24, lines, day=10 * QUARTER))
    return {i.name: (i.z, i.alarm) for crisis in found.values() for i in crisis.indicators}


def test_one_bad_quarter_is_seen_and_raises_no_alarm() -> None:
    z, alarm = told(bad=1)["answered_24h"]
    assert z is not None
    assert z < -2
    assert not alarm


def test_two_bad_quarters_in_a_row_raise_the_alarm_of_their_crisis() -> None:
    lines = [line for quarter in range(10) for line in talk(quarter, answered=quarter < 8)]
    found = crises(reading(24, lines, day=10 * QUARTER))
    assert found["execution"].alarm
    assert found["efficiency"].alarm
    assert not found["cohesion"].alarm
    execution = found["execution"].indicators[0]
    assert [q.value for q in execution.quarters] == [1.0] * 8 + [0.0] * 2
    assert execution.quarters[0].n == 24
    assert found["execution"].n == 10


def test_an_even_life_is_calm() -> None:
    assert not any(alarm for _, alarm in told(bad=0).values())


def test_what_was_counted_from_less_than_twenty_is_not_told() -> None:
    lines = [line for quarter in range(10) for line in talk(quarter, people=6)]
    found = crises(reading(24, lines, day=10 * QUARTER))
    assert all(q.value is None for q in found["execution"].indicators[0].quarters)
    assert found["execution"].indicators[0].z is None
    assert not found["execution"].alarm


def test_z_needs_four_quarters_to_compare_with_and_a_flat_past_stays_finite() -> None:
    assert z_score([0.5, 0.5, 0.5, 0.2]) is None
    assert z_score([0.5, 0.5, 0.5, 0.5, 0.5]) == 0.0
    assert z_score([0.5, 0.5, 0.5, 0.5, 0.4]) == pytest.approx(-4.0)
    assert z_score([0.0, 0.0, 0.0, 0.0, 1.0]) == 99.0
    assert z_score([0.5, 0.5, 0.5, 0.5, None]) is None
    assert z_score([]) is None


def test_where_all_messages_are_to_somebody_they_are_what_waits_for_an_answer() -> None:
    lines = [(900.0 + i / 10, 0, 1 + i % 5) for i in range(30)] + [(900.05 + i / 10, 1 + i % 5, 0) for i in range(30)]
    found = crises(reading(6, lines, day=910))
    newest = found["execution"].indicators[0].quarters[-1]
    assert newest.n == 60
    assert newest.value == pytest.approx(59 / 60, abs=0.1)
