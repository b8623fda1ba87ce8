"""Imported lines become the account's of the person who spoke them."""

from datetime import timedelta

import pytest
from django.db import transaction

from kith.connect import api as connect
from kith.connect.api import Line
from kith.energy.api import NewAct, acts_of, append_staged, compare, pair, rebuild, record, staging, ties, totals
from kith.gather import api as gather
from kith.gather.api import LinkExpired, NothingToClaim, OperatorsOnly
from kith.gather.models import Claim
from kith.people.api import (
    CannotMerge,
    Membership,
    NotAMember,
    Person,
    Standing,
    bring_people,
    make_person,
    member,
    standing,
)
from tests.conftest import NOW, Cast, settle
from tests.people.together import at_once, faults


@pytest.fixture
def old(cast: Cast) -> Standing:
    return bring_old(cast)


def bring_old(cast: Cast) -> Standing:
    """Somebody without an account, who answered 赵穗 and was answered by 苏杭."""
    [pk] = bring_people(community=cast.home, names=["旧人"], now=NOW)
    lines = [
        Line("1", cast.other.pk, "问", NOW),
        Line("2", pk, "旧话", NOW, to_key="1"),
        Line("3", cast.member.pk, "答旧人", NOW, to_key="2"),
    ]
    with transaction.atomic(), staging():
        connect.bring_lines(community=cast.home, lines=lines, origin="import:1")
        append_staged(community=cast.home)
    return member(cast.home, "旧人")


def bring_opening(cast: Cast, name: str) -> Standing:
    """Somebody without an account, who opened a thread."""
    [pk] = bring_people(community=cast.home, names=[name], now=NOW)
    with transaction.atomic(), staging():
        connect.bring_lines(community=cast.home, lines=[Line(name, pk, "旧话", NOW)], origin="import:2")
        append_staged(community=cast.home)
    return member(cast.home, name)


def offer(cast: Cast, who: Standing) -> str:
    return gather.offer_claim(community=cast.home, member=who, by=cast.operator, now=NOW)


def claim(cast: Cast, token: str, person: Person, days: float = 0) -> int:
    with transaction.atomic():
        pk = gather.claim(community=cast.home, token=token, person=person, now=NOW + timedelta(days=days))
        connect.take_over(community=cast.home, from_id=pk, to=person)
    return pk


def live(cast: Cast, a: int, b: int) -> float:
    there, _ = pair(cast.home, a, b, at=NOW)
    return round(there.live, 9) if there else 0


def test_a_newcomer_gets_place_ties_and_texts(cast: Cast, old: Standing) -> None:
    token = offer(cast, old)
    assert gather.claim_of(community=cast.home, token=token, now=NOW) == "旧人"
    assert claim(cast, token, cast.stranger) == old.person_id
    place = standing(cast.home, cast.stranger)
    assert place is not None
    assert (place.handle, place.is_imported, place.name) == ("旧人", False, "Ann")
    assert (live(cast, cast.stranger.pk, cast.other.pk), live(cast, cast.member.pk, cast.stranger.pk)) == (1, 1)
    assert ties(cast.home, at=NOW)[0].a_id != old.person_id
    said = connect.thread(cast.home, connect.feed(cast.home, reader=None).posts[0].id, reader=cast.stranger).replies
    assert [(r.author.name, r.mine) for r in said] == [("Ann", True), ("苏杭", False)]


def test_a_rebuild_agrees_row_for_row(cast: Cast, old: Standing) -> None:
    claim(cast, offer(cast, old), cast.stranger)
    before = ties(cast.home, at=NOW)
    assert rebuild(community=cast.home) == len(before) == 2
    assert ties(cast.home, at=NOW) == before


def test_a_members_own_ties_are_added_and_the_handle_stays(cast: Cast, old: Standing) -> None:
    record(community=cast.home, acts=[NewAct(cast.core.pk, "reply", NOW, "x", "t", other_id=old.person_id)])
    record(community=cast.home, acts=[NewAct(cast.core.pk, "reply", NOW, "y", "t", other_id=cast.member.pk)])
    claim(cast, offer(cast, old), cast.member)
    assert (live(cast, cast.core.pk, cast.member.pk), live(cast, cast.member.pk, cast.other.pk)) == (2, 1)
    assert live(cast, cast.member.pk, cast.member.pk) == 0
    assert totals(cast.home)["ties"] == 2
    assert list(Membership.objects.filter(person=cast.member).values_list("handle", flat=True)) == ["苏杭"]


def test_acts_that_still_name_the_old_person_count_for_the_new(cast: Cast, old: Standing) -> None:
    claim(cast, offer(cast, old), cast.stranger)
    record(community=cast.home, acts=[NewAct(cast.core.pk, "thank", NOW, "late", "t", other_id=old.person_id)])
    assert live(cast, cast.core.pk, cast.stranger.pk) == 1
    assert acts_of(cast.home, cast.stranger.pk, limit=1)[0].other_id in {cast.stranger.pk, cast.other.pk}


def test_several_lines_are_claimed_by_one(cast: Cast, old: Standing) -> None:
    [pk] = bring_people(community=cast.home, names=["旧号二"], now=NOW)
    record(community=cast.home, acts=[NewAct(pk, "reply", NOW, "z", "t", other_id=cast.other.pk)])
    claim(cast, offer(cast, old), cast.stranger)
    claim(cast, offer(cast, member(cast.home, "旧号二")), cast.stranger)
    assert live(cast, cast.stranger.pk, cast.other.pk) == 2


def test_a_link_is_used_once(cast: Cast, old: Standing) -> None:
    token = offer(cast, old)
    claim(cast, token, cast.stranger)
    for ask in (
        lambda: claim(cast, token, cast.member),
        lambda: gather.claim_of(community=cast.home, token=token, now=NOW),
    ):
        with pytest.raises(LinkExpired) as refused:
            ask()
        assert refused.value.status == 404
    assert Person.objects.get(pk=old.person_id).merged_into_id == cast.stranger.pk


def test_of_two_links_for_the_same_lines_one_counts(cast: Cast, old: Standing) -> None:
    first, second = offer(cast, old), offer(cast, old)
    claim(cast, first, cast.stranger)
    with pytest.raises(LinkExpired):
        claim(cast, second, cast.member)
    assert Claim.objects.filter(used_at=None).count() == 1


def test_a_link_grows_old(cast: Cast, old: Standing) -> None:
    token = offer(cast, old)
    with pytest.raises(LinkExpired):
        claim(cast, token, cast.stranger, days=30)
    assert Person.objects.get(pk=old.person_id).merged_into_id is None
    claim(cast, token, cast.stranger, days=29.9)


@pytest.mark.parametrize("token", ["", "x", "\x00", "\ud800", "长" * 5000])
def test_a_made_up_token_claims_nothing(cast: Cast, old: Standing, token: str) -> None:
    offer(cast, old)
    with pytest.raises(LinkExpired):
        claim(cast, token, cast.stranger)
    with pytest.raises(LinkExpired):
        gather.claim_of(community=cast.home, token=token, now=NOW)


def test_a_rivals_link_claims_nothing_here(cast: Cast, old: Standing) -> None:
    [pk] = bring_people(community=cast.rival, names=["对岸旧人"], now=NOW)
    there = member(cast.rival, "对岸旧人")
    token = gather.offer_claim(community=cast.rival, member=there, by=cast.enemy, now=NOW)
    with pytest.raises(LinkExpired):
        claim(cast, token, cast.stranger)
    with pytest.raises(NotAMember):
        offer(cast, there)
    with pytest.raises(OperatorsOnly):
        gather.offer_claim(community=cast.rival, member=there, by=cast.operator, now=NOW)
    assert Person.objects.get(pk=pk).merged_into_id is None
    assert Claim.objects.count() == 1


def test_who_has_an_account_is_not_offered(cast: Cast) -> None:
    with pytest.raises(NothingToClaim):
        offer(cast, member(cast.home, "苏杭"))
    assert not Claim.objects.exists()


def test_only_founder_and_operators_offer(cast: Cast, old: Standing) -> None:
    for by in (cast.core, cast.member, cast.stranger, cast.enemy):
        with pytest.raises(OperatorsOnly):
            gather.offer_claim(community=cast.home, member=old, by=by, now=NOW)
    assert not Claim.objects.exists()


def test_who_has_no_account_claims_nothing(cast: Cast, old: Standing) -> None:
    token = offer(cast, old)
    with pytest.raises(CannotMerge):
        claim(cast, token, make_person(name="无户"))
    assert Claim.objects.get().used_at is None


@pytest.mark.usefixtures("committed")
def test_two_who_claim_at_once_do_not_share() -> None:
    cast = settle()
    old = bring_old(cast)
    one, two = offer(cast, old), offer(cast, old)
    outcomes = at_once(
        lambda: claim(cast, one, cast.stranger),
        lambda: claim(cast, two, cast.member),
        lambda: claim(cast, one, cast.core),
    )
    assert len(faults(outcomes)) == 2
    assert set(faults(outcomes)) <= {LinkExpired, CannotMerge}
    winner = Person.objects.get(pk=old.person_id).merged_into_id
    assert {t.b_id for t in ties(cast.home, at=NOW)} <= {winner, cast.other.pk}
    assert Claim.objects.exclude(used_at=None).count() == 1
    assert compare(cast.home).is_equal


@pytest.mark.usefixtures("committed")
def test_answers_given_while_lines_are_claimed_are_not_lost() -> None:
    cast = settle()
    old = bring_old(cast)
    token = offer(cast, old)
    root = connect.feed(cast.home, reader=None).posts[0]
    reply = next(r for r in connect.thread(cast.home, root.id, reader=None).replies if r.author.handle == "旧人")
    people = (cast.founder, cast.operator, cast.core)
    outcomes = at_once(
        lambda: claim(cast, token, cast.stranger),
        *[
            lambda p=p: [connect.reply(community=cast.home, to=reply.id, text=f"{i}", by=p, now=NOW) for i in range(6)]
            for p in people
        ],
    )
    assert faults(outcomes) == []
    assert [live(cast, p.pk, cast.stranger.pk) for p in people] == [6, 6, 6]


@pytest.mark.usefixtures("committed")
def test_talk_about_old_lines_goes_on_while_they_are_claimed() -> None:
    cast = settle()
    for claimant in (cast.stranger, cast.core):
        old = bring_opening(cast, f"旧人{claimant.pk}")
        root = connect.feed(cast.home, reader=None, author_id=old.person_id).posts[0].id
        reply = connect.reply(community=cast.home, to=root, text="答", by=cast.other, now=NOW).id
        token = offer(cast, old)
        outcomes = at_once(
            lambda: claim(cast, token, claimant),  # noqa: B023 -- at once
            lambda: [connect.reply(community=cast.home, to=root, text=f"{i}", by=cast.founder, now=NOW) for i in range(4)],  # noqa: B023
            lambda: [each(community=cast.home, post_id=root, by=cast.member, now=NOW) for each in (connect.thank, connect.unthank) * 3],  # noqa: B023
            lambda: connect.delete(community=cast.home, post_id=reply, by=cast.other, now=NOW),  # noqa: B023
        )  # fmt: skip
        assert faults(outcomes) == []
        said = connect.one(cast.home, root, reader=claimant)
        assert (said.mine, said.replies, said.thanks) == (True, 4, 0)
        assert live(cast, cast.founder.pk, claimant.pk) == 4
        assert compare(cast.home).is_equal
