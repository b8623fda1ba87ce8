"""The page that everybody opens: what it costs once its cards are kept, and that its forms work."""

import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from kith.connect.models import News, Post
from kith.people.api import Community
from tests.conftest import NOW, Cast, signed_in
from tests.connect.talk import answer, say

FEED = "/c/shanye/"


@pytest.mark.parametrize("role", ["member", "core", "operator", "founder"])
def test_a_feed_whose_cards_are_kept_costs_one_query(
    cast: Cast, role: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for i in range(5):
        answer(cast, cast.other, say(cast, cast.member, f"第 {i} 条").id)
    client = signed_in(getattr(cast, role))
    first = client.get(FEED).content.decode()
    with django_assert_num_queries(1):  # who reads it and where, and what the feed opens with
        again = client.get(FEED).content.decode()
    assert cards_of(again) == cards_of(first) != []


def test_a_visitors_costs_two(cast: Cast, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    Community.objects.filter(pk=cast.home.pk).update(visible_to="public")
    say(cast, cast.member)
    Client().get(FEED)
    with django_assert_num_queries(2):
        assert len(cards_of(Client().get(FEED).content.decode())) == 1


def cards_of(body: str) -> list[str]:
    return re.findall(r'<article class="card post".*?</article>', body, re.DOTALL)


def test_every_form_of_the_page_bears_a_token_that_opens(cast: Cast) -> None:
    client = signed_in(cast.member)
    client.handler.enforce_csrf_checks = True
    body = client.get(FEED).content.decode()
    header = re.findall(r'"X-CSRFToken":"([A-Za-z0-9]{64})"', body)
    forms = re.findall(r'name="csrfmiddlewaretoken" value="([^"]*)"', body)
    assert len(header) == 1
    assert len(forms) == body.count('method="post"') >= 3
    assert {*forms} == {*header}
    facts = {"text": "新米到了。", "kind": "talk", "key": ""}
    assert client.post(f"{FEED}post", facts).status_code == 403
    assert client.post(f"{FEED}post", facts | {"csrfmiddlewaretoken": forms[0]}).status_code == 302
    assert client.post(f"{FEED}post", facts, headers={"X-CSRFToken": header[0]}).status_code == 302
    assert Post.objects.count() == 2


def test_each_reader_gets_a_token_of_their_own(cast: Cast) -> None:
    mine, theirs = signed_in(cast.member), signed_in(cast.other)
    tokens = {re.search(r'"X-CSRFToken":"(\w{64})"', c.get(FEED).content.decode()) for c in (mine, theirs, mine)}
    assert len({found[1] for found in tokens if found}) == 3


def test_the_page_listens_from_where_it_was_drawn(cast: Cast) -> None:
    news = News.objects.create(community=cast.home, kind="post", root_id=1, post_id=1, at=NOW)
    News.objects.create(community=cast.rival, kind="post", root_id=2, post_id=2, at=NOW)
    thread = f"{FEED}p/{say(cast, cast.member).id}"
    for path in (FEED, thread):
        body = signed_in(cast.member).get(path).content.decode()
        assert re.search(r'data-live="/live/shanye\?token=[\w.-]+&amp;after=(\d+)"', body)[1] == str(news.pk), path  # type: ignore[index]


def test_the_draft_of_a_new_post_is_back(cast: Cast) -> None:
    client = signed_in(cast.member)
    client.post(f"{FEED}draft/new", {"text": "写到 <一半>", "kind": "ask"})
    body = client.get(FEED).content.decode()
    assert ">写到 &lt;一半&gt;</textarea>" in body
    assert 'value="ask" checked' in body
    assert "一半" not in signed_in(cast.other).get(FEED).content.decode()
