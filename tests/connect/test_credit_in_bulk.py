"""Thanks and answers brought in by the thousand leave what the doors leave one at a time."""

import pytest
from django.db import IntegrityError, transaction

from kith.connect import api as connect
from kith.connect.api import BroughtAnswer, BroughtThanks, Said
from kith.connect.models import Post, Thank
from kith.energy.api import totals
from kith.people.api import Person
from tests.conftest import NOW, Cast
from tests.connect.talk import answer, given, say, warmth


def thanks(said: Said, by: Person, why: str = "") -> BroughtThanks:
    return BroughtThanks(said.id, said.author.person_id, by.pk, why, NOW)


def bring_thanks(cast: Cast, *several: BroughtThanks) -> int:
    with transaction.atomic():
        return connect.bring_thanks(community=cast.home, thanks=several)


def accepted(ask: Said, reply: Said) -> BroughtAnswer:
    return BroughtAnswer(ask.id, ask.author.person_id, reply.id, reply.author.person_id, NOW)


def bring_answers(cast: Cast, *several: BroughtAnswer) -> None:
    with transaction.atomic():
        connect.bring_answers(community=cast.home, answers=several)


def left(post_ids: list[int]) -> list[tuple[object, ...]]:
    return [Post.objects.values_list("thanks", "version", "replies").get(pk=i) for i in post_ids]


def test_thanks_in_bulk_are_those_of_the_door(cast: Cast) -> None:
    talks = []
    for _ in range(2):
        root = say(cast, cast.member)
        reply = answer(cast, cast.other, root.id)
        talks.append((root, reply))
    (root, reply), (other_root, other_reply) = talks
    for said, by in ((root, cast.core), (reply, cast.core), (reply, cast.member)):
        connect.thank(community=cast.home, post_id=said.id, by=by, now=NOW, why="好\u202e米")
    before = given(cast, cast.core)
    brought = [thanks(other_root, cast.core), thanks(other_reply, cast.core), thanks(other_reply, cast.member)]
    assert bring_thanks(cast, *brought) == 3
    assert left([other_root.id, other_reply.id]) == left([root.id, reply.id])
    assert given(cast, cast.core) == sorted(before * 2)
    assert warmth(cast, cast.core, cast.member) == 2


def test_nobody_thanks_twice_or_oneself(cast: Cast) -> None:
    said = say(cast, cast.member)
    connect.thank(community=cast.home, post_id=said.id, by=cast.core, now=NOW, why="先说的")
    brought = [
        thanks(said, cast.core, "后来的"),
        thanks(said, cast.other, "一"),
        thanks(said, cast.other, "二"),
        thanks(said, cast.member),
    ]
    assert bring_thanks(cast, *brought) == 1
    assert bring_thanks(cast, *brought) == 0
    assert {t.by.handle: t.why for t in connect.thanks(cast.home, said.id)} == {"何以南": "先说的", "赵穗": "一"}
    assert connect.one(cast.home, said.id, reader=None).thanks == 2
    assert (given(cast, cast.other), given(cast, cast.member)) == ([("thank", cast.member.pk)], [("post", None)])


def test_long_words_are_cut_as_at_the_door(cast: Cast) -> None:
    said = say(cast, cast.member)
    bring_thanks(cast, thanks(said, cast.other, "谢" * 500))
    connect.thank(community=cast.home, post_id=said.id, by=cast.core, now=NOW, why="谢" * 500)
    assert [len(t.why) for t in connect.thanks(cast.home, said.id)] == [140, 140]


def test_thanks_in_bulk_are_taken_back_as_any_other(cast: Cast) -> None:
    said = say(cast, cast.member)
    bring_thanks(cast, thanks(said, cast.other))
    assert connect.unthank(community=cast.home, post_id=said.id, by=cast.other, now=NOW).thanks == 0
    assert warmth(cast, cast.other, cast.member) == 0
    assert bring_thanks(cast, thanks(said, cast.other)) == 1
    assert warmth(cast, cast.other, cast.member) == 1


def test_the_last_answer_holds_and_only_that_counts(cast: Cast) -> None:
    ask = say(cast, cast.member, kind="ask")
    first, second = answer(cast, cast.other, ask.id), answer(cast, cast.core, ask.id)
    bring_answers(cast, accepted(ask, first))
    assert (warmth(cast, cast.other, cast.member), warmth(cast, cast.core, cast.member)) == (3, 1)
    bring_answers(cast, accepted(ask, first), accepted(ask, second))
    assert connect.one(cast.home, ask.id, reader=None).answer_id == second.id
    assert (warmth(cast, cast.other, cast.member), warmth(cast, cast.core, cast.member)) == (1, 3)
    version = Post.objects.get(pk=ask.id).version
    bring_answers(cast, accepted(ask, second))
    assert (Post.objects.get(pk=ask.id).version, warmth(cast, cast.core, cast.member)) == (version, 3)


def test_an_answer_in_bulk_is_taken_back_as_any_other(cast: Cast) -> None:
    ask = say(cast, cast.member, kind="ask")
    reply = answer(cast, cast.other, ask.id)
    bring_answers(cast, accepted(ask, reply))
    connect.accept(community=cast.home, post_id=ask.id, answer_id=None, by=cast.member, now=NOW)
    assert warmth(cast, cast.other, cast.member) == 1


def test_ones_own_answer_is_no_act(cast: Cast) -> None:
    ask = say(cast, cast.member, kind="ask")
    reply = answer(cast, cast.member, ask.id)
    bring_answers(cast, accepted(ask, reply))
    assert connect.one(cast.home, ask.id, reader=None).answer_id == reply.id
    assert given(cast, cast.member) == [("post", None), ("post", None)]


def test_only_an_ask_has_an_answer_whoever_brings_it(cast: Cast) -> None:
    talk = say(cast, cast.member)
    reply = answer(cast, cast.other, talk.id)
    with pytest.raises(IntegrityError, match="connect_post_only_asks_have_answers"):
        bring_answers(cast, accepted(talk, reply))
    assert totals(cast.home)["acts"] == 2


def test_a_post_of_another_community_gets_no_answer(cast: Cast) -> None:
    ask = say(cast, cast.member, kind="ask")
    reply = answer(cast, cast.other, ask.id)
    with transaction.atomic():
        connect.bring_answers(community=cast.rival, answers=[accepted(ask, reply)])
    assert connect.one(cast.home, ask.id, reader=None).answer_id is None
    assert totals(cast.rival)["acts"] == 0


def test_nothing_to_bring_is_nothing(cast: Cast) -> None:
    assert bring_thanks(cast) == 0
    bring_answers(cast)
    assert (Thank.objects.count(), totals(cast.home)["acts"]) == (0, 0)
