"""Who acts like a program is found by signs anybody can follow."""

import numpy as np
import pytest

from kith.lib.acts import NOBODY
from kith.see.rules.report.bots import bots, clockwork
from kith.see.rules.roll import Roll
from tests.see.histories import Line, living
from tests.see.report.readings import reading, reading_of, roll

rng = np.random.default_rng(4)
PEOPLE = [(float(day) + float(rng.random()) * 0.6, int(rng.integers(1, 9)), int(rng.integers(1, 9))) for day in range(60) for _ in range(2)]  # fmt: skip


def flood() -> list[Line]:
    """0 turns to somebody some twenty times a day, at odd moments, and nobody turns back: nine tenths of all acts."""
    return [(float(day) + float(rng.random()) * 0.6, 0, 1 + n % 8) for day in range(60) for n in range(18)]


def signs(lines: list[Line], members: Roll | None = None) -> dict[int, set[str]]:
    found = bots(reading(9, lines, day=60, members=members))
    return {suspect.person: {reason.code for reason in suspect.why} for suspect in found}


def test_one_with_nine_tenths_of_the_acts_whom_nobody_answers_is_suspected() -> None:
    assert signs([*PEOPLE, *flood()]) == {100: {"floods", "unanswered"}}
    suspect = bots(reading(9, [*PEOPLE, *flood()], day=60))[0]
    assert suspect.share == pytest.approx(0.9, abs=0.01)
    assert suspect.why[0].facts == {"percent": 90}


def test_a_founder_who_speaks_alone_is_not_suspected_for_that() -> None:
    assert signs([*PEOPLE, *flood()], roll(9, staff=[0])) == {}


def test_a_clockwork_is_suspected_even_of_the_staff() -> None:
    hourly = [(hour / 24, 0, NOBODY) for hour in range(24 * 10)]
    assert "clockwork" in signs([*PEOPLE, *hourly], roll(9, staff=[0]))[100]


def test_who_is_marked_already_or_refuses_is_in_no_list() -> None:
    assert signs([*PEOPLE, *flood()], roll(9, bots=[0])) == {}
    assert signs([*PEOPLE, *flood()], roll(9, refusing=[0])) == {}


def test_who_is_called_a_bot_is_asked_about() -> None:
    lines = [*PEOPLE, *[(float(i) / 2, 0, NOBODY) for i in range(60)]]
    found = bots(reading(9, lines, day=60, members=roll(9, names=["welcome_bot", *"abcdefgh"])))
    assert found[0].person == 100
    assert "is_named" in {r.code for r in found[0].why}
    assert not bots(reading(9, PEOPLE, day=60, members=roll(9, names=["Abbot", *"abcdefgh"])))


def test_a_living_community_has_no_suspects() -> None:
    assert bots(reading_of(living(), roll(40), 700)) == ()


def test_human_rhythms_are_not_regular() -> None:
    days = np.sort(np.concatenate([np.arange(30) * 86_400.0 + rng.normal(12, 3) * 3600 for _ in range(10)]))
    jitter = np.asarray(np.sort(days + rng.random(len(days)) * 7000), np.float64)
    assert clockwork(jitter) == 0.0
    assert clockwork(np.arange(0.0, 360_000.0, 3600.0)) == 1.0
    assert clockwork(np.zeros(0)) == 0.0
