"""Trials of a community in the database: kept, and followed."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from django.db import connection
from procrastinate.contrib.django import app

from kith.energy import api as energy
from kith.energy.api import NewAct
from kith.lib.acts import Acts
from kith.people import api as people
from kith.people.api import BadHalfLife, Community, Person
from kith.see import api as see
from kith.see import tasks
from kith.see.data import SCORE, TRIED
from kith.see.models import Measure, Node, Trial
from kith.see.queries import coefficients, ranking
from kith.see.rules.churn import SHIPPED
from tests.conftest import NOW, Cast
from tests.see.histories import history, living

DAYS = 400


def pour(community: Community, acts: Acts, *, since: datetime, ids: Sequence[int]) -> None:
    """Record acts whose time counts from `since`."""
    rows = zip(acts.actor.tolist(), acts.other.tolist(), acts.at.tolist(), strict=True)
    with energy.staging():
        energy.stage(
            NewAct(
                actor_id=ids[a], other_id=ids[b], kind="reply", at=since + timedelta(seconds=t), key=f"{n}", source="test"
            )
            for n, (a, b, t) in enumerate(rows)
        )  # fmt: skip
        energy.append_staged(community=community)


def brought(community: Community, count: int) -> list[int]:
    names = [f"p{n}" for n in range(count)]
    people.bring_people(community=community, names=names, now=NOW - timedelta(days=DAYS))
    place = {m.name: m.person_id for m in people.members(community, limit=1000)}
    return [place[name] for name in names]


@pytest.fixture
def lively(cast: Cast) -> Community:
    """Sixty people with a life of 400 days before now, in the rival's community beside nobody."""
    pour(cast.home, living(people=60, days=DAYS), since=NOW - timedelta(days=DAYS), ids=brought(cast.home, 60))
    return cast.home


def short_lived(count: int = 120) -> Acts:
    """Pairs that write every day for three weeks and then never again, while some go on for good, seldom."""
    lines = []
    for start in range(count // 2):
        lines += [(start * 6 + day + 0.5, start, count // 2 + start) for day in range(21)]
        lines += [(start * 6 + day * 0.1, start, (start * 7 + 3) % (count // 2)) for day in range(30)]
    return history(count, [line for line in lines if line[1] != line[2] and line[0] < DAYS])


@pytest.fixture
def hasty(cast: Cast) -> Community:
    """A community whose ties live three weeks."""
    pour(cast.home, short_lived(), since=NOW - timedelta(days=DAYS), ids=brought(cast.home, 120))
    return cast.home


def test_validating_changes_nothing(hasty: Community) -> None:
    ties = energy.ties(hasty, at=NOW)
    found = see.validate(community=hasty, now=NOW)
    assert found.tie.days < 60
    hasty.refresh_from_db()
    assert (hasty.tie_half_life_days, hasty.node_half_life_days) == (60.0, 30.0)
    assert energy.ties(hasty, at=NOW) == ties
    assert Trial.objects.count() == 0


def test_the_monthly_trial_takes_a_clearly_better_half_life_and_folds_the_ties_by_it(hasty: Community) -> None:
    found = see.trial(community=hasty, now=NOW)
    fresh = people.community(hasty.slug)
    assert fresh.tie_half_life_days == found.tie.days < 60
    assert found.tie.before == 60.0
    assert found.tie.gain > found.tie.error
    assert energy.compare(fresh).is_equal
    assert see.trials(fresh) == found
    again = see.trial(community=fresh, now=NOW + timedelta(days=30))
    assert (again.tie.days, again.tie.before) == (found.tie.days, found.tie.days)  # no swinging to and fro


def test_who_still_holds_the_old_half_life_in_hand_appends_by_the_new_one(hasty: Community, cast: Cast) -> None:
    stale = people.community(hasty.slug)
    see.trial(community=hasty, now=NOW)
    act = NewAct(actor_id=cast.member.pk, other_id=cast.other.pk, kind="reply", at=NOW, key="late", source="test")
    energy.record(community=stale, acts=[act])
    assert energy.compare(people.community(hasty.slug)).is_equal


def test_a_trial_of_one_community_is_none_of_another(lively: Community, cast: Cast) -> None:
    see.trial(community=lively, now=NOW)
    with pytest.raises(see.NotTriedYet):
        see.trials(cast.rival)
    assert ranking(cast.rival, "churn") == (SCORE, 90.0)


@pytest.mark.parametrize("name", TRIED)
def test_the_record_is_what_the_command_prints_of_it(lively: Community, name: str) -> None:
    entry = json.loads(json.dumps(see.validate(community=lively, now=NOW).records[name].as_json()))
    assert {"metric", "baselines", "n", "half_life_days", "windows", "beats", "leads"} <= set(entry)
    assert see.Record.from_json(entry).as_json() == entry
    if entry["metric"]:
        assert all(set(marks) == set(entry["metric"]) for marks in entry["baselines"].values())
        assert all(datetime.fromisoformat(a) < datetime.fromisoformat(b) for a, b in entry["windows"])
    else:
        assert entry["too_little"] in {"too_few", "too_short"}


def test_bots_and_who_refuses_count_for_nobody(lively: Community) -> None:
    everybody = see.validate(community=lively, now=NOW).records["ties"].n
    see.mark_bot(community=lively, person_id=busiest(lively), is_bot=True, now=NOW)
    fewer = see.validate(community=lively, now=NOW).records["ties"].n
    assert 0 < fewer < everybody
    see.choose_sight(
        community=lively,
        person_id=busiest(lively, 1),
        hides_rank=True,
        refuses_measures=True,
        now=NOW,
    )
    assert 0 < see.validate(community=lively, now=NOW).records["ties"].n < fewer


def busiest(community: Community, place: int = 0) -> int:
    ids, counts = np.unique(energy.columns(community).actor, return_counts=True)
    return int(ids[np.argsort(-counts, kind="stable")[place]])


def test_an_empty_community_has_a_record_that_says_why(cast: Cast) -> None:
    found = see.trial(community=cast.rival, now=NOW)
    assert {r.too_little for r in found.records.values()} == {"too_short"}
    assert coefficients(cast.rival) == SHIPPED
    fresh = people.community(cast.rival.slug)
    assert (fresh.tie_half_life_days, fresh.node_half_life_days) == (60.0, 30.0)


def leading(community: Community, name: str, by: str) -> None:
    """Write into the record that a simple order does better."""
    row = Trial.objects.get(community=community)
    row.results[name]["leads"] = by
    row.save()


def test_super_nodes_are_ranked_by_what_did_better_and_keep_their_score(lively: Community) -> None:
    see.trial(community=lively, now=NOW)
    leading(lively, "super_nodes", "posts")
    days = Trial.objects.get(community=lively).chosen["window_days"]
    see.refresh(community=lively, now=NOW)
    found = energy.columns(lively, since=NOW - timedelta(days=days))
    ids, counts = np.unique(found.actor, return_counts=True)
    ranked = Node.objects.filter(community=lively).order_by("rank").values_list("person_id", "score")
    assert counts[ids == ranked[0][0]] == counts.max()
    assert ranked[0][1] > 0
    leading(lively, "super_nodes", SCORE)
    see.refresh(community=lively, now=NOW)
    scores = Node.objects.filter(community=lively).order_by("rank").values_list("score", flat=True)
    assert list(scores) == sorted(scores, reverse=True)


def test_the_list_of_who_may_leave_is_ordered_by_what_did_better(lively: Community) -> None:
    see.trial(community=lively, now=NOW)
    leading(lively, "churn", SCORE)
    see.make_report(community=lively, now=NOW)
    before = dict(Measure.objects.filter(community=lively, risk__gt=0).values_list("person_id", "stake"))
    risks = dict(Measure.objects.filter(community=lively, risk__gt=0).values_list("person_id", "risk"))
    leading(lively, "churn", "recency")
    see.make_report(community=lively, now=NOW)
    after = Measure.objects.filter(community=lively, risk__gt=0)
    assert dict(after.values_list("person_id", "risk")) == risks
    assert dict(after.values_list("person_id", "stake")) != before
    least = after.order_by("-last_at").first()  # who was here last of all stands below all others: 0
    assert least is not None
    assert least.stake == 0.0


def test_ties_are_ranked_by_what_did_better(lively: Community) -> None:
    see.trial(community=lively, now=NOW)
    person = busiest(lively)
    leading(lively, "ties", SCORE)
    assert [t.degrees for t in see.ties_of(lively, person, at=NOW)] == sorted(
        (t.degrees for t in see.ties_of(lively, person, at=NOW)), reverse=True
    )
    leading(lively, "ties", "recency")
    last = [t.last_at for t in see.ties_of(lively, person, at=NOW)]
    assert last == sorted(last, reverse=True)
    leading(lively, "ties", "count")
    counts = [t.acts_given + t.acts_received for t in see.ties_of(lively, person, at=NOW)]
    assert counts == sorted(counts, reverse=True)
    assert len(counts) > 3


def test_launches_begin_with_whom_the_better_order_puts_first(lively: Community) -> None:
    see.trial(community=lively, now=NOW)
    leading(lively, "seeds", SCORE)
    see.refresh(community=lively, now=NOW)
    greedy = see.launch_seeds(lively, count=5)
    leading(lively, "seeds", "posts")
    days = Trial.objects.get(community=lively).chosen["window_days"]
    found = energy.columns(lively, since=NOW - timedelta(days=days))
    ids, counts = np.unique(found.actor, return_counts=True)
    chosen = see.launch_seeds(lively, count=5)
    assert counts[ids == chosen.seeds[0].who.person_id] == counts.max()
    assert len(chosen.seeds) == len(greedy.seeds) == 5
    assert chosen.seeds[-1].total <= greedy.seeds[-1].total + 1e-9


def test_a_half_life_set_by_hand_stays_until_it_is_set_free(hasty: Community, cast: Cast) -> None:
    see.fix_half_lives(community=hasty, tie_days=45, node_days=20, by=cast.operator, now=NOW)
    assert see.fixed_half_lives(hasty) == (45.0, 20.0)
    with pytest.raises(see.NotTriedYet):
        see.trials(hasty)
    tasks.try_one(slug=hasty.slug)
    fresh = people.community(hasty.slug)
    assert (fresh.tie_half_life_days, fresh.node_half_life_days) == (45.0, 20.0)
    assert energy.compare(fresh).is_equal
    assert see.trials(hasty).is_fixed
    assert see.trials(hasty).records["ties"].half_life_days == 45.0
    see.free_half_lives(community=fresh, by=cast.operator, now=NOW)
    assert see.trial(community=fresh, now=NOW).tie.days < 45


@pytest.mark.parametrize("days", [0, -1, 3651, float("nan"), float("inf")])
def test_a_half_life_out_of_bounds_is_refused_and_changes_nothing(cast: Cast, days: float) -> None:
    with pytest.raises(BadHalfLife):
        see.fix_half_lives(community=cast.home, tie_days=days, node_days=20, by=cast.operator, now=NOW)
    with pytest.raises(BadHalfLife):
        see.fix_half_lives(community=cast.home, tie_days=20, node_days=days, by=cast.operator, now=NOW)
    assert Trial.objects.count() == 0
    assert waiting() == []


def test_who_does_not_run_the_community_asks_for_nothing(cast: Cast) -> None:
    for person in (cast.core, cast.member, cast.stranger, cast.enemy):
        refused(cast.home, person)
    assert waiting() == []
    assert Trial.objects.count() == 0


def refused(community: Community, person: Person) -> None:
    with pytest.raises(see.RunnersOnly):
        see.ask_for_trial(community=community, by=person)
    with pytest.raises(see.RunnersOnly):
        see.fix_half_lives(community=community, tie_days=20, node_days=20, by=person, now=NOW)
    with pytest.raises(see.RunnersOnly):
        see.free_half_lives(community=community, by=person, now=NOW)


def waiting() -> list[str]:
    """Return whose trials wait for a worker."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT args->>'slug' FROM procrastinate_jobs WHERE task_name = 'see.try_one' ORDER BY id")
        return [row[0] for row in cursor.fetchall()]


def test_a_trial_asked_for_twice_waits_once(cast: Cast) -> None:
    see.ask_for_trial(community=cast.home, by=cast.operator)
    see.ask_for_trial(community=cast.home, by=cast.founder)
    assert waiting() == ["shanye"]


def test_every_community_is_tried_a_month_after_its_last_trial_if_its_book_grew(lively: Community, cast: Cast) -> None:
    assert see.try_again(now=NOW) == 1  # the rival's book is empty
    assert waiting() == ["shanye"]
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
    see.trial(community=lively, now=NOW)
    assert see.try_again(now=NOW + timedelta(days=31)) == 0
    act = NewAct(actor_id=cast.member.pk, other_id=cast.other.pk, kind="reply", at=NOW, key="late", source="test")
    energy.record(community=lively, acts=[act])
    assert see.try_again(now=NOW + timedelta(days=29)) == 0
    assert see.try_again(now=NOW + timedelta(days=30)) == 1
    assert waiting() == ["shanye"]


def test_the_jobs_have_their_names_and_a_community_that_is_gone_needs_none(cast: Cast) -> None:
    assert app.tasks["see.try_one"] is tasks.try_one
    tasks.try_one(slug="gone-meanwhile")
    assert Trial.objects.count() == 0


def test_learnt_weights_are_used_from_then_on(cast: Cast) -> None:
    see.trial(community=cast.home, now=NOW)
    own = {"window_days": 21.0, "intercept": 1.0, "silence": 0.1, "acts": -0.1, "weeks": -1.0, "tenure": 0.0}
    Trial.objects.filter(community=cast.home).update(chosen={"coefficients": own, "is_learnt": True})
    assert coefficients(cast.home).window_days == 21.0
    assert coefficients(cast.rival) == SHIPPED


def test_acts_of_the_future_are_not_tried_on(lively: Community, cast: Cast) -> None:
    before = see.validate(community=lively, now=NOW).records
    act = NewAct(
        actor_id=cast.member.pk, other_id=cast.other.pk, kind="reply", at=datetime(2093, 1, 1, tzinfo=UTC), key="x", source="t"
    )  # fmt: skip
    energy.record(community=lively, acts=[act])
    assert see.validate(community=lively, now=NOW).records == before


def test_merging_two_people_leaves_the_trials_whole(lively: Community, cast: Cast) -> None:
    people.merge_person(imported=Person.objects.get(pk=busiest(lively)), into=cast.member)
    energy.merge(community=lively, person_id=cast.member.pk)
    assert see.trial(community=lively, now=NOW).records["ties"].n > 0
    assert energy.compare(people.community(lively.slug)).is_equal
