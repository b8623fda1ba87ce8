"""Channels: whom the planner proposes, what the asked may answer, and what they see of what came."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from kith.energy import api as energy
from kith.energy.api import NewAct
from kith.launch import api as launch
from kith.launch.api import (
    DISCLOSURE_VERSION,
    AlreadyAsked,
    BadRule,
    CannotBeAsked,
    DisclosureMissing,
    NoSuchChannel,
    NothingMoreToAnswer,
    NotNow,
    SellersOnly,
)
from kith.launch.models import Channel, ChannelRule, Touch
from kith.people import api as people
from kith.people.api import Person
from tests.conftest import NOW, Cast, account
from tests.launch.channels import channel, public, sold, touched
from tests.launch.shop import assert_clean, drafted, offers, opened

AT: dict[str, Any] = {"now": NOW}


def crowd(cast: Cast, names: str) -> dict[str, Person]:
    """Let members turn to one another: to each more of them than to the next."""
    found = {name: account(name, f"{name.lower()}@example.org") for name in names}
    for person in found.values():
        people.add_member(community=cast.home, person=person, now=NOW - timedelta(days=50))
    order = list(found.values())
    acts = [
        NewAct(a.pk, "reply", NOW - timedelta(days=1), f"t:{i}:{j}:{n}", "test", other_id=b.pk)
        for j, b in enumerate(order) for i, a in enumerate(order) for n in range(3) if i > j
    ]  # fmt: skip
    energy.record(community=cast.home, acts=acts)
    return found


def planned(cast: Cast, count: int = 3) -> list[str]:
    made = launch.propose_channels(community=cast.home, slug="autumn", count=count, by=cast.founder, **AT)
    return [c.name for c in made]


def test_the_planner_proposes_those_to_whom_most_others_turn(cast: Cast) -> None:
    offers(cast)
    drafted(cast)
    crowd(cast, "ABCDE")
    made = launch.propose_channels(community=cast.home, slug="autumn", count=2, by=cast.founder, **AT)
    assert [(c.name, c.status) for c in made] == [("A", "proposed"), ("B", "proposed")]
    assert made[0].expected_people > made[1].expected_people > 0
    assert planned(cast, 1) == ["A"]
    assert [r.channel.name for r in launch.channel_plan(cast.home, "autumn").results] == ["A"]


def test_who_hides_refuses_runs_is_a_program_or_has_no_account_is_never_proposed(cast: Cast) -> None:
    offers(cast)
    drafted(cast)
    found = crowd(cast, "ABCDEFG")
    assert planned(cast)[0] == "A"
    people.choose_sight(community=cast.home, person_id=found["A"].pk, hides_rank=True, refuses_measures=False)
    assert "A" not in [r.channel.name for r in launch.channel_plan(cast.home, "autumn").results]
    people.choose_sight(community=cast.home, person_id=found["B"].pk, hides_rank=False, refuses_measures=True)
    people.change_role(community=cast.home, person_id=found["C"].pk, role="operator")
    people.mark_bot(community=cast.home, person_id=found["D"].pk, is_bot=True)
    Person.objects.filter(pk=found["E"].pk).update(email=None)
    people.Membership.objects.filter(person=found["E"]).update(is_imported=True)
    assert planned(cast, 7) == ["F"]


def test_asking_is_one_step_and_done_once(cast: Cast) -> None:
    opened(cast)
    ask: dict[str, Any] = {"community": cast.home, "slug": "autumn", "by": cast.founder, **AT}
    assert launch.ask_channel(person_id=cast.core.pk, **ask).status == "asked"
    with pytest.raises(AlreadyAsked):
        launch.ask_channel(person_id=cast.core.pk, **ask)
    for nobody in (cast.stranger, cast.operator, cast.founder):
        with pytest.raises(CannotBeAsked):
            launch.ask_channel(person_id=nobody.pk, **ask)
    with pytest.raises(SellersOnly):
        launch.ask_channel(person_id=cast.other.pk, **ask | {"by": cast.member})
    launch.advance(community=cast.home, slug="autumn", to="closed", by=cast.founder, **AT)
    with pytest.raises(NotNow):
        launch.ask_channel(person_id=cast.other.pk, **ask)


def test_accepting_takes_the_disclosure_and_nothing_else(cast: Cast) -> None:
    """Fault 32, the promoter's part: no fee and no purchase makes a promoter."""
    opened(cast)
    asked = launch.ask_channel(community=cast.home, slug="autumn", person_id=cast.core.pk, by=cast.founder, **AT)
    mine: dict[str, Any] = {"community": cast.home, "code": asked.code, "by": cast.core, **AT}
    with pytest.raises(DisclosureMissing):
        launch.accept_channel(**mine, disclosure_version=0)
    with pytest.raises(NoSuchChannel):
        launch.accept_channel(**mine | {"by": cast.member}, disclosure_version=DISCLOSURE_VERSION)
    assert launch.decline_channel(**mine).status == "declined"
    made = launch.accept_channel(**mine, disclosure_version=DISCLOSURE_VERSION)
    assert (made.status, made.disclosure) == ("accepted", launch.disclosure_whole())
    with pytest.raises(NothingMoreToAnswer):
        launch.decline_channel(**mine)
    assert launch.close_channel(**mine).status == "closed"
    for late in (launch.close_channel, lambda **m: launch.accept_channel(**m, disclosure_version=DISCLOSURE_VERSION)):
        with pytest.raises(NothingMoreToAnswer):
            late(**mine)
    with pytest.raises(IntegrityError), transaction.atomic():
        Channel.objects.update(disclosure="", disclosure_version=0)


def test_a_link_counts_people_once_in_half_an_hour_and_its_owner_never(cast: Cast) -> None:
    public(cast)
    opened(cast)
    mine = channel(cast)
    browser = touched(mine)
    touched(mine, visitor=browser)
    touched(mine, cast.member)
    touched(mine, cast.core)
    touched(mine, cast.member, days_ago=-0.1)
    found = launch.channel_result(cast.home, mine.code, reader=cast.core)
    assert (found.touches, found.people, found.orders) == (3, 2, 0)
    with pytest.raises(NoSuchChannel):
        launch.channel_result(cast.home, mine.code, reader=cast.member)
    launch.close_channel(community=cast.home, code=mine.code, by=cast.founder, **AT)
    assert not launch.touch(code=mine.code, reader=cast.other, visitor="", **AT)


def test_touches_are_forgotten_after_ninety_days_and_stay_counted(cast: Cast) -> None:
    public(cast)
    opened(cast)
    mine = channel(cast)
    touched(mine)
    touched(mine, cast.member)
    touched(mine, cast.core)
    assert launch.forget_touches(now=NOW + timedelta(days=89)) == 0
    assert launch.forget_touches(now=NOW + timedelta(days=90)) == 3
    found = launch.channel_result(cast.home, mine.code, reader=cast.core)
    assert (Touch.objects.count(), found.touches, found.people) == (0, 2, 2)


def test_touches_and_rules_stay_as_they_were(cast: Cast) -> None:
    opened(cast)
    touched(channel(cast), cast.member)
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('kith.unlocked', 'off', true)")  # as everywhere but in tests
    launch.set_channel_rule(community=cast.home, slug="autumn", touch_days=7, bond_days=0, by=cast.founder, **AT)
    for change in (lambda: Touch.objects.update(at=NOW), lambda: ChannelRule.objects.update(touch_days=90), lambda: ChannelRule.objects.all().delete()):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            change()
    for touch_days, bond_days in ((0, 0), (91, 0), (30, -1), (30, 366)):
        with pytest.raises(BadRule):
            launch.set_channel_rule(community=cast.home, slug="autumn", touch_days=touch_days, bond_days=bond_days, by=cast.founder, **AT)  # fmt: skip


def test_the_plan_puts_what_came_beside_what_was_expected(cast: Cast) -> None:
    opened(cast)
    mine = channel(cast)
    touched(mine, cast.member)
    sold(cast, BREW=2)
    sold(cast, cast.other, key="key-00000002", BOOK=1)
    plan = launch.channel_plan(cast.home, "autumn")
    assert [(r.people, r.orders, r.kept_minor) for r in plan.results] == [(1, 1, 33600)]
    assert (plan.came, plan.buyers, plan.direct_orders, plan.direct_minor) == (1, 2, 1, 4999)
    assert_clean()


def test_an_invented_community_forgets_its_channels_with_its_launches(cast: Cast) -> None:
    opened(cast)
    launch.set_channel_rule(community=cast.home, slug="autumn", touch_days=7, bond_days=9, by=cast.founder, now=NOW - timedelta(days=1))  # fmt: skip
    touched(channel(cast), cast.member)
    sold(cast)
    cast.home.is_demo = True
    cast.home.save()
    assert (launch.drop_launches(community=cast.home), Channel.objects.count()) == (1, 0)
