"""Posts, replies, thanks, answers and drafts by the API."""

from datetime import timedelta

from pytest_django.fixtures import DjangoAssertNumQueries

from kith.connect import api as connect
from kith.energy import api as energy
from kith.people.api import Community
from tests.conftest import NOW, Cast
from tests.rest.calling import Calls

HOME = "/communities/shanye"


def test_an_ask_is_answered_thanked_and_closed_and_the_book_holds_it(cast: Cast) -> None:
    asks, answers = Calls(cast.member), Calls(cast.core)
    ask = asks("POST", f"{HOME}/posts", {"text": "**谁**有车？@何以南", "kind": "ask"})
    assert (asks.status, ask["kind"], ask["mine"], ask["author"]["handle"]) == (201, "ask", True, "苏杭")
    assert "<strong>谁</strong>" in ask["html"]
    reply = answers("POST", f"{HOME}/posts/{ask['id']}/replies", {"text": "我有"})
    assert (answers.status, reply["root_id"], reply["quoted"]) == (201, ask["id"], None)
    second = asks("POST", f"{HOME}/posts/{reply['id']}/replies", {"text": "几点走？"})
    assert second["quoted"] == {"id": reply["id"], "author": "何以南", "excerpt": "我有"}
    thanked = asks("PUT", f"{HOME}/posts/{reply['id']}/thanks", {"why": "雨里也来"})
    assert (asks.status, thanked["thanks"], thanked["thanked"]) == (200, 1, True)
    assert [(t["by"]["name"], t["why"]) for t in asks("GET", f"{HOME}/posts/{reply['id']}/thanks")["thanks"]] == [
        ("苏杭", "雨里也来")
    ]
    assert asks("PUT", f"{HOME}/posts/{ask['id']}/answer", {"answer_id": reply["id"]})["answer_id"] == reply["id"]
    assert asks("GET", f"{HOME}/posts?unanswered=true")["posts"] == []
    thread = answers("GET", f"{HOME}/posts/{reply['id']}/thread")
    assert (thread["post"]["id"], [r["text"] for r in thread["replies"]]) == (ask["id"], ["我有", "几点走？"])
    kinds = sorted(act.kind for act in energy.acts_of(cast.home, cast.core.pk))
    assert kinds == ["answer", "mention", "reply", "reply", "thank"]


def test_what_was_given_can_be_taken_back(cast: Cast) -> None:
    asks, answers = Calls(cast.member), Calls(cast.core)
    ask = asks("POST", f"{HOME}/posts", {"text": "谁有车？", "kind": "ask"})
    reply = answers("POST", f"{HOME}/posts/{ask['id']}/replies", {"text": "我有"})
    asks("PUT", f"{HOME}/posts/{reply['id']}/thanks", {})
    asks("PUT", f"{HOME}/posts/{ask['id']}/answer", {"answer_id": reply["id"]})
    assert asks("DELETE", f"{HOME}/posts/{ask['id']}/answer")["answer_id"] is None
    assert asks("DELETE", f"{HOME}/posts/{reply['id']}/thanks")["thanks"] == 0
    edited = answers("PATCH", f"{HOME}/posts/{reply['id']}", {"text": "没有了"})
    assert edited["text"] == "没有了"
    assert edited["edited_at"]
    answers("DELETE", f"{HOME}/posts/{reply['id']}")
    assert answers.status == 204
    assert asks("GET", f"{HOME}/posts/{ask['id']}")["replies"] == 0
    assert asks("GET", f"{HOME}/posts/{reply['id']}")["error"] == "PostGone"


def test_a_refusal_of_meaning_keeps_its_name(cast: Cast) -> None:
    calls = Calls(cast.member)
    talk = calls("POST", f"{HOME}/posts", {"text": "好"})
    for method, path, data, error, status in [
        ("POST", "/posts", {"text": " \t\n"}, "EmptyText", 400),
        ("PUT", f"/posts/{talk['id']}/thanks", {}, "NoThanksToSelf", 400),
        ("PUT", f"/posts/{talk['id']}/answer", {"answer_id": talk["id"]}, "NotAnAsk", 400),
        ("POST", "/posts/999999999/replies", {"text": "好"}, "PostGone", 404),
    ]:
        assert (calls(method, f"{HOME}{path}", data)["error"], calls.status) == (error, status)


def test_the_feed_is_read_page_by_page_without_gap_or_repeat(cast: Cast) -> None:
    for nth in range(7):
        connect.post(community=cast.home, text=f"第{nth}", by=cast.member, now=NOW + timedelta(seconds=nth // 2))
    calls, seen, cursor = Calls(cast.other), [], ""
    for _ in range(4):
        page = calls("GET", f"{HOME}/posts?limit=2&before={cursor}")
        seen += [p["text"] for p in page["posts"]]
        cursor = page["next"]
    assert seen == [f"第{nth}" for nth in (6, 5, 4, 3, 2, 1, 0)]
    assert cursor == ""


def test_the_feed_is_chosen_by_kind_and_space(cast: Cast) -> None:
    connect.open_space(community=cast.home, name="茶")
    calls = Calls(cast.member)
    calls("POST", f"{HOME}/posts", {"text": "一", "space": "茶"})
    calls("POST", f"{HOME}/posts", {"text": "二", "kind": "viewpoint"})
    assert [s["name"] for s in calls("GET", f"{HOME}/spaces")["spaces"]] == ["茶"]
    assert [p["text"] for p in calls("GET", f"{HOME}/posts?space=茶")["posts"]] == ["一"]
    assert [p["text"] for p in calls("GET", f"{HOME}/posts?kind=viewpoint")["posts"]] == ["二"]
    assert [p["text"] for p in calls("GET", f"{HOME}/members/苏杭/posts")["posts"]] == ["二", "一"]


def test_a_draft_becomes_one_post_however_often_it_is_sent(cast: Cast) -> None:
    calls = Calls(cast.member)
    assert calls("GET", f"{HOME}/drafts/new")["error"] == "NotFound"
    draft = calls("PUT", f"{HOME}/drafts/new", {"text": "还没想好", "kind": "viewpoint"})
    assert calls("GET", f"{HOME}/drafts/new") == draft
    assert Calls(cast.other)("GET", f"{HOME}/drafts/new")["error"] == "NotFound"
    for _ in range(2):
        calls("POST", f"{HOME}/posts", {"text": "想好了"}, **{"Idempotency-Key": draft["key"]})
    assert len(calls("GET", f"{HOME}/posts")["posts"]) == 1
    assert calls("GET", f"{HOME}/drafts/new")["error"] == "NotFound"
    calls("PUT", f"{HOME}/drafts/new", {"text": "又一个"})
    calls("DELETE", f"{HOME}/drafts/new")
    assert calls.status == 204
    assert calls("GET", f"{HOME}/drafts/new")["error"] == "NotFound"


def test_a_stranger_reads_a_public_community_and_finds_nothing_personal(cast: Cast) -> None:
    Community.objects.filter(pk=cast.home.pk).update(visible_to="public")
    connect.post(community=cast.home, text="大家好", by=cast.member, now=NOW)
    feed = Calls()("GET", f"{HOME}/posts")
    assert [(p["text"], p["mine"], p["thanked"]) for p in feed["posts"]] == [("大家好", False, False)]
    assert "example.org" not in str(feed)


def many(cast: Cast, number: int) -> None:
    for nth in range(number):
        ask = connect.post(community=cast.home, text=f"第{nth}", kind="ask", by=cast.member, now=NOW)
        connect.reply(community=cast.home, to=ask.id, text="在", by=cast.core, now=NOW)
        connect.thank(community=cast.home, post_id=ask.id, by=cast.other, now=NOW)


def test_lists_cost_the_same_however_long(cast: Cast, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    many(cast, 2)
    calls = Calls(cast.member)
    calls("GET", "/me")  # notes the use of the token
    post_id = calls("GET", f"{HOME}/posts")["posts"][0]["id"]
    costs = {"/posts": 8, "/members/苏杭/posts": 9, f"/posts/{post_id}/thread": 7, f"/posts/{post_id}/thanks": 6}
    for _ in range(2):
        for path, queries in costs.items():
            with django_assert_num_queries(queries):
                calls("GET", HOME + path)
        many(cast, 9)
