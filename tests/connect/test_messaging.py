"""Two people write to one another alone: within limits, and nobody else reads along."""

from datetime import timedelta
from typing import Any

import pytest

from kith.connect import api as connect
from kith.connect.api import MessageValue
from kith.connect.models import Message
from kith.energy.api import acts_of
from kith.gather import api as gather
from kith.people.api import Person, Standing, add_member, standing
from tests.conftest import NOW, Cast, account
from tests.connect.talk import key


def place(cast: Cast, person: Person) -> Standing:
    found = standing(cast.home, person)
    assert found
    return found


def write(cast: Cast, by: Person, to: Person, text: str = "你好", **more: Any) -> MessageValue:
    about: dict[str, Any] = {"community": cast.home, "by": by, "to": place(cast, to), "text": text, "now": NOW}
    return connect.send_message(**about | more)


def texts(cast: Cast, reader: Person, other: Person) -> list[str]:
    return [m.text for m in connect.letters(cast.home, reader, place(cast, other)).messages]


def test_a_conversation_is_one_whoever_begins_and_counts_what_is_unread(cast: Cast) -> None:
    write(cast, cast.member, cast.other, "一")
    write(cast, cast.other, cast.member, "二")
    write(cast, cast.other, cast.member, "三")
    assert texts(cast, cast.member, cast.other) == texts(cast, cast.other, cast.member) == ["一", "二", "三"]
    [mine] = connect.correspondents(cast.home, cast.member)
    assert (mine.who.handle, mine.excerpt, mine.unread) == ("赵穗", "三", 2)
    connect.see_messages(community=cast.home, by=cast.member, other_id=cast.other.pk, now=NOW)
    assert connect.correspondents(cast.home, cast.member)[0].unread == 0
    assert [b.kind for b in connect.notices(cast.home, cast.other).bundles] == ["letter"]
    assert all(b.is_read for b in connect.notices(cast.home, cast.member).bundles)


def test_nobody_else_reads_along_nor_takes_back(cast: Cast) -> None:
    sent = write(cast, cast.member, cast.other, "只给你")
    assert texts(cast, cast.founder, cast.member) == []
    assert connect.reported(cast.home) == []
    for person, refusal in ((cast.founder, connect.MessageGone), (cast.other, connect.NotYours)):
        with pytest.raises(refusal):
            connect.delete_message(community=cast.home, message_id=sent.id, by=person, now=NOW)
    with pytest.raises(connect.MessageGone):
        connect.report_message(community=cast.home, message_id=sent.id, by=cast.founder, now=NOW)
    with pytest.raises(connect.MembersOnly):
        connect.send_message(community=cast.home, to=place(cast, cast.member), text="嗨", by=cast.enemy, now=NOW)
    assert texts(cast, cast.other, cast.member) == ["只给你"]


def test_a_days_messages_are_one_act_without_words_and_go_with_the_last_of_them(cast: Cast) -> None:
    first, second = write(cast, cast.member, cast.other), write(cast, cast.member, cast.other, "还有")
    acts = [(a.kind, a.other_id, a.source) for a in acts_of(cast.home, cast.member.pk)]
    assert [(kind, other) for kind, other, _ in acts] == [("message", cast.other.pk)]
    connect.delete_message(community=cast.home, message_id=first.id, by=cast.member, now=NOW)
    assert len(acts_of(cast.home, cast.member.pk)) == 1
    connect.delete_message(community=cast.home, message_id=second.id, by=cast.member, now=NOW)
    assert acts_of(cast.home, cast.member.pk) == []
    assert texts(cast, cast.other, cast.member) == ["", ""]
    assert list(Message.objects.values_list("text", "html")) == [("", "")] * 2
    assert connect.notices(cast.home, cast.other).bundles == []


def test_a_draft_is_one_message_however_often_it_is_sent(cast: Cast) -> None:
    name = key()
    connect.save_draft(community=cast.home, by=cast.member, place=f"to-{cast.other.pk}", text="你好", now=NOW, key=name)
    assert write(cast, cast.member, cast.other, key=name).id == write(cast, cast.member, cast.other, key=name).id
    assert connect.draft(cast.home, cast.member, f"to-{cast.other.pk}") is None
    with pytest.raises(connect.SentAlready):
        write(cast, cast.member, cast.other, "别的", key=name)


def test_who_is_blocked_writes_no_more_until_it_is_taken_back(cast: Cast) -> None:
    connect.block(community=cast.home, who=place(cast, cast.other), by=cast.member, on=True)
    with pytest.raises(connect.TakesNoMessages):
        write(cast, cast.other, cast.member)
    with pytest.raises(connect.BlockedByYou):
        write(cast, cast.member, cast.other)
    connect.block(community=cast.home, who=place(cast, cast.other), by=cast.member, on=False)
    write(cast, cast.other, cast.member)
    for act in (lambda: connect.block(community=cast.home, who=place(cast, cast.member), by=cast.member, on=True), lambda: write(cast, cast.member, cast.member)):  # fmt: skip
        with pytest.raises(connect.NotToOneself):
            act()


def test_who_is_new_begins_few_and_nobody_floods(cast: Cast) -> None:
    new = account("新人", "new@example.org")
    add_member(community=cast.home, person=new, now=NOW - timedelta(days=1))
    for person in (cast.member, cast.other, cast.core):
        write(cast, new, person)
    with pytest.raises(connect.TooManyConversations):
        write(cast, new, cast.founder)
    write(cast, cast.founder, new)
    write(cast, new, cast.founder, "回您")
    write(cast, new, cast.operator, now=NOW + timedelta(days=1, minutes=1))
    for nth in range(60):
        write(cast, cast.member, cast.other, f"{nth}")
    with pytest.raises(connect.TooManyMessages):
        write(cast, cast.member, cast.other)
    write(cast, cast.member, cast.other, now=NOW + timedelta(hours=1, seconds=1))


def test_who_is_muted_writes_to_nobody(cast: Cast) -> None:
    gather.sanction(
        community=cast.home, person_id=cast.member.pk, kind="mute", by=cast.founder, now=NOW, reason="吵", days=3
    )
    with pytest.raises(gather.Muted):
        write(cast, cast.member, cast.other)
    assert texts(cast, cast.other, cast.member) == []
    write(cast, cast.member, cast.other, now=NOW + timedelta(days=4))


def test_a_reported_message_is_shown_alone_and_settled_once(cast: Cast) -> None:
    write(cast, cast.other, cast.member, "私事")
    bad = write(cast, cast.other, cast.member, "<b>骂人</b>")
    connect.report_message(community=cast.home, message_id=bad.id, by=cast.member, now=NOW)
    [shown] = connect.reported(cast.home)
    assert (shown.text, shown.by.name) == ("<b>骂人</b>", "赵穗")
    assert "<b>" not in shown.html
    assert [b.kind for b in connect.notices(cast.home, cast.founder).bundles] == ["kept"]
    settle: dict[str, Any] = {"community": cast.home, "message_id": bad.id, "by": cast.founder, "now": NOW}
    connect.settle_report(**settle, remove=True)
    assert (connect.reported(cast.home), texts(cast, cast.member, cast.other)) == ([], ["私事", ""])
    with pytest.raises(connect.MessageGone):
        connect.settle_report(**settle, remove=False)


def test_pages_of_a_conversation_hold_every_message_once(cast: Cast) -> None:
    sent = [write(cast, cast.member, cast.other, f"{n}").id for n in range(5)]
    seen: list[int] = []
    before = None
    while True:
        page = connect.letters(cast.home, cast.other, place(cast, cast.member), before=before, limit=2)
        seen = [m.id for m in page.messages] + seen
        if (before := page.earlier) is None:
            break
    assert seen == sent


def test_a_bookmark_keeps_a_post_with_a_note_for_its_owner_alone(cast: Cast) -> None:
    post = connect.post(community=cast.home, text="好帖", by=cast.other, now=NOW)
    for note in ("周末试试", "再看"):
        connect.keep(community=cast.home, post_id=post.id, by=cast.member, now=NOW, note=note)
    assert [(k.said.id, k.note) for k in connect.kept(cast.home, cast.member).kept] == [(post.id, "再看")]
    assert connect.kept(cast.home, cast.other).kept == []
    with pytest.raises(connect.NoteTooLong):
        connect.keep(community=cast.home, post_id=post.id, by=cast.member, now=NOW, note="长" * 201)
    connect.delete(community=cast.home, post_id=post.id, by=cast.other, now=NOW)
    assert connect.kept(cast.home, cast.member).kept == []
    connect.let_go(community=cast.home, post_id=post.id, by=cast.member)
