"""Answering: the thread, the quote, and whom the act goes to."""

from datetime import timedelta

import pytest

from kith.connect import api as connect
from kith.connect.api import PostGone, Quoted
from kith.energy.api import totals
from tests.conftest import NOW, Cast
from tests.connect.talk import answer, everything, given, key, say, warmth


def test_a_reply_stands_in_the_thread_and_goes_to_who_asked(cast: Cast) -> None:
    root = say(cast, cast.other)
    said = answer(cast, cast.member, root.id)
    assert (said.root_id, said.quoted) == (root.id, None)
    assert given(cast, cast.member) == [("reply", cast.other.pk)]
    assert warmth(cast, cast.member, cast.other) == 1
    after = connect.one(cast.home, root.id, reader=None)
    assert (after.replies, after.version, [r.id for r in after.latest]) == (1, 1, [said.id])


def test_a_reply_to_a_reply_quotes_it_and_goes_to_its_author(cast: Cast) -> None:
    root = say(cast, cast.other)
    first = answer(cast, cast.member, root.id, "新米 *真* 香。")
    second = answer(cast, cast.core, first.id)
    assert (second.root_id, second.quoted) == (root.id, Quoted(first.id, "苏杭", "新米 真 香。"))
    assert given(cast, cast.core) == [("reply", cast.member.pk)]
    assert connect.one(cast.home, root.id, reader=None).replies == 2
    assert connect.one(cast.home, first.id, reader=None).replies == 0


def test_answering_oneself_is_energy_toward_nobody(cast: Cast) -> None:
    root = say(cast, cast.member)
    answer(cast, cast.member, root.id)
    assert given(cast, cast.member) == [("post", None), ("post", None)]
    assert totals(cast.home)["ties"] == 0


def test_a_thread_reads_oldest_first_from_any_of_its_posts(cast: Cast) -> None:
    root = say(cast, cast.other)
    late = answer(cast, cast.member, root.id, "晚", now=NOW + timedelta(hours=2))
    early = answer(cast, cast.core, root.id, "早", now=NOW + timedelta(hours=1))
    for start in (root.id, late.id, early.id):
        thread = connect.thread(cast.home, start, reader=cast.member)
        assert (thread.post.id, [r.id for r in thread.replies]) == (root.id, [early.id, late.id])
        assert [r.mine for r in thread.replies] == [False, True]


def test_what_is_gone_cannot_be_answered(cast: Cast) -> None:
    root = say(cast, cast.other)
    first = answer(cast, cast.member, root.id)
    connect.delete(community=cast.home, post_id=first.id, by=cast.member, now=NOW)
    elsewhere = connect.post(community=cast.rival, text="对岸", by=cast.enemy, now=NOW)
    before = everything(cast)
    for to in (first.id, elsewhere.id, 0, 2**40):
        with pytest.raises(PostGone) as refused:
            answer(cast, cast.core, to)
        assert refused.value.status == 404
    assert everything(cast) == before


def test_a_thread_keeps_its_replies_when_its_opening_is_gone(cast: Cast) -> None:
    root = say(cast, cast.other)
    first = answer(cast, cast.member, root.id)
    connect.delete(community=cast.home, post_id=root.id, by=cast.other, now=NOW)
    thread = connect.thread(cast.home, first.id, reader=cast.core)
    assert (thread.post.is_deleted, thread.post.text, thread.post.html, thread.post.author.name) == (True, "", "", "")
    assert [r.id for r in thread.replies] == [first.id]
    assert given(cast, cast.member) == [("reply", cast.other.pk)]


def test_a_quote_of_what_is_gone_is_left_out(cast: Cast) -> None:
    root = say(cast, cast.other)
    first = answer(cast, cast.member, root.id)
    second = answer(cast, cast.core, first.id)
    connect.delete(community=cast.home, post_id=first.id, by=cast.member, now=NOW)
    assert connect.one(cast.home, second.id, reader=None).quoted is None


def test_a_reply_sent_twice_counts_once(cast: Cast) -> None:
    root = say(cast, cast.other)
    k = key()
    assert answer(cast, cast.member, root.id, key=k) == answer(cast, cast.member, root.id, key=k)
    assert connect.one(cast.home, root.id, reader=None).replies == 1
    assert warmth(cast, cast.member, cast.other) == 1
