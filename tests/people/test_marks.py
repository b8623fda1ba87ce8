"""Programs, and people who do not want to be ranked or measured."""

import pytest

from kith.people import api as people
from kith.people.api import NotAMember
from tests.conftest import NOW, Cast


def test_a_program_is_one_in_its_community_only(cast: Cast) -> None:
    assert people.mark_bot(community=cast.home, person_id=cast.member.pk, is_bot=True).is_bot
    assert people.entered("shanye", cast.member)[1].is_bot  # type: ignore[union-attr]  # a member has a standing
    cast.member.refresh_from_db()
    assert not cast.member.is_bot
    assert not people.mark_bot(community=cast.home, person_id=cast.member.pk, is_bot=False).is_bot


def test_who_refuses_measures_is_in_no_ranking_either(cast: Cast) -> None:
    chosen = people.choose_sight(community=cast.home, person_id=cast.member.pk, hides_rank=False, refuses_measures=True)
    assert (chosen.hides_rank, chosen.refuses_measures) == (True, True)
    assert people.standing(cast.home, cast.member) == chosen
    assert people.entered("shanye", cast.member)[1] == chosen


def test_a_stranger_has_no_marks(cast: Cast) -> None:
    with pytest.raises(NotAMember):
        people.mark_bot(community=cast.home, person_id=cast.enemy.pk, is_bot=True)
    with pytest.raises(NotAMember):
        people.choose_sight(community=cast.home, person_id=cast.enemy.pk, hides_rank=True, refuses_measures=False)


def test_declining_one_thing_leaves_the_other(cast: Cast) -> None:
    people.decline(community=cast.home, person_id=cast.member.pk, introductions=True)
    both = people.decline(community=cast.home, person_id=cast.member.pk, letters=True)
    assert (both.declines_introductions, both.declines_letters) == (True, True)
    assert people.entered("shanye", cast.member)[1] == both
    assert people.decline(community=cast.home, person_id=cast.member.pk) == both
    back = people.decline(community=cast.home, person_id=cast.member.pk, introductions=False)
    assert (back.declines_introductions, back.declines_letters) == (False, True)
    with pytest.raises(NotAMember):
        people.decline(community=cast.home, person_id=cast.enemy.pk, letters=True)


def test_who_stands_in_no_ranking_is_known_by_id(cast: Cast) -> None:
    people.choose_sight(community=cast.home, person_id=cast.member.pk, hides_rank=True, refuses_measures=False)
    people.choose_sight(community=cast.home, person_id=cast.other.pk, hides_rank=False, refuses_measures=True)
    people.mark_bot(community=cast.home, person_id=cast.core.pk, is_bot=True)
    assert people.unranked(cast.home) == {cast.member.pk, cast.other.pk, cast.core.pk}


def test_runners_are_who_runs_it_and_can_be_written_to(cast: Cast) -> None:
    hand = people.make_person(name="Hand")
    people.add_member(community=cast.home, person=hand, role="operator", now=NOW)
    assert people.runners(cast.home) == [cast.founder, cast.operator]
