"""The book as columns."""

from datetime import timedelta

import numpy as np
import pytest
from django.db import transaction
from psycopg import errors

from kith.energy import api as energy
from kith.energy.api import NewAct
from kith.energy.queries.columns import ACT_ROWS, copied_rows
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


def test_ties_come_as_columns_live_at_both_half_lives(cast: Cast) -> None:
    a, b, c = cast.member.pk, cast.other.pk, cast.core.pk
    acts = [(a, b, 0, "1"), (b, a, 0, "2"), (c, a, 60, "3"), (c, a, 120, "4")]
    energy.record(
        community=cast.home,
        acts=[NewAct(x, "reply", NOW - timedelta(days=days), key, "t", y) for x, y, days, key in acts],
    )
    found = energy.tie_columns(cast.home, at=NOW)
    ties = energy.ties(cast.home, at=NOW)
    assert sorted(zip(found.a.tolist(), found.b.tolist(), strict=True)) == sorted((t.a_id, t.b_id) for t in ties)
    assert (np.diff(found.a) >= 0).all()
    third = found.a.tolist().index(c)
    assert found.live[third] == pytest.approx(0.5 + 0.25)
    assert found.node_live[third] == pytest.approx(0.25 + 0.0625)
    assert found.acts.tolist()[third] == 2
    assert found.first_at[third] == pytest.approx((NOW - timedelta(days=120)).timestamp())
    assert found.last_at[third] == pytest.approx((NOW - timedelta(days=60)).timestamp())
    assert energy.tied_people(cast.home) == {a, b, c}


def test_a_tie_faded_beyond_what_a_float_holds_is_a_tie_of_nothing(cast: Cast) -> None:
    old = NOW.replace(year=1900)
    energy.record(community=cast.home, acts=[NewAct(cast.member.pk, "reply", old, "1", "t", cast.other.pk)])
    assert energy.tie_columns(cast.home, at=NOW).live.tolist() == pytest.approx([0.0])
    assert energy.tie_columns(cast.rival, at=NOW).a.tolist() == []
    assert energy.tied_people(cast.rival) == set()


def test_acts_of_one_moment_come_by_who_acted_and_toward_whom(cast: Cast) -> None:
    low, high = sorted((cast.member.pk, cast.other.pk))
    pairs = [(high, low), (low, None), (high, None), (low, high)]
    acts = [NewAct(a, "reply", NOW, f"s{i}", "t", b) for i, (a, b) in enumerate(pairs)]
    before = NewAct(high, "reply", NOW - timedelta(days=1), "before", "t", low)
    energy.record(community=cast.home, acts=[*acts, before])
    found = energy.columns(cast.home)
    assert list(zip(found.actor.tolist(), found.other.tolist(), strict=True)) == [
        (high, low), (low, -1), (low, high), (high, -1), (high, low),
    ]  # fmt: skip


def test_a_copy_that_breaks_off_says_why_and_the_connection_goes_on(cast: Cast) -> None:
    lines = "SELECT g::int8, 2::int8, 1::float8, now(), 100 / (5000 - g) FROM generate_series(1, 9999) g"
    with pytest.raises(errors.DivisionByZero, match="division by zero"), transaction.atomic():
        copied_rows(lines, {}, ACT_ROWS)
    assert len(energy.columns(cast.home).actor) == 0
