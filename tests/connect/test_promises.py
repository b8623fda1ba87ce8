"""Who said they come and came, who began a challenge and kept it up: told to see as numbers, and shown as promises."""

from datetime import date, datetime, timedelta

import pytest

from kith.connect import api as connect
from kith.connect.api import EventDraft
from kith.connect.rules.promises import kept_up
from kith.people.api import Person
from kith.see import api as see
from kith.see.api import Tally
from tests.conftest import NOW, Cast

DAY = timedelta(days=1)
SOON = NOW + 3 * DAY
FIRST = date(2026, 11, 20)


def event(cast: Cast, *guests: Person, came: tuple[Person, ...] = (), starts_at: datetime = SOON) -> int:
    held = EventDraft(title="茶会", starts_at=starts_at, zone="Asia/Shanghai")
    made = connect.hold_event(community=cast.home, text="带杯子。", by=cast.core, now=NOW, event=held).id
    for guest in guests:
        connect.answer_event(community=cast.home, post_id=made, answer="yes", by=guest, now=NOW)
    for guest in came:
        who = next(g.who.handle for g in connect.guests(cast.home, made) if g.who.name == guest.name)
        connect.let_in(community=cast.home, post_id=made, who=who, by=cast.core, now=starts_at)
    return made


def told(cast: Cast, now: datetime = SOON + 2 * DAY) -> tuple[Tally, ...]:
    connect.tell_promises(community=cast.home, now=now)
    return see.report(cast.home, now=now).findings.crises["execution"].rows


def test_of_seats_it_counts_who_came_where_a_door_was_kept(cast: Cast) -> None:
    made = event(cast, cast.member, cast.other, cast.founder, came=(cast.member,))
    event(cast, cast.member)  # nobody was let in: nobody knows who came
    connect.answer_event(community=cast.home, post_id=made, answer="no", by=cast.founder, now=NOW + DAY)
    assert told(cast) == (Tally("event", f"post:{made}", SOON, 1, 2),)


def test_an_event_counts_once_it_is_over_and_not_when_it_was_cancelled_or_deleted(cast: Cast) -> None:
    kept, called_off, gone = (event(cast, cast.member, came=(cast.member,)) for _ in range(3))
    connect.cancel_event(community=cast.home, post_id=called_off, reason="雨", by=cast.core, now=NOW)
    connect.delete(community=cast.home, post_id=gone, by=cast.core, now=NOW)
    assert connect.tell_promises(community=cast.home, now=SOON + DAY) is False
    assert [t.source for t in told(cast)] == [f"post:{kept}"]


def test_a_challenge_counts_who_began_and_kept_it_up_once_it_is_over(cast: Cast) -> None:
    made = connect.start_challenge(
        community=cast.home, text="早起\n七点前", by=cast.member, now=NOW, starts_on=FIRST, ends_on=FIRST + 4 * DAY, prizes=[]
    ).id  # fmt: skip
    for person, days in ((cast.other, (0, 1, 2, 4)), (cast.core, (0, 1, 2)), (cast.founder, (4,))):
        for n in days:
            connect.check_in(community=cast.home, post_id=made, text="做了", by=person, now=NOW + n * DAY)
    assert connect.tell_promises(community=cast.home, now=NOW + 4 * DAY) is False
    [found] = told(cast, NOW + 6 * DAY)
    assert (found.name, found.source, found.kept, found.of) == ("checkin", f"post:{made}", 2, 3)
    assert found.at.date() == FIRST + 4 * DAY


@pytest.mark.parametrize(("days", "kept"), [(8, True), (7, False)])
def test_kept_up_is_four_days_of_five(days: int, kept: bool) -> None:  # noqa: FBT001 -- a table
    assert kept_up(days, FIRST, FIRST + 9 * DAY) is kept


def test_telling_again_changes_nothing_and_a_change_has_the_report_made_anew(cast: Cast) -> None:
    now = SOON + 2 * DAY
    first = event(cast, cast.member, cast.other, came=(cast.member,))
    assert connect.tell_every_promise(now=now) == 1
    assert connect.tell_every_promise(now=now) == 0
    assert len(told(cast, now)) == 1
    event(cast, cast.other, came=(cast.other,))
    assert connect.tell_every_promise(now=now) == 1
    connect.delete(community=cast.home, post_id=first, by=cast.core, now=now)
    assert connect.tell_every_promise(now=now) == 1
    later = see.report(cast.home, now=now + timedelta(minutes=10)).findings.crises["execution"].rows
    assert [t.of for t in later] == [1]
