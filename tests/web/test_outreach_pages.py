"""Posters and group codes on the pages: made, scanned, come in by; and the mail before a code runs out."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.test import Client
from django.utils import timezone

from kith.connect import api as connect
from kith.people.api import Community
from kith.web import code_warnings
from tests.conftest import Cast, signed_in
from tests.connect.codes import picture_of_code, plain_picture, said

PHONE = {"User-Agent": "Mozilla/5.0 (iPhone) MicroMessenger/8.0"}


@pytest.fixture(autouse=True)
def _media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def test_a_stranger_scans_a_poster_and_comes_in_by_it(cast: Cast) -> None:
    Community.objects.filter(pk=cast.home.pk).update(entered_by="open")
    member = signed_in(cast.member)
    member.post("/c/shanye/posters", {"campaign": "春分市集"})
    (found,) = connect.posters_of(cast.home)
    picture = member.get(f"/c/shanye/posters/{found.code}.png").content
    assert len(picture) < 2_000_000
    assert said(picture).endswith(f"/i/{found.code}")
    phone = signed_in(cast.stranger)
    page = phone.get(f"/i/{found.code}", headers=PHONE).content.decode()
    assert "苏杭" in page
    phone.post("/c/shanye/join", headers=PHONE)
    counted = connect.poster(cast.home, found.id)
    assert (counted.seen, counted.came, counted.stayed) == (1, 1, 1)
    assert "春分市集" in member.get("/c/shanye/posters").content.decode()


def test_an_operators_poster_lets_people_in_at_once(cast: Cast) -> None:
    signed_in(cast.operator).post("/c/shanye/posters", {"campaign": "", "lets_in": "1"})
    (found,) = connect.posters_of(cast.home)
    phone = signed_in(cast.stranger)
    assert "开门" not in phone.get(f"/i/{found.code}", headers=PHONE).headers
    assert phone.post(f"/i/{found.code}").headers["Location"] == "/c/shanye/"
    assert signed_in(cast.enemy).post(f"/i/{found.code}").headers["Location"] == "/c/shanye/join"


def test_another_members_poster_is_not_drawn_and_a_closed_one_leads_nowhere(cast: Cast) -> None:
    found = connect.make_poster(community=cast.home, by=cast.member, now=timezone.now())
    assert signed_in(cast.other).get(f"/c/shanye/posters/{found.code}.png").status_code == 404
    assert signed_in(cast.enemy).get(f"/c/duian/posters/{found.code}.png").status_code == 404
    signed_in(cast.member).post("/c/shanye/posters", {"close": found.id})
    assert Client().get(f"/i/{found.code}").status_code == 404


def group_code(cast: Cast) -> connect.GroupCode:
    runs = signed_in(cast.operator)
    there = runs.post("/c/shanye/group-codes", {"title": "春分课", "note": "每周六"}).headers["Location"]
    runs.post(there, {"name": "一群", "heads": "180", "limit": "200"})
    (found,) = connect.group_codes_of(cast.home, now=timezone.now())
    group = found.groups[0].id
    refused = runs.post(there, {"go": "picture", "group": group, "picture": plain_picture()})
    assert refused.status_code == 400
    runs.post(there, {"go": "picture", "group": group, "picture": picture_of_code("https://weixin.qq.com/g/1")})
    return connect.group_code(cast.home, found.id, now=timezone.now())


def test_anybody_scans_the_printed_code_and_sees_that_of_today(cast: Cast) -> None:
    found = group_code(cast)
    assert (found.groups[0].state, found.groups[0].heads) == ("fine", 180)
    page = Client().get(f"/g/{found.code}", headers=PHONE)
    assert f"/g/{found.code}/{found.current_id}.webp" in page.content.decode()
    picture = b"".join(Client().get(f"/g/{found.code}/{found.current_id}.webp"))
    assert said(picture) == "https://weixin.qq.com/g/1"
    assert Client().get(f"/g/{found.code}/{found.groups[0].id + 1}.webp").status_code == 404


def test_an_expired_code_shows_a_kind_page(cast: Cast) -> None:
    found = group_code(cast)
    from kith.connect.models import ChatGroup  # noqa: PLC0415 -- only time itself does this otherwise

    ChatGroup.objects.update(uploaded_at=timezone.now() - timedelta(days=8))
    page = Client().get(f"/g/{found.code}", headers=PHONE)
    assert page.status_code == 200
    assert "webp" not in page.content.decode()
    assert Client().get(f"/g/{found.code}/{found.groups[0].id}.webp").status_code == 404
    signed_in(cast.operator).post(f"/c/shanye/group-codes/{found.id}", {"go": "close"})
    assert Client().get(f"/g/{found.code}").status_code == 404


def test_the_mail_comes_once_before_the_seventh_day(cast: Cast, mailoutbox: list[EmailMessage]) -> None:
    group_code(cast)
    now = timezone.now()
    assert code_warnings.warn(now=now + timedelta(days=4)) == 0
    assert code_warnings.warn(now=now + timedelta(days=5)) == 1
    assert code_warnings.warn(now=now + timedelta(days=6)) == 0
    assert sorted(m.to[0] for m in mailoutbox) == ["luo@example.org", "olga@example.org"]
    assert "/c/shanye/group-codes/" in str(mailoutbox[0].body)
