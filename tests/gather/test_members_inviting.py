"""Members invite within a number, take links back, and it is kept who brought whom."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.gather import api as gather
from kith.gather import rules
from kith.gather.api import (
    CameBy,
    InvitationOver,
    LinkExpired,
    NoSuchInvitation,
    OnlyTheirInvitation,
    OperatorsOnly,
    QuotaReached,
    TierDraft,
)
from kith.people.api import Person, Standing, deeds, standing
from tests.conftest import NOW, Cast, account
from tests.connect.talk import say

SOON = NOW + timedelta(hours=1)


def allowed(cast: Cast, invites: int = 2) -> None:
    gather.set_limits(community=cast.home, changes={"invites": invites}, by=cast.founder, now=NOW)


def invite(cast: Cast, by: Person, **more: int) -> str:
    return gather.invite(community=cast.home, by=by, now=NOW, note="给老同学", **more)


def come(cast: Cast, token: str, person: Person) -> Standing:
    return gather.accept_invitation(community=cast.home, token=token, person=person, now=SOON)


def place(cast: Cast, person: Person) -> Standing:
    found = standing(cast.home, person)
    assert found
    return found


def test_a_member_has_so_many_out_at_a_time(cast: Cast) -> None:
    allowed(cast)
    invite(cast, cast.member)
    with pytest.raises(QuotaReached) as refused:
        invite(cast, cast.member, uses=2)
    assert refused.value.facts == {"most": 2, "out": 1}
    token = invite(cast, cast.member)
    come(cast, token, cast.stranger)
    assert gather.quota(cast.home, place(cast, cast.member), SOON).left == 1
    assert gather.quota(cast.home, place(cast, cast.founder), SOON).left is None
    assert gather.quota(cast.home, place(cast, cast.member), NOW + timedelta(days=30)).left == 2


def test_a_tier_gives_another_number_and_decides_where_it_is_named(cast: Cast) -> None:
    allowed(cast)
    tiers = [TierDraft("同道", by_hand=True, limits={"invites": 7})]
    found = gather.write_ladder(community=cast.home, tiers=tiers, rights={"invite": 1}, by=cast.founder, now=NOW)
    with pytest.raises(gather.TierTooLow):
        invite(cast, cast.member)
    tier = found.tiers[0].id
    gather.hold(community=cast.home, person_id=cast.member.pk, tier_id=tier, reason="老友", by=cast.founder, now=NOW)
    assert gather.quota(cast.home, place(cast, cast.member), NOW).most == 7
    invite(cast, cast.member, uses=7)


def test_where_members_have_no_number_they_do_not_invite(cast: Cast) -> None:
    with pytest.raises(OperatorsOnly):
        invite(cast, cast.member)
    assert not gather.may_invite(cast.home, place(cast, cast.member))


def test_a_link_taken_back_lets_nobody_in_and_gives_its_place_back(cast: Cast) -> None:
    allowed(cast, 1)
    token = invite(cast, cast.member)
    [made] = gather.invitations(cast.home, by_id=cast.member.pk)
    assert (made.note, made.uses, made.uses_left, made.is_open(NOW)) == ("给老同学", 1, 1, True)
    take: dict[str, Any] = {"community": cast.home, "invitation_id": made.id, "now": SOON}
    for by in (cast.other, cast.stranger):
        with pytest.raises(OnlyTheirInvitation):
            gather.withdraw_invitation(**take, by=by)
    with pytest.raises(NoSuchInvitation):
        gather.withdraw_invitation(**take | {"community": cast.rival}, by=cast.enemy)
    gather.withdraw_invitation(**take, by=cast.member)
    with pytest.raises(InvitationOver):
        gather.withdraw_invitation(**take, by=cast.operator)
    with pytest.raises(LinkExpired):
        come(cast, token, cast.stranger)
    invite(cast, cast.member)
    kinds = [d.kind for d in deeds(cast.home, kinds=("gather.invited", "gather.invitation_withdrawn"))]
    assert kinds == ["gather.invited", "gather.invitation_withdrawn", "gather.invited"]


def test_the_tree_and_the_numbers_tell_who_brought_whom(cast: Cast) -> None:
    allowed(cast, 5)
    guest, friend = account("客", "ke@example.org"), account("友", "you@example.org")
    come(cast, invite(cast, cast.member, uses=3), guest)
    come(cast, invite(cast, guest), friend)
    come(cast, invite(cast, cast.founder), cast.stranger)
    say(cast, friend)
    shape = [(b.person_id, b.depth, b.brought, b.below) for b in gather.invitation_tree(cast.home)]
    assert shape == [
        (cast.member.pk, 0, 1, 2), (guest.pk, 1, 1, 1), (friend.pk, 2, 0, 0), (cast.founder.pk, 0, 1, 1), (cast.stranger.pk, 1, 0, 0),
    ]  # fmt: skip
    own = gather.invitation_tree(cast.home, under=guest.pk)
    assert [b.person_id for b in own] == [guest.pk, friend.pk]
    gather.sanction(community=cast.home, person_id=guest.pk, kind="ban", by=cast.founder, now=SOON, reason="刷屏")
    total, [first, *_] = gather.inviting(cast.home, since=NOW, until=NOW + timedelta(days=1), now=SOON)
    assert (total.made, total.places, total.came, total.stayed, total.active, total.banned) == (3, 5, 3, 2, 1, 1)
    assert (first.person_id, first.made, first.came, first.banned) == (cast.founder.pk, 1, 1, 0)
    empty, none = gather.inviting(cast.home, since=NOW - timedelta(days=9), until=NOW, now=SOON)
    assert (empty.made, empty.came, none) == (0, 0, [])


PEOPLE = st.integers(1, 12)


@given(st.dictionaries(PEOPLE, PEOPLE, max_size=12))
def test_everybody_stands_in_the_tree_once_below_their_host(hosts: dict[int, int]) -> None:
    rows = [CameBy(p, h, "link", NOW + timedelta(hours=p)) for p, h in hosts.items() if p != h]
    found = rules.tree(rows)
    assert sorted(b.person_id for b in found) == sorted({r.person_id for r in rows} | {r.host_id for r in rows})
    line: list[int] = []
    for n, branch in enumerate(found):
        line[branch.depth :] = [branch.person_id]
        assert branch.host_id == (line[branch.depth - 1] if branch.depth else None)
        inside = rules.branch_of(found, branch.person_id)
        assert (inside, len(inside) - 1) == (found[n : n + len(inside)], branch.below)
