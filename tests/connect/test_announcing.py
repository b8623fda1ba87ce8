"""Announcements: by staff alone, above the feed for a while, and one text for many groups outside."""

from datetime import timedelta
from typing import Any

import pytest

from kith.connect import api as connect
from kith.connect.api import AnnouncementValue, Said
from kith.people import api as people
from tests.conftest import NOW, Cast
from tests.connect.talk import everything, key, opening, say

WEEK = NOW + timedelta(days=7)


def announce(cast: Cast, **more: Any) -> Said:
    return connect.announce(**{"community": cast.home, "text": "周六停电。", "by": cast.operator, "now": NOW, **more})


def pinned(cast: Cast, now: Any = NOW, **choice: Any) -> list[int]:
    return [h.id for h in opening(cast, cast.member, now, **choice).read().pinned]


def listed(cast: Cast, now: Any = NOW, **choice: Any) -> list[int]:
    return [h.id for h in connect.heads(cast.home, reader=cast.member, now=now, **choice).heads]


def test_an_announcement_stands_above_the_feed_until_its_moment(cast: Cast) -> None:
    made, talk = announce(cast, pinned_until=WEEK), say(cast, cast.member)
    assert made.extra == AnnouncementValue(WEEK)
    assert (pinned(cast), listed(cast)) == ([made.id], [talk.id])
    assert (pinned(cast, kind="announcement"), listed(cast, kind="announcement")) == ([], [made.id])
    assert (pinned(cast, WEEK), set(listed(cast, WEEK))) == ([], {talk.id, made.id})
    assert {p.id for p in connect.feed(cast.home, reader=None).posts} == {talk.id, made.id}
    assert [d.kind for d in people.deeds(cast.home)] == ["connect.announced"]


def test_a_pin_belongs_to_its_space_and_can_be_taken_away(cast: Cast) -> None:
    for name in ("茶", "米"):
        connect.open_space(community=cast.home, name=name)
    made = announce(cast, pinned_until=WEEK, space="茶")
    assert (pinned(cast), pinned(cast, space="茶"), pinned(cast, space="米")) == ([made.id], [made.id], [])
    found = connect.pin(community=cast.home, post_id=made.id, pinned_until=None, by=cast.founder, now=NOW)
    assert (found.pinned_until, pinned(cast), listed(cast)) == (None, [], [made.id])
    connect.pin(community=cast.home, post_id=made.id, pinned_until=WEEK, by=cast.founder, now=NOW)
    connect.delete(community=cast.home, post_id=made.id, by=cast.operator, now=NOW)
    assert pinned(cast) == []


def test_a_text_is_copied_to_groups_one_by_one(cast: Cast) -> None:
    made = announce(cast, groups=["一群", " 二群 ", "", "一群"])
    [one, two] = connect.announcement_for(community=cast.home, post_id=made.id, by=cast.founder).copies
    assert ([one.group, two.group], one.done_at) == (["一群", "二群"], None)
    found = connect.tick_copy(community=cast.home, post_id=made.id, copy_id=two.id, by=cast.founder, now=NOW)
    assert [(c.group, c.done_at, c.done_by) for c in found.copies] == [("一群", None, ""), ("二群", NOW, "罗")]
    connect.tick_copy(community=cast.home, post_id=made.id, copy_id=two.id, by=cast.operator, now=WEEK)
    found = connect.set_groups(community=cast.home, post_id=made.id, groups=["二群", "三群"], by=cast.operator)
    assert [(c.group, c.done_at) for c in found.copies] == [("二群", NOW), ("三群", None)]
    undone = connect.tick_copy(community=cast.home, post_id=made.id, copy_id=two.id, by=cast.founder, now=NOW, is_done=False)  # fmt: skip
    assert undone.done == 0
    assert connect.last_groups(cast.home) == ["二群", "三群"]
    assert connect.one(cast.home, made.id, reader=cast.member).extra == AnnouncementValue(None)


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"by": "member"}, connect.SpaceStaffOnly),
        ({"by": "core"}, connect.SpaceStaffOnly),
        ({"by": "stranger"}, connect.MembersOnly),
        ({"text": " "}, connect.EmptyText),
        ({"pinned_until": NOW + timedelta(days=366)}, connect.PinTooLong),
        ({"groups": [str(n) for n in range(101)]}, connect.TooManyGroups),
        ({"space": "没有"}, connect.NoSuchSpace),
    ],
)
def test_what_cannot_be_announced_is_refused_and_nothing_changes(cast: Cast, change: dict[str, Any], refusal: type) -> None:  # fmt: skip
    before = everything(cast)
    by = getattr(cast, change.pop("by", "operator"))
    with pytest.raises(refusal):
        announce(cast, **change, by=by)
    assert everything(cast) == before


def test_only_an_announcement_has_a_pin_and_groups(cast: Cast) -> None:
    talk, made = say(cast, cast.member), announce(cast)
    with pytest.raises(connect.NotAnAnnouncement):
        connect.pin(community=cast.home, post_id=talk.id, pinned_until=WEEK, by=cast.founder, now=NOW)
    with pytest.raises(connect.NotAnAnnouncement):
        connect.announcement_for(community=cast.home, post_id=talk.id, by=cast.founder)
    with pytest.raises(connect.NoSuchCopy):
        connect.tick_copy(community=cast.home, post_id=made.id, copy_id=1, by=cast.founder, now=NOW)
    with pytest.raises(connect.PostGone):
        connect.pin(community=cast.rival, post_id=made.id, pinned_until=WEEK, by=cast.enemy, now=NOW)
    with pytest.raises(connect.NeedsItsForm):
        say(cast, cast.founder, kind="announcement")


def test_sent_twice_it_is_one(cast: Cast) -> None:
    name = key()
    made = announce(cast, key=name, groups=["一群"])
    assert announce(cast, key=name, groups=["一群"]).id == made.id
    assert connect.count(cast.home) == 1
