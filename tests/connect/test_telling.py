"""People are told what concerns them, once each, as they want it; and nobody of what they may not know."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from kith.connect import api as connect
from kith.connect import rules
from kith.connect.api import Ears
from kith.connect.models import Notice
from kith.energy.api import append_staged, staging
from kith.gather import api as gather
from kith.people.api import Person, note_deed
from tests.conftest import NOW, Cast, until_settled
from tests.connect.talk import answer, say

LATER = NOW + timedelta(minutes=5)
HOME = "Asia/Shanghai"


def told(cast: Cast, person: Person) -> list[tuple[str, str, int]]:
    """Return (kind, subject, people) of what somebody was told, newest first."""
    found = connect.notices(cast.home, person).bundles
    return [(b.kind, b.subject, b.people) for b in found]


def unread(cast: Cast, person: Person) -> int:
    return Notice.objects.filter(community=cast.home, person=person, read_at=None).count()


def test_a_thread_tells_each_what_concerns_them_once(cast: Cast) -> None:
    ask = say(cast, cast.member, "谁有车？@何以南", kind="ask").id
    first = answer(cast, cast.other, ask, "我有 @苏杭").id
    second = answer(cast, cast.core, first, "我也有").id
    connect.accept(community=cast.home, post_id=ask, answer_id=second, by=cast.member, now=NOW)
    assert told(cast, cast.core) == [("answer", f"post:{second}", 1), ("mention", f"post:{ask}", 1)]
    assert told(cast, cast.other) == [("reply", f"post:{second}", 1)]
    assert told(cast, cast.member) == [("reply", f"post:{second}", 2)]
    assert told(cast, cast.founder) == []


def test_thanks_come_as_one_and_go_when_taken_back(cast: Cast) -> None:
    post = say(cast, cast.member).id
    for person in (cast.core, cast.other, cast.founder):
        connect.thank(community=cast.home, post_id=post, by=person, now=NOW)
    assert told(cast, cast.member) == [("thank", f"post:{post}", 3)]
    connect.unthank(community=cast.home, post_id=post, by=cast.other, now=NOW)
    assert told(cast, cast.member) == [("thank", f"post:{post}", 2)]
    connect.delete(community=cast.home, post_id=post, by=cast.member, now=NOW)
    assert told(cast, cast.member) == []


def test_an_edit_calls_only_who_is_new_in_it(cast: Cast) -> None:
    post = say(cast, cast.member, "@何以南 来").id
    connect.edit(community=cast.home, post_id=post, text="@何以南 @赵穗 来", by=cast.member, now=NOW)
    assert (len(told(cast, cast.core)), len(told(cast, cast.other))) == (1, 1)


def test_a_muted_thread_is_silent_and_sends_no_mail(cast: Cast) -> None:
    post = say(cast, cast.member).id
    answer(cast, cast.other, post)
    connect.mute(community=cast.home, by=cast.member, post_id=post, on=True)
    answer(cast, cast.core, post, "@苏杭 在吗")
    assert told(cast, cast.member) == [("reply", told(cast, cast.member)[0][1], 1)]
    assert connect.mails_due(now=LATER) == []
    connect.mute(community=cast.home, by=cast.member, post_id=post, on=False)
    answer(cast, cast.core, post, "又来")
    assert told(cast, cast.member)[0][2] == 2


def test_each_kind_is_heard_as_wished_and_a_space_goes_before_the_rest(cast: Cast) -> None:
    connect.open_space(community=cast.home, name="茶")
    connect.wish(community=cast.home, by=cast.member, kind="reply", way="off")
    connect.wish(community=cast.home, by=cast.member, kind="reply", way="mail", space="茶")
    plain, tea = say(cast, cast.member).id, say(cast, cast.member, "茶", space="茶").id
    for post in (plain, tea):
        answer(cast, cast.other, post)
    assert [n.root_id for n in Notice.objects.filter(person=cast.member)] == [tea]
    connect.wish(community=cast.home, by=cast.member, kind="reply", way="", space="茶")
    answer(cast, cast.core, tea)
    assert unread(cast, cast.member) == 1
    assert connect.wishes(cast.home, cast.member)["reply", ""] == "off"


def test_who_watches_a_space_hears_of_its_new_posts(cast: Cast) -> None:
    connect.open_space(community=cast.home, name="茶")
    connect.wish(community=cast.home, by=cast.other, kind="post", way="bell", space="茶")
    say(cast, cast.member)
    tea = say(cast, cast.member, "茶", space="茶").id
    assert told(cast, cast.other) == [("post", f"post:{tea}", 1)]
    assert told(cast, cast.core) == []


@pytest.mark.parametrize(
    ("wanted", "refusal"),
    [
        ({"kind": "weather", "way": "off"}, connect.UnknownNotice),
        ({"kind": "reply", "way": "pigeon"}, connect.UnknownWay),
        ({"kind": "decision", "way": "off", "space": "茶"}, connect.UnknownNotice),
        ({"kind": "reply", "way": "off", "space": "nowhere"}, connect.NoSuchSpace),
    ],
)
def test_a_wish_that_means_nothing_is_refused(cast: Cast, wanted: dict[str, str], refusal: type[Exception]) -> None:
    connect.open_space(community=cast.home, name="茶")
    before = connect.wishes(cast.home, cast.member)
    with pytest.raises(refusal):
        connect.wish(community=cast.home, by=cast.member, **wanted)
    assert connect.wishes(cast.home, cast.member) == before


@pytest.mark.parametrize(
    ("ears", "refusal"),
    [
        (Ears(digest="hourly"), connect.UnknownDigest),
        (Ears(zone="Mars/Base"), connect.UnknownZone),
        (Ears(quiet_from_minute=5), connect.NoQuiet),
        (Ears(quiet_from_minute=5, quiet_until_minute=5), connect.NoQuiet),
    ],
)
def test_ears_that_mean_nothing_are_refused(cast: Cast, ears: Ears, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        connect.hear(community=cast.home, by=cast.member, ears=ears)
    assert connect.ears(cast.home, cast.member) == Ears()


def test_mail_waits_for_quiet_hours_to_end_and_goes_once(cast: Cast) -> None:
    answer(cast, cast.other, say(cast, cast.member).id)
    quiet = Ears(quiet_from_minute=19 * 60, quiet_until_minute=21 * 60)  # NOW is eight in the evening in Shanghai
    connect.hear(community=cast.home, by=cast.member, ears=quiet)
    about: dict[str, Any] = {"community": cast.home, "person": cast.member, "home": HOME}
    assert connect.mails_due(now=LATER) == [(cast.home.pk, cast.member.pk)]
    assert connect.mail_out(**about, now=LATER) == []
    assert [b.kind for b in connect.mail_out(**about, now=LATER + timedelta(hours=2))] == ["reply"]
    assert connect.mail_out(**about, now=LATER + timedelta(hours=3)) == []
    assert connect.mails_due(now=LATER + timedelta(hours=3)) == []


def test_what_was_read_on_the_page_is_not_mailed(cast: Cast) -> None:
    post = say(cast, cast.member).id
    answer(cast, cast.other, post)
    assert connect.mark_read(community=cast.home, by=cast.member, root_id=post, now=NOW) == 1
    assert unread(cast, cast.member) == 0
    assert connect.mail_out(community=cast.home, person=cast.member, now=LATER, home=HOME) == []


def test_a_digest_goes_in_place_of_single_mails(cast: Cast) -> None:
    connect.hear(community=cast.home, by=cast.member, ears=Ears(digest="daily"))
    post = say(cast, cast.core, "大家早").id
    answer(cast, cast.other, post)
    answer(cast, cast.other, say(cast, cast.member).id)
    about: dict[str, Any] = {"community": cast.home, "person": cast.member, "home": HOME}
    assert connect.mail_out(**about, now=LATER) == []
    morning = NOW + timedelta(hours=13)
    assert connect.digests_due(now=morning, home=HOME) == [(cast.home.pk, cast.member.pk)]
    bundles, best = connect.digest_out(**about, now=morning)
    assert ([b.kind for b in bundles], [p.pk for p in best]) == (["reply"], [post])
    assert connect.digests_due(now=morning + timedelta(hours=3), home=HOME) == []
    assert connect.digest_out(**about, now=morning) == ([], [])
    connect.take_mail(community=cast.home, person_id=cast.member.pk, takes=False)
    assert connect.digests_due(now=morning + timedelta(days=1), home=HOME) == []


def test_deeds_are_told_to_whom_they_name_and_read_once(cast: Cast, committed: None) -> None:
    assert connect.tell_of_deeds(now=NOW) == 0
    application = gather.apply(community=cast.home, person=cast.stranger, answers=["想来"], now=NOW)
    gather.decide(community=cast.home, application_id=application.id, admit=True, by=cast.founder, now=NOW)
    note_deed(community=cast.home, kind="connect.announced", by=cast.founder, now=NOW, subject="post:1")
    until_settled()
    assert connect.tell_of_deeds(now=NOW) == 2
    assert connect.tell_of_deeds(now=NOW) == 0
    assert [k for k, _, _ in told(cast, cast.stranger)] == ["announcement", "decision"]
    assert told(cast, cast.founder) == []
    assert told(cast, cast.other) == [("announcement", "post:1", 1)]


def test_what_an_import_brought_takes_its_notices_with_it(cast: Cast) -> None:
    with staging():
        connect.bring_lines(community=cast.home, lines=[connect.Line("k", cast.other.pk, "旧", NOW)], origin="import:1")
        append_staged(community=cast.home)
    old = connect.brought_ids(community=cast.home, origin="import:1")["k"]
    answer(cast, cast.core, old)
    connect.mute(community=cast.home, by=cast.member, post_id=old, on=True)
    assert unread(cast, cast.other) == 1
    connect.remove_lines(community=cast.home, origin="import:1")
    assert unread(cast, cast.other) == 0


def test_the_list_costs_the_same_however_long(cast: Cast) -> None:
    costs, page = set(), connect.Notices([])
    for many in (3, 9):
        for nth in range(many):
            post = say(cast, cast.member, f"{nth}").id
            answer(cast, cast.other, post)
            connect.thank(community=cast.home, post_id=post, by=cast.core, now=NOW)
        with CaptureQueriesContext(connection) as asked:
            page = connect.notices(cast.home, cast.member, limit=100)
        costs.add(len(asked))
    assert len(page.bundles) == 24
    assert costs == {5}


def test_pages_of_the_list_leave_out_nothing(cast: Cast) -> None:
    post = say(cast, cast.member).id
    for nth in range(5):
        answer(cast, cast.other, post, f"{nth}")
    seen, cursor = [], None
    while True:
        page = connect.notices(cast.home, cast.member, before=cursor, limit=2)
        seen += [i for b in page.bundles for i in b.ids]
        if (cursor := page.next) is None:
            break
    assert seen == sorted(Notice.objects.values_list("pk", flat=True), reverse=True)


def test_a_kind_that_comes_too_often_is_named(cast: Cast) -> None:
    assert rules.loud([("reply", 71), ("thank", 70), ("mention", 700)]) == [
        connect.Loud("mention", 100), connect.Loud("reply", 10),
    ]  # fmt: skip


@given(st.integers(0, 1439), st.integers(0, 1439), st.integers(0, 1439))
def test_quiet_hours_hold_in_their_zone_and_over_midnight(first: int, last: int, minute: int) -> None:
    ears = Ears(quiet_from_minute=first, quiet_until_minute=last, zone="UTC")
    now = datetime(2026, 11, 20, minute // 60, minute % 60, tzinfo=UTC)
    held = (minute - first) % 1440 < (last - first) % 1440
    assert rules.is_quiet(ears, now, HOME) == held


@pytest.mark.parametrize(
    ("digest", "last_hours_ago", "day", "hour", "due"),
    [
        ("daily", None, 20, 7, False), ("daily", None, 20, 8, True), ("daily", 1, 20, 10, False), ("daily", 3, 20, 10, True),
        ("weekly", None, 20, 9, False), ("weekly", None, 23, 9, True), ("weekly", 0, 23, 9, False), ("off", None, 23, 9, False),
    ],
)  # fmt: skip
def test_digests_are_due_in_the_morning(
    digest: str,
    last_hours_ago: int | None,
    day: int,
    hour: int,
    due: bool,  # noqa: FBT001 -- a column of the table
) -> None:
    now = datetime(2026, 11, day, hour, 30, tzinfo=UTC)
    last = None if last_hours_ago is None else now - timedelta(hours=last_hours_ago)
    assert rules.digest_due(Ears(digest=digest, zone="UTC"), last, now, HOME) == due
