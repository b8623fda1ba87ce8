"""What a feed opens with: heads, the draft of a new post, and where the news stand, in one query."""

from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from kith.connect import api as connect
from kith.connect.models import News
from kith.people import api as people
from tests.conftest import NOW, Cast
from tests.connect.talk import opening, say


def test_a_feed_opens_with_what_its_three_questions_answer(cast: Cast) -> None:
    connect.open_space(community=cast.home, name="米仓")
    for i in range(4):
        say(cast, cast.member, f"{i}", now=NOW + timedelta(minutes=i), kind="ask" if i % 2 else "talk", space="米仓")
    connect.thank(community=cast.home, post_id=say(cast, cast.other).id, by=cast.member, now=NOW)
    connect.save_draft(community=cast.home, by=cast.member, place="new", text="写到一半", now=NOW)
    for reader in (cast.member, cast.founder, None):
        for choice in ({}, {"kind": "ask"}, {"unanswered": True}, {"space": "米仓"}, {"before": before(cast)}):
            found = opening(cast, reader, limit=2, **choice).read()
            assert found.heads == connect.heads(cast.home, reader=reader, limit=2, **choice)
            assert found.draft == (connect.draft(cast.home, reader, "new") if reader else None)


def before(cast: Cast) -> str:
    return connect.heads(cast.home, reader=None, limit=2).next


def test_an_empty_feed_opens_too(cast: Cast) -> None:
    begun = opening(cast, cast.member)
    found = begun.read()
    assert (found.heads.heads, found.heads.next, found.draft, begun.news) == ([], "", None, 0)


def test_the_news_are_those_of_this_community(cast: Cast) -> None:
    mine = News.objects.create(community=cast.home, kind="post", root_id=1, post_id=1, at=NOW)
    News.objects.create(community=cast.rival, kind="post", root_id=2, post_id=2, at=NOW)
    assert opening(cast, None).news == mine.pk == connect.newest_news(cast.home)


def test_opening_costs_one_query(cast: Cast, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for i in range(3):
        say(cast, cast.member, f"{i}")
    with django_assert_num_queries(1):
        assert len(opening(cast, cast.member).read().heads.heads) == 3


def test_whatever_changes_in_a_feed_changes_its_raw_answer(cast: Cast) -> None:
    post = say(cast, cast.other)
    seen = [opening(cast, cast.member).raw]
    for change in (
        lambda: say(cast, cast.other),
        lambda: connect.thank(community=cast.home, post_id=post.id, by=cast.member, now=NOW),
        lambda: connect.edit(community=cast.home, post_id=post.id, by=cast.other, text="改过了", now=NOW),
        lambda: connect.save_draft(community=cast.home, by=cast.member, place="new", text="写到一半", now=NOW),
        lambda: connect.open_space(community=cast.home, name="米仓"),
        lambda: connect.delete(community=cast.home, post_id=post.id, by=cast.other, now=NOW),
    ):
        assert opening(cast, cast.member).raw == seen[-1]
        change()
        assert opening(cast, cast.member).raw not in seen
        seen.append(opening(cast, cast.member).raw)


def test_questions_that_mean_different_things_by_one_name_are_not_asked_together() -> None:
    with pytest.raises(ValueError, match="Question"):
        people.ask(people.Question(["%(a)s"], "", {"a": 1}), people.Question(["%(a)s"], "", {"a": 2}))
