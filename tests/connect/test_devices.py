"""Devices are told what would be mailed, at once or after quiet hours; and nothing goes where it must not."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from kith.connect import api as connect
from kith.connect.api import BadDevice, Ears, NewDevice, NoSuchDevice, PushNotHere
from kith.connect.models import Device
from kith.lib import web_push
from kith.lib.outward import InnerAddress
from tests.conftest import NOW, Cast
from tests.connect.pushing import Browser, browser
from tests.connect.talk import answer, say

LATER = NOW + timedelta(minutes=1)
HOME = "Asia/Shanghai"


@pytest.fixture
def phone(settings: Any) -> Iterator[Browser]:
    settings.PUSH_INNER = True
    with browser() as found:
        yield found


def add(cast: Cast, device: NewDevice) -> connect.DeviceValue:
    return connect.add_device(by=cast.member, device=device, now=NOW)


def out(cast: Cast, now: Any = LATER) -> list[str]:
    return [b.kind for b in connect.push_out(community=cast.home, person=cast.member, now=now, home=HOME)]


def test_what_would_be_mailed_is_shown_once_and_what_would_not_is_not(cast: Cast, phone: Browser) -> None:
    post = say(cast, cast.member).id
    answer(cast, cast.other, post, "先")
    add(cast, phone.device())
    assert connect.pushes_due(now=LATER) == []
    answer(cast, cast.other, post, "好")
    connect.thank(community=cast.home, post_id=post, by=cast.other, now=NOW)  # by the bell alone
    assert connect.pushes_due(now=NOW) == []
    assert connect.pushes_due(now=LATER) == [(cast.home.pk, cast.member.pk)]
    assert out(cast) == ["reply"]
    assert (out(cast), connect.pushes_due(now=LATER)) == ([], [])


def test_wishes_of_a_space_mutes_and_reading_hold_here_too(cast: Cast, phone: Browser) -> None:
    add(cast, phone.device())
    connect.open_space(community=cast.home, name="茶")
    connect.wish(community=cast.home, by=cast.member, kind="reply", way="bell", space="茶")
    tea = connect.post(community=cast.home, text="茶", space="茶", by=cast.member, now=NOW).id
    answer(cast, cast.other, tea, "喝")
    assert out(cast) == []
    muted, read = say(cast, cast.member, "一").id, say(cast, cast.member, "二").id
    answer(cast, cast.other, muted, "静")
    connect.mute(community=cast.home, by=cast.member, post_id=muted, on=True)
    assert connect.pushes_due(now=LATER) == []
    answer(cast, cast.other, read, "看")
    connect.mark_read(community=cast.home, by=cast.member, now=NOW)
    assert out(cast) == []


def test_quiet_hours_hold_it_back_and_a_day_makes_it_stale(cast: Cast, phone: Browser) -> None:
    add(cast, phone.device())
    minute = (LATER.hour * 60 + LATER.minute) % 1440
    quiet = Ears(takes_mail=False, quiet_from_minute=minute, quiet_until_minute=(minute + 60) % 1440, zone="UTC")
    connect.hear(community=cast.home, by=cast.member, ears=quiet)
    answer(cast, cast.other, say(cast, cast.member).id, "好")
    assert (out(cast), len(connect.pushes_due(now=LATER))) == ([], 1)
    assert out(cast, LATER + timedelta(hours=2)) == ["reply"]  # though they take no mail
    answer(cast, cast.other, say(cast, cast.member, "又").id, "好")
    assert out(cast, NOW + timedelta(days=1, hours=2)) == []


def test_a_device_is_kept_sealed_and_is_its_last_persons(cast: Cast, phone: Browser) -> None:
    made = add(cast, phone.device(label="Firefox · Android"))
    assert b"127.0.0.1" not in bytes(Device.objects.get().sealed)
    assert connect.devices(cast.member) == [made]
    with pytest.raises(NoSuchDevice):
        connect.drop_device(by=cast.other, device_id=made.id)
    connect.add_device(by=cast.other, device=phone.device(), now=NOW)
    assert (connect.devices(cast.member), len(connect.devices(cast.other))) == ([], 1)
    connect.drop_device(by=cast.other, device_id=made.id)
    assert connect.count_devices() == 0


def test_of_ten_the_oldest_makes_room(cast: Cast, phone: Browser) -> None:
    for n in range(12):
        connect.add_device(by=cast.member, device=phone.device(f"/{n}", str(n)), now=NOW + timedelta(minutes=n))
    assert [d.label for d in connect.devices(cast.member)] == [str(n) for n in range(11, 1, -1)]


@pytest.mark.parametrize("status", [404, 410])
def test_who_has_left_is_forgotten(cast: Cast, phone: Browser, status: int) -> None:
    add(cast, phone.device())
    assert connect.push(person=cast.member, text="{}", now=NOW) == 1
    phone.status = status
    assert connect.push(person=cast.member, text="{}", now=NOW) == 0
    assert connect.devices(cast.member) == []


def test_where_nothing_arrives_it_is_given_up_in_the_end(cast: Cast, phone: Browser) -> None:
    add(cast, phone.device())
    phone.status = 500
    for _ in range(19):
        connect.push(person=cast.member, text="{}", now=NOW)
    phone.status = 201
    connect.push(person=cast.member, text="{}", now=NOW)
    assert Device.objects.get().vain == 0
    Device.objects.update(vain=19)
    phone.status = 500
    connect.push(person=cast.member, text="{}", now=NOW)
    assert connect.devices(cast.member) == []


def test_under_another_secret_devices_are_forgotten(cast: Cast, phone: Browser, settings: Any) -> None:
    add(cast, phone.device())
    settings.SECRET_KEY = "another"
    assert (connect.push(person=cast.member, text="{}", now=NOW), connect.count_devices()) == (0, 0)
    assert phone.heard == []


def test_addresses_are_https_and_on_the_internet_and_keys_are_keys(cast: Cast, settings: Any) -> None:
    settings.PUSH_INNER = False
    with browser() as found:
        good = found.device()
        for endpoint in (
            "http://push.example.org/x",
            "https://[2606:4700::1]/x",
            "https://u:p@example.org/",
            "x" * 2000,
        ):
            with pytest.raises(BadDevice):
                add(cast, replace(good, endpoint=endpoint))
        with pytest.raises(InnerAddress):
            add(cast, replace(good, endpoint="https://database/x"))
        for keys in ({"p256dh": "AAAA"}, {"p256dh": "é"}, {"auth": "AAAA"}, {"p256dh": good.auth}, {"auth": "a" * 500}):
            with pytest.raises(BadDevice):
                add(cast, replace(good, endpoint="https://push.example.org/x", **keys))
        assert connect.count_devices() == 0
        add(
            cast, replace(good, endpoint=f"https://127.0.0.1:{found.server.server_port}/x")
        )  # a number tells when it is called
        assert connect.push(person=cast.member, text="{}", now=NOW) == 0
        assert found.heard == []


def test_without_the_extra_nothing_is_offered(cast: Cast, phone: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web_push, "is_installed", lambda: False)
    assert connect.push_key() == ""
    with pytest.raises(PushNotHere):
        add(cast, phone.device())
