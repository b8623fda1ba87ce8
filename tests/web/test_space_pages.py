"""Spaces and announcements on the pages."""

import pytest
from django.test import Client

from kith.connect import api as connect
from tests.conftest import NOW, Cast, signed_in

HOME = "/c/shanye/"
SETTINGS = f"{HOME}settings/spaces"


def body(client: Client, path: str) -> str:
    return client.get(path).content.decode()


def test_a_founder_arranges_spaces(cast: Cast) -> None:
    client = signed_in(cast.founder)
    for name in ("茶", "米"):
        assert client.post(SETTINGS, {"go": "make", "name": name, "all": "1"}).status_code == 302
    tea, rice = connect.spaces(cast.home)
    client.post(SETTINGS, {"go": "save", "id": tea.id, "name": "好茶", "about": "喝茶", "kinds": ["ask"], "slow": "90"})
    client.post(SETTINGS, {"go": "up", "id": rice.id})
    client.post(SETTINGS, {"go": "archive", "id": rice.id})
    found = [(s.name, s.about, s.kinds, s.is_archived) for s in connect.spaces(cast.home, archived=True)]
    assert found == [("好茶", "喝茶", ("ask",), False), ("米", "", (), True)]
    answer = client.post(SETTINGS, {"go": "save", "id": tea.id, "name": "米", "about": "写到一半"})
    assert (answer.status_code, "写到一半" in answer.content.decode()) == (409, True)
    assert "90" in body(signed_in(cast.member), f"{HOME}spaces/{tea.id}")
    for wrong in ("一分钟", "-5", "99999999"):
        answer = client.post(SETTINGS, {"go": "save", "id": tea.id, "name": "好茶", "slow": wrong})
        assert (answer.status_code, wrong in answer.content.decode()) == (400, True)
    assert connect.space(cast.home, tea.id).slow_seconds == 90


def test_a_space_has_its_own_feed_and_composer(cast: Cast) -> None:
    tea = connect.make_space(community=cast.home, name="茶", kinds=["ask"], by=cast.founder, now=NOW)
    client = signed_in(cast.member)
    assert client.post(f"{HOME}post", {"text": "哪里有水？", "kind": "ask", "space": "茶"}).status_code == 302
    client.post(f"{HOME}post", {"text": "闲话"})
    there = body(client, f"{HOME}spaces/{tea.id}")
    assert ("哪里有水？" in there, "闲话" in there) == (True, False)
    assert 'name="space" value="茶"' in there
    assert 'name="kind" value="talk"' not in there
    feed = body(client, HOME)
    assert f'href="{HOME}spaces/{tea.id}">#茶</a>' in feed
    assert '<option value="茶">' in feed
    assert "1 帖" in body(client, f"{HOME}spaces")


def test_a_form_that_is_refused_keeps_what_was_typed(cast: Cast) -> None:
    client = signed_in(cast.operator)
    form = {"text": "周六停电。", "until": "2126-01-01T08:00", "groups": "一群\n二群", "key": "", "space": ""}
    answer = client.post(f"{HOME}write/announcement", form)
    page = answer.content.decode()
    assert answer.status_code == 400
    assert all(typed in page for typed in ("周六停电。", "2126-01-01T08:00", "一群\n二群", 'id="until_error"'))
    assert connect.count(cast.home) == 0
    assert client.post(f"{HOME}write/announcement", form | {"until": "明天"}).status_code == 400
    assert signed_in(cast.member).get(f"{HOME}write/announcement").status_code == 403


@pytest.mark.parametrize("htmx", [False, True])
def test_an_announcement_is_pinned_and_ticked_off(cast: Cast, htmx: bool) -> None:  # noqa: FBT001 -- a parameter
    client = signed_in(cast.operator)
    client.post(
        f"{HOME}write/announcement", {"text": "周六停电。", "until": "2027-01-01T08:00", "groups": "一群\n二群"}
    )
    [said] = connect.feed(cast.home, reader=None).posts
    member = signed_in(cast.member)
    assert body(member, HOME).count(f'id="post-{said.id}"') == 1
    assert 'class="posts pinned"' in body(member, HOME)
    found = connect.announcement(cast.home, said.id)
    assert found
    headers = {"HX-Request": "true"} if htmx else {}
    answer = client.post(f"{HOME}p/{said.id}/copied", {"copy": found.copies[0].id, "done": "1"}, headers=headers)
    assert answer.status_code == (200 if htmx else 302)
    page = body(client, f"{HOME}p/{said.id}")
    assert ("1 / 2" in page, "1 / 2" in answer.content.decode()) == (True, htmx)
    assert "一群" not in body(member, f"{HOME}p/{said.id}")
    client.post(f"{HOME}p/{said.id}/pin", {"until": ""})
    assert 'class="posts pinned"' not in body(member, HOME)
