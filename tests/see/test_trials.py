"""What see says, tried on a community's own past."""

import math
from collections.abc import Callable, Mapping

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kith.lib.acts import DAY_SECONDS, NOBODY, Acts
from kith.lib.graph import Numbers
from kith.see.data import SCORE, TRIED, Record
from kith.see.rules import churn as leaving
from kith.see.rules import seeds as handing
from kith.see.rules.trials import churn, introductions, seeds, super_nodes, ties
from kith.see.rules.trials.plan import Plan, plan_for, settled
from kith.see.rules.trying import Tried, try_all
from tests.see.histories import Line, history, living, shuffled_after

CUT = 400 * DAY_SECONDS


def days(count: float) -> float:
    return count * DAY_SECONDS


def of_ties(acts: Acts) -> Mapping[str, Numbers]:
    asked = ties.pairs(acts, CUT, 365)
    return {SCORE: asked.strength(CUT, 60), **asked.rivals()}


def of_people(acts: Acts) -> Mapping[str, Numbers]:
    return super_nodes.scores(acts, CUT, 90, 30)


def of_leavers(acts: Acts) -> Mapping[str, Numbers]:
    return {by: leaving.leaning(acts, CUT, by=by) for by in (SCORE, *leaving.RIVALS)}


def of_strangers(acts: Acts) -> Mapping[str, Numbers]:
    asked, found = introductions.scores(acts, CUT, 90, 60)
    return found | {"a": asked.a.astype(float), "b": asked.b.astype(float)}


def of_seeds(acts: Acts) -> Mapping[str, Numbers]:
    chosen = {
        by: handing.pick(acts, CUT, half_life_days=60, window_days=90, count=5, by=by)
        for by in (SCORE, *handing.RIVALS)
    }
    return {by: rows.astype(float) for by, rows in chosen.items()}


@pytest.mark.parametrize("scores", [of_ties, of_people, of_leavers, of_strangers, of_seeds])
def test_what_happens_after_a_cut_changes_no_score_at_it(scores: Callable[[Acts], Mapping[str, Numbers]]) -> None:
    acts = living()
    before = scores(acts)
    for seed in range(3):
        after = scores(shuffled_after(acts, CUT, seed=seed))
        assert before.keys() == after.keys()
        assert all(np.array_equal(before[name], after[name], equal_nan=True) for name in before)
    assert all(len(found) > 4 for found in before.values())


def test_weights_are_learnt_before_the_first_window_that_is_asked() -> None:
    acts = living(people=60)
    plan = plan_for(acts)
    assert plan is not None
    first = min(since.timestamp() for since, _ in churn.trial(acts, plan).windows)
    moments = [at for at in churn.cuts(plan).tolist() if at + days(plan.far_days) <= first]
    assert len(moments) > 2
    changed = shuffled_after(acts, first)
    assert churn.learn(acts, moments, plan.far_days) == churn.learn(changed, moments, plan.far_days)


def steady() -> Acts:
    """Forty pairs: twenty wrote much long ago and stopped, twenty write seldom and go on."""
    old = [(float(day), 2 * p, 2 * p + 1) for day in range(60, 260) for p in range(20)]
    live = [(day + p / 40, 2 * p, 2 * p + 1) for day in range(0, 700, 14) for p in range(20, 40)]
    return history(80, [*old, *live, (0.0, 0, 1), (700.0, 0, 1)])


def test_ties_that_go_on_stand_above_ties_that_only_were_many() -> None:
    plan = Plan(0.0, days(700), asked=(days(380), days(400), days(420)))
    found = ties.trial(steady(), plan, 30.0)
    assert (found.metric["auc"], found.baselines["count"]["auc"], found.baselines["recency"]["auc"]) == (1.0, 0.0, 1.0)
    assert (found.n, found.beats, found.leads) == (120, True, SCORE)
    assert [(since.timestamp(), until.timestamp()) for since, until in found.windows] == [
        (at, at + days(49)) for at in plan.asked
    ]


def test_where_a_simple_order_does_better_it_leads() -> None:
    plan = Plan(0.0, days(700), asked=(days(380), days(400), days(420)))
    found = ties.trial(steady(), plan, 100_000.0)  # nothing fades: the score is the count
    assert (found.metric["auc"], found.leads, found.beats) == (0.0, "recency", False)


def test_a_cut_before_whose_outcome_the_history_ends_is_not_asked() -> None:
    found = ties.trial(steady(), Plan(0.0, days(700), asked=(days(690),)), 30.0)
    assert (found.metric, found.n, found.too_little) == ({}, 0, "not_yet")
    assert churn.trial(steady(), Plan(0.0, days(700), asked=(days(690),))).too_little == "not_yet"


def test_seeds_are_judged_by_the_share_that_turned_to_them() -> None:
    # Of 60, thirty turn to person 30 every week, twenty-eight to person 31.
    lines = [(week * 7 + p / 100, p, 30 + p // 30) for week in range(100) for p in (*range(30), *range(32, 60))]
    found = seeds.trial(history(60, lines), Plan(0.0, days(700), asked=(days(300), days(400), days(500))), 60.0)
    assert found.metric == {"coverage": 58 / 60}
    assert (found.n, found.beats) == (3 * 60, True)


def test_the_published_settings_follow_from_the_length_of_the_history() -> None:
    years = Plan(0.0, days(2350.3))
    assert (years.near_days, years.far_days, years.look_back_days) == (90, 90, 365)
    assert years.reported(90).tolist() == pytest.approx(np.linspace(days(705.09), days(2260.3), 12).tolist())
    months = Plan(0.0, days(193.7))
    assert (months.near_days, months.far_days, months.look_back_days) == (14, 21, 60)
    assert len(churn.cuts(months)) == 19  # a week apart
    assert np.diff(churn.cuts(years)).tolist() == pytest.approx([days(45)] * (len(churn.cuts(years)) - 1))


@given(st.floats(56, 20_000), st.integers(0, 30))
def test_windows_lie_within_the_history_and_the_choosing_ones_before_the_reported(span: float, cuts: int) -> None:
    plan = Plan(0.0, days(span), cuts=cuts)
    for ahead in (plan.near_days, plan.far_days):
        told, earlier = plan.reported(ahead), plan.earlier(ahead)
        assert len(told) == (cuts or 12)
        assert told.min() > 0
        assert told.max() + days(ahead) <= plan.end + 1
        assert len(earlier) == 8
        assert earlier.max() + days(ahead) <= told.min() + 1 or cuts == 1


def test_acts_of_wrong_clocks_do_not_stretch_the_history() -> None:
    good = [(1000 + day / 2, day % 7, (day + 1) % 7) for day in range(300)]
    acts = history(8, [(0.0, 1, 2), *good, (9000.0, 3, 4)])
    assert settled(acts, days(2000)).at[[0, -1]].tolist() == [days(1000), days(1149.5)]
    assert len(settled(history(8, [*good, (5000.0, 3, 4)]), days(9000))) == 300
    assert len(settled(history(8, good), days(1100))) == 201
    pause = [*good, *((2000 + day, 0, 1) for day in range(100))]
    assert len(settled(history(8, pause), days(9000))) == 400  # a gap with a life on both sides stays


def outcome(acts: Acts, now: float = 700.0) -> Tried:
    return try_all(acts, days(now), tie_days=60.0, node_days=30.0)


def finite(record: Record) -> bool:
    marks = [record.metric, *record.baselines.values()]
    return all(math.isfinite(value) for mark in marks for value in mark.values())


def test_a_lively_community_gets_a_record_of_each_beside_its_baselines() -> None:
    found = outcome(living(people=150, days=900), 1000)
    assert tuple(found.records) == TRIED
    ours = {name: sorted(found.records[name].metric) for name in TRIED}
    assert ours["ties"] == ["auc", "two_way_auc"]
    assert ours["super_nodes"] == ["ndcg50", "spearman"]
    assert {"auc", "found", "right"} <= set(ours["churn"])
    assert ours["introductions"] == ["auc", "precision100"]
    assert ours["seeds"] == ["coverage"]
    for record in found.records.values():
        assert all(list(b) == list(record.metric) for b in record.baselines.values())
        assert finite(record)
        assert record.n > 20
    assert found.records["ties"].metric["auc"] > 0.5
    assert found.records["super_nodes"].metric["spearman"] > 0.5
    assert found.records["churn"].metric["auc"] > 0.5


GAP: list[Line] = list(zip(*(getattr(living(days=300), c).tolist() for c in ("at", "actor", "other")), strict=True))
HOSTILE: dict[str, Acts] = {
    "empty": history(0, []),
    "one person alone": history(1, [(float(day), 0, NOBODY) for day in range(0, 600, 3)]),
    "two people": history(2, [(float(day), day % 2, 1 - day % 2) for day in range(600)]),
    "all silent": history(30, []),
    "one act each, long ago": history(30, [(p / 10, p, (p + 1) % 30) for p in range(30)]),
    "a year's gap": history(40, [*((at / DAY_SECONDS, a, b) for at, a, b in GAP), *((at / DAY_SECONDS + 700, a, b) for at, a, b in GAP)]),
    "one bot does nearly all": history(30, [(day / 9, 0, 1 + day % 29) for day in range(6000)] + [(float(d), 3, 4) for d in range(0, 600, 40)]),
    "acts of the future": history(40, [*((at / DAY_SECONDS, a, b) for at, a, b in GAP), *((99_000.0 + i, 1, 2) for i in range(50))]),
    "all at one moment": history(40, [(5.0, p, (p + 1) % 40) for p in range(40)] * 5),
}  # fmt: skip


@pytest.mark.parametrize("acts", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_history_is_told_in_finite_numbers_or_as_too_little(acts: Acts) -> None:
    found = outcome(acts, 1100)
    for record in found.records.values():
        assert finite(record)
        assert bool(record.metric) != bool(record.too_little)
        assert (record.n > 0) == bool(record.metric)
    assert np.isfinite(leaving.weights(found.coefficients)).all()
    assert math.isfinite(found.tie.gain + found.node.gain)


@pytest.mark.parametrize("name", ["empty", "one person alone", "two people", "all silent", "all at one moment"])
def test_too_small_a_community_keeps_its_half_lives_and_says_why(name: str) -> None:
    found = outcome(HOSTILE[name])
    assert {r.too_little for r in found.records.values()} <= {"too_short", "too_few"}
    assert (found.tie.days, found.tie.source, found.node.days, found.node.source) == (60.0, "none", 30.0, "none")
    assert found.coefficients == leaving.SHIPPED


lines = st.lists(st.tuples(st.floats(0, 400), st.integers(0, 8), st.integers(-1, 8)), max_size=80)


@settings(max_examples=25, deadline=None)
@given(lines)
def test_no_history_brings_a_trial_down(given_lines: list[Line]) -> None:
    found = outcome(history(9, given_lines), 300)
    assert all(finite(r) and bool(r.metric) != bool(r.too_little) for r in found.records.values())
