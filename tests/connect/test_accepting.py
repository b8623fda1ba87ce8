"""The accepted answer to an ask."""

import pytest

from kith.connect import api as connect
from kith.connect.api import AskersChoice, MembersOnly, NotAnAsk, NotAReplyHere, PostGone, Said
from kith.people.api import Person
from tests.conftest import NOW, Cast
from tests.connect.talk import answer, everything, given, say, warmth


def accept(cast: Cast, ask: int, reply: int | None, by: Person | None = None) -> Said:
    return connect.accept(community=cast.home, post_id=ask, answer_id=reply, by=by or cast.member, now=NOW)


@pytest.fixture
def ask(cast: Cast) -> Said:
    return say(cast, cast.member, "哪里买得到好米？", kind="ask")


def test_the_answer_is_worth_two_more(cast: Cast, ask: Said) -> None:
    reply = answer(cast, cast.other, ask.id)
    after = accept(cast, ask.id, reply.id)
    assert (after.answer_id, after.is_answered) == (reply.id, True)
    assert given(cast, cast.other) == [("answer", cast.member.pk), ("reply", cast.member.pk)]
    assert warmth(cast, cast.other, cast.member) == 3


def test_accepting_the_same_again_changes_nothing(cast: Cast, ask: Said) -> None:
    reply = answer(cast, cast.other, ask.id)
    assert accept(cast, ask.id, reply.id) == accept(cast, ask.id, reply.id)
    assert warmth(cast, cast.other, cast.member) == 3


def test_another_answer_takes_the_place_of_the_first(cast: Cast, ask: Said) -> None:
    first, second = answer(cast, cast.other, ask.id), answer(cast, cast.core, ask.id)
    accept(cast, ask.id, first.id)
    assert accept(cast, ask.id, second.id).answer_id == second.id
    assert (warmth(cast, cast.other, cast.member), warmth(cast, cast.core, cast.member)) == (1, 3)
    accept(cast, ask.id, first.id)
    assert (warmth(cast, cast.other, cast.member), warmth(cast, cast.core, cast.member)) == (3, 1)


def test_an_acceptance_taken_back_leaves_the_reply(cast: Cast, ask: Said) -> None:
    reply = answer(cast, cast.other, ask.id)
    accept(cast, ask.id, reply.id)
    assert accept(cast, ask.id, None).answer_id is None
    assert accept(cast, ask.id, None).answer_id is None
    assert warmth(cast, cast.other, cast.member) == 1


def test_only_who_asked_or_staff_accepts(cast: Cast, ask: Said) -> None:
    reply = answer(cast, cast.other, ask.id)
    before = everything(cast)
    for by in (cast.other, cast.core):
        with pytest.raises(AskersChoice):
            accept(cast, ask.id, reply.id, by)
    with pytest.raises(MembersOnly):
        accept(cast, ask.id, reply.id, cast.enemy)
    assert everything(cast) == before
    assert accept(cast, ask.id, reply.id, cast.operator).answer_id == reply.id


def test_only_an_ask_has_an_answer(cast: Cast, ask: Said) -> None:
    talk = say(cast, cast.member)
    reply = answer(cast, cast.other, talk.id)
    mine = answer(cast, cast.member, ask.id)
    for post in (talk.id, mine.id):
        with pytest.raises(NotAnAsk):
            accept(cast, post, reply.id)
    with pytest.raises(PostGone):
        accept(cast, 0, reply.id)


def test_only_a_standing_reply_to_it_is_an_answer(cast: Cast, ask: Said) -> None:
    other_ask = say(cast, cast.member, "另一个问题", kind="ask")
    there = answer(cast, cast.other, other_ask.id)
    gone = answer(cast, cast.other, ask.id)
    connect.delete(community=cast.home, post_id=gone.id, by=cast.other, now=NOW)
    before = everything(cast)
    for reply in (there.id, ask.id, other_ask.id):
        with pytest.raises(NotAReplyHere):
            accept(cast, ask.id, reply)
    with pytest.raises(PostGone):
        accept(cast, ask.id, gone.id)
    assert everything(cast) == before


def test_ones_own_answer_is_accepted_without_an_act(cast: Cast, ask: Said) -> None:
    reply = answer(cast, cast.member, ask.id)
    assert accept(cast, ask.id, reply.id).answer_id == reply.id
    assert given(cast, cast.member) == [("post", None), ("post", None)]


def test_an_answer_that_is_deleted_leaves_the_ask_open(cast: Cast, ask: Said) -> None:
    reply = answer(cast, cast.other, ask.id)
    accept(cast, ask.id, reply.id)
    connect.delete(community=cast.home, post_id=reply.id, by=cast.other, now=NOW)
    assert connect.one(cast.home, ask.id, reader=None).answer_id is None
    assert warmth(cast, cast.other, cast.member) == 0
    assert [p.id for p in connect.feed(cast.home, reader=None, unanswered=True).posts] == [ask.id]
