"""Who may see a community: a stranger learns not even that it exists."""

import pytest

from kith.lib.errors import NotFound
from kith.people.api import (
    Community,
    NotAMember,
    checked_sight,
    communities_of,
    community,
    found,
    may_run,
    may_see,
    member,
    public_communities,
    standing,
)
from tests.conftest import NOW, Cast


@pytest.fixture
def square(cast: Cast) -> Community:
    return found(
        name="广场", slug="square", pursuit="人人可来", by=cast.founder, now=NOW, visible_to="public", entered_by="open"
    )


def test_a_member_sees(cast: Cast) -> None:
    place = checked_sight(cast.home, cast.member)
    assert place is not None
    assert place.handle == "苏杭"


def test_a_stranger_is_told_there_is_nothing(cast: Cast) -> None:
    for reader in (cast.stranger, cast.enemy, None):
        with pytest.raises(NotFound) as refused:
            checked_sight(cast.home, reader)
        assert refused.value.status == 404


def test_the_answer_is_the_same_as_for_a_community_that_does_not_exist(cast: Cast) -> None:
    with pytest.raises(NotFound) as hidden:
        checked_sight(cast.home, cast.stranger)
    with pytest.raises(NotFound) as missing:
        community("no-such-place")
    assert (str(hidden.value), hidden.value.status) == (str(missing.value), missing.value.status)
    assert type(hidden.value) is type(missing.value)


def test_a_public_community_is_open_to_every_reader(cast: Cast, square: Community) -> None:
    assert checked_sight(square, None) is None
    assert checked_sight(square, cast.stranger) is None
    assert [c.slug for c in public_communities()] == ["square"]


def test_people_find_their_own_communities(cast: Cast, square: Community) -> None:
    assert communities_of(cast.founder) == [cast.home, square]
    assert communities_of(cast.stranger) == []


def test_only_founder_and_operators_run_it(cast: Cast) -> None:
    runs = {p.name: may_run(standing(cast.home, p)) for p in (cast.founder, cast.operator, cast.core, cast.member)}
    assert runs == {"罗": True, "Olga": True, "何以南": False, "苏杭": False}
    assert not may_run(standing(cast.home, cast.enemy))
    assert not may_run(None)


def test_a_rivals_founder_has_no_standing_here(cast: Cast) -> None:
    assert standing(cast.home, cast.enemy) is None
    assert not may_see(visible_to="members", standing=None)


def test_a_member_is_found_by_handle_without_regard_to_case(cast: Cast) -> None:
    assert member(cast.home, "oLGA").person_id == cast.operator.pk


@pytest.mark.parametrize("handle", ["", "nobody", "敌", "\x00", "x" * 5000, "%", "Olga\x00"])
def test_whoever_is_not_here_is_not_found(cast: Cast, handle: str) -> None:
    with pytest.raises(NotAMember):
        member(cast.home, handle)
