"""Opening a thread: what may be said, and that nothing half-said remains."""

import pytest
from django.db import IntegrityError, connection

from kith.connect import api as connect
from kith.connect.api import (
    EmptyText,
    MembersOnly,
    SentAlready,
    TextTooLong,
    UnknownKindOfPost,
)
from kith.connect.models import Draft, Post
from kith.energy.api import UnknownKind, totals
from kith.people.api import Person, add_member, found, remove_members
from tests.conftest import NOW, Cast
from tests.connect.talk import answer, everything, given, key, say


def test_a_post_is_shown_as_it_was_said(cast: Cast) -> None:
    said = say(cast, cast.member, "  新米**到了**。\r\n")
    assert (said.text, said.html) == ("新米**到了**。", "<p>新米<strong>到了</strong>。</p>\n")
    assert (said.author.name, said.author.handle, said.at, said.kind) == ("苏杭", "苏杭", NOW, "talk")
    assert (said.root_id, said.replies, said.thanks, said.version, said.mine) == (None, 0, 0, 0, True)
    assert connect.one(cast.home, said.id, reader=cast.other).mine is False


def test_a_bare_post_is_an_act_toward_nobody(cast: Cast) -> None:
    say(cast, cast.member)
    assert given(cast, cast.member) == [("post", None)]
    assert totals(cast.home)["ties"] == 0


@pytest.mark.parametrize("text", ["", "  \n", "\u200b\u202e", "\x00\x07"])
def test_nothing_visible_is_not_sent(cast: Cast, text: str) -> None:
    before = everything(cast)
    with pytest.raises(EmptyText):
        say(cast, cast.member, text)
    assert everything(cast) == before


def test_twenty_thousand_characters_are_the_limit(cast: Cast) -> None:
    assert len(say(cast, cast.member, "长" * 20_000).text) == 20_000
    before = everything(cast)
    with pytest.raises(TextTooLong) as refused:
        say(cast, cast.member, "长" * 20_001)
    assert str(refused.value) == "That is longer than 20,000 characters; please shorten it."
    assert everything(cast) == before


@pytest.mark.parametrize("kind", ["", "poll", "Ask", "\x00"])
def test_an_unknown_kind_of_post_is_refused(cast: Cast, kind: str) -> None:
    with pytest.raises(UnknownKindOfPost):
        say(cast, cast.member, kind=kind)
    assert connect.count(cast.home) == 0


def test_a_stranger_says_nothing_here(cast: Cast) -> None:
    for by in (cast.stranger, cast.enemy):
        with pytest.raises(MembersOnly) as refused:
            say(cast, by)
        assert refused.value.status == 403
    assert connect.count(cast.home) == 0


def test_who_left_says_nothing_more(cast: Cast) -> None:
    mine = say(cast, cast.member)
    remove_members(community=cast.home, person_ids=[cast.member.pk])
    before = everything(cast)
    with pytest.raises(MembersOnly):
        say(cast, cast.member)
    with pytest.raises(MembersOnly):
        answer(cast, cast.member, mine.id)
    with pytest.raises(MembersOnly):
        connect.edit(community=cast.home, post_id=mine.id, text="x", by=cast.member, now=NOW)
    with pytest.raises(MembersOnly):
        connect.delete(community=cast.home, post_id=mine.id, by=cast.member, now=NOW)
    assert everything(cast) == before


def test_a_space_is_named_or_left_open(cast: Cast) -> None:
    assert connect.open_space(community=cast.home, name=" 米\x00仓 ") == "米 仓"
    assert connect.open_space(community=cast.home, name="\u200b") == "general"
    assert say(cast, cast.member, space="米 仓").space == "米 仓"
    with pytest.raises(connect.NoSuchSpace):
        say(cast, cast.member, space="没有\x00")
    assert [s.name for s in connect.spaces(cast.home)] == ["general", "米 仓"]


@pytest.mark.parametrize("kind", ["post", "mention"])
def test_when_the_book_refuses_nothing_of_the_post_remains(cast: Cast, kind: str) -> None:
    connect.save_draft(community=cast.home, by=cast.member, place="new", text="写到一半", now=NOW, key=(k := key()))
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM energy_kind WHERE code = %s", [kind])
    before = everything(cast)
    with pytest.raises(UnknownKind):
        say(cast, cast.member, "你好 @赵穗", key=k)
    assert everything(cast) == before
    assert Draft.objects.get().text == "写到一半"


def test_when_the_book_refuses_a_reply_the_thread_counts_none(cast: Cast) -> None:
    root = say(cast, cast.other)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM energy_kind WHERE code = 'reply'")
    before = everything(cast)
    with pytest.raises(UnknownKind):
        answer(cast, cast.member, root.id)
    assert everything(cast) == before
    assert connect.one(cast.home, root.id, reader=None).replies == 0


def test_when_the_database_refuses_the_act_nothing_of_the_post_remains(cast: Cast) -> None:
    before = everything(cast)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE energy_act ADD CONSTRAINT none_today CHECK (kind_id <> 'post')")
    with pytest.raises(IntegrityError, match="none_today"):
        say(cast, cast.member)
    assert everything(cast) == before


def test_the_same_draft_sent_twice_is_one_post(cast: Cast) -> None:
    k = key()
    first, second = say(cast, cast.member, key=k), say(cast, cast.member, key=k)
    assert first == second
    assert (connect.count(cast.home), totals(cast.home)["acts"]) == (1, 1)


def test_another_text_from_a_draft_that_was_sent_is_refused_and_can_be_kept(cast: Cast) -> None:
    k = key()
    say(cast, cast.member, "第一个", key=k)
    with pytest.raises(SentAlready) as refused:
        say(cast, cast.member, "第二个", key=k)
    assert refused.value.status == 409
    kept = connect.save_draft(community=cast.home, by=cast.member, place="new", text="第二个", now=NOW, key=k)
    assert kept.key != k
    assert say(cast, cast.member, "第二个", key=kept.key).text == "第二个"
    assert connect.count(cast.home) == 2


def test_a_draft_sent_elsewhere_is_not_found_here(cast: Cast) -> None:
    add_member(community=cast.rival, person=cast.member, now=NOW)
    k = key()
    root = say(cast, cast.other)
    connect.post(community=cast.rival, text="同一句", by=cast.member, now=NOW, key=k)
    with pytest.raises(SentAlready):
        say(cast, cast.member, "同一句", key=k)
    with pytest.raises(SentAlready):
        answer(cast, cast.member, root.id, "同一句", key=k)
    assert connect.one(cast.home, root.id, reader=None).replies == 0


def test_the_key_of_somebody_else_is_no_key_of_mine(cast: Cast) -> None:
    k = key()
    say(cast, cast.member, "一样", key=k)
    assert say(cast, cast.other, "一样", key=k).author.handle == "赵穗"
    assert connect.count(cast.home) == 2


@pytest.mark.parametrize("bad", ["", "no-uuid", "\x00", "1" * 500])
def test_a_key_that_is_none_gets_one(cast: Cast, bad: str) -> None:
    say(cast, cast.member, key=bad)
    say(cast, cast.member, key=bad)
    assert connect.count(cast.home) == 2


def test_names_of_people_without_an_account_can_speak_for_a_demo(cast: Cast) -> None:
    demo = found(name="演示", slug="demo", pursuit="演示", by=cast.founder, now=NOW, is_demo=True)
    said = connect.post(community=demo, text="大家好", by=cast.founder, now=NOW)
    with pytest.raises(connect.PostGone):
        connect.one(cast.home, said.id, reader=cast.founder)
    assert Post.objects.get(pk=said.id).community_id == demo.pk
    assert Person.objects.filter(pk=cast.founder.pk).exists()
