"""Events on the pages."""

import re
from datetime import timedelta

from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from kith.connect import api as connect
from tests.conftest import Cast, signed_in

HOME = "/c/shanye/"


def form(hours: int = 3, **more: str) -> dict[str, str]:
    starts = timezone.localtime(timezone.now() + timedelta(hours=hours)).strftime("%Y-%m-%dT%H:%M")
    return {"text": "带杯子。", "title": "茶会", "starts": starts, "zone": "Asia/Shanghai", "capacity": "1", **more}


def test_an_evening_from_its_form_to_the_door(cast: Cast) -> None:
    host, guest, late = (signed_in(p) for p in (cast.core, cast.member, cast.other))
    wrong = host.post(f"{HOME}write/event", form(-3, capacity="none"))
    assert wrong.status_code == 400
    assert all(kept in wrong.content.decode() for kept in ("带杯子。", 'value="茶会"', "errorlist"))
    assert host.post(f"{HOME}write/event", form()).status_code == 302
    [said] = connect.feed(cast.home, reader=None).posts
    page = f"{HOME}p/{said.id}"
    guest.post(f"{page}/answer", {"answer": "yes"})
    late.post(f"{page}/answer", {"answer": "yes"})
    code = re.search(r'class="num code">(\w{8})<', guest.get(page).content.decode())
    assert code
    assert "<svg" in guest.get(page).content.decode()
    assert code[1] not in late.get(page).content.decode()
    assert late.post(f"{page}/door", {"who": code[1]}).status_code == 403
    for _ in range(2):
        assert host.post(f"{page}/door", {"who": code[1]}).status_code == 200
    assert host.post(f"{page}/door", {"who": "没有"}).status_code == 404
    table = host.get(f"{page}/guests.csv").getvalue().decode("utf-8-sig").splitlines()
    assert [row.split(",")[:3] for row in table[1:]] == [["苏杭", "苏杭", "yes"], ["赵穗", "赵穗", "waiting"]]
    assert guest.get(f"{page}/guests").status_code == 403
    host.post(f"{page}/change", form(5, capacity="2"))
    assert 'aria-pressed="true"' in late.get(page).content.decode()
    host.post(f"{page}/change", {"go": "cancel", "reason": "下雨"})
    assert all("下雨" in guest.get(path).content.decode() for path in (page, HOME))


def test_a_calendar_is_read_without_signing_in_until_its_address_ends(cast: Cast) -> None:
    signed_in(cast.core).post(f"{HOME}write/event", form())
    client = signed_in(cast.member)
    page = client.post(f"{HOME}calendar", {"go": "open"}).content.decode()
    found = re.search(r'value="http://testserver(/calendar/[\w-]+/all\.ics)"', page)
    assert found
    [entry] = Calendar.from_ical(Client().get(found[1]).content).walk("VEVENT")
    assert str(entry["SUMMARY"]) == "茶会"
    client.post(f"{HOME}calendar", {"go": "close"})
    assert Client().get(found[1]).status_code == 404
    [said] = connect.feed(cast.home, reader=None).posts
    assert Calendar.from_ical(client.get(f"{HOME}p/{said.id}/event.ics").content)
    assert "茶会" in client.get(f"{HOME}events").content.decode()
