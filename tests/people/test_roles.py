"""Roles, and the last founder who cannot go."""

import pytest

from kith.people.api import (
    AlreadyMember,
    LastFounder,
    Membership,
    NotAMember,
    UnknownRole,
    add_member,
    change_role,
    remove_members,
    standing,
)
from tests.conftest import NOW, Cast, settle
from tests.people.together import at_once, faults


def founders(cast: Cast) -> int:
    return Membership.objects.filter(community=cast.home, role="founder").count()


def role(cast: Cast, person_id: int) -> str:
    return Membership.objects.get(community=cast.home, person_id=person_id).role


def test_a_role_changes(cast: Cast) -> None:
    assert change_role(community=cast.home, person_id=cast.member.pk, role="operator").role == "operator"
    assert role(cast, cast.member.pk) == "operator"


@pytest.mark.parametrize("unknown", ["king", "", "Founder", "\x00"])
def test_an_unknown_role_is_refused(cast: Cast, unknown: str) -> None:
    with pytest.raises(UnknownRole):
        change_role(community=cast.home, person_id=cast.member.pk, role=unknown)
    with pytest.raises(UnknownRole):
        add_member(community=cast.home, person=cast.stranger, role=unknown, now=NOW)
    assert role(cast, cast.member.pk) == "member"
    assert standing(cast.home, cast.stranger) is None


def test_somebody_who_is_not_here_gets_no_role(cast: Cast) -> None:
    with pytest.raises(NotAMember):
        change_role(community=cast.home, person_id=cast.enemy.pk, role="core")
    with pytest.raises(NotAMember):
        change_role(community=cast.home, person_id=0, role="core")


def test_the_last_founder_keeps_the_role(cast: Cast) -> None:
    with pytest.raises(LastFounder):
        change_role(community=cast.home, person_id=cast.founder.pk, role="member")
    assert role(cast, cast.founder.pk) == "founder"
    assert change_role(community=cast.home, person_id=cast.founder.pk, role="founder").role == "founder"


def test_one_of_two_founders_may_step_down(cast: Cast) -> None:
    change_role(community=cast.home, person_id=cast.operator.pk, role="founder")
    change_role(community=cast.home, person_id=cast.founder.pk, role="member")
    assert founders(cast) == 1


def test_the_last_founder_is_not_removed(cast: Cast) -> None:
    with pytest.raises(LastFounder):
        remove_members(community=cast.home, person_ids=[cast.member.pk, cast.founder.pk])
    assert standing(cast.home, cast.member) is not None


def test_two_founders_are_not_removed_in_one_stroke(cast: Cast) -> None:
    change_role(community=cast.home, person_id=cast.operator.pk, role="founder")
    with pytest.raises(LastFounder):
        remove_members(community=cast.home, person_ids=[cast.founder.pk, cast.operator.pk])
    assert founders(cast) == 2
    assert remove_members(community=cast.home, person_ids=[cast.founder.pk]) == 1


def test_members_are_removed_here_only(cast: Cast) -> None:
    add_member(community=cast.rival, person=cast.member, now=NOW)
    assert remove_members(community=cast.home, person_ids=[cast.member.pk, cast.enemy.pk]) == 1
    assert standing(cast.home, cast.member) is None
    assert standing(cast.rival, cast.member) is not None


def test_nobody_is_a_member_twice(cast: Cast) -> None:
    with pytest.raises(AlreadyMember):
        add_member(community=cast.home, person=cast.member, now=NOW)
    assert Membership.objects.filter(community=cast.home, person=cast.member).count() == 1


@pytest.mark.usefixtures("committed")
def test_two_founders_who_step_down_at_once_leave_one() -> None:
    cast = settle()
    change_role(community=cast.home, person_id=cast.operator.pk, role="founder")
    outcomes = at_once(
        *[
            lambda p=p: change_role(community=cast.home, person_id=p.pk, role="member")
            for p in (cast.founder, cast.operator)
        ]
    )
    assert faults(outcomes) == [LastFounder]
    assert founders(cast) == 1


@pytest.mark.usefixtures("committed")
def test_the_same_person_added_at_once_is_in_once() -> None:
    cast = settle()
    outcomes = at_once(*[lambda: add_member(community=cast.home, person=cast.stranger, now=NOW) for _ in range(3)])
    assert faults(outcomes) == [AlreadyMember] * 2
    assert Membership.objects.filter(community=cast.home, person=cast.stranger).count() == 1
