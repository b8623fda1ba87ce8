"""Tiers from the energy book: measured, moved once, told with why, held by hand, refused."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kith.energy import api as energy
from kith.energy.api import NewAct
from kith.gather import api as gather
from kith.gather.api import NoSuchTier, OperatorsOnly, TierDraft, WhyMissing
from kith.people import api as people
from kith.people.api import Person
from tests.conftest import NOW, Cast

DAY = timedelta(days=1)


def thanked(cast: Cast, to: Person, givers: Sequence[Person], days: Sequence[int], now: datetime = NOW) -> None:
    """Let people thank somebody, each on its own day before `now`."""
    acts = [
        NewAct(by.pk, "thank", now - back * DAY, f"t:{by.pk}:{to.pk}:{back}:{now}", "test", other_id=to.pk)
        for by, back in zip(givers, days, strict=True)
    ]
    energy.record(community=cast.home, acts=acts)


def ladder(cast: Cast, *needs: dict[str, int], **facts: Any) -> gather.LadderValue:
    drafts = [TierDraft(f"第{n}层", need) for n, need in enumerate(needs, 1)]
    return gather.write_ladder(community=cast.home, tiers=drafts, by=cast.founder, now=NOW, **facts)


def tier_of(cast: Cast, person: Person) -> str:
    found = people.standing(cast.home, person)
    assert found
    return found.tier


def kinds(cast: Cast, person: Person) -> list[str]:
    return [d.kind for d in people.deeds(cast.home) if d.person_id == person.pk]


def test_different_people_on_different_days_count_and_volume_does_not(cast: Cast) -> None:
    ladder(cast, {"givers": 3, "giver_days": 3})
    thanked(cast, cast.member, [cast.other] * 30, range(1, 31))
    thanked(cast, cast.core, [cast.other, cast.founder, cast.operator], [1, 1, 1])
    gather.settle(community=cast.home, now=NOW)
    assert (tier_of(cast, cast.member), tier_of(cast, cast.core)) == ("", "")
    thanked(cast, cast.member, [cast.founder, cast.operator], [1, 2])
    gather.settle(community=cast.home, now=NOW)
    assert (tier_of(cast, cast.member), tier_of(cast, cast.core)) == ("第1层", "")


def test_every_measure_is_read_from_the_book(cast: Cast) -> None:
    home, me = cast.home, cast.member.pk
    acts = [
        NewAct(cast.core.pk, "sponsor", NOW - DAY, "s", "test", other_id=me),
        NewAct(cast.other.pk, "thank", NOW - DAY, "t", "test", other_id=me),
        NewAct(cast.other.pk, "spoke_next", NOW - 9 * DAY, "n", "test", other_id=me),  # implied: counts for nothing
        NewAct(me, "answer", NOW - 2 * DAY, "a1", "test", other_id=cast.other.pk),
        NewAct(me, "answer", NOW - 2 * DAY, "a2", "test", other_id=cast.other.pk),
        NewAct(me, "reply", NOW - 20 * DAY, "r", "test", other_id=cast.core.pk),
        NewAct(me, "post", NOW - 30 * DAY, "p", "test"),
        NewAct(me, "post", NOW - 200 * DAY, "old", "test"),
    ]
    energy.record(community=home, acts=acts)
    span: dict[str, Any] = {"since": NOW - 100 * DAY, "until": NOW}
    expected = energy.Earned(
        givers=2, giver_days=1, thankers=1, sponsors=1, reached=2, days=3, weeks=3, answers=1
    )  # fmt: skip
    assert energy.earned(home, **span)[me] == expected
    assert energy.earned(home, **span, people=[me]) == {me: expected}
    assert energy.earned(home, **span, people=[me], programs=[cast.other.pk])[me].givers == 1
    assert energy.earned(cast.rival, **span) == {}


def test_who_rises_is_told_once_with_the_level_and_why(cast: Cast) -> None:
    ladder(cast, {"givers": 1}, {"givers": 2})
    thanked(cast, cast.member, [cast.other, cast.core], [1, 2])
    assert gather.settle_touched(now=NOW) >= 1
    gather.settle_touched(now=NOW)
    gather.settle(community=cast.home, now=NOW)
    assert kinds(cast, cast.member) == ["gather.tier_up"]
    found = gather.climb(community=cast.home, person_id=cast.member.pk, now=NOW)
    assert found.tier
    assert (found.tier.name, found.next, found.rose_at) == ("第2层", None, NOW)
    assert [(line.measure, line.have, line.need) for line in found.why] == [("givers", 2, 2)]


def test_looking_at_ones_page_moves_at_once_and_shows_have_and_need(cast: Cast) -> None:
    ladder(cast, {"givers": 1}, {"givers": 3, "days_here": 30})
    thanked(cast, cast.member, [cast.other, cast.core], [1, 2])
    found = gather.climb(community=cast.home, person_id=cast.member.pk, now=NOW)
    assert found.tier
    assert found.tier.name == "第1层"
    assert [(line.measure, line.have, line.need, line.is_met) for line in found.lines] == [
        ("givers", 2, 3, False), ("days_here", 100, 30, True),
    ]  # fmt: skip


def test_a_tier_is_lost_after_grace_and_both_are_told(cast: Cast) -> None:
    ladder(cast, {"givers": 2}, grace_days=14)
    thanked(cast, cast.member, [cast.other, cast.core], [1, 2])
    gather.settle(community=cast.home, now=NOW)
    later = NOW + 120 * DAY
    gather.settle(community=cast.home, now=later)
    warned = gather.climb(community=cast.home, person_id=cast.member.pk, now=later)
    assert warned.falls_at == later + 14 * DAY
    assert tier_of(cast, cast.member) == "第1层"
    gather.settle_everybody(now=later + 14 * DAY)
    assert tier_of(cast, cast.member) == ""
    assert kinds(cast, cast.member) == ["gather.tier_down", "gather.tier_up"]
    moves = gather.tier_moves(cast.home, since=NOW, until=later + 30 * DAY)
    assert [(m.before, m.after, m.is_up) for m in moves if m.person_id == cast.member.pk] == [
        ("", "第1层", True), ("第1层", "", False),
    ]  # fmt: skip


def test_staff_hold_somebody_by_hand_with_a_reason_and_let_go(cast: Cast) -> None:
    tier = ladder(cast, {"givers": 2}).tiers[0]
    who: dict[str, Any] = {"community": cast.home, "person_id": cast.member.pk, "now": NOW}
    with pytest.raises(WhyMissing):
        gather.hold(**who, tier_id=tier.id, reason=" ", by=cast.operator)
    with pytest.raises(OperatorsOnly):
        gather.hold(**who, tier_id=tier.id, reason="熟人", by=cast.other)
    with pytest.raises(NoSuchTier):
        gather.hold(**who, tier_id=tier.id + 99, reason="熟人", by=cast.operator)
    gather.hold(**who, tier_id=tier.id, reason="一起走过来的", by=cast.operator)
    gather.settle(community=cast.home, now=NOW + 200 * DAY)
    found = gather.climb(community=cast.home, person_id=cast.member.pk, now=NOW)
    assert (tier_of(cast, cast.member), found.held_reason) == ("第1层", "一起走过来的")
    gather.release(**who, by=cast.operator)
    gather.settle(community=cast.home, now=NOW)
    assert tier_of(cast, cast.member) == "第1层"
    gather.settle(community=cast.home, now=NOW + 15 * DAY)
    assert tier_of(cast, cast.member) == ""


def test_who_refuses_measures_is_never_measured_but_may_be_given_a_tier(cast: Cast) -> None:
    tier = ladder(cast, {"givers": 1}).tiers[0]
    thanked(cast, cast.member, [cast.other, cast.core], [1, 2])
    people.choose_sight(community=cast.home, person_id=cast.member.pk, hides_rank=True, refuses_measures=True)
    gather.settle(community=cast.home, now=NOW)
    found = gather.climb(community=cast.home, person_id=cast.member.pk, now=NOW)
    assert (tier_of(cast, cast.member), found.is_measured, found.lines) == ("", False, ())
    gather.hold(
        community=cast.home, person_id=cast.member.pk, tier_id=tier.id, reason="信得过", by=cast.founder, now=NOW
    )
    assert tier_of(cast, cast.member) == "第1层"


def test_rewriting_the_ladder_keeps_those_who_stand_in_a_tier(cast: Cast) -> None:
    first = ladder(cast, {"givers": 1}, {"givers": 99}).tiers[0]
    thanked(cast, cast.member, [cast.other], [1])
    gather.settle(community=cast.home, now=NOW)
    kept = [TierDraft("新来", {"days_here": 1}), TierDraft("改了名", {"givers": 1}, id=first.id)]
    found = gather.write_ladder(community=cast.home, tiers=kept, by=cast.founder, now=NOW, rights={"link": 2})
    assert [(t.name, t.position) for t in found.tiers] == [("新来", 1), ("改了名", 2)]
    assert (tier_of(cast, cast.member), tier_of(cast, cast.other)) == ("改了名", "新来")
    with pytest.raises(OperatorsOnly):
        gather.write_ladder(community=cast.home, tiers=[], by=cast.member, now=NOW)
    with pytest.raises(NoSuchTier):
        gather.write_ladder(community=cast.rival, tiers=kept, by=cast.enemy, now=NOW)


def test_settling_costs_the_same_for_many_as_for_few(cast: Cast) -> None:
    ladder(cast, {"givers": 1})
    ids = people.bring_people(community=cast.home, names=[f"人{n}" for n in range(60)], now=NOW)
    acts = [NewAct(cast.other.pk, "thank", NOW - DAY, f"k{i}", "test", other_id=i) for i in ids]
    energy.record(community=cast.home, acts=acts)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert gather.settle(community=cast.home, now=NOW) == 60
    assert len(asked) <= 12
