"""Appending in bulk: what the book knows is left alone wherever it lies, and what points at nothing is refused."""

import pytest
from django.db import IntegrityError, transaction

from kith.energy.api import Appended, NewAct, append_staged, compare, record, stage, staging, ties, totals, withdraw
from tests.conftest import NOW, Cast


def replies(cast: Cast, many: int) -> list[NewAct]:
    return [NewAct(cast.member.pk, "reply", NOW, f"{i:05}", "t", cast.other.pk) for i in range(many)]


def append(cast: Cast, acts: list[NewAct]) -> Appended:
    with transaction.atomic(), staging():
        stage(acts)
        return append_staged(community=cast.home)


@pytest.mark.parametrize("place", [0, 149])
def test_a_known_act_among_many_new_ones_is_left_alone(cast: Cast, place: int) -> None:
    acts = replies(cast, 150)
    record(community=cast.home, acts=[acts[place]])
    assert append(cast, acts) == Appended(new=149, known=1)
    assert [t.acts for t in ties(cast.home, at=NOW)] == [150]
    assert compare(cast.home).is_equal


def test_a_withdrawn_act_among_many_new_ones_comes_back(cast: Cast) -> None:
    acts = replies(cast, 150)
    record(community=cast.home, acts=acts[148:])
    withdraw(community=cast.home, at=NOW, keys=[acts[149].key])
    assert append(cast, acts) == Appended(new=149, known=1, revived=1)
    assert append(cast, acts) == Appended(new=0, known=150)
    assert [t.acts for t in ties(cast.home, at=NOW)] == [150]
    assert compare(cast.home).is_equal


@pytest.mark.parametrize("many", [2, 1500])
@pytest.mark.parametrize("side", ["actor", "other"])
def test_acts_of_people_who_are_not_there_are_refused(cast: Cast, many: int, side: str) -> None:
    nobody = 10**12
    lost = NewAct(
        nobody if side == "actor" else cast.member.pk, "reply", NOW, "lost", "t", nobody if side == "other" else None
    )
    with pytest.raises(IntegrityError, match="is not there"):
        append(cast, [*replies(cast, many - 1), lost])
    assert totals(cast.home)["acts"] == 0
    assert ties(cast.home, at=NOW) == []


def test_acts_can_be_staged_again_after_they_were_appended(cast: Cast) -> None:
    acts = replies(cast, 4)
    with transaction.atomic(), staging():
        done = []
        for some in (acts[:1], [], acts[:4]):
            stage(some)
            done.append(append_staged(community=cast.home))
    assert done == [Appended(new=1, known=0), Appended(new=0, known=0), Appended(new=3, known=1)]
