"""A link that lets people in: so many, so long, here only."""

from datetime import timedelta
from typing import Any

import pytest

from kith.energy.api import ties
from kith.gather import api as gather
from kith.gather.api import LinkExpired, OperatorsOnly
from kith.gather.models import Invitation
from kith.people.api import AlreadyMember, Person, Standing, standing
from tests.conftest import NOW, Cast, account, settle
from tests.people.together import at_once, faults


def invite(cast: Cast, **more: Any) -> str:
    return gather.invite(community=cast.home, by=cast.operator, now=NOW, **more)


def accept(cast: Cast, token: str, person: Person, days: float = 0) -> Standing:
    return gather.accept_invitation(community=cast.home, token=token, person=person, now=NOW + timedelta(days=days))


def test_a_guest_comes_in_and_is_welcomed_by_the_host(cast: Cast) -> None:
    token = invite(cast)
    assert gather.invitation_of(community=cast.home, token=token, now=NOW) == "Olga"
    place = accept(cast, token, cast.stranger)
    assert (place.role, standing(cast.home, cast.stranger)) == ("member", place)
    assert [(t.a_id, t.b_id) for t in ties(cast.home, at=NOW)] == [(cast.operator.pk, cast.stranger.pk)]


def test_only_its_digest_is_kept(cast: Cast) -> None:
    token = invite(cast)
    assert len(token) >= 43
    assert token not in str(list(Invitation.objects.values_list()))
    assert invite(cast) != token


def test_a_link_is_used_up(cast: Cast) -> None:
    token = invite(cast, uses=2)
    for i in range(2):
        accept(cast, token, account(f"客{i}", f"k{i}@example.org"))
    with pytest.raises(LinkExpired) as refused:
        accept(cast, token, cast.stranger)
    assert refused.value.status == 404
    with pytest.raises(LinkExpired):
        gather.invitation_of(community=cast.home, token=token, now=NOW)
    assert standing(cast.home, cast.stranger) is None


def test_a_link_grows_old(cast: Cast) -> None:
    token = invite(cast, days=3)
    with pytest.raises(LinkExpired):
        accept(cast, token, cast.stranger, days=3)
    assert accept(cast, token, cast.stranger, days=2.999).role == "member"


@pytest.mark.parametrize(("uses", "left"), [(-5, 1), (0, 1), (7, 7), (10**9, 1000)])
def test_uses_stay_within_bounds(cast: Cast, uses: int, left: int) -> None:
    invite(cast, uses=uses, days=10**9)
    [made] = Invitation.objects.all()
    assert (made.uses_left, made.expires_at) == (left, NOW + timedelta(days=365))


@pytest.mark.parametrize("token", ["", "x", "\x00", "\ud800", "长" * 5000, "' OR 1=1 --"])
def test_a_made_up_token_opens_nothing(cast: Cast, token: str) -> None:
    invite(cast)
    for ask in (
        lambda: accept(cast, token, cast.stranger),
        lambda: gather.invitation_of(community=cast.home, token=token, now=NOW),
    ):
        with pytest.raises(LinkExpired):
            ask()
    assert standing(cast.home, cast.stranger) is None


def test_a_rivals_token_opens_nothing_here_and_keeps_its_use(cast: Cast) -> None:
    token = gather.invite(community=cast.rival, by=cast.enemy, now=NOW)
    with pytest.raises(LinkExpired):
        accept(cast, token, cast.stranger)
    assert standing(cast.home, cast.stranger) is None
    assert Invitation.objects.get().uses_left == 1


def test_a_member_keeps_the_link_for_others(cast: Cast) -> None:
    token = invite(cast)
    with pytest.raises(AlreadyMember):
        accept(cast, token, cast.member)
    assert Invitation.objects.get().uses_left == 1


def test_only_founder_and_operators_invite(cast: Cast) -> None:
    for by in (cast.core, cast.member, cast.stranger, cast.enemy):
        with pytest.raises(OperatorsOnly):
            gather.invite(community=cast.home, by=by, now=NOW)
    assert not Invitation.objects.exists()


@pytest.mark.usefixtures("committed")
def test_of_several_on_the_last_use_one_comes_in() -> None:
    cast = settle()
    token = invite(cast, uses=2)
    guests = [account(f"客{i}", f"k{i}@example.org") for i in range(5)]
    outcomes = at_once(*[lambda g=g: accept(cast, token, g) for g in guests])
    assert faults(outcomes) == [LinkExpired] * 3
    assert sum(standing(cast.home, g) is not None for g in guests) == 2
    assert Invitation.objects.get().uses_left == 0
    assert len(ties(cast.home, at=NOW)) == 2


@pytest.mark.usefixtures("committed")
def test_one_guest_from_two_tabs_uses_the_link_once() -> None:
    cast = settle()
    token = invite(cast, uses=5)
    assert faults(at_once(*[lambda: accept(cast, token, cast.stranger) for _ in range(3)])) == [AlreadyMember] * 2
    assert Invitation.objects.get().uses_left == 4
