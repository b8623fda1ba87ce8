"""The bell, the page, the settings, and the mails with their end by one click."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.test import Client

from kith.connect import api as connect
from kith.people.api import BadLink
from kith.web import notice_mail, tasks
from tests.conftest import NOW, Cast, signed_in
from tests.connect.talk import answer, say

LATER = NOW + timedelta(minutes=5)
PAGE, SETTINGS = "/c/shanye/notices", "/c/shanye/notices/settings"


def test_the_bell_counts_and_a_thread_that_is_opened_is_read(cast: Cast) -> None:
    client = signed_in(cast.member)
    post = say(cast, cast.member, "今天新米到了").id
    answer(cast, cast.other, post, "真好 & 多谢")
    assert client.get("/c/shanye/bell").content == b"1"
    body = client.get(PAGE).content.decode()
    assert "赵穗" in body
    assert "真好 &amp; 多谢" in body
    assert "data-bell >1</b>" in client.get("/c/shanye/").content.decode()
    client.get(f"/c/shanye/p/{post}")
    assert client.get("/c/shanye/bell").content == b"0"


def test_all_is_marked_as_read_by_one_button(cast: Cast) -> None:
    client = signed_in(cast.member)
    for nth in range(3):
        answer(cast, cast.other, say(cast, cast.member, f"{nth}").id)
    assert client.post(PAGE).status_code == 302
    assert client.get("/c/shanye/bell").content == b"0"


def test_settings_are_kept_and_what_means_nothing_is_said(cast: Cast) -> None:
    client = signed_in(cast.member)
    connect.open_space(community=cast.home, name="茶")
    assert client.post(SETTINGS, {"part": "ways", "thank": "off"}).status_code == 302
    assert client.post(SETTINGS, {"part": "space", "space": "茶", "post": "bell"}).status_code == 302
    wishes = connect.wishes(cast.home, cast.member)
    assert (wishes["thank", ""], wishes["post", "茶"], wishes["reply", ""]) == ("off", "bell", "mail")
    form = {
        "part": "ears",
        "takes_mail": "1",
        "digest": "weekly",
        "quiet": "1",
        "from": "22:00",
        "until": "07:30",
        "zone": "UTC",
    }
    assert client.post(SETTINGS, form).status_code == 302
    ears = connect.ears(cast.home, cast.member)
    assert (ears.digest, ears.quiet_from_minute, ears.quiet_until_minute) == ("weekly", 1320, 450)
    assert 'value="22:00"' in client.get(SETTINGS).content.decode()
    refused = client.post(SETTINGS, form | {"zone": "Mars/Base"})
    assert refused.status_code == 422
    assert "Mars/Base" in refused.content.decode()
    assert client.post(SETTINGS, {"part": "nothing"}).status_code == 404
    assert connect.ears(cast.home, cast.member) == ears


def test_one_mail_tells_all_that_waits_and_ends_by_one_click(cast: Cast) -> None:
    post = say(cast, cast.member, "今天新米到了").id
    answer(cast, cast.other, post, "真好 & 多谢")
    connect.thank(community=cast.home, post_id=post, by=cast.core, now=NOW)
    assert notice_mail.send(slug="shanye", person_id=cast.member.pk, now=LATER)
    assert not notice_mail.send(slug="shanye", person_id=cast.member.pk, now=LATER)
    [letter] = mail.outbox
    assert isinstance(letter, EmailMultiAlternatives)
    html = str(letter.alternatives[0][0])
    assert (letter.to, letter.subject) == (["su@example.org"], "赵穗 回复了 · 山野社")
    assert "真好 &amp; 多谢" in html
    assert "真好 & 多谢" in str(letter.body)
    assert "感谢" not in str(letter.body)  # thanks are heard by the bell alone
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    stop = re.sub(r"^<https?://[^/]+|>$", "", letter.extra_headers["List-Unsubscribe"])
    anybody = Client()
    assert anybody.get(stop).status_code == 200
    assert connect.ears(cast.home, cast.member).takes_mail
    assert anybody.post(stop, {"List-Unsubscribe": "One-Click"}).status_code == 200
    answer(cast, cast.other, post, "还有")
    assert not notice_mail.send(slug="shanye", person_id=cast.member.pk, now=LATER)
    anybody.post(stop, {"back": "1"})
    assert connect.ears(cast.home, cast.member).takes_mail
    with pytest.raises(BadLink):
        notice_mail.opened("no-such-token")


def test_a_digest_brings_what_was_missed(cast: Cast) -> None:
    connect.hear(community=cast.home, by=cast.member, ears=connect.Ears(digest="daily"))
    post = say(cast, cast.core, "大家早").id
    answer(cast, cast.member, post, "早")
    answer(cast, cast.other, post, "@苏杭 早")
    morning = NOW + timedelta(hours=13)
    assert notice_mail.send_digest(slug="shanye", person_id=cast.member.pk, now=morning)
    assert not notice_mail.send_digest(slug="shanye", person_id=cast.member.pk, now=morning)
    body = str(mail.outbox[0].body)
    assert "@苏杭 早" in body
    assert "大家早" in body


def test_mails_are_queued_once_each_minute(cast: Cast) -> None:
    from procrastinate.contrib.django import app  # noqa: PLC0415
    from procrastinate.testing import InMemoryConnector  # noqa: PLC0415

    answer(cast, cast.other, say(cast, cast.member).id)
    with app.replace_connector(InMemoryConnector()):
        at = int(datetime(2026, 11, 20, 12, 5, tzinfo=UTC).timestamp())
        assert [tasks.send_notices(at), tasks.send_notices(at)] == [1, 0]


def test_a_thread_is_muted_from_its_page(cast: Cast) -> None:
    client, post = signed_in(cast.member), say(cast, cast.member).id
    client.post(f"/c/shanye/p/{post}/mute", {"on": "1"})
    answer(cast, cast.other, post)
    assert client.get("/c/shanye/bell").content == b"0"
    assert "恢复" in client.get(f"/c/shanye/p/{post}", headers={"Accept-Language": "zh-hans"}).content.decode()
