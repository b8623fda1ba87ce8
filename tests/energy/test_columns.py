"""The book as columns."""

from datetime import timedelta

import pytest

from kith.energy import api as energy
from kith.energy.api import NewAct
from tests.conftest import NOW, Cast


def test_standing_acts_come_oldest_first(cast: Cast) -> None:
    home, one, other = cast.home, cast.member.pk, cast.other.pk
    energy.record(
        community=home,
        acts=[
            NewAct(one, "reply", NOW, "a", "t", other),
            NewAct(other, "thank", NOW - timedelta(days=1), "b", "t", one),
            NewAct(one, "post", NOW - timedelta(days=2), "c", "t"),
            NewAct(one, "reply", NOW - timedelta(days=3), "d", "gone", other),
        ],
    )
    energy.withdraw(community=home, at=NOW, source="gone")
    found = energy.columns(home)
    assert found.actor.tolist() == [one, other, one]
    assert found.other.tolist() == [-1, one, other]
    assert found.weight.tolist() == [0.0, 1.0, 1.0]
    assert [found.kinds[k] for k in found.kind] == ["post", "thank", "reply"]
    assert found.at.tolist() == pytest.approx([(NOW - timedelta(days=d)).timestamp() for d in (2, 1, 0)])


def test_columns_may_begin_at_a_moment(cast: Cast) -> None:
    acts = [NewAct(cast.member.pk, "post", NOW - timedelta(days=d), f"k{d}", "t") for d in range(3)]
    energy.record(community=cast.home, acts=acts)
    assert len(energy.columns(cast.home, since=NOW - timedelta(days=1)).at) == 2


def test_an_empty_book_has_empty_columns(cast: Cast) -> None:
    assert len(energy.columns(cast.rival).actor) == 0
