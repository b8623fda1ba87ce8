"""Recording acts: what is refused leaves nothing, and what is read back is what was given."""

import math
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kith.energy.api import (
    BadWeight,
    NewAct,
    UnknownKind,
    acts_of,
    append_staged,
    by_period,
    compare,
    last_id,
    merge,
    pair,
    record,
    stage,
    staging,
    ties,
    ties_from,
    ties_to,
    totals,
    withdraw,
)
from kith.people.api import Person, bring_people, merge_person
from tests.conftest import NOW, Cast


def reply(a: Person, b: Person | None, key: str, **more: object) -> NewAct:
    return NewAct(a.pk, **{"kind": "reply", "at": NOW, "source": "t", **more}, key=key, other_id=b.pk if b else None)  # type: ignore[arg-type]  # a test's shorthand


def test_an_unknown_kind_records_nothing(cast: Cast) -> None:
    acts = [reply(cast.member, cast.other, "1"), reply(cast.member, cast.other, "2", kind="hug")]
    with pytest.raises(UnknownKind) as refused:
        record(community=cast.home, acts=acts)
    assert refused.value.facts == {"kind": "hug"}
    with staging():
        stage(acts)
        with pytest.raises(UnknownKind):
            append_staged(community=cast.home)
    assert totals(cast.home)["acts"] == 0


@pytest.mark.parametrize("weight", [-0.001, math.inf, -math.inf, math.nan, 1e7])
def test_a_weight_out_of_bounds_records_nothing(cast: Cast, weight: float) -> None:
    acts = [reply(cast.member, cast.other, "1"), reply(cast.member, cast.other, "2", weight=weight)]
    with pytest.raises(BadWeight):
        record(community=cast.home, acts=acts)
    with staging():
        stage(acts)
        with pytest.raises(BadWeight):
            append_staged(community=cast.home)
    assert totals(cast.home)["acts"] == 0


def test_nothing_is_nothing(cast: Cast) -> None:
    assert record(community=cast.home, acts=[]) == 0
    assert withdraw(community=cast.home, at=NOW) == 0
    with staging():
        done = append_staged(community=cast.home)
    assert (done.new, done.known, done.revived) == (0, 0, 0)
    empty = {"acts": 0, "ties": 0, "people": 0, "first_at": None, "last_at": None, "last_id": 0}
    assert totals(cast.home) == empty


EXTREMES = [datetime(1, 1, 2, tzinfo=UTC), datetime(1970, 1, 1, tzinfo=UTC), datetime(9999, 12, 30, tzinfo=UTC)]


@pytest.mark.parametrize("at", EXTREMES)
def test_the_first_and_the_last_day_of_the_calendar_break_no_page(cast: Cast, at: datetime) -> None:
    record(
        community=cast.home, acts=[reply(cast.member, cast.other, "now"), reply(cast.member, cast.other, "x", at=at)]
    )
    [tie] = ties(cast.home, at=NOW)
    assert tie.acts == 2
    assert math.isfinite(tie.live)
    assert tie.live >= 1
    assert compare(cast.home).is_equal


def test_a_tiny_and_a_huge_weight_fold_together(cast: Cast) -> None:
    weights = [1e-300, 1e6, 5e-324, 1.0]
    record(community=cast.home, acts=[reply(cast.member, cast.other, str(i), weight=w) for i, w in enumerate(weights)])
    [tie] = ties(cast.home, at=NOW)
    assert tie.live == pytest.approx(1_000_001, rel=1e-12)
    assert compare(cast.home).is_equal


def test_a_weight_of_zero_is_an_act_but_no_tie(cast: Cast) -> None:
    record(community=cast.home, acts=[reply(cast.member, cast.other, "1", weight=0)])
    assert (totals(cast.home)["acts"], totals(cast.home)["ties"]) == (1, 0)


def test_the_same_key_twice_in_one_call_counts_once(cast: Cast) -> None:
    assert record(community=cast.home, acts=[reply(cast.member, cast.other, "1")] * 3) == 1
    assert ties(cast.home, at=NOW)[0].acts == 1


def test_a_key_is_a_communitys_own(cast: Cast) -> None:
    record(community=cast.home, acts=[reply(cast.member, cast.other, "1")])
    assert record(community=cast.rival, acts=[reply(cast.enemy, cast.member, "1")]) == 1
    assert [t.a_id for t in ties(cast.rival, at=NOW)] == [cast.enemy.pk]
    assert withdraw(community=cast.rival, at=NOW, source="t") == 1
    assert len(ties(cast.home, at=NOW)) == 1


def test_ties_are_read_from_every_side(cast: Cast) -> None:
    a, b, c = cast.member, cast.other, cast.core
    record(
        community=cast.home,
        acts=[reply(a, b, "1"), reply(b, a, "2", weight=3), reply(c, a, "3", at=NOW - timedelta(days=60))],
    )
    assert [(t.a_id, t.b_id) for t in ties(cast.home, at=NOW)] == [(b.pk, a.pk), (a.pk, b.pk), (c.pk, a.pk)]
    assert [t.b_id for t in ties_from(cast.home, a.pk, at=NOW)] == [b.pk]
    assert [t.a_id for t in ties_to(cast.home, a.pk, at=NOW, limit=1)] == [b.pk]
    there, back = pair(cast.home, a.pk, b.pk, at=NOW)
    assert there
    assert back
    assert [there.live, back.live] == pytest.approx([1, 3])
    assert pair(cast.home, a.pk, c.pk, at=NOW)[0] is None


def test_acts_are_paged_by_time_whatever_the_order_they_came_in(cast: Cast) -> None:
    ages = [3, 1, 4, 1, 5, 9, 2, 6]
    record(
        community=cast.home,
        acts=[reply(cast.member, cast.other, str(i), at=NOW - timedelta(days=d)) for i, d in enumerate(ages)],
    )
    seen, before = [], None
    while page := acts_of(cast.home, cast.member.pk, limit=3, before_id=before):
        seen += page
        before = page[-1].id
    assert [(NOW - a.at).days for a in seen] == sorted(ages)
    assert len({a.id for a in seen}) == len(ages)


def test_merged_people_read_as_who_they_are(cast: Cast) -> None:
    [pk] = bring_people(community=cast.home, names=["old"], now=NOW)
    old = Person.objects.get(pk=pk)
    record(
        community=cast.home,
        acts=[reply(old, cast.other, "1"), reply(cast.core, old, "2"), reply(old, cast.member, "3")],
    )
    merge_person(imported=old, into=cast.member)
    merge(community=cast.home, person_id=cast.member.pk)
    record(community=cast.home, acts=[reply(old, cast.other, "4")])
    assert {(a.actor_id, a.other_id) for a in acts_of(cast.home, cast.member.pk)} == {
        (cast.member.pk, cast.other.pk),
        (cast.core.pk, cast.member.pk),
        (cast.member.pk, cast.member.pk),
    }
    assert len(acts_of(cast.home, cast.member.pk, other_id=cast.other.pk)) == 2


def test_what_somebody_received_is_read_once_whatever_it_weighs(cast: Cast) -> None:
    a, b = cast.member, cast.other
    acts = [
        reply(a, b, "heavy"), reply(a, b, "light", weight=0), reply(b, b, "own"), reply(b, b, "own light", weight=0),
        reply(b, None, "post"), reply(b, a, "back"), reply(a, cast.core, "past"), reply(a, b, "gone"),
    ]  # fmt: skip
    record(community=cast.home, acts=acts)
    withdraw(community=cast.home, at=NOW, keys=["gone"])
    read = sorted((x.actor_id == a.pk, x.other_id == b.pk, x.weight) for x in acts_of(cast.home, b.pk))
    assert read == [
        (False, False, 1), (False, False, 1), (False, True, 0), (False, True, 1), (True, True, 0), (True, True, 1),
    ]  # fmt: skip
    span = {"since": NOW - timedelta(days=1), "until": NOW + timedelta(days=1), "unit": "day"}
    assert [n for _, n, _ in by_period(cast.home, person_id=b.pk, **span)] == [5]  # type: ignore[arg-type]  # a test's shorthand
    assert [n for _, n, _ in by_period(cast.home, person_id=b.pk, other_id=a.pk, **span)] == [3]  # type: ignore[arg-type]
    assert [n for _, n, _ in by_period(cast.home, **span)] == [6]  # type: ignore[arg-type]


def test_periods_begin_at_midnight_where_the_server_stands(cast: Cast) -> None:
    late = datetime(2026, 11, 1, 17, 0, tzinfo=UTC)  # already the 2nd in Shanghai
    record(
        community=cast.home, acts=[reply(cast.member, cast.other, "1", at=late), reply(cast.member, None, "2", at=late)]
    )
    [(start, count, energy)] = by_period(cast.home, since=late - timedelta(days=1), until=NOW, unit="day")
    assert start.astimezone(UTC) == datetime(2026, 11, 1, 16, 0, tzinfo=UTC)
    assert (count, energy) == (1, 1.0)


def test_the_newest_line_has_the_last_id(cast: Cast) -> None:
    record(community=cast.home, acts=[reply(cast.member, cast.other, "1")])
    first = last_id(cast.home)
    withdraw(community=cast.home, at=NOW, keys=["1"])
    assert last_id(cast.home) == first + 1
    assert last_id(cast.rival) == 0


def test_a_few_acts_cost_as_many_statements_as_one(cast: Cast) -> None:
    record(community=cast.home, acts=[reply(cast.member, cast.other, "0")])
    counts = []
    for n in (1, 50):
        with CaptureQueriesContext(connection) as asked:
            record(community=cast.home, acts=[reply(cast.member, cast.other, f"{n}:{i}") for i in range(n)])
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 5
