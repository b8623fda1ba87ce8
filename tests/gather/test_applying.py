"""Asking to come in, answering the founder's questions; and the answer."""

from datetime import timedelta

import pytest

from kith.energy.api import ties
from kith.gather import api as gather
from kith.gather.api import (
    AlreadyApplied,
    AlreadyDecided,
    AnswersMissing,
    Applied,
    EnterByAnotherDoor,
    InvitationOnly,
    OperatorsOnly,
)
from kith.gather.models import Application
from kith.lib.errors import NotFound
from kith.people.api import AlreadyMember, Person, add_member, amend, standing
from tests.conftest import NOW, Cast, settle
from tests.people.together import at_once, faults

LATER = NOW + timedelta(days=1)


def apply(cast: Cast, *answers: str, person: Person | None = None) -> Applied:
    return gather.apply(community=cast.home, person=person or cast.stranger, answers=answers or ["想种米"], now=NOW)


def decide(cast: Cast, applied: int, by: Person, *, admit: bool = True, reason: str = "") -> Applied:
    return gather.decide(community=cast.home, application_id=applied, admit=admit, by=by, now=LATER, reason=reason)


def test_an_application_waits_with_its_answers(cast: Cast) -> None:
    made = apply(cast, " 想种米\x00\u202e ", "多余的")
    assert (made.answers, made.state, made.name, made.made_at) == ([("你为什么来？", "想种米")], "pending", "Ann", NOW)
    assert gather.waiting(cast.home) == [made]
    assert gather.application_of(cast.home, cast.stranger) == made
    assert (gather.count_waiting(cast.home), gather.waiting(cast.rival)) == (1, [])
    assert standing(cast.home, cast.stranger) is None


@pytest.mark.parametrize("answers", [[], [""], ["  \n"], ["\u200b\x00"]])
def test_every_question_wants_an_answer(cast: Cast, answers: list[str]) -> None:
    with pytest.raises(AnswersMissing):
        gather.apply(community=cast.home, person=cast.stranger, answers=answers, now=NOW)
    assert gather.waiting(cast.home) == []


def test_without_questions_nothing_is_asked(cast: Cast) -> None:
    amend(community=cast.home, questions=[])
    cast.home.refresh_from_db()
    assert gather.apply(community=cast.home, person=cast.stranger, answers=[], now=NOW).answers == []


def test_a_long_answer_is_cut(cast: Cast) -> None:
    assert len(apply(cast, "长" * 9000).answers[0][1]) == 2000


def test_the_questions_stay_as_they_were_asked(cast: Cast) -> None:
    made = apply(cast)
    amend(community=cast.home, questions=["另一个问题？"])
    assert gather.waiting(cast.home) == [made]


def test_nobody_applies_twice_while_waiting(cast: Cast) -> None:
    apply(cast)
    with pytest.raises(AlreadyApplied) as refused:
        apply(cast, "再来")
    assert refused.value.status == 409
    assert [a.answers[0][1] for a in gather.waiting(cast.home)] == ["想种米"]


def test_a_member_does_not_apply(cast: Cast) -> None:
    with pytest.raises(AlreadyMember):
        apply(cast, person=cast.member)


def test_another_door_takes_no_applications(cast: Cast) -> None:
    for door, refusal in (("invitation", InvitationOnly), ("open", EnterByAnotherDoor)):
        closed = amend(community=cast.home, entered_by=door)
        with pytest.raises(refusal):
            gather.apply(community=closed, person=cast.stranger, answers=["x"], now=NOW)
    assert gather.waiting(cast.home) == []


def test_admitting_welcomes(cast: Cast) -> None:
    made = apply(cast)
    done = decide(cast, made.id, cast.operator)
    assert (done.state, gather.waiting(cast.home), gather.decided(cast.home)) == ("admitted", [], [done])
    place = standing(cast.home, cast.stranger)
    assert place is not None
    assert (place.role, place.joined_at) == ("member", LATER)
    [tie] = ties(cast.home, at=LATER)
    assert (tie.a_id, tie.b_id) == (cast.operator.pk, cast.stranger.pk)
    assert tie.live == pytest.approx(1)


def test_declining_says_why_and_lets_nobody_in(cast: Cast) -> None:
    done = decide(cast, apply(cast).id, cast.founder, admit=False, reason="先来\x00看看\n" + "长" * 400)
    assert (done.state, done.reason) == ("declined", "先来 看看 " + "长" * 294)
    assert gather.application_of(cast.home, cast.stranger) == done
    assert standing(cast.home, cast.stranger) is None
    assert ties(cast.home, at=LATER) == []


def test_who_was_declined_may_ask_again(cast: Cast) -> None:
    decide(cast, apply(cast).id, cast.founder, admit=False)
    again = apply(cast, "想好了")
    assert gather.waiting(cast.home) == [again]
    assert len(gather.decided(cast.home)) == 1


def test_a_decision_is_made_once(cast: Cast) -> None:
    made = apply(cast)
    decide(cast, made.id, cast.founder, admit=False, reason="不")
    with pytest.raises(AlreadyDecided) as refused:
        decide(cast, made.id, cast.operator)
    assert refused.value.status == 409
    assert standing(cast.home, cast.stranger) is None
    assert gather.decided(cast.home)[0].reason == "不"


def test_only_founder_and_operators_decide(cast: Cast) -> None:
    made = apply(cast)
    for by in (cast.core, cast.member, cast.stranger, cast.enemy):
        with pytest.raises(OperatorsOnly):
            decide(cast, made.id, by)
    assert gather.waiting(cast.home) == [made]


def test_an_application_elsewhere_is_not_found_here(cast: Cast) -> None:
    there = gather.apply(community=cast.rival, person=cast.stranger, answers=[], now=NOW)
    for application in (there.id, 0, 2**60):
        with pytest.raises(NotFound):
            decide(cast, application, cast.founder)
    assert gather.waiting(cast.rival) == [there]


def test_who_came_in_meanwhile_is_not_welcomed_again(cast: Cast) -> None:
    made = apply(cast)
    add_member(community=cast.home, person=cast.stranger, now=NOW)
    assert decide(cast, made.id, cast.founder).state == "admitted"
    assert ties(cast.home, at=LATER) == []


@pytest.mark.usefixtures("committed")
def test_two_operators_who_decide_at_once_do_not_contradict_each_other() -> None:
    cast = settle()
    made = apply(cast)
    outcomes = at_once(
        lambda: decide(cast, made.id, cast.founder),
        lambda: decide(cast, made.id, cast.operator, admit=False),
        lambda: decide(cast, made.id, cast.operator),
    )
    assert faults(outcomes) == [AlreadyDecided] * 2
    [done] = gather.decided(cast.home)
    assert (standing(cast.home, cast.stranger) is not None) == (done.state == "admitted")


@pytest.mark.usefixtures("committed")
def test_two_tabs_that_apply_at_once_apply_once() -> None:
    cast = settle()
    assert faults(at_once(*[lambda: apply(cast) for _ in range(3)])) == [AlreadyApplied] * 2
    assert Application.objects.count() == 1
