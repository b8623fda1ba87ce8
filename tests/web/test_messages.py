"""Messages, bookmarks and the queue of the unheard on their pages; what a page says to be shared; the keys."""

import re
from datetime import timedelta

from django.utils import timezone

from kith.connect import api as connect
from kith.people.api import Community, add_member
from tests.conftest import Cast, account, signed_in
from tests.connect.talk import say

WITH = "/c/shanye/m/赵穗/messages"


def test_a_message_is_written_read_taken_back_and_blocked(cast: Cast) -> None:
    mine, theirs = signed_in(cast.member), signed_in(cast.other)
    assert mine.post(WITH, {"text": "明天**见**", "key": ""}).status_code == 302
    body = theirs.get("/c/shanye/m/苏杭/messages").content.decode()
    assert "<strong>见</strong>" in body
    assert theirs.get("/c/shanye/bell").content == b"0"
    [sent] = re.findall(r'id="message-(\d+)"', body)
    assert theirs.post(f"/c/shanye/messages/{sent}", {"report": "1"}).status_code == 302
    staff = signed_in(cast.founder)
    assert "明天" in staff.get("/c/shanye/messages/reported").content.decode()
    assert mine.get("/c/shanye/messages/reported").status_code == 403
    assert staff.post(f"/c/shanye/messages/{sent}/settle", {"remove": "1"}).status_code == 302
    assert "明天" not in theirs.get("/c/shanye/m/苏杭/messages").content.decode()
    theirs.post("/c/shanye/m/苏杭/block", {"on": "1"})
    assert mine.post(WITH, {"text": "在吗", "key": ""}).status_code == 403
    assert "赵穗" in mine.get("/c/shanye/messages").content.decode()


def test_a_bookmark_is_set_noted_and_let_go_from_the_pages(cast: Cast) -> None:
    client, post = signed_in(cast.member), say(cast, cast.other, "好帖").id
    client.post(f"/c/shanye/p/{post}/bookmark", {"on": "1"})
    client.post(f"/c/shanye/p/{post}/bookmark", {"on": "1", "note": "周末试试", "back": "bookmarks"})
    body = client.get("/c/shanye/bookmarks").content.decode()
    assert "好帖" in body
    assert "周末试试" in body
    client.post(f"/c/shanye/p/{post}/bookmark", {"back": "bookmarks"})
    assert connect.kept(cast.home, cast.member).kept == []


def test_the_unheard_stand_before_those_willing_to_answer_newcomers_first(cast: Cast) -> None:
    now = timezone.now()
    new = account("新人", "new@example.org")
    add_member(community=cast.home, person=new, now=now - timedelta(days=2))
    connect.post(community=cast.home, text="有人在吗", by=new, now=now - timedelta(hours=13))
    client = signed_in(cast.member)
    assert client.get("/c/shanye/welcome").status_code == 403
    assert signed_in(cast.operator).get("/c/shanye/welcome").status_code == 200
    connect.hear(community=cast.home, by=cast.member, ears=connect.Ears(answers_newcomers=True))
    body = client.get("/c/shanye/welcome").content.decode()
    assert "有人在吗" in body
    assert "新人" in body


def test_a_public_thread_says_how_it_is_shared_and_a_hidden_one_nothing(cast: Cast) -> None:
    post = say(cast, cast.member, '今天"新米"到了').id
    client = signed_in(cast.member)
    assert "og:title" not in client.get(f"/c/shanye/p/{post}").content.decode()
    Community.objects.filter(pk=cast.home.pk).update(visible_to="public")
    body = signed_in(cast.enemy).get(f"/c/shanye/p/{post}").content.decode()
    found = dict(re.findall(r'<meta property="(og:\w+)" content="([^"]*)"', body))
    assert found["og:title"] == "今天&#34;新米&#34;到了"
    assert found["og:url"].endswith(f"/c/shanye/p/{post}")
    assert found["og:image"].startswith("http")


def test_every_page_lists_its_keys(cast: Cast) -> None:
    body = signed_in(cast.member).get("/c/shanye/").content.decode()
    assert '<dialog id="keys"' in body
