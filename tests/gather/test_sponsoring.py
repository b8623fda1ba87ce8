"""An application names a member who vouches; they say yes or no; who decides sees it."""

import pytest

from kith.energy.api import acts_of
from kith.gather import api as gather
from kith.gather.api import Applied, NoSuchSponsor, NotNamed, SponsorAnswered, SponsorMissing
from kith.people.api import amend, deeds
from tests.conftest import NOW, Cast


def apply(cast: Cast, sponsor: str = "@苏杭") -> Applied:
    return gather.apply(community=cast.home, person=cast.stranger, answers=["想来"], sponsor=sponsor, now=NOW)


def answer(cast: Cast, made: Applied, *, yes: bool = True) -> None:
    gather.answer_sponsorship(community=cast.home, application_id=made.id, yes=yes, by=cast.member, now=NOW)


def test_who_is_named_is_asked_and_vouches_once(cast: Cast) -> None:
    made = apply(cast)
    assert (made.sponsor, made.sponsor_state, gather.count_sponsorships(cast.home, cast.member.pk)) == (
        "苏杭",
        "asked",
        1,
    )
    for by in (cast.other, cast.founder):
        with pytest.raises(NotNamed):
            gather.answer_sponsorship(community=cast.home, application_id=made.id, yes=True, by=by, now=NOW)
    answer(cast, made)
    with pytest.raises(SponsorAnswered):
        answer(cast, made, yes=False)
    [waits] = gather.waiting(cast.home)
    assert (waits.sponsor_state, gather.count_sponsorships(cast.home, cast.member.pk)) == ("confirmed", 0)
    gather.decide(community=cast.home, application_id=made.id, admit=True, by=cast.operator, now=NOW)
    assert [(a.kind, a.actor_id) for a in acts_of(cast.home, cast.stranger.pk) if a.kind == "sponsor"] == [
        ("sponsor", cast.member.pk)
    ]
    came = gather.host_of(cast.home, cast.stranger.pk)
    assert came
    assert (came.host_id, came.way) == (cast.member.pk, "sponsor")
    told = [(d.kind, d.person_id) for d in deeds(cast.home, kinds=("gather.sponsor_asked", "gather.sponsor_confirmed"))]
    assert told == [("gather.sponsor_confirmed", cast.stranger.pk), ("gather.sponsor_asked", cast.member.pk)]


def test_who_declines_brings_nobody(cast: Cast) -> None:
    made = apply(cast)
    answer(cast, made, yes=False)
    done = gather.decide(community=cast.home, application_id=made.id, admit=True, by=cast.operator, now=NOW)
    assert (done.sponsor_state, done.decided_by, gather.host_of(cast.home, cast.stranger.pk)) == (
        "declined",
        "Olga",
        None,
    )
    with pytest.raises(SponsorAnswered):
        answer(cast, made)


def test_a_hidden_community_tells_no_stranger_who_is_a_member(cast: Cast) -> None:
    made = apply(cast, "无此人")
    assert (made.sponsor_named, made.sponsor_id, made.sponsor_state) == ("无此人", None, "")


def test_a_public_one_says_that_nobody_is_called_so(cast: Cast) -> None:
    amend(community=cast.home, visible_to="public")
    cast.home.refresh_from_db()
    with pytest.raises(NoSuchSponsor):
        apply(cast, "无此人")
    assert gather.waiting(cast.home) == []


def test_a_community_may_want_a_sponsor(cast: Cast) -> None:
    gather.set_limits(community=cast.home, changes={"needs_sponsor": 1}, by=cast.founder, now=NOW)
    with pytest.raises(SponsorMissing):
        apply(cast, " @ ")
    assert apply(cast).sponsor == "苏杭"
