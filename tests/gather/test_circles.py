"""Circles members start by themselves, and treasures that live by being used."""

from datetime import timedelta

import pytest

from kith.connect import api as connect
from kith.energy import api as energy
from kith.gather import api as gather
from kith.gather.api import (
    BadAlarm,
    CustodianOnly,
    KeepersOnly,
    KeeperStays,
    NobodyAsked,
    NotInCircle,
    PurposeMissing,
    TierDraft,
    TierTooLow,
    TooManyCircles,
)
from kith.people import api as people
from kith.people.api import NameTaken, NotAMember, Person
from tests.conftest import NOW, Cast

TODAY = NOW.date()
DAY = timedelta(days=1)


def started(cast: Cast, by: Person, name: str = "晨跑", door: str = "open") -> int:
    made = connect.start_circle(community=cast.home, name=name, purpose="早上跑", entered_by=door, by=by, now=NOW)
    return made.id


def inside(cast: Cast, circle: int) -> dict[int, str]:
    return dict(gather.circle_people(cast.home, circle))


def test_whoever_may_starts_a_circle_and_only_who_is_in_speaks_there(cast: Cast) -> None:
    circle = started(cast, cast.member)
    space = connect.space_of_circle(cast.home, circle)
    with pytest.raises(NotInCircle):
        connect.post(community=cast.home, text="早", by=cast.other, now=NOW, space=space)
    gather.enter_circle(community=cast.home, circle_id=circle, by=cast.other, now=NOW)
    said = connect.post(community=cast.home, text="早", by=cast.other, now=NOW, space=space)
    with pytest.raises(NotInCircle):
        connect.reply(community=cast.home, to=said.id, text="早", by=cast.core, now=NOW)
    assert inside(cast, circle) == {cast.member.pk: "keeper", cast.other.pk: "in"}


def test_by_request_the_keeper_lets_people_in(cast: Cast) -> None:
    circle = started(cast, cast.member, door="request")
    who = {"community": cast.home, "circle_id": circle, "now": NOW}
    assert gather.enter_circle(**who, by=cast.other).mine == "asked"  # type: ignore[arg-type]  # shared facts
    with pytest.raises(KeepersOnly):
        gather.answer_asking(**who, person_id=cast.other.pk, yes=True, by=cast.core)  # type: ignore[arg-type]  # shared facts
    space = connect.space_of_circle(cast.home, circle)
    said = connect.post(community=cast.home, text="只说给圈里人听", by=cast.member, now=NOW, space=space)
    assert connect.one(cast.home, said.id, reader=cast.other).lock
    gather.answer_asking(**who, person_id=cast.other.pk, yes=True, by=cast.member)  # type: ignore[arg-type]  # shared facts
    assert connect.one(cast.home, said.id, reader=cast.other).text == "只说给圈里人听"
    with pytest.raises(NobodyAsked):
        gather.answer_asking(**who, person_id=cast.other.pk, yes=False, by=cast.member)  # type: ignore[arg-type]  # shared facts
    with pytest.raises(KeeperStays):
        gather.leave_circle(**who, by=cast.member)  # type: ignore[arg-type]  # shared facts
    gather.hand_circle(**who, person_id=cast.other.pk, by=cast.member)  # type: ignore[arg-type]  # shared facts
    gather.leave_circle(**who, by=cast.member)  # type: ignore[arg-type]  # shared facts
    assert connect.one(cast.home, said.id, reader=cast.core).lock
    assert inside(cast, circle) == {cast.other.pk: "keeper"}


def test_a_circle_is_started_within_the_rules(cast: Cast) -> None:
    tiers = [TierDraft("同道", {"givers": 9}, limits={"circles": 1})]
    found = gather.write_ladder(community=cast.home, tiers=tiers, rights={"start_circle": 1}, by=cast.founder, now=NOW)
    with pytest.raises(TierTooLow):
        started(cast, cast.member)
    gather.hold(community=cast.home, person_id=cast.member.pk, tier_id=found.tiers[0].id, reason="熟", by=cast.founder, now=NOW)  # fmt: skip
    circle = started(cast, cast.member)
    with pytest.raises(TooManyCircles):
        started(cast, cast.member, "夜跑")
    gather.close_circle(community=cast.home, circle_id=circle, by=cast.member, now=NOW)
    with pytest.raises(NameTaken):  # what was said under a name stays under it
        started(cast, cast.member)
    with pytest.raises(PurposeMissing):
        connect.start_circle(community=cast.home, name="夜跑", purpose=" ", by=cast.member, now=NOW)
    started(cast, cast.member, "夜跑")
    assert [c.name for c in gather.circles(cast.home, reader=None, closed=True)] == ["晨跑"]


def declared(cast: Cast, kind: str = "ritual", **more: object) -> int:
    facts: dict[str, object] = {"custodian_id": cast.core.pk, "alarm_days": 30} | more
    return gather.declare_treasure(community=cast.home, kind=kind, name="周五夜话", by=cast.founder, now=NOW, **facts)  # type: ignore[arg-type]  # a shorthand


def used(cast: Cast, treasure: int, by: Person, days: int = 0) -> bool:
    return gather.use_treasure(
        community=cast.home, treasure_id=treasure, by=by, now=NOW + days * DAY, today=TODAY + days * DAY
    )


def test_using_a_treasure_counts_once_a_day_and_is_attention_to_who_holds_a_ritual(cast: Cast) -> None:
    treasure = declared(cast)
    assert [used(cast, treasure, cast.member, d) for d in (0, 0, 1)] == [True, False, True]
    used(cast, treasure, cast.core, 1)  # who holds it gives nothing to themselves
    found = gather.treasure(cast.home, treasure, now=NOW + 4 * DAY, today=TODAY, reader=cast.member)
    assert (found.uses, found.users, found.unused_days, found.used_today) == (3, 2, 3, True)
    acts = energy.acts_of(cast.home, cast.core.pk)
    assert [(a.actor_id, a.kind, a.other_id) for a in acts] == [(cast.member.pk, "attend", cast.core.pk)] * 2


def test_what_a_person_gave_is_thanked_and_a_tool_is_nobodys_attention(cast: Cast) -> None:
    person = gather.declare_treasure(
        community=cast.home, kind="person", name="苏杭", person_id=cast.member.pk, by=cast.founder, now=NOW
    )
    used(cast, person, cast.other)
    used(cast, declared(cast, "tool"), cast.other)
    assert [a.kind for a in energy.acts_of(cast.home, cast.other.pk)] == ["thank"]
    with pytest.raises(NotAMember):
        gather.declare_treasure(community=cast.home, kind="person", name="谁", by=cast.founder, now=NOW)


def test_an_unused_treasure_alarms_once_a_silence_and_custody_is_handed_on(cast: Cast) -> None:
    treasure = declared(cast)
    assert [gather.sound_alarms(now=NOW + d * DAY) for d in (29, 30, 31)] == [0, 1, 0]
    told = people.deeds(cast.home, kinds=("gather.treasure_unused",))
    assert [(d.person_id, d.subject) for d in told] == [(cast.core.pk, f"treasure:{treasure}")]
    assert gather.treasures(cast.home, now=NOW + 30 * DAY, today=TODAY)[0].is_alarming
    used(cast, treasure, cast.member, 32)
    assert not gather.treasures(cast.home, now=NOW + 33 * DAY, today=TODAY)[0].is_alarming
    assert gather.sound_alarms(now=NOW + 62 * DAY) == 1
    with pytest.raises(CustodianOnly):
        gather.entrust_treasure(
            community=cast.home, treasure_id=treasure, person_id=cast.other.pk, by=cast.other, now=NOW
        )
    gather.entrust_treasure(community=cast.home, treasure_id=treasure, person_id=cast.other.pk, by=cast.core, now=NOW)
    gather.retire_treasure(community=cast.home, treasure_id=treasure, by=cast.other, now=NOW)
    assert gather.treasures(cast.home, now=NOW, today=TODAY) == []
    with pytest.raises(BadAlarm):
        declared(cast, alarm_days=1)
