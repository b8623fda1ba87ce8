"""The line of a launch: by the order of arrival, whatever way somebody comes and however often."""

from collections.abc import Sequence
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.launch import api as launch
from kith.launch.api import LineUp, MustWait, Turn, Wish
from kith.launch.models import Order
from kith.launch.rules.rushing import allotted, ask_again_seconds, must_wait
from kith.people.api import Person
from tests.conftest import NOW, Cast, settle
from tests.launch.shop import WHERE, assert_clean, buy, item, opened
from tests.people.together import at_once, faults

NAMES = {"slug": "shanye", "campaign": "autumn"}


def stand(cast: Cast, *people: Person) -> dict[int, Turn]:
    ids = [p.pk for p in people]
    found = launch.line_up(community_id=cast.home.pk, person_ids=ids, now=NOW, **NAMES)
    return dict(found.turns)


def test_numbers_are_given_by_arrival_and_stay(cast: Cast) -> None:
    opened(cast)
    first = stand(cast, cast.member, cast.other, cast.member)
    assert first == {cast.member.pk: Turn(1, 0, True), cast.other.pk: Turn(2, 1, True)}
    assert stand(cast, cast.core, cast.other, cast.member) == first | {cast.core.pk: Turn(3, 2, True)}
    assert launch.admit(community_id=cast.home.pk, room=2, **NAMES) == LineUp(3, 2)
    assert stand(cast, cast.member, cast.core) == {cast.member.pk: Turn(1, 0, False), cast.core.pk: Turn(3, 0, True)}
    assert launch.admit(community_id=cast.home.pk, room=50, **NAMES) == LineUp(3, 3)
    assert launch.admit(community_id=cast.home.pk, room=50, **NAMES).waiting == 0


def test_nobody_overtakes_by_any_way(cast: Cast) -> None:
    opened(cast)
    stand(cast, cast.member, cast.other)
    launch.admit(community_id=cast.home.pk, room=1, **NAMES)
    buy(cast, cast.member)  # let in
    for late in (cast.other, cast.core):  # the one with a later number, and the one with none
        with pytest.raises(MustWait):
            buy(cast, late)
        wishes = [Wish(late.pk, {item("BREW"): 1}, "key-00000001", WHERE)]
        (got,) = launch.place_many(community_id=cast.home.pk, wishes=wishes, now=NOW, **NAMES)
        assert isinstance(got, MustWait)
    assert buy(cast, cast.member).status == "placed"  # asked again: the same order
    assert Order.objects.count() == 1
    assert launch.take_turn(community=cast.home, campaign="autumn", person=cast.core, now=NOW) == Turn(3, 1, True)
    assert launch.take_turn(community=cast.home, campaign="autumn", person=cast.core, now=NOW) == Turn(3, 1, True)
    launch.admit(community_id=cast.home.pk, room=9, **NAMES)
    buy(cast, cast.core)
    buy(cast, cast.operator)  # nobody waits: nobody needs a number
    assert launch.take_turn(community=cast.home, campaign="autumn", person=cast.founder, now=NOW) == Turn(0, 0, False)
    assert_clean()


@pytest.mark.usefixtures("committed")
def test_those_who_come_at_once_get_one_number_each_without_gaps() -> None:
    cast = settle()
    opened(cast)
    people = [cast.member, cast.other, cast.core, cast.operator]
    found = at_once(*[partial(stand, cast, *(people[n:] + people[:n])) for n in (0, 1, 2, 3, 0, 1)])
    assert faults(found) == []
    turns = stand(cast, *people)
    assert sorted(t.number for t in turns.values()) == [1, 2, 3, 4]
    assert all({p: t.number for p, t in one.items()} == {p: t.number for p, t in turns.items()} for one in found if isinstance(one, dict))  # fmt: skip


@given(
    st.lists(st.tuples(st.integers(1, 4), st.dictionaries(st.integers(1, 3), st.integers(1, 4), min_size=1)), max_size=30),
    st.dictionaries(st.integers(1, 3), st.integers(0, 12)), st.none() | st.integers(1, 6),
)  # fmt: skip
def test_a_batch_gives_as_if_one_after_another(
    asks: Sequence[tuple[int, dict[int, int]]], shelf: dict[int, int], limit: int | None
) -> None:
    together = allotted(asks, shelf=shelf, allowance={}, limit=limit)
    left, had = dict(shelf), dict.fromkeys(range(1, 5), 0)
    for (buyer, units), got in zip(asks, together, strict=True):
        alone = allotted([(buyer, units)], shelf=left, allowance={buyer: (limit or 0) - had[buyer]}, limit=limit)
        assert [got] == alone
        if got.is_all:
            had[buyer] += sum(units.values())
            left = {i: n - units.get(i, 0) for i, n in left.items()}
    assert all(n >= 0 for n in left.values())
    assert limit is None or max(had.values()) <= limit


def test_whose_turn_it_is() -> None:
    nobody, line = LineUp(5, 5), LineUp(9, 4)
    assert [must_wait(n, nobody) for n in (None, 6)] == [False, False]
    assert [must_wait(n, line) for n in (None, 5, 4, 1)] == [True, True, False, False]
    assert [ask_again_seconds(n) for n in (0, 999, 5000, 10**6)] == [1, 1, 6, 30]
