"""Mutes, bans and limits: named, until a moment, enforced wherever somebody writes or comes in."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.connect import api as connect
from kith.connect.api import AlreadyRead, HeldForReading, NotWhileNew
from kith.connect.models import Space
from kith.gather import api as gather
from kith.gather import rules
from kith.gather.api import (
    AlreadyLifted,
    BadDays,
    BadLimit,
    Banned,
    BannedForGood,
    Limits,
    LinkExpired,
    Muted,
    MutedForGood,
    NoReason,
    NotOverStaff,
    OperatorsOnly,
    Pace,
    SlowMode,
    TooManyLinks,
    TooManyTexts,
    UnknownSanction,
)
from kith.people.api import LastFounder, Person, deeds, standing
from tests.conftest import NOW, Cast


def at(days: float = 0, seconds: float = 0) -> Any:
    return NOW + timedelta(days=days, seconds=seconds)


def sanction(cast: Cast, kind: str, person: Person, by: Person | None = None, **more: Any) -> gather.SanctionValue:
    wanted: dict[str, Any] = {"reason": "刷屏", "days": 3, "now": NOW} | more
    return gather.sanction(community=cast.home, kind=kind, person_id=person.pk, by=by or cast.operator, **wanted)


def say(cast: Cast, person: Person, now: Any = NOW, text: str = "大家好", **more: Any) -> connect.Said:
    return connect.post(community=cast.home, text=text, by=person, now=now, **more)


def limit(cast: Cast, **changes: int | None) -> Limits:
    return gather.set_limits(community=cast.home, changes=changes, by=cast.operator, now=NOW)


def test_who_is_muted_reads_and_does_not_write_until_then(cast: Cast) -> None:
    post = say(cast, cast.member)
    sanction(cast, "mute", cast.member)
    writes: list[Callable[[], object]] = [
        lambda: say(cast, cast.member),
        lambda: connect.reply(community=cast.home, to=post.id, text="我", by=cast.member, now=NOW),
        lambda: connect.edit(community=cast.home, post_id=post.id, text="改", by=cast.member, now=NOW),
        lambda: connect.thank(community=cast.home, post_id=say(cast, cast.other).id, by=cast.member, now=NOW),
    ]
    for write in writes:
        with pytest.raises(Muted, match="2026-11-23 20:00:00"):
            write()
    with pytest.raises(Muted) as refused:
        say(cast, cast.member)
    assert refused.value.facts == {"until": "2026-11-23 20:00:00", "reason": "刷屏"}  # the clock of the server
    assert connect.one(cast.home, post.id, reader=cast.member).mine
    assert say(cast, cast.member, at(days=3)).text == "大家好"


def test_a_mute_without_an_end_is_lifted_once(cast: Cast) -> None:
    made = sanction(cast, "mute", cast.member, days=None)
    with pytest.raises(MutedForGood):
        say(cast, cast.member, at(days=3000))
    done = gather.lift(community=cast.home, sanction_id=made.id, by=cast.founder, now=NOW)
    assert (done.lifted_by, done.runs(NOW), say(cast, cast.member).text) == ("罗", False, "大家好")
    with pytest.raises(AlreadyLifted):
        gather.lift(community=cast.home, sanction_id=made.id, by=cast.founder, now=NOW)
    assert [d.kind for d in deeds(cast.home)] == ["gather.unmuted", "gather.muted"]


def test_who_is_banned_leaves_and_no_door_lets_them_back(cast: Cast) -> None:
    gather.set_limits(community=cast.home, changes={"invites": 5}, by=cast.founder, now=NOW)
    sanction(cast, "ban", cast.member, days=30)
    assert standing(cast.home, cast.member) is None
    token = gather.invite(community=cast.home, by=cast.founder, now=NOW, days=60)
    with pytest.raises(Banned) as refused:
        gather.accept_invitation(community=cast.home, token=token, person=cast.member, now=at(days=29))
    assert refused.value.facts["reason"] == "刷屏"
    with pytest.raises(Banned):
        gather.apply(community=cast.home, person=cast.member, answers=["求情"], now=NOW)
    assert gather.waiting(cast.home) == []
    gather.accept_invitation(community=cast.home, token=token, person=cast.member, now=at(days=30))
    assert standing(cast.home, cast.member)


def test_a_new_measure_replaces_the_one_that_runs(cast: Cast) -> None:
    sanction(cast, "mute", cast.member)
    sanction(cast, "mute", cast.member, days=10, reason="再犯")
    assert [(s.reason, s.runs(NOW)) for s in gather.sanctions(cast.home)] == [("再犯", True), ("刷屏", False)]
    sanction(cast, "ban", cast.member, days=None)
    with pytest.raises(BannedForGood):
        gather.check_not_banned(cast.home, cast.member, at(days=3000))


def test_a_ban_uses_up_their_invitations(cast: Cast) -> None:
    token = gather.invite(community=cast.home, by=cast.operator, now=NOW)
    sanction(cast, "ban", cast.operator, by=cast.founder)
    with pytest.raises(LinkExpired):
        gather.accept_invitation(community=cast.home, token=token, person=cast.stranger, now=NOW)


def test_measures_are_taken_downward_and_with_a_reason(cast: Cast) -> None:
    for by in (cast.core, cast.member, cast.stranger, cast.enemy):
        with pytest.raises(OperatorsOnly):
            sanction(cast, "mute", cast.other, by=by)
    for by, person in ((cast.operator, cast.operator), (cast.operator, cast.founder), (cast.founder, cast.founder)):
        with pytest.raises((NotOverStaff, LastFounder)):
            sanction(cast, "ban", person, by=by)
    for wrong, refusal in (({"reason": " \u200b"}, NoReason), ({"days": 0}, BadDays), ({"days": 4000}, BadDays)):
        with pytest.raises(refusal):
            sanction(cast, "mute", cast.member, **wrong)
    with pytest.raises(UnknownSanction):
        sanction(cast, "flog", cast.member)
    assert (gather.sanctions(cast.home), deeds(cast.home)) == ([], [])


def test_slow_mode_names_the_moment_and_binds_no_staff(cast: Cast) -> None:
    limit(cast, slow_seconds=60)
    say(cast, cast.member)
    with pytest.raises(SlowMode) as refused:
        say(cast, cast.member, at(seconds=20), text="又来")
    assert (refused.value.status, refused.value.facts["seconds"]) == (429, 41)
    say(cast, cast.member, at(seconds=60), text="又来")
    for n in range(3):
        say(cast, cast.core, text=f"{n}")


def test_a_space_has_a_slow_mode_of_its_own(cast: Cast) -> None:
    connect.open_space(community=cast.home, name="闲聊")
    Space.objects.filter(community=cast.home, name="闲聊").update(slow_seconds=300)
    first = say(cast, cast.member, space="闲聊")
    with pytest.raises(SlowMode):
        connect.reply(community=cast.home, to=first.id, text="又", by=cast.member, now=at(seconds=299))
    assert say(cast, cast.member, at(seconds=10)).space == ""


def test_a_flood_waits_and_edits_are_no_flood(cast: Cast) -> None:
    limit(cast, per_minute=3)
    posts = [say(cast, cast.member, text=f"{n}") for n in range(3)]
    with pytest.raises(TooManyTexts):
        say(cast, cast.member, text="四")
    for n in range(5):
        connect.edit(community=cast.home, post_id=posts[0].id, text=f"改{n}", by=cast.member, now=NOW)
    assert say(cast, cast.member, at(seconds=61), text="四").text == "四"


def test_newcomers_send_few_links(cast: Cast) -> None:
    limit(cast, first_texts=2, first_links=1)
    two = "https://a.example http://b.example"
    with pytest.raises(TooManyLinks) as refused:
        say(cast, cast.member, text=two)
    assert refused.value.facts == {"texts": 2, "limit": 1}
    post = say(cast, cast.member, text="www.a.example")
    with pytest.raises(TooManyLinks):
        connect.edit(community=cast.home, post_id=post.id, text=two, by=cast.member, now=NOW)
    say(cast, cast.member, text="二")
    assert say(cast, cast.member, text=two).text == two


def test_first_texts_wait_for_a_reader_and_nobody_sees_them(cast: Cast) -> None:
    limit(cast, first_texts=1, holds_first=1)
    for _ in range(2):  # sent twice, kept once
        with pytest.raises(HeldForReading, match="appears once it is read"):
            say(cast, cast.member, text="第一次", key="0b2f6e0c-7d3c-4d9b-9a3f-0a4f0b1f2c3d")
    [waits] = connect.held(cast.home)
    assert (waits.author, waits.text, connect.count_held(cast.home)) == ("苏杭", "第一次", 1)
    assert connect.feed(cast.home, reader=cast.founder).posts == []
    assert [h.id for h in connect.held_of(cast.home, cast.member)] == [waits.id]
    for by in (cast.member, cast.core, cast.enemy):
        with pytest.raises(OperatorsOnly):
            connect.approve_held(community=cast.home, held_id=waits.id, by=by, now=NOW)
    with pytest.raises(connect.HeldGone):
        connect.approve_held(community=cast.rival, held_id=waits.id, by=cast.enemy, now=NOW)
    done = connect.approve_held(community=cast.home, held_id=waits.id, by=cast.operator, now=at(days=1))
    said = connect.one(cast.home, done.post_id or 0, reader=None)
    assert (said.author.name, said.text, said.at, said.mine) == ("苏杭", "第一次", at(days=1), False)
    with pytest.raises(AlreadyRead):
        connect.decline_held(community=cast.home, held_id=waits.id, by=cast.operator, now=NOW)
    assert say(cast, cast.member, text="第二次").text == "第二次"
    assert deeds(cast.home)[0].person_id == cast.member.pk


def test_a_held_reply_goes_to_its_thread_and_a_declined_one_tells_why(cast: Cast) -> None:
    root = say(cast, cast.core)
    limit(cast, first_texts=1, holds_first=1)
    for text in ("好", "广告"):
        with pytest.raises(HeldForReading):
            connect.reply(community=cast.home, to=root.id, text=text, by=cast.member, now=NOW)
    good, bad = connect.held(cast.home)
    connect.decline_held(community=cast.home, held_id=bad.id, by=cast.operator, now=NOW, reason="不卖货")
    connect.approve_held(community=cast.home, held_id=good.id, by=cast.operator, now=NOW)
    assert [r.text for r in connect.thread(cast.home, root.id, reader=None).replies] == ["好"]
    assert [(h.state, h.reason) for h in connect.held_of(cast.home, cast.member)] == [("declined", "不卖货")]
    limit(cast, first_texts=5)
    with pytest.raises(NotWhileNew):
        connect.edit(community=cast.home, post_id=root.id + 1, text="换", by=cast.member, now=NOW)


def test_limits_stay_within_bounds_and_an_open_community_begins_careful(cast: Cast) -> None:
    assert limit(cast, slow_seconds=5, first_links=None) == Limits(slow_seconds=5)
    assert gather.limits(cast.home).slow_seconds == 5
    for wrong in ({"per_minute": 0}, {"slow_seconds": 86_401}, {"per_hour": None}, {"first_links": -1}):
        with pytest.raises(BadLimit):
            limit(cast, **wrong)
    with pytest.raises(OperatorsOnly):
        gather.set_limits(community=cast.home, changes={}, by=cast.core, now=NOW)
    assert (rules.default_limits("open").first_links, gather.limits(cast.rival).first_links) == (2, None)


@given(st.integers(0, 500), st.integers(0, 500), st.integers(0, 5000), st.integers(0, 5000))
def test_nobody_waits_longer_than_the_slower_of_two_slow_modes(all_: int, here: int, ago: int, ago_here: int) -> None:
    pace = Pace(last_at=at(seconds=-ago), last_here_at=at(seconds=-ago_here), slow_seconds=here)
    until = rules.slow_until(Limits(slow_seconds=all_), pace, NOW)
    waits = max(all_ - ago if all_ else 0, here - ago_here if here else 0, 0)
    assert (until - NOW if until else timedelta()).total_seconds() == waits
