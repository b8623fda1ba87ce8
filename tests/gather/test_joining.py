"""Entering an open community."""

import pytest

from kith.gather import api as gather
from kith.gather.api import EnterByAnotherDoor
from kith.people.api import AlreadyMember, Community, Person, amend, count, found, standing
from tests.conftest import NOW, Cast
from tests.people.together import at_once, faults


@pytest.fixture
def square(cast: Cast) -> Community:
    return found(name="广场", slug="square", pursuit="人人可来", by=cast.founder, now=NOW, entered_by="open")


def test_whoever_comes_is_in(cast: Cast, square: Community) -> None:
    place = gather.join(community=square, person=cast.stranger, now=NOW)
    assert (place.role, place.handle, place.joined_at) == ("member", "Ann", NOW)
    assert standing(square, cast.stranger) == place


def test_nobody_joins_twice(cast: Cast, square: Community) -> None:
    gather.join(community=square, person=cast.stranger, now=NOW)
    with pytest.raises(AlreadyMember):
        gather.join(community=square, person=cast.stranger, now=NOW)
    assert count(square) == 2


@pytest.mark.parametrize("door", ["application", "invitation"])
def test_another_door_stays_shut(cast: Cast, square: Community, door: str) -> None:
    closed = amend(community=square, entered_by=door)
    with pytest.raises(EnterByAnotherDoor) as refused:
        gather.join(community=closed, person=cast.stranger, now=NOW)
    assert refused.value.status == 403
    assert count(square) == 1


@pytest.mark.usefixtures("committed")
def test_many_who_come_at_once_are_all_in() -> None:
    people = [Person.objects.create_user(f"p{i}@example.org", None, "同名") for i in range(5)]
    square = found(name="广场", slug="square", pursuit="人人可来", by=people[0], now=NOW, entered_by="open")
    outcomes = at_once(*[lambda p=p: gather.join(community=square, person=p, now=NOW) for p in people[1:] * 2][:8])
    assert faults(outcomes) == [AlreadyMember] * 4
    assert count(square) == 5
