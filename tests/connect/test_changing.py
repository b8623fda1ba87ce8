"""Editing and deleting one's own."""

from datetime import timedelta

import pytest

from kith.connect import api as connect
from kith.connect.api import EmptyText, NotYours, PostGone, TextTooLong
from kith.connect.models import Post, Thank
from kith.energy.api import totals
from kith.people.api import Person
from tests.conftest import NOW, Cast
from tests.connect.talk import answer, everything, given, key, say, warmth

LATER = NOW + timedelta(hours=1)


def edit(cast: Cast, post: int, text: str, by: Person) -> connect.Said:
    return connect.edit(community=cast.home, post_id=post, text=text, by=by, now=LATER)


def delete(cast: Cast, post: int, by: Person) -> None:
    connect.delete(community=cast.home, post_id=post, by=by, now=LATER)


def test_an_edit_shows_and_says_when(cast: Cast) -> None:
    said = say(cast, cast.member, "旧")
    after = edit(cast, said.id, "新 *字*", cast.member)
    assert (after.text, after.html, after.edited_at, after.at, after.version) == (
        "新 *字*",
        "<p>新 <em>字</em></p>\n",
        LATER,
        NOW,
        1,
    )


@pytest.mark.parametrize(("text", "refusal"), [(" \u200b", EmptyText), ("x" * 20_001, TextTooLong)])
def test_an_edit_is_held_to_the_same_rules(cast: Cast, text: str, refusal: type[Exception]) -> None:
    said = say(cast, cast.member)
    before = everything(cast)
    with pytest.raises(refusal):
        edit(cast, said.id, text, cast.member)
    assert everything(cast) == before


def test_only_its_author_edits_not_even_staff(cast: Cast) -> None:
    said = say(cast, cast.member)
    before = everything(cast)
    for by in (cast.other, cast.operator, cast.founder, cast.enemy):
        with pytest.raises(NotYours):
            edit(cast, said.id, "改", by)
    with pytest.raises(PostGone):
        edit(cast, 0, "改", cast.member)
    assert everything(cast) == before


def test_an_edited_reply_renews_its_thread(cast: Cast) -> None:
    root = say(cast, cast.other)
    reply = answer(cast, cast.member, root.id)
    edit(cast, reply.id, "改", cast.member)
    after = connect.one(cast.home, root.id, reader=None)
    assert (after.version, after.replies) == (2, 1)


def test_only_its_author_or_staff_deletes(cast: Cast) -> None:
    said = say(cast, cast.member)
    before = everything(cast)
    for by in (cast.other, cast.core):
        with pytest.raises(NotYours):
            delete(cast, said.id, by)
    with pytest.raises(connect.MembersOnly):
        delete(cast, said.id, cast.enemy)
    assert everything(cast) == before
    delete(cast, said.id, cast.operator)
    with pytest.raises(PostGone):
        connect.one(cast.home, said.id, reader=cast.member)


def test_a_deletion_withdraws_its_acts_and_thanks_for_it(cast: Cast) -> None:
    root = say(cast, cast.other)
    said = answer(cast, cast.member, root.id, "谢谢 @olga")
    connect.thank(community=cast.home, post_id=said.id, by=cast.core, now=NOW)
    assert totals(cast.home)["acts"] == 4
    delete(cast, said.id, cast.member)
    assert given(cast, cast.member) == []
    assert given(cast, cast.core) == []
    assert (warmth(cast, cast.member, cast.other), warmth(cast, cast.core, cast.member)) == (0, 0)
    assert not Thank.objects.exists()
    left = Post.objects.get(pk=said.id)
    assert (left.text, left.html, left.thanks, left.deleted_at) == ("", "", 0, LATER)


def test_a_deleted_reply_keeps_its_place_and_is_not_counted(cast: Cast) -> None:
    root = say(cast, cast.other)
    first = answer(cast, cast.member, root.id, "一")
    second = answer(cast, cast.core, root.id, "二")
    delete(cast, first.id, cast.member)
    thread = connect.thread(cast.home, root.id, reader=cast.member)
    assert [(r.id, r.is_deleted, r.text) for r in thread.replies] == [(first.id, True, ""), (second.id, False, "二")]
    assert thread.post.replies == 1
    assert connect.count(cast.home) == 2


def test_a_deletion_is_done_once(cast: Cast) -> None:
    root = say(cast, cast.other)
    reply = answer(cast, cast.member, root.id)
    delete(cast, reply.id, cast.member)
    for act in (delete, lambda c, p, b: edit(c, p, "又", b)):
        with pytest.raises(PostGone):
            act(cast, reply.id, cast.member)
    assert connect.one(cast.home, root.id, reader=None).replies == 0


def test_a_lonely_post_that_is_deleted_is_gone_from_everywhere(cast: Cast) -> None:
    said = say(cast, cast.member)
    delete(cast, said.id, cast.member)
    assert connect.feed(cast.home, reader=cast.member).posts == []
    assert connect.titles(cast.home, [said.id]) == {}
    with pytest.raises(PostGone):
        connect.thread(cast.home, said.id, reader=cast.member)


def test_sending_a_deleted_draft_again_brings_nothing_back(cast: Cast) -> None:
    k = key()
    said = say(cast, cast.member, key=k)
    delete(cast, said.id, cast.member)
    with pytest.raises(connect.SentAlready):
        say(cast, cast.member, key=k)
    assert connect.count(cast.home) == 0
