"""Check-ins: one a day, make-ups, the best, who is ranked, what stands in the book."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from kith.connect import api as connect
from kith.connect.models import Checkin
from kith.energy import api as energy
from kith.people import api as people
from kith.people.api import Person
from tests.conftest import NOW, Cast

TODAY = date(2026, 11, 20)


def started(cast: Cast, **more: Any) -> int:
    facts: dict[str, Any] = {"starts_on": TODAY, "ends_on": TODAY + timedelta(days=20), "prizes": ["2 → 书签"], **more}
    return connect.start_challenge(community=cast.home, text="早起\n七点前", by=cast.member, now=NOW, **facts).id


def day(n: int) -> datetime:
    return NOW + timedelta(days=n)


def did(cast: Cast, post_id: int, by: Person, n: int = 0, **more: Any) -> connect.ChallengePage:
    return connect.check_in(community=cast.home, post_id=post_id, text=f"第{n}天", by=by, now=day(n), **more)


def test_a_day_is_checked_in_once_and_said_in_the_thread(cast: Cast) -> None:
    challenge = started(cast)
    page = did(cast, challenge, cast.other)
    assert (page.is_done_today, page.mine and page.mine.now) == (True, 1)
    with pytest.raises(connect.CheckedInAlready):
        did(cast, challenge, cast.other)
    assert [r.text for r in connect.thread(cast.home, challenge, reader=None).replies] == ["第0天"]
    row = Checkin.objects.get()
    with pytest.raises(IntegrityError, match="connect_checkin_once_a_day"), transaction.atomic():
        Checkin.objects.create(challenge=row.challenge, person=cast.other, on=row.on, at=NOW)


def test_a_day_begins_at_midnight_of_the_servers_clock(cast: Cast) -> None:
    challenge = started(cast)
    before, after = (
        datetime.fromisoformat("2026-11-20T23:59:00+08:00"),
        datetime.fromisoformat("2026-11-21T00:01:00+08:00"),
    )
    facts: dict[str, Any] = {"community": cast.home, "post_id": challenge, "text": "在", "by": cast.other}
    connect.check_in(**facts, now=before)
    page = connect.check_in(**facts, now=after)
    assert page.mine
    assert page.mine.now == 2


def test_taking_part_is_one_act_however_many_days(cast: Cast) -> None:
    challenge = started(cast)
    for n in range(3):
        did(cast, challenge, cast.other, n)
    acts = sorted((a.kind, a.weight, a.other_id) for a in energy.acts_of(cast.home, cast.other.pk))
    assert acts == [("attend", 1.0, cast.member.pk), *[("post", 0.0, None)] * 3]


def test_so_many_missed_days_are_made_up(cast: Cast) -> None:
    challenge = started(cast, makeups=1)
    page = did(cast, challenge, cast.other, 2)
    assert page.missed == (TODAY + timedelta(days=1), TODAY)
    page = did(cast, challenge, cast.other, 2, on=TODAY + timedelta(days=1))
    assert (page.mine and page.mine.now, page.makeups_left, page.missed) == (2, 0, ())
    with pytest.raises(connect.NoMakeups):
        did(cast, challenge, cast.other, 2, on=TODAY)
    for on in (TODAY - timedelta(days=1), TODAY + timedelta(days=3)):
        with pytest.raises(connect.NotRunning):
            did(cast, challenge, cast.other, 2, on=on)
    assert len(connect.thread(cast.home, challenge, reader=None).replies) == 2  # what was refused was not said


def test_who_hides_is_ranked_for_nobody_and_a_ranking_can_be_hidden(cast: Cast) -> None:
    challenge = started(cast)
    did(cast, challenge, cast.other)
    did(cast, challenge, cast.core)
    people.choose_sight(community=cast.home, person_id=cast.core.pk, hides_rank=True, refuses_measures=False)
    see: dict[str, Any] = {"now": NOW}
    assert [r.name for r in connect.challenge(cast.home, challenge, reader=cast.core, **see).ranking] == ["赵穗"]
    with pytest.raises(connect.OnlyTheStarter):
        connect.hide_ranking(community=cast.home, post_id=challenge, by=cast.other, now=NOW, is_hidden=True)
    connect.hide_ranking(community=cast.home, post_id=challenge, by=cast.member, now=NOW, is_hidden=True)
    assert connect.challenge(cast.home, challenge, reader=cast.other, **see).ranking == ()
    assert len(connect.challenge(cast.home, challenge, reader=cast.member, **see).ranking) == 1


def test_who_started_it_features_and_sees_who_earned_what(cast: Cast) -> None:
    challenge = started(cast)
    for n in range(2):
        did(cast, challenge, cast.other, n)
    reply = connect.thread(cast.home, challenge, reader=None).replies[0].id
    page = connect.feature_checkin(community=cast.home, post_id=challenge, reply_id=reply, by=cast.member, now=day(1))
    assert page.featured == (reply,)
    with pytest.raises(connect.NoSuchCheckin):
        connect.feature_checkin(community=cast.home, post_id=challenge, reply_id=challenge, by=cast.member, now=NOW)
    (won,) = connect.prize_list(community=cast.home, post_id=challenge, by=cast.operator)
    assert (won.prize.name, won.name, won.on) == ("书签", "赵穗", TODAY + timedelta(days=1))
    with pytest.raises(connect.OnlyTheStarter):
        connect.prize_list(community=cast.home, post_id=challenge, by=cast.other)


def test_a_challenge_needs_days_to_come(cast: Cast) -> None:
    for span in (
        {"ends_on": TODAY - timedelta(days=1)},
        {"starts_on": TODAY + timedelta(days=30)},
        {"ends_on": TODAY + timedelta(days=400)},
    ):
        with pytest.raises(connect.BadChallenge):
            started(cast, **span)
    with pytest.raises(connect.NotAChallenge):
        connect.challenge(cast.rival, started(cast), reader=cast.enemy, now=NOW)
