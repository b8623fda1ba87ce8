"""The feed: newest first, page by page, at a fixed price."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from kith.connect import api as connect
from kith.connect.api import Feed
from tests.conftest import NOW, Cast
from tests.connect.talk import answer, say


def pages(cast: Cast, limit: int) -> list[list[int]]:
    out, cursor = [], ""
    while True:
        page = connect.feed(cast.home, reader=None, before=cursor, limit=limit)
        out.append([p.id for p in page.posts])
        if not page.next:
            return out
        assert len(out) < 50, "the feed goes round"
        cursor = page.next


def test_newest_first_by_time_then_by_id(cast: Cast) -> None:
    times = [NOW, NOW + timedelta(microseconds=1), NOW, NOW - timedelta(days=1)]
    ids = [say(cast, cast.member, f"{i}", now=at).id for i, at in enumerate(times)]
    assert pages(cast, 30) == [[ids[1], ids[2], ids[0], ids[3]]]


MOMENTS = [
    datetime(2026, 11, 20, 12, 0, 0, 123457, tzinfo=UTC),
    datetime(2025, 1, 1, 0, 0, 0, 999999, tzinfo=UTC),
    datetime(1970, 1, 1, tzinfo=UTC),
    datetime(1969, 12, 31, 23, 59, 59, 1, tzinfo=UTC),
    datetime(1, 1, 2, tzinfo=UTC),
    datetime(9999, 12, 30, tzinfo=UTC),
]


@pytest.mark.parametrize("at", MOMENTS)
def test_paging_shows_every_post_once_at_any_time(cast: Cast, at: datetime) -> None:
    ids = [say(cast, cast.member, f"{i}", now=at).id for i in range(5)]
    assert pages(cast, 2) == [[ids[4], ids[3]], [ids[2], ids[1]], [ids[0]]]


def test_every_microsecond_counts(cast: Cast) -> None:
    ids = [say(cast, cast.core, f"{i}", now=NOW + timedelta(microseconds=i)).id for i in range(40)]
    assert [i for page in pages(cast, 1) for i in page] == ids[::-1]


def test_a_cursor_is_stable_while_others_post(cast: Cast) -> None:
    ids = [say(cast, cast.member, f"{i}").id for i in range(4)]
    first = connect.feed(cast.home, reader=None, limit=2)
    say(cast, cast.other, "新的", now=NOW + timedelta(hours=1))
    connect.delete(community=cast.home, post_id=ids[2], by=cast.member, now=NOW)
    second = connect.feed(cast.home, reader=None, limit=2, before=first.next)
    assert [p.id for p in second.posts] == [ids[1], ids[0]]
    assert second.next == ""


HOSTILE = [
    "", "x", "-", "--", "1", "1-", "-1", "1-2-3", "'; DROP TABLE", "9" * 17 + "-1", "9" * 18 + "-" + "9" * 18, "9" * 400 + "-1", "1-" + "9" * 400,
    "-" + "9" * 18 + "-1", "١٢-٣", "1e9-1", "1.5-1", "\x00", "1\x00-1", " 1-1", "1-1\n", "NaN-1", "-0-0", "+1-1", "\ud800",
]  # fmt: skip


@pytest.mark.parametrize("cursor", HOSTILE, ids=ascii)
def test_a_hostile_cursor_breaks_nothing(cast: Cast, cursor: str) -> None:
    said = say(cast, cast.member)
    page = connect.feed(cast.home, reader=None, before=cursor)
    assert [p.id for p in page.posts] in ([], [said.id])
    assert page.next == ""


def test_the_feed_is_chosen_by_kind_space_author_and_what_is_open(cast: Cast) -> None:
    connect.open_space(community=cast.home, name="米仓")
    talk = say(cast, cast.member, space="米仓")
    ask = say(cast, cast.other, "问", kind="ask")
    done = say(cast, cast.other, "问过了", kind="ask")
    reply = answer(cast, cast.member, done.id)
    connect.accept(community=cast.home, post_id=done.id, answer_id=reply.id, by=cast.other, now=NOW)
    connect.post(community=cast.rival, text="对岸", by=cast.enemy, now=NOW, kind="ask")

    def ids(feed: Feed) -> set[int]:
        return {p.id for p in feed.posts}

    assert ids(connect.feed(cast.home, reader=None)) == {talk.id, ask.id, done.id}
    assert ids(connect.feed(cast.home, reader=None, kind="ask")) == {ask.id, done.id}
    assert ids(connect.feed(cast.home, reader=None, unanswered=True)) == {ask.id}
    assert ids(connect.feed(cast.home, reader=None, space="米仓")) == {talk.id}
    assert ids(connect.feed(cast.home, reader=None, author_id=cast.other.pk)) == {ask.id, done.id}
    assert ids(connect.feed(cast.home, reader=None, author_id=cast.other.pk, kind="talk")) == set()
    for nothing in ({"kind": "poll"}, {"space": "无"}, {"author_id": 2**70}):
        assert ids(connect.feed(cast.home, reader=None, **nothing)) == set()
    assert ids(connect.feed(cast.home, reader=None, kind="\x00", space="\x00")) == {talk.id, ask.id, done.id}


def test_heads_agree_with_the_feed_page_by_page(cast: Cast) -> None:
    fill(cast, 5)
    connect.delete(
        community=cast.home, post_id=connect.feed(cast.home, reader=None).posts[2].id, by=cast.founder, now=NOW
    )
    seen, cursor = 0, ""
    while True:
        heads = connect.heads(cast.home, reader=cast.founder, before=cursor, limit=3)
        page = connect.feed(cast.home, reader=cast.founder, before=cursor, limit=3)
        shown = [(p.id, p.version, p.author.person_id, p.at, p.thanked) for p in page.posts]
        moments = [datetime.fromtimestamp(h.at_us / 1e6, UTC) for h in heads.heads]
        told = [(h.id, h.version, h.author_id, at, h.thanked) for h, at in zip(heads.heads, moments, strict=True)]
        assert told == shown
        assert heads.next == page.next
        seen += len(shown)
        if not (cursor := page.next):
            break
    assert seen == 4


def test_a_head_costs_one_query(cast: Cast, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    fill(cast, 5)
    with django_assert_num_queries(1):
        assert len(connect.heads(cast.home, reader=cast.member, space="米仓", kind="talk").heads) == 5


def test_each_post_shows_its_two_latest_replies(cast: Cast) -> None:
    root = say(cast, cast.member)
    replies = [answer(cast, cast.other, root.id, f"{i}", now=NOW + timedelta(minutes=i)).id for i in range(4)]
    connect.delete(community=cast.home, post_id=replies[3], by=cast.other, now=NOW)
    [shown] = connect.feed(cast.home, reader=None).posts
    assert ([r.id for r in shown.latest], shown.replies) == ([replies[1], replies[2]], 3)


def test_what_is_the_readers_own_shows(cast: Cast) -> None:
    mine, theirs = say(cast, cast.member), say(cast, cast.other)
    connect.thank(community=cast.home, post_id=theirs.id, by=cast.member, now=NOW)
    shown = {p.id: (p.mine, p.thanked) for p in connect.feed(cast.home, reader=cast.member).posts}
    assert shown == {mine.id: (True, False), theirs.id: (False, True)}
    assert {(p.mine, p.thanked) for p in connect.feed(cast.home, reader=None).posts} == {(False, False)}


def fill(cast: Cast, many: int) -> None:
    connect.open_space(community=cast.home, name="米仓")
    people = [cast.member, cast.other, cast.core, cast.founder]
    for i in range(many):
        root = say(cast, people[i % 4], f"第 {i} 条", space="米仓")
        first = answer(cast, people[(i + 1) % 4], root.id)
        answer(cast, people[(i + 2) % 4], first.id)
        if i % 5 == 0:
            connect.thank(community=cast.home, post_id=root.id, by=people[(i + 3) % 4], now=NOW)


def test_thirty_posts_cost_as_many_queries_as_five(cast: Cast) -> None:
    costs = []
    for many in (5, 25):
        fill(cast, many)
        with CaptureQueriesContext(connection) as asked:
            shown = connect.feed(cast.home, reader=cast.member).posts
        assert len(shown) == {5: 5, 25: 30}[many]
        assert all(len(p.latest) == 2 and p.space == "米仓" for p in shown)
        costs.append(len(asked))
    assert costs[0] == costs[1] <= 6


def test_a_long_thread_costs_as_many_queries_as_a_short_one(cast: Cast) -> None:
    costs = []
    root = say(cast, cast.member)
    for many in (3, 18):
        for i in range(many):
            answer(cast, [cast.member, cast.other, cast.core][i % 3], root.id)
        with CaptureQueriesContext(connection) as asked:
            shown = connect.thread(cast.home, root.id, reader=cast.member).replies
        assert len(shown) == {3: 3, 18: 21}[many]
        costs.append(len(asked))
    assert costs[0] == costs[1] <= 5
