"""Chains and check-ins on the pages: started by their forms, taken part in, refused without losing a word."""

from datetime import timedelta

from django.test import Client
from django.utils import timezone

from kith.connect import api as connect
from kith.people.api import Community
from tests.conftest import Cast, signed_in

WRITE = "/c/shanye/write/"


def test_a_chain_is_started_written_in_pasted_and_taken_away(cast: Cast) -> None:
    starter, other = signed_in(cast.member), signed_in(cast.other)
    assert starter.get(f"{WRITE}chain").status_code == 200
    form = {"text": "周六采摘\n八点西门", "pattern": "姓名-数量*", "cap": "3", "seen_by": "all", "key": ""}
    wrong = starter.post(f"{WRITE}chain", form | {"cap": "0"})
    assert wrong.status_code == 400
    assert "八点西门" in wrong.content.decode()
    there = starter.post(f"{WRITE}chain", form).headers["Location"]
    assert "0 / 3" in other.get(there).content.decode()
    refused = other.post(f"{there}/chain", {"go": "add", "value": ["赵穗", "很多"]})
    assert refused.status_code == 400
    assert "很多" in refused.content.decode()
    other.post(f"{there}/chain", {"go": "add", "value": ["赵穗", "2份"]})
    text = "#接龙\n1. 赵穗 2\n2. 路人 1"
    looked = starter.post(f"{there}/chain", {"go": "preview", "pasted": text}).content.decode()
    assert "1 行可以收进来" in looked
    starter.post(f"{there}/chain", {"go": "take", "pasted": text})
    assert "1. 赵穗-2\n2. 路人-1" in starter.get(there).content.decode()
    table = b"".join(other.get(f"{there}/chain.csv")).decode()  # a stream
    assert [row.split(",")[:3] for row in table.splitlines()[1:]] == [["1", "赵穗", "2"], ["2", "路人", "1"]]
    assert other.post(f"{there}/chain", {"go": "close"}).status_code == 403
    starter.post(f"{there}/chain", {"go": "close"})
    assert "已截止" in Client().get(there).content.decode() or Client().get(there).status_code == 404
    assert other.post(f"{there}/chain", {"go": "add", "value": ["再来", "1"]}).status_code == 409


def test_a_stranger_sees_of_a_public_chain_what_the_starter_opened(cast: Cast) -> None:
    Community.objects.filter(pk=cast.home.pk).update(visible_to="public")
    now = timezone.now()
    made = connect.start_chain(community=cast.home, text="报名", by=cast.member, now=now, seen_by="members")
    connect.add_line(community=cast.home, post_id=made.id, values=["赵穗的行", ""], by=cast.other, now=now)
    assert "赵穗的行" not in Client().get(f"/c/shanye/p/{made.id}").content.decode()
    assert "赵穗的行" not in b"".join(Client().get(f"/c/shanye/p/{made.id}/chain.csv")).decode()
    assert "赵穗的行" in signed_in(cast.core).get(f"/c/shanye/p/{made.id}").content.decode()


def test_a_challenge_is_started_and_checked_in_to(cast: Cast) -> None:
    starter, other, today = signed_in(cast.member), signed_in(cast.other), connect.day_of(timezone.now())
    form = {
        "text": "早起\n七点前", "starts_on": today.isoformat(), "ends_on": (today + timedelta(days=6)).isoformat(), "mode": "total",
        "prizes": "1 → 书签", "makeups": "0",
    }  # fmt: skip
    wrong = starter.post(f"{WRITE}checkin", form | {"ends_on": "2020-01-01"})
    assert wrong.status_code == 400
    assert "书签" in wrong.content.decode()
    there = starter.post(f"{WRITE}checkin", form).headers["Location"]
    other.post(f"{there}/checkin", {"go": "in", "text": "六点五十"})
    page = other.get(there).content.decode()
    assert "六点五十" in page
    assert "今天打过了" in page
    again = other.post(f"{there}/checkin", {"go": "in", "text": "又来"})
    assert (again.status_code, "又来" in again.content.decode()) == (409, False)  # today is done: its form is gone
    reply = connect.thread(cast.home, int(there.rpartition("/")[2]), reader=None).replies[0].id
    assert other.post(f"{there}/checkin", {"go": "feature", "reply": reply}).status_code == 403
    starter.post(f"{there}/checkin", {"go": "feature", "reply": reply})
    seen = starter.get(there).content.decode()
    assert f"#post-{reply}" in seen
    assert "谁得了什么" in seen
