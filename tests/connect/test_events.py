"""Events: answers, seats that hold, a line that moves up, the door that counts once, reminders, calendars."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from icalendar import Calendar

from kith.connect import api as connect
from kith.connect.api import EventDraft, EventValue, Said
from kith.connect.models import Answer, Event
from kith.connect.rules import reminder
from kith.lib.errors import NotFound
from kith.people import api as people
from kith.people.api import Chapter, Person
from tests.conftest import NOW, Cast
from tests.connect.talk import everything, given

SOON = NOW + timedelta(days=10)


def draft(**more: Any) -> EventDraft:
    return EventDraft(**{"title": "山中茶会", "starts_at": SOON, "zone": "Asia/Shanghai", **more})


def hold(cast: Cast, **more: Any) -> Said:
    return connect.hold_event(**{"community": cast.home, "text": "带杯子。", "by": cast.core, "now": NOW, "event": draft(), **more})  # fmt: skip


def says(cast: Cast, made: Said, by: Person, answer: str = "yes", now: Any = NOW) -> str:
    said = connect.answer_event(community=cast.home, post_id=made.id, answer=answer, by=by, now=now)
    assert isinstance(said.extra, EventValue)
    return said.extra.answer


def value(cast: Cast, made: Said, reader: Person | None = None) -> EventValue:
    found = connect.one(cast.home, made.id, reader=reader).extra
    assert isinstance(found, EventValue)
    return found


def told(cast: Cast, kind: str) -> set[int | None]:
    return {d.person_id for d in people.deeds(cast.home) if d.kind == kind}


def test_seats_hold_and_the_line_moves_up_by_itself(cast: Cast) -> None:
    made = hold(cast, event=draft(capacity=1))
    assert [says(cast, made, p) for p in (cast.member, cast.other, cast.founder)] == ["yes", "waiting", "waiting"]
    assert (says(cast, made, cast.other), says(cast, made, cast.operator, "maybe")) == ("waiting", "maybe")
    found = connect.own_answer(cast.home, made.id, cast.founder)
    assert found
    assert (found.answer, found.nth) == ("waiting", 2)
    says(cast, made, cast.member, "no", NOW + timedelta(hours=1))
    seats = value(cast, made, cast.other)
    assert (seats.answer, seats.going, seats.waiting) == ("yes", 1, 1)
    assert told(cast, "connect.seat_freed") == {cast.other.pk}
    connect.amend_event(community=cast.home, post_id=made.id, event=draft(capacity=3), by=cast.core, now=NOW)
    assert (value(cast, made, cast.founder).answer, value(cast, made).waiting) == ("yes", 0)
    assert told(cast, "connect.event_moved") == set()
    with pytest.raises(connect.SeatsTaken):
        connect.amend_event(community=cast.home, post_id=made.id, event=draft(capacity=1), by=cast.core, now=NOW)


def test_the_database_gives_no_seat_twice(cast: Cast) -> None:
    made = hold(cast, event=draft(capacity=1))
    says(cast, made, cast.member)
    with pytest.raises(IntegrityError, match="connect_event_no_more_than_seats"), transaction.atomic():
        Event.objects.filter(pk=made.id).update(going=2)


def test_the_door_counts_once_and_coming_is_an_act_toward_the_host(cast: Cast) -> None:
    made, day = hold(cast), SOON - timedelta(hours=2)
    says(cast, made, cast.member)
    mine = connect.own_answer(cast.home, made.id, cast.member)
    assert mine
    with pytest.raises(connect.TooEarly):
        connect.let_in(community=cast.home, post_id=made.id, who=mine.code, by=cast.core, now=NOW)
    firsts = [
        connect.let_in(community=cast.home, post_id=made.id, who=who, by=cast.core, now=day).is_first
        for who in (mine.code.lower(), mine.code, "@苏杭", "赵穗")
    ]
    assert (firsts, value(cast, made).arrived) == ([True, False, False, True], 2)
    assert given(cast, cast.member) == [("attend", cast.core.pk)]
    came = [(g.who.name, g.arrived_at) for g in connect.guests(cast.home, made.id)]
    assert came == [("苏杭", day), ("赵穗", day)]
    for who, by, refusal in (("ZZZZ", cast.core, connect.NotAGuest), (mine.code, cast.other, connect.HostsOnly)):
        with pytest.raises(refusal):
            connect.let_in(community=cast.home, post_id=made.id, who=who, by=by, now=day)


def test_who_answered_is_told_of_a_move_and_of_the_end(cast: Cast) -> None:
    made = hold(cast, event=draft(link="https://example.org/room"))
    says(cast, made, cast.member)
    says(cast, made, cast.other, "no")
    assert (value(cast, made, cast.member).link, value(cast, made, cast.other).link) == ("https://example.org/room", "")
    later = draft(starts_at=SOON + timedelta(days=1), place="杭州")
    connect.amend_event(community=cast.home, post_id=made.id, event=later, by=cast.operator, now=NOW)
    assert (told(cast, "connect.event_moved"), value(cast, made).place) == ({cast.member.pk}, "杭州")
    connect.cancel_event(community=cast.home, post_id=made.id, reason="下雨", by=cast.core, now=NOW)
    assert (told(cast, "connect.event_cancelled"), value(cast, made).cancel_reason) == ({cast.member.pk}, "下雨")
    with pytest.raises(connect.EventOver):
        says(cast, made, cast.other)


def test_who_comes_is_reminded_a_day_and_an_hour_before_once(cast: Cast) -> None:
    made = hold(cast)
    says(cast, made, cast.member)
    says(cast, made, cast.other, "maybe")
    moments = [SOON - timedelta(hours=h) for h in (25, 24, 20, 1, 0)]
    assert [connect.remind(now=m) for m in moments] == [0, 2, 0, 2, 0]
    words = [d.detail["hours"] for d in people.deeds(cast.home) if d.kind == "connect.event_soon"]
    assert sorted(words) == [1, 1, 24, 24]


@pytest.mark.parametrize(("hours", "due"), [(25, 0), (24, 1), (1.1, 1), (1, 2), (0, 0), (-1, 0)])
def test_a_reminder_is_due_by_what_is_left(hours: float, due: int) -> None:
    assert reminder(NOW + timedelta(hours=hours), NOW) == due


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"title": " "}, connect.NoTitle),
        ({"starts_at": None}, connect.NoStart),
        ({"starts_at": NOW}, connect.EventInPast),
        ({"ends_at": SOON}, connect.EndsBeforeStart),
        ({"zone": "Mars/Olympus"}, connect.UnknownZone),
        ({"capacity": 0}, connect.BadCapacity),
        ({"link": "javascript:1"}, connect.BadEventLink),
        ({"chapter": "火星"}, connect.NoSuchChapter),
    ],
)
def test_an_event_that_cannot_be_is_refused_and_nothing_changes(cast: Cast, change: dict[str, Any], refusal: type) -> None:  # fmt: skip
    before = everything(cast)
    with pytest.raises(refusal):
        hold(cast, event=draft(**change))
    assert everything(cast) == before


def test_events_are_listed_by_when_they_are_and_by_chapter(cast: Cast) -> None:
    Chapter.objects.create(community=cast.home, name="杭州")
    far = hold(cast, event=draft(starts_at=SOON + timedelta(days=9)))
    near = hold(cast, event=draft(chapter="杭州"), text="二")
    assert listed(cast) == [near.id, far.id]
    assert listed(cast, chapter="杭州") == [near.id]
    after = SOON + timedelta(days=1)
    assert (listed(cast, now=after), listed(cast, now=after, is_past=True)) == ([far.id], [near.id])
    assert connect.events(community=cast.rival, reader=None, now=NOW).events == []


def listed(cast: Cast, **chosen: Any) -> list[int]:
    return [s.id for s in connect.events(**{"community": cast.home, "reader": None, "now": NOW, **chosen}).events]


def test_a_calendar_has_a_secret_address_that_ends(cast: Cast) -> None:
    made, other = hold(cast, event=draft(place="径山")), hold(cast, text="二", event=draft(title="二"))
    says(cast, made, cast.member)
    secret = connect.open_calendar(community=cast.home, by=cast.member, now=NOW)
    assert summaries(secret, is_own=True) == ["山中茶会"]
    assert summaries(secret, is_own=False) == ["山中茶会", "二"]
    connect.cancel_event(community=cast.home, post_id=other.id, by=cast.core, now=NOW)
    one = connect.event_calendar(community=cast.home, post_id=other.id, reader=None, host="http://kith.test", now=NOW)
    [entry] = Calendar.from_ical(one).walk("VEVENT")
    assert (entry["STATUS"], entry["SEQUENCE"], str(entry["UID"])) == (
        "CANCELLED",
        1,
        f"kith-shanye-{other.id}@kith.test",
    )
    assert entry.decoded("DTSTART").astimezone(NOW.tzinfo) == SOON
    newer = connect.open_calendar(community=cast.home, by=cast.member, now=NOW)
    with pytest.raises(NotFound):
        summaries(secret, is_own=True)
    people.remove_members(community=cast.home, person_ids=[cast.member.pk])
    with pytest.raises(NotFound):
        summaries(newer, is_own=True)


def summaries(secret: str, *, is_own: bool) -> list[str]:
    found = connect.calendar_of(secret=secret, is_own=is_own, host="http://kith.test", now=NOW)
    return [str(e["SUMMARY"]) for e in Calendar.from_ical(found).walk("VEVENT")]


def test_an_event_of_one_community_is_none_of_another(cast: Cast) -> None:
    made = hold(cast)
    with pytest.raises(connect.NotAnEvent):
        connect.answer_event(community=cast.rival, post_id=made.id, answer="yes", by=cast.enemy, now=NOW)
    with pytest.raises(connect.MembersOnly):
        says(cast, made, cast.stranger)
    with pytest.raises(connect.UnknownAnswer):
        says(cast, made, cast.member, "perhaps")
    assert Answer.objects.count() == 0
