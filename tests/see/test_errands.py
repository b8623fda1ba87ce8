"""Errands: proposed from what is noticed, taken by one, done or dropped once, judged two weeks later."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from kith.energy import api as energy
from kith.energy.api import NewAct
from kith.people import api as people
from kith.people.api import Person
from kith.see import api as see
from kith.see.api import AlreadyEnded, AlreadyTaken, Errand, NoSuchErrand, RunnersOnly
from kith.see.models import Errand as Row
from kith.see.models import Measure
from tests.see.conftest import NOW, Town

DAY = timedelta(days=1)


def person(town: Town, name: str) -> Person:
    return Person.objects.get(pk=town.id[name])


def say(town: Town, name: str, *, days_ago: float) -> None:
    at = NOW - timedelta(days=days_ago)
    key = f"say:{next(town.keys)}"
    energy.record(community=town.community, acts=[NewAct(town.id[name], "post", at, key, "post:77")])


def propose(town: Town, now: datetime = NOW) -> list[tuple[str, str]]:
    see.propose_errands(community=town.community, now=now)
    return [(e.kind, e.who.name) for e in see.errands(town.community, now=now) if e.is_running]


def only(town: Town, now: datetime = NOW) -> Errand:
    [found] = see.errands(town.community, now=now)
    return found


@pytest.fixture
def waiting(empty: Town) -> Town:
    """Wei said the first thing a day ago, and nobody turned to them; Tang runs the place beside the founder."""
    people.change_role(community=empty.community, person_id=empty.id["Tang"], role="operator")
    say(empty, "Wei", days_ago=1)
    propose(empty)
    return empty


def test_a_newcomer_nobody_turned_to_is_to_be_welcomed(waiting: Town) -> None:
    found = only(waiting)
    assert (found.kind, found.who.name, found.source, found.state, found.owner) == (
        "welcome",
        "Wei",
        "post:77",
        "open",
        None,
    )
    with translation.override("en"):
        assert see.errand_title(found) == "Welcome Wei"
        assert see.why(found.reason) == "New here; said something and has waited 1 day for anybody to turn to them."


def test_what_is_open_is_not_proposed_twice_and_is_told_as_of_today(waiting: Town) -> None:
    assert see.propose_errands(community=waiting.community, now=NOW + DAY) == 0
    assert only(waiting).reason.facts == {"hours": 48, "days": 2}


def test_who_was_answered_meanwhile_is_no_errand_any_more(waiting: Town) -> None:
    waiting.act("Su", "Wei", days_ago=0)
    assert propose(waiting, NOW + timedelta(hours=1)) == []
    lapsed = Row.objects.get()
    assert (lapsed.state, lapsed.owner_id) == ("dropped", None)
    assert see.ended_errands(waiting.community) == ()


def test_taking_is_for_one_and_harmless_twice(waiting: Town) -> None:
    tang, founder = person(waiting, "Tang"), person(waiting, "Founder")
    pk = only(waiting).id
    taken = see.take(community=waiting.community, errand_id=pk, by=tang, now=NOW)
    assert (taken.state, taken.owner and taken.owner.name, taken.taken_at) == ("taken", "Tang", NOW)
    assert see.take(community=waiting.community, errand_id=pk, by=tang, now=NOW + DAY) == taken
    for move in (see.take, see.finish, see.drop):
        with pytest.raises(AlreadyTaken, match="Tang has this in hand"):
            move(community=waiting.community, errand_id=pk, by=founder, now=NOW)
    assert only(waiting) == taken


@pytest.mark.parametrize("first_taken", [True, False])
def test_done_is_done_with_a_note(waiting: Town, *, first_taken: bool) -> None:
    tang, founder, pk = person(waiting, "Tang"), person(waiting, "Founder"), only(waiting).id
    if first_taken:
        see.take(community=waiting.community, errand_id=pk, by=tang, now=NOW)
    done = see.finish(community=waiting.community, errand_id=pk, by=tang, now=NOW, note=" 打过电话 ")
    assert (done.state, done.owner and done.owner.name, done.note, done.ended_at) == ("done", "Tang", "打过电话", NOW)
    assert see.finish(community=waiting.community, errand_id=pk, by=tang, now=NOW + DAY) == done
    for move, by in ((see.take, tang), (see.drop, tang), (see.finish, founder)):
        with pytest.raises(AlreadyEnded):
            move(community=waiting.community, errand_id=pk, by=by, now=NOW)
    assert only(waiting) == done


def test_what_somebody_dropped_rests_for_a_month(empty: Town) -> None:
    measured(empty, "He", risk=0.9, stake=3)
    assert propose(empty) == [("call", "He")]
    founder = person(empty, "Founder")
    see.drop(community=empty.community, errand_id=only(empty).id, by=founder, now=NOW, note="old friend")
    assert propose(empty, NOW + 29 * DAY) == []
    assert propose(empty, NOW + 30 * DAY) == [("call", "He")]


def test_only_who_runs_the_place_moves_errands_and_only_its_own(waiting: Town, cast: Any) -> None:
    pk = only(waiting).id
    for move in (see.take, see.finish, see.drop):
        with pytest.raises(RunnersOnly):
            move(community=waiting.community, errand_id=pk, by=person(waiting, "Wei"), now=NOW)
        with pytest.raises(RunnersOnly):
            move(community=waiting.community, errand_id=pk, by=cast.founder, now=NOW)
        with pytest.raises(NoSuchErrand):
            move(community=cast.home, errand_id=pk, by=cast.founder, now=NOW)
    assert only(waiting).state == "open"


def test_turning_to_the_person_is_doing_it(waiting: Town) -> None:
    see.take(community=waiting.community, errand_id=only(waiting).id, by=person(waiting, "Tang"), now=NOW)
    waiting.act("Tang", "Wei", days_ago=-0.1)
    assert propose(waiting, NOW + timedelta(hours=3)) == []
    assert only(waiting, NOW + timedelta(hours=3)).state == "done"


def test_what_lies_in_hand_for_a_week_is_given_back(waiting: Town) -> None:
    see.take(community=waiting.community, errand_id=only(waiting).id, by=person(waiting, "Tang"), now=NOW)
    say(waiting, "Wei", days_ago=-5)
    see.propose_errands(community=waiting.community, now=NOW + 6 * DAY)
    assert only(waiting, NOW + 6 * DAY).state == "taken"
    see.propose_errands(community=waiting.community, now=NOW + 7 * DAY)
    assert Row.objects.get().owner_id is None


def test_a_day_has_five_things_and_done_is_done_for_today(waiting: Town) -> None:
    for name in ("Su", "Ma", "Gu"):
        say(waiting, name, days_ago=1)
    for name in ("He", "Qin", "Zhao", "Jiang"):
        measured(waiting, name, risk=0.8, stake=3)
    assert [kind for kind, _ in propose(waiting)] == ["welcome", "call", "welcome", "call"]
    for found in see.errands(waiting.community, now=NOW)[:2]:
        see.finish(community=waiting.community, errand_id=found.id, by=person(waiting, "Tang"), now=NOW)
    assert len(propose(waiting)) == 2
    assert sorted({kind for kind, _ in propose(waiting, NOW + DAY)}) == ["call", "welcome"]


def measured(town: Town, name: str, *, risk: float, stake: float) -> None:
    Measure.objects.create(
        community=town.community, person_id=town.id[name], risk=risk, stake=stake, acts=9, cut_off=0, loss=0.1, facts={"weeks": 4, "ties": 6},
        last_at=NOW - 20 * DAY,
    )  # fmt: skip


def test_two_who_came_with_one_import_and_got_no_answer_are_each_to_be_answered(empty: Town) -> None:
    people.change_role(community=empty.community, person_id=empty.id["Tang"], role="operator")
    for name in ("Wei", "Luo"):
        for days in (80, 1):  # no newcomers, and what they said last waits
            at = NOW - timedelta(days=days)
            act = NewAct(empty.id[name], "post", at, f"import:{name}:{days}", "import:7")
            energy.record(community=empty.community, acts=[act])
    assert sorted(propose(empty)) == [("answer", "Luo"), ("answer", "Wei")]


def test_who_keeps_out_of_rankings_is_called_by_nobody_but_may_be_unheard(waiting: Town) -> None:
    for name in ("He", "Qin"):
        measured(waiting, name, risk=0.8, stake=3)
    for name, refuses in (("He", False), ("Qin", True), ("Wei", True)):
        people.choose_sight(
            community=waiting.community, person_id=waiting.id[name], hides_rank=True, refuses_measures=refuses
        )
    assert propose(waiting) == [("welcome", "Wei")]


def test_a_program_waits_for_nobody(waiting: Town) -> None:
    people.mark_bot(community=waiting.community, person_id=waiting.id["Wei"], is_bot=True)
    assert propose(waiting) == []


def test_who_came_in_and_was_spoken_to_by_nobody_is_welcomed_too(waiting: Town) -> None:
    new = people.make_person(name="Neu")
    people.add_member(community=waiting.community, person=new, now=NOW - timedelta(hours=13))
    assert propose(waiting) == [("welcome", "Wei"), ("welcome", "Neu")]
    people.bring_people(community=waiting.community, names=["Old"], now=NOW - timedelta(hours=13))
    assert len(propose(waiting)) == 2


def test_who_answers_and_hears_nothing_back_is_thanked(waiting: Town) -> None:
    for name in ("Jiang", "He", "Qin"):
        waiting.act("Su", name)
    assert ("thank", "Su") in propose(waiting)


def test_who_left_is_no_errand(waiting: Town) -> None:
    people.remove_members(community=waiting.community, person_ids=[waiting.id["Wei"]])
    assert see.errands(waiting.community, now=NOW) == ()
    assert propose(waiting) == []


def test_two_weeks_later_it_is_recorded_who_came_back(waiting: Town) -> None:
    measured(waiting, "He", risk=0.8, stake=3)
    measured(waiting, "Qin", risk=0.8, stake=2)
    propose(waiting)
    tang = person(waiting, "Tang")
    for found in see.errands(waiting.community, now=NOW):
        move = see.drop if found.who.name == "Qin" else see.finish
        move(community=waiting.community, errand_id=found.id, by=tang, now=NOW)
    waiting.act("He", "Tang", days_ago=-13)
    waiting.act("Wei", "Tang", days_ago=-15)
    assert see.judge_errands(community=waiting.community, now=NOW + 13 * DAY) == 0
    assert see.judge_errands(community=waiting.community, now=NOW + 14 * DAY) == 3
    assert see.judge_errands(community=waiting.community, now=NOW + 15 * DAY) == 0
    call, welcome = see.outcomes(waiting.community)
    assert (call.kind, call.done, call.done_came_back, call.left, call.left_came_back) == ("call", 1, 1, 1, 0)
    assert (welcome.kind, welcome.done, welcome.done_came_back) == ("welcome", 1, 0)
    assert [(e.who.name, e.came_back) for e in see.ended_errands(waiting.community, kind="call")] == [("Qin", False), ("He", True)]  # fmt: skip


def test_errands_are_read_by_three_statements(waiting: Town) -> None:
    say(waiting, "Gu", days_ago=1)
    propose(waiting)
    with CaptureQueriesContext(connection) as asked:
        assert len(see.errands(waiting.community, now=NOW)) == 2
    assert len(asked) == 3


def test_proposing_costs_the_same_statements_whatever_there_is_to_do(waiting: Town) -> None:
    with CaptureQueriesContext(connection) as few:
        propose(waiting)
    for name in ("Su", "Ma", "Gu", "He"):
        say(waiting, name, days_ago=1)
        measured(waiting, name, risk=0.9, stake=5)
    with CaptureQueriesContext(connection) as more:
        propose(waiting)
    assert len(more) <= len(few) + 4


def test_an_empty_community_has_nothing_to_do(empty: Town) -> None:
    assert propose(empty) == []
    assert see.outcomes(empty.community) == ()


def test_what_was_given_back_leaves_its_trace_however_often_and_counts_as_a_broken_promise(waiting: Town) -> None:
    pk, tang, founder = only(waiting).id, person(waiting, "Tang"), person(waiting, "Founder")
    assert see.given_back(waiting.community) == ()
    for n, by in enumerate((tang, founder, tang)):
        begun = NOW + n * 8 * DAY
        see.take(community=waiting.community, errand_id=pk, by=by, now=begun)
        say(waiting, "Wei", days_ago=-8 * n - 6.4)
        see.propose_errands(community=waiting.community, now=begun + 7 * DAY)
        assert Row.objects.get(pk=pk).state == "open"
    done = see.take(community=waiting.community, errand_id=pk, by=tang, now=NOW + 24 * DAY)
    see.finish(community=waiting.community, errand_id=pk, by=tang, now=NOW + 25 * DAY)
    found = see.given_back(waiting.community)
    assert [(g.owner and g.owner.name, g.taken_at) for g in found] == [
        ("Tang", NOW + 16 * DAY), ("Founder", NOW + 8 * DAY), ("Tang", NOW)
    ]  # fmt: skip
    assert {g.errand.id for g in found} == {pk} == {done.id}
    report = see.make_report(community=waiting.community, now=NOW + 26 * DAY)
    kept = next(i for i in report.findings.crises["execution"].indicators if i.name == "promises_kept")
    assert [(q.value, q.n) for q in kept.parts["errand"]][-1] == (None, 4)
    assert kept.quarters[-1].n == 4


def test_who_finishes_what_nobody_took_had_promised_nothing(waiting: Town) -> None:
    see.finish(community=waiting.community, errand_id=only(waiting).id, by=person(waiting, "Tang"), now=NOW)
    report = see.make_report(community=waiting.community, now=NOW + DAY)
    kept = next(i for i in report.findings.crises["execution"].indicators if i.name == "promises_kept")
    assert (kept.parts, kept.quarters[-1].n) == ({}, 0)
