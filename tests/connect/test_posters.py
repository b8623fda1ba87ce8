"""Posters: who may make one, who came by which, and what closing does."""

from datetime import timedelta

import pytest

from kith.connect import api as connect
from kith.energy import api as energy
from kith.gather import api as gather
from kith.gather.api import OperatorsOnly
from kith.people import api as people
from kith.people.api import Community
from tests.conftest import NOW, Cast

SOON = NOW + timedelta(days=1)


def hung(cast: Cast, campaign: str = "春分市集", **more: int) -> connect.Poster:
    by = cast.founder if more else cast.member
    return connect.make_poster(community=cast.home, by=by, campaign=campaign, now=NOW, **more)


def boundary(cast: Cast, entered_by: str) -> None:
    Community.objects.filter(pk=cast.home.pk).update(entered_by=entered_by)
    cast.home.refresh_from_db()


def test_a_campaign_has_one_poster_of_each_inviter(cast: Cast) -> None:
    assert hung(cast).code == hung(cast, " 春分市集 ").code
    assert hung(cast).code != hung(cast, "").code
    assert len(connect.posters_of(cast.home, by=cast.member)) == 2


def test_who_came_by_a_poster_is_counted_and_welcomed_by_its_owner(cast: Cast) -> None:
    boundary(cast, "open")
    found = hung(cast)
    connect.see_poster(code=found.code)
    gather.join(community=cast.home, person=cast.stranger, now=SOON)
    assert connect.arrive(code=found.code, community=cast.home, person=cast.stranger, now=SOON)
    assert not connect.arrive(code=hung(cast, "别处").code, community=cast.home, person=cast.stranger, now=SOON)
    counted = connect.poster(cast.home, found.id)
    assert (counted.seen, counted.came, counted.stayed) == (1, 1, 1)
    (act,) = energy.acts_of(cast.home, cast.stranger.pk)
    assert (act.kind, act.actor_id, act.other_id) == ("welcome", cast.member.pk, cast.stranger.pk)
    assert connect.came_by(cast.home, [cast.stranger.pk]) == {cast.stranger.pk: ("苏杭", "春分市集")}


def test_who_applied_by_a_poster_has_come_and_not_yet_stayed(cast: Cast) -> None:
    found = hung(cast)
    gather.apply(community=cast.home, person=cast.stranger, answers=["想认识人"], now=SOON)
    assert connect.arrive(code=found.code, community=cast.home, person=cast.stranger, now=SOON)
    counted = connect.poster(cast.home, found.id)
    assert (counted.came, counted.stayed) == (1, 0)
    assert energy.acts_of(cast.home, cast.stranger.pk) == []


def test_nobody_arrives_by_their_own_an_older_members_or_a_foreign_poster(cast: Cast) -> None:
    mine = hung(cast)
    for code, community, person in (
        (mine.code, cast.home, cast.member),  # their own
        (mine.code, cast.home, cast.other),  # was in before it was made
        (mine.code, cast.rival, cast.enemy),  # leads elsewhere
        (mine.code, cast.home, cast.stranger),  # neither applied nor came in
        ("2345678923", cast.home, cast.stranger),
    ):
        with pytest.raises(connect.NoSuchPoster):
            connect.arrive(code=code, community=community, person=person, now=SOON)
    assert connect.poster(cast.home, mine.id).came == 0


def test_in_a_community_by_invitation_only_operators_hang_posters(cast: Cast) -> None:
    boundary(cast, "invitation")
    with pytest.raises(connect.MayNotInvite):
        hung(cast)
    assert hung(cast, lets_in=1).lets_in == 1


def test_a_poster_that_lets_in_does_so_as_often_as_was_said(cast: Cast) -> None:
    boundary(cast, "invitation")
    found = hung(cast, lets_in=1)
    assert connect.enter_by_poster(code=found.code, person=cast.stranger, now=SOON)
    assert not connect.enter_by_poster(code=found.code, person=cast.enemy, now=SOON)
    assert people.standing(cast.home, cast.stranger)
    assert not people.standing(cast.home, cast.enemy)
    with pytest.raises(people.AlreadyMember):
        connect.enter_by_poster(code=hung(cast, lets_in=5).code, person=cast.stranger, now=SOON)
    assert connect.posters_of(cast.home)[0].lets_in == 5


def test_a_members_wish_to_let_people_in_is_not_heeded(cast: Cast) -> None:
    assert connect.make_poster(community=cast.home, by=cast.member, now=NOW, lets_in=9).lets_in == 0


def test_a_poster_of_who_runs_it_no_longer_lets_nobody_in(cast: Cast) -> None:
    found = connect.make_poster(community=cast.home, by=cast.operator, now=NOW, lets_in=3)
    people.change_role(community=cast.home, person_id=cast.operator.pk, role="member")
    with pytest.raises(OperatorsOnly):
        connect.enter_by_poster(code=found.code, person=cast.stranger, now=SOON)
    assert connect.poster(cast.home, found.id).lets_in == 3


def test_a_closed_poster_leads_nowhere_and_keeps_its_count(cast: Cast) -> None:
    found = hung(cast)
    with pytest.raises(connect.OnlyTheirPoster):
        connect.close_poster(community=cast.home, poster_id=found.id, by=cast.other, now=SOON)
    closed = connect.close_poster(community=cast.home, poster_id=found.id, by=cast.operator, now=SOON)
    assert closed.closed_at == SOON
    with pytest.raises(connect.NoSuchPoster):
        connect.poster_by_code(found.code)
    with pytest.raises(connect.NoSuchPoster):
        connect.close_poster(community=cast.rival, poster_id=found.id, by=cast.enemy, now=SOON)
    assert [d.kind for d in people.deeds_of(cast.home, subject=f"poster:{found.id}")] == ["connect.poster", "connect.poster_closed"]  # fmt: skip
