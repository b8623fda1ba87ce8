"""Notices on devices: a push service on this machine hears them as a browser does, from the server the browser knows."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from py_vapid import Vapid02

from kith.connect import api as connect
from kith.lib import web_push
from kith.web import notice_push, tasks
from tests.conftest import NOW, Cast, signed_in
from tests.connect.pushing import Browser, browser
from tests.connect.talk import answer, say

SETTINGS = "/c/shanye/notices/settings"
FIREFOX = "Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0"


@pytest.fixture
def phone(settings: Any) -> Iterator[Browser]:
    settings.PUSH_INNER = True
    with browser() as found:
        yield found


def form(phone: Browser) -> dict[str, str]:
    device = phone.device()
    return {"part": "device", "endpoint": device.endpoint, "p256dh": device.p256dh, "auth": device.auth}


def test_a_person_turns_it_on_is_told_and_turns_it_off(cast: Cast, phone: Browser, settings: Any) -> None:
    client = signed_in(cast.member)
    assert client.post(SETTINGS, form(phone), headers={"User-Agent": FIREFOX}).status_code == 302
    page = client.get(SETTINGS).content.decode()
    assert "Firefox · Android" in page
    assert f'data-key="{connect.push_key()}"' in page
    post = say(cast, cast.member, "今天新米到了").id
    said = answer(cast, cast.other, post, "门牌号是七").id
    assert notice_push.send(slug="shanye", person_id=cast.member.pk, now=NOW) == 1
    [(headers, told)] = phone.heard
    assert told == {"title": "山野社", "body": "赵穗 回复了", "path": f"/c/shanye/p/{said}", "tag": "shanye"}
    assert (headers["content-encoding"], headers["ttl"]) == ("aes128gcm", "86400")
    assert Vapid02.verify(headers["authorization"])
    assert f"k={connect.push_key()}" in headers["authorization"]
    [device] = connect.devices(cast.member)
    client.post(SETTINGS, {"part": "undevice", "id": str(device.id)})
    assert connect.devices(cast.member) == []


def test_several_come_as_one_and_in_the_persons_language(cast: Cast, phone: Browser) -> None:
    cast.member.language = "en"
    cast.member.save(update_fields=["language"])
    connect.add_device(by=cast.member, device=phone.device(), now=NOW)
    for n in range(3):
        answer(cast, cast.other, say(cast, cast.member, str(n)).id, "好")
    notice_push.send(slug="shanye", person_id=cast.member.pk, now=NOW)
    assert [(t["body"], t["path"]) for _, t in phone.heard] == [("3 things for you", "/c/shanye/notices")]


def test_what_a_browser_cannot_have_said_is_refused_in_words(cast: Cast) -> None:
    client = signed_in(cast.member)
    answered = client.post(
        SETTINGS, {"part": "device", "endpoint": "http://169.254.169.254/", "p256dh": "x", "auth": "y"}
    )
    assert answered.status_code == 422
    assert 'role="alert"' in answered.content.decode()
    assert client.post(SETTINGS, {"part": "undevice", "id": "7"}).status_code == 422


def test_without_the_extra_the_page_offers_nothing(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web_push, "is_installed", lambda: False)
    page = signed_in(cast.member).get(SETTINGS).content.decode()
    assert "push.js" not in page
    assert 'id="device"' not in page
    assert tasks.send_pushes(timestamp=0) == 0


def test_the_worker_of_the_pages_shows_it_and_the_page_stays_strict(cast: Cast) -> None:
    client = signed_in(cast.member)
    worker = client.get("/sw.js").content.decode()
    for word in ('addEventListener("push"', 'addEventListener("notificationclick"'):
        assert word in worker
    policy = client.get(SETTINGS).headers["Content-Security-Policy"]
    assert "script-src 'self';" in policy


def test_a_device_has_a_name_its_person_knows() -> None:
    assert notice_push.label(FIREFOX) == "Firefox · Android"
    edge = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36 Edg/140.0"
    assert (notice_push.label(edge), notice_push.label("")) == ("Edge · Windows", "")


def test_a_key_is_of_its_secret_alone() -> None:
    assert web_push.public_key("one") == web_push.public_key("one") != web_push.public_key("two")
    assert json.dumps(web_push.public_key("one")).isascii()
