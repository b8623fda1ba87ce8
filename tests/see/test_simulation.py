"""What might come: the same seed gives the same numbers, choices differ by what they are alone, and nothing is said of too little."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kith.lib.acts import DAY_SECONDS, Acts
from kith.see.data import BadSimulation, Choices, Scenario, Span, TooLittle, WhatIf
from kith.see.rules.simulation.asking import CUT_RUNS, CUTS, affordable, points
from kith.see.rules.simulation.bands import LEAST_CUTS, Asked, banded
from kith.see.rules.simulation.departures import LEAST, missed
from kith.see.rules.simulation.effects import Welcome, difference, pulls
from kith.see.rules.simulation.growing import grown
from kith.see.rules.simulation.habits import habits
from kith.see.rules.simulation.life import Start
from kith.see.rules.simulation.outlook import Outlook, outlook, steps
from kith.see.rules.simulation.replays import replays
from kith.see.rules.simulation.weeks import past
from kith.see.rules.simulation.world import Terms
from tests.see.histories import history, living, shuffled_after

DAYS = 400
LIFE = living(people=60, days=DAYS)
AT = DAYS * DAY_SECONDS
SMALL = WhatIf(weeks=8, runs=20)


def told(
    acts: Acts = LIFE, at: float = AT, *, weeks: int = 8, runs: int = 40, seed: int = 1, **choices: int
) -> Outlook:
    wanted = WhatIf(Choices(bool(choices.pop("answer", 0)), **choices), weeks, runs, seed)
    return outlook(acts, at, wanted, half_life_days=30)


def spans_of(found: Outlook) -> list[Span]:
    of_bases = [span for base in found.base.values() for span in base.spans]
    return of_bases + [span for one in found.scenarios for spans in one.spans.values() for span in spans]


def test_the_same_seed_gives_the_same_numbers_and_another_others() -> None:
    one = told(answer=1, lose_top=2)
    assert one.scenarios == told(answer=1, lose_top=2).scenarios
    assert one.base == told(answer=1, lose_top=2).base
    assert one.scenarios != told(answer=1, lose_top=2, seed=2).scenarios


def test_every_choice_is_told_alone_and_then_all_together() -> None:
    made = [one.choices for one in told(answer=1, hosts=2, lose_top=3).scenarios]
    assert made == [Choices(answer_newcomers=True), Choices(hosts=2), Choices(lose_top=3), Choices(True, 2, 3)]
    assert [one.choices for one in told(hosts=2).scenarios] == [Choices(hosts=2)]
    assert told().scenarios == ()


def test_two_equal_choices_come_to_the_same_in_every_run() -> None:
    known = past(LIFE, AT)
    start = Start(known, habits(known), replays(known), 0.5, np.array([1.4]), np.array([0.3]))
    nobody = np.zeros(len(known.rows))
    terms = [Terms(0.5), Terms(0.5), Terms(0.5, gone=nobody > 0, dimmed=nobody)]
    found = grown(start, terms, weeks=12, runs=40, seed=3, points=points(12))
    assert (found[0] == found[1]).all()
    assert (found[0] == found[2]).all()
    assert found[0].std(axis=1).min() > 0  # while the runs differ


def test_answering_newcomers_changes_nothing_where_nobody_comes() -> None:
    old = history(12, [(day + p / 100, p, (p + 1 + day % 3) % 12) for day in range(0, 500, 2) for p in range(12)])
    found = told(old, 500 * DAY_SECONDS, answer=1).scenarios[0]
    assert {span for spans in found.changes.values() for span in spans} == {Span(0.0, 0.0, 0.0)}


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_losing_those_who_hold_it_together_adds_nothing(seed: int) -> None:
    found = told(lose_top=3, seed=seed, weeks=12).scenarios[0]
    for spans in found.changes.values():
        assert all(span.middle < 0 for span in spans)
        assert all(span.high <= 0 for span in spans)


def test_more_lost_is_more_missed() -> None:
    few, many = (told(lose_top=k).scenarios[0].changes["acts"][-1].middle for k in (1, 8))
    assert many < few < 0


def growing(days: int = DAYS) -> Acts:
    """Return a community to which somebody new comes every other day, and comes again if answered, as half of them are."""
    lines = [(day + 0.5, day % 9, (day * 3 + 1) % 9) for day in range(days)]
    for n, day in enumerate(range(0, days - 1, 2)):
        who = 9 + n
        lines.append((day + 0.1, who, n % 9))
        if n % 2:
            lines.append((day + 0.6, n % 9, who))
        if n % 4 == 1 or n % 8 == 0:
            lines += [(day + later, who, n % 9) for later in (9.0, 17.0, 24.0)]
    return history(9 + days, [line for line in lines if line[0] < days and line[1] != line[2]])


def test_answering_all_newcomers_brings_some_of_them_back() -> None:
    found = told(growing(), runs=100, weeks=12, answer=1)
    change = found.scenarios[0].changes
    assert change["active"][-1].low >= 0 < change["active"][-1].high
    assert change["acts"][-1].low > 0  # the answers are acts themselves
    assert found.welcome.answered == pytest.approx(0.5, abs=0.05)


def test_a_host_answers_as_many_as_there_are_and_no_more() -> None:
    one, two, all_of_them = (
        told(growing(), runs=100, weeks=12, **c).scenarios[0] for c in ({"hosts": 1}, {"hosts": 50}, {"answer": 1})
    )
    assert 0 < last(one) <= last(two)
    assert two.changes == all_of_them.changes  # fifty hosts find nobody left


def last(found: Scenario, name: str = "acts") -> float:
    return found.changes[name][-1].middle


@pytest.mark.parametrize(
    "acts",
    [
        history(0, []), history(1, [(d, 0, -1) for d in range(200)]), history(2, [(d, d % 2, 1 - d % 2) for d in range(200)]),
        history(40, []), history(9, [(d / 2, d % 9, (d + 1) % 9) for d in range(60)]),
        history(30, [(d, d, 0) for d in range(1, 30)]),
    ],
    ids=["nobody", "one", "two", "all silent", "a month old", "an act a day"],
)  # fmt: skip
def test_too_little_is_said_to_be_too_little(acts: Acts) -> None:
    with pytest.raises(TooLittle):
        outlook(acts, 201 * DAY_SECONDS if len(acts) > 60 else 30.5 * DAY_SECONDS, SMALL, half_life_days=30)


@pytest.mark.parametrize(
    "wanted",
    [
        WhatIf(weeks=3), WhatIf(weeks=105), WhatIf(runs=19), WhatIf(runs=1001), WhatIf(seed=-1), WhatIf(seed=2**31),
        WhatIf(Choices(hosts=-1)), WhatIf(Choices(hosts=101)), WhatIf(Choices(lose_top=-1)), WhatIf(Choices(lose_top=21)),
    ],
)  # fmt: skip
def test_numbers_out_of_bounds_are_refused(wanted: WhatIf) -> None:
    with pytest.raises(BadSimulation):
        outlook(LIFE, AT, wanted, half_life_days=30)


@given(
    lines=st.lists(st.tuples(st.floats(0, 120), st.integers(0, 7), st.integers(-1, 7)), max_size=400),
    gone=st.integers(0, 9), hosts=st.integers(0, 3),
)  # fmt: skip
@settings(max_examples=25, deadline=None)
def test_whatever_the_past_every_number_is_finite_and_none_negative(
    lines: list[tuple[float, int, int]], gone: int, hosts: int
) -> None:
    talk = [(day + 0.3, day % 5, (day + 1) % 5) for day in range(40, 120)]  # enough to be told anything
    found = told(history(8, [*lines, *talk]), 121 * DAY_SECONDS, runs=20, answer=1, hosts=hosts, lose_top=gone)
    for span in spans_of(found):
        assert 0 <= span.low <= span.middle <= span.high < np.inf
    for one in found.scenarios:
        for spans in one.changes.values():
            assert all(-np.inf < s.low <= s.middle <= s.high < np.inf for s in spans)


def test_nothing_of_the_future_is_in_it() -> None:
    at = 300 * DAY_SECONDS
    assert (
        told(LIFE, at, answer=1, lose_top=2).scenarios
        == told(shuffled_after(LIFE, at), at, answer=1, lose_top=2).scenarios
    )
    assert told(LIFE, at).base == told(LIFE.before(at), at).base


def test_the_points_end_with_the_last_week_and_lie_four_weeks_apart() -> None:
    assert points(26) == (6, 10, 14, 18, 22, 26)
    assert points(4) == (4,)
    assert points(7) == (7,)


def test_who_watches_hears_of_every_run() -> None:
    heard: list[int] = []
    wanted = WhatIf(Choices(hosts=1), weeks=8, runs=50)
    outlook(LIFE, AT, wanted, half_life_days=30, count=heard.append)
    assert sum(heard) == 50 + CUTS * CUT_RUNS == steps(wanted)


def test_among_very_many_people_fewer_runs_are_made() -> None:
    known = past(LIFE, AT)
    many = replace(known, rows=np.arange(500_000))
    assert (affordable(200, known, 20), affordable(200, many, 20), affordable(100, many, 20)) == (200, 20, 20)
    assert affordable(1000, many, 20) == 100
    assert told(runs=40).runs == 40


def asked(rng: np.random.Generator, spread: float) -> Asked:
    level = np.full(1, 5.0)
    return Asked(np.full((1, 3), 5.5), np.full((1, 3), 0.01), 5 + rng.normal(0, spread, (1, 3)), level, level)


def test_a_band_is_as_wide_as_four_of_five_past_errors_and_keeps_to_what_foretold_best() -> None:
    rng = np.random.default_rng(4)
    before = [asked(rng, 0.1) for _ in range(200)]
    (band,) = banded(before[0], before, np.array([4.0, 8.0, 12.0]))
    assert band.by == "month"  # the simulation was half off
    assert band.errors["simulation"] > band.errors["month"]
    assert band.half == pytest.approx(0.128, abs=0.02)
    assert band.held == pytest.approx(0.8, abs=0.04)
    (wider,) = banded(before[0], [asked(rng, 0.3) for _ in range(200)], np.array([4.0, 8.0, 12.0]))
    assert wider.half.min() > 2 * band.half.max()


def test_without_enough_past_the_band_is_that_of_others_and_grows() -> None:
    rng = np.random.default_rng(4)
    few = [asked(rng, 0.01) for _ in range(LEAST_CUTS - 1)]
    (band,) = banded(few[0], few, np.array([4.0, 8.0, 12.0]))
    assert (band.held, band.errors, band.by) == (None, {}, "month")
    assert (np.diff(band.half) > 0).all()
    assert band.half[0] > 0.3


def test_an_effect_is_drawn_to_what_was_seen_elsewhere() -> None:
    nothing = Welcome(0.5, 0, 0, 0, 0, 0, 90)
    mean, error = difference(nothing)
    assert mean == pytest.approx(0.605, abs=0.01)
    assert error == pytest.approx(0.13, abs=0.005)
    mathoverflow = Welcome(0.47, 1386, 3973, 9046, 3208, 10039, 90)
    assert difference(mathoverflow)[0] == pytest.approx(0.51, abs=0.02)
    drawn = pulls(mathoverflow, np.random.default_rng(1))
    assert drawn.min() > 1.0
    assert np.median(drawn) < 1.6
    assert (pulls(replace(nothing, n_unanswered=5, back_unanswered=5), np.random.default_rng(1)) < 5.01).all()


def leaders(*, missed_too: bool) -> Acts:
    """Return pairs in which one gives all the attention the other gets, until they leave; then the other leaves too, or does not."""
    lines = []
    for pair in range(30):
        leader, other, until = 2 * pair, 2 * pair + 1, 700 - 7 * (4 + 6 * (pair % 10))
        for day in range(20, 700, 3):
            if day < until:
                lines.append((day + 0.1, leader, other))
            if day < until or not missed_too:
                lines.append((day + 0.2, other, leader))
    crowd = [(day + p / 200, 60 + p, 60 + (p + 1) % 40) for day in range(20, 700, 3) for p in range(40)]
    return history(100, [*lines, *crowd])


def test_what_people_missed_is_learnt_from_departures() -> None:
    much = missed(past(leaders(missed_too=True), 700 * DAY_SECONDS), 30)
    none = missed(past(leaders(missed_too=False), 700 * DAY_SECONDS), 30)
    assert much.n >= LEAST
    assert none.n >= LEAST
    assert much.part > 0.8
    assert none.part < 0.1
    few = missed(past(LIFE.before(100 * DAY_SECONDS), 100 * DAY_SECONDS), 30)
    assert (few.part, few.error) == (0.2, 0.2)
