"""Texts begun survive a reload."""

import uuid
from datetime import timedelta

import pytest

from kith.connect import api as connect
from kith.connect.models import Draft
from kith.people.api import add_member
from tests.conftest import NOW, Cast
from tests.connect.talk import key, say


def save(cast: Cast, text: str, place: str = "new", **more: str) -> connect.Draft:
    return connect.save_draft(community=cast.home, by=cast.member, place=place, text=text, now=NOW, **more)


def test_a_draft_is_there_after_a_reload(cast: Cast) -> None:
    kept = save(cast, "  写到\n一半 ", kind="ask")
    assert connect.draft(cast.home, cast.member, "new") == kept
    assert (kept.text, kept.kind, kept.saved_at) == ("  写到\n一半 ", "ask", NOW)
    assert connect.draft(cast.home, cast.other, "new") is None
    assert connect.draft(cast.rival, cast.member, "new") is None


def test_a_draft_keeps_its_key_while_it_grows(cast: Cast) -> None:
    k = key()
    assert save(cast, "一", key=k).key == k
    assert save(cast, "一二", key=key()).key == k
    assert Draft.objects.get().text == "一二"


def test_each_place_has_a_draft_of_its_own(cast: Cast) -> None:
    save(cast, "新")
    save(cast, "回", "reply:1")
    add_member(community=cast.rival, person=cast.member, now=NOW)
    connect.save_draft(community=cast.rival, by=cast.member, place="new", text="对岸", now=NOW)
    assert sorted(Draft.objects.values_list("place", "text")) == [("new", "对岸"), ("new", "新"), ("reply:1", "回")]


def test_sending_takes_the_draft_away(cast: Cast) -> None:
    kept = save(cast, "好了")
    say(cast, cast.member, "好了", key=kept.key)
    assert connect.draft(cast.home, cast.member, "new") is None


def test_sending_leaves_drafts_of_other_places(cast: Cast) -> None:
    other = save(cast, "回", "reply:1")
    say(cast, cast.member, "好了", key=save(cast, "好了").key)
    assert connect.draft(cast.home, cast.member, "reply:1") == other


def test_a_key_that_was_sent_gets_a_successor(cast: Cast) -> None:
    k = key()
    say(cast, cast.member, key=k)
    kept = save(cast, "旧窗口又存了一次", key=k)
    assert kept.key != k
    assert str(uuid.UUID(kept.key)) == kept.key


def test_a_draft_thrown_away_is_gone(cast: Cast) -> None:
    save(cast, "算了")
    connect.drop_draft(community=cast.home, by=cast.other, place="new")
    assert Draft.objects.count() == 1
    connect.drop_draft(community=cast.home, by=cast.member, place="new")
    connect.drop_draft(community=cast.home, by=cast.member, place="new")
    assert Draft.objects.count() == 0


@pytest.mark.parametrize("text", ["", "x" * 100_000, "\x00\ud800", "\u202e"])
def test_whatever_was_typed_can_be_kept(cast: Cast, text: str) -> None:
    kept = save(cast, text, kind="\x00" + "k" * 50, key="\x00")
    assert kept.text == text.replace("\x00", "").replace("\ud800", "").replace("\u202e", "")[:40_000]
    assert connect.draft(cast.home, cast.member, "new") == kept


def test_a_stranger_keeps_no_draft(cast: Cast) -> None:
    with pytest.raises(connect.MembersOnly):
        connect.save_draft(community=cast.home, by=cast.enemy, place="new", text="x", now=NOW + timedelta(days=1))
    assert Draft.objects.count() == 0
