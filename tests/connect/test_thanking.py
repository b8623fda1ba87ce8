"""Giving thanks, with a few words why."""

import pytest

from kith.connect import api as connect
from kith.connect.api import MembersOnly, NoThanksToSelf, PostGone, Said
from kith.energy.api import totals
from tests.conftest import NOW, Cast
from tests.connect.talk import answer, everything, given, say, warmth


def thank(cast: Cast, post: int, why: str = "") -> Said:
    return connect.thank(community=cast.home, post_id=post, by=cast.member, now=NOW, why=why)


def unthank(cast: Cast, post: int) -> Said:
    return connect.unthank(community=cast.home, post_id=post, by=cast.member, now=NOW)


def test_thanks_are_counted_and_an_act(cast: Cast) -> None:
    said = say(cast, cast.other)
    after = thank(cast, said.id, "  讲得\x00很清楚 ")
    assert (after.thanks, after.thanked, after.version) == (1, True, 1)
    [given_] = connect.thanks(cast.home, said.id)
    assert (given_.by.handle, given_.why, given_.at) == ("苏杭", "讲得 很清楚", NOW)
    assert given(cast, cast.member) == [("thank", cast.other.pk)]
    assert warmth(cast, cast.member, cast.other) == 1


def test_a_second_time_changes_only_the_words(cast: Cast) -> None:
    said = say(cast, cast.other)
    thank(cast, said.id, "一")
    assert thank(cast, said.id, "二").thanks == 1
    assert thank(cast, said.id).thanks == 1
    assert [t.why for t in connect.thanks(cast.home, said.id)] == ["二"]
    assert warmth(cast, cast.member, cast.other) == 1


def test_words_why_are_cut_where_the_table_ends(cast: Cast) -> None:
    said = say(cast, cast.other)
    thank(cast, said.id, "谢" * 500)
    assert connect.thanks(cast.home, said.id)[0].why == "谢" * 140


def test_nobody_thanks_oneself_and_no_stranger_thanks(cast: Cast) -> None:
    said = say(cast, cast.member)
    before = everything(cast)
    with pytest.raises(NoThanksToSelf):
        thank(cast, said.id)
    for act in (connect.thank, connect.unthank):
        with pytest.raises(MembersOnly):
            act(community=cast.home, post_id=said.id, by=cast.enemy, now=NOW)
    assert everything(cast) == before


def test_thanks_taken_back_leave_the_tie_as_before(cast: Cast) -> None:
    root = say(cast, cast.other)
    answer(cast, cast.member, root.id)
    thank(cast, root.id)
    assert warmth(cast, cast.member, cast.other) == 2
    after = unthank(cast, root.id)
    assert (after.thanks, after.thanked, connect.thanks(cast.home, root.id)) == (0, False, [])
    assert warmth(cast, cast.member, cast.other) == 1
    assert unthank(cast, root.id).thanks == 0
    thank(cast, root.id)
    assert warmth(cast, cast.member, cast.other) == 2
    assert totals(cast.home)["acts"] == 3


def test_thanks_for_a_reply_show_in_its_thread(cast: Cast) -> None:
    root = say(cast, cast.core)
    said = answer(cast, cast.other, root.id)
    version = connect.one(cast.home, root.id, reader=None).version
    thank(cast, said.id)
    assert connect.one(cast.home, root.id, reader=None).version == version + 1
    [shown] = connect.thread(cast.home, root.id, reader=cast.member).replies
    assert (shown.thanks, shown.thanked) == (1, True)


def test_what_is_gone_or_elsewhere_gets_no_thanks(cast: Cast) -> None:
    said = say(cast, cast.other)
    connect.delete(community=cast.home, post_id=said.id, by=cast.other, now=NOW)
    elsewhere = connect.post(community=cast.rival, text="对岸", by=cast.enemy, now=NOW)
    for post_id in (said.id, elsewhere.id, 0):
        with pytest.raises(PostGone):
            thank(cast, post_id)
        with pytest.raises(PostGone):
            unthank(cast, post_id)
        with pytest.raises(PostGone):
            connect.thanks(cast.home, post_id)
