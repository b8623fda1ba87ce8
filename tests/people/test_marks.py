"""Programs, and people who do not want to be ranked or measured."""

import pytest

from kith.people import api as people
from kith.people.api import NotAMember
from tests.conftest import Cast


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
