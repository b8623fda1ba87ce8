"""The order lane as callers meet it: who may order, what is answered, and what a kill in the middle leaves."""

import http.client
import json
import os
import signal
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from kith.launch import api as launch
from kith.launch.api import NewItem
from kith.launch.models import Campaign, Order
from kith.lib.passes import LIVE, ORDER, issue
from kith.people.api import Community, Person
from tests.conftest import Cast
from tests.front.serving import Server, front
from tests.launch.shop import assert_clean, item, left, opened


@pytest.fixture
def shop(people: Cast) -> Cast:
    """Open a launch of ten seats now: the front keeps its own time."""
    opened(people, items=[NewItem("TALK", 9900, 10)])
    now = datetime.now(UTC)
    Campaign.objects.update(opens_at=now - timedelta(hours=1), closes_at=now + timedelta(days=1))
    return people


def key_of(community: Community, person_id: int, *, key: str = "test", purpose: str = ORDER, hours: int = 0) -> str:
    now = datetime.now(UTC) - timedelta(hours=hours)
    return issue(key=key, community_id=community.pk, person_id=person_id, now=now, lifetime=timedelta(hours=2), purpose=purpose)  # fmt: skip


def send(
    server: Server, order_pass: str, body: Any, path: str = "/rush/shanye/autumn", **headers: str
) -> tuple[int, dict[str, Any]]:
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    given = {"Authorization": f"Pass {order_pass}"} | headers
    status, _, answer = server.request("POST", path, raw, given)
    return status, json.loads(answer)


def cart(key: str = "key-00000001", **more: Any) -> dict[str, Any]:
    return {"items": [{"item_id": item("TALK"), "qty": 1}], "key": key} | more


def ours(shop: Cast, person: Person) -> str:
    return key_of(shop.home, person.pk)


def test_an_order_is_placed_once_however_often_it_is_sent(server: Server, shop: Cast) -> None:
    status, first = send(server, ours(shop, shop.member), cart())
    assert (status, first["state"], first["total_minor"], first["is_new"]) == (201, "placed", 9900, True)
    again, other = (
        send(server, ours(shop, shop.member), cart()),
        send(server, ours(shop, shop.member), cart(terms_digest="0" * 64)),
    )
    assert [(s, a["no"], a["is_new"]) for s, a in (again, other)] == [(201, first["no"], False)] * 2
    status, refused = send(server, ours(shop, shop.member), cart() | {"items": [{"item_id": item("TALK"), "qty": 2}]})
    assert (status, refused["error"]) == (409, "OtherOrder")
    assert first["page"] == f"/c/shanye/orders/{first['no']}"
    assert Order.objects.get().no == first["no"]
    assert_clean()


def test_nobody_orders_without_a_pass_of_their_own(server: Server, shop: Cast) -> None:
    good, foreign = ours(shop, shop.member), "key-00000001"
    wrong = {
        "x": "BadPass", good[:-1]: "BadPass", key_of(shop.home, shop.member.pk, key="guessed"): "BadPass",
        key_of(shop.home, shop.member.pk, purpose=LIVE): "BadPass", key_of(shop.home, shop.member.pk, hours=3): "BadPass",
        key_of(shop.home, 0): "BadPass", key_of(shop.rival, shop.enemy.pk): "NoSuchLaunch", key_of(shop.home, shop.enemy.pk): "NoSuchLaunch",
        key_of(shop.home, shop.stranger.pk): "NoSuchLaunch",
    }  # fmt: skip
    for order_pass, error in wrong.items():
        status, refused = send(server, order_pass, cart(foreign))
        assert (status, refused["error"]) == (404, error), order_pass
    assert send(server, key_of(shop.rival, shop.enemy.pk), cart(), "/rush/duian/autumn")[1]["error"] == "NoSuchLaunch"
    status, _, body = server.request(
        "POST", "/rush/shanye/autumn", json.dumps(cart()).encode(), {"Cookie": "sessionid=x"}
    )
    assert (status, json.loads(body)["error"]) == (401, "SignInFirst")
    shop.home.memberships.filter(person=shop.member).delete()  # removed after the pass was given
    assert send(server, good, cart())[1]["error"] == "NoSuchLaunch"
    assert Order.objects.count() == 0


def test_what_cannot_be_read_is_refused_by_name_in_the_readers_language(server: Server, shop: Cast) -> None:
    mine = ours(shop, shop.member)
    bad: list[tuple[Any, int, str]] = [
        (b"{", 400, "Unreadable"), (b"x" * 17_000, 413, "TooLarge"), ([], 422, "InvalidInput"), (cart("short"), 422, "InvalidInput"),
        (cart() | {"items": []}, 422, "InvalidInput"), (cart(price_minor=1), 422, "InvalidInput"), (cart(coupons=["ABCD"]), 409, "PlainWayOnly"),
        (cart() | {"items": [{"item_id": item("TALK"), "qty": "1"}]}, 422, "InvalidInput"),
        (cart() | {"items": [{"item_id": 10**9, "qty": 1}]}, 400, "NotInThisLaunch"),
    ]  # fmt: skip
    for body, status, error in bad:
        got, refused = send(server, mine, body)
        assert (got, refused["error"]) == (status, error), body
    assert (
        send(server, mine, cart() | {"items": [{"item_id": item("TALK"), "qty": 0}]})[1]["facts"]["fields"][0]["field"]
        == "body.items.0.qty"
    )
    assert send(server, mine, b"{", Cookie="a=1; lang=en")[1]["sentence"].startswith("What was sent could not be read.")
    assert not send(server, mine, b"{", Cookie="lang=zh-hans")[1]["sentence"].isascii()
    assert server.request("GET", "/rush/shanye/autumn", headers={"Authorization": f"Pass {mine}"})[0] == 405
    assert send(server, mine, cart(), "/rush/shanye/Autumn!")[0] == 404
    assert Order.objects.count() == 0


def test_many_at_once_get_exactly_what_there_is(server: Server, shop: Cast) -> None:
    buyers = [shop.member, shop.other, shop.core, shop.operator]
    calls = [(ours(shop, buyers[n % 4]), cart(f"key-{n:08}")) for n in range(40)]
    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(lambda call: send(server, *call), calls))
    assert sorted(status for status, _ in answers) == [201] * 10 + [409] * 30
    assert {a["error"] for s, a in answers if s == 409} <= {"SoldOut", "LimitReached"}
    assert (Order.objects.count(), left_of(shop)) == (10, 0)
    assert_clean()


def left_of(shop: Cast) -> int:
    return left(shop.home, "TALK")


def test_whoever_has_to_wait_gets_a_number_and_orders_when_its_turn_has_come(server: Server, shop: Cast) -> None:
    names: dict[str, Any] = {"community_id": shop.home.pk, "slug": "shanye", "campaign": "autumn"}
    launch.line_up(**names, person_ids=[shop.other.pk, shop.core.pk], now=datetime.now(UTC))
    status, turn = send(server, ours(shop, shop.member), cart())
    assert (status, turn["state"], turn["number"], turn["ahead"]) == (202, "waiting", 3, 2)
    assert turn["ask_again_s"] >= 1
    assert Order.objects.count() == 0
    status, made = send(server, ours(shop, shop.member), cart())  # there is room, so the line moved on
    assert (status, made["is_new"]) == (201, True)
    assert not launch.turn_of(shop.home, "autumn", shop.core).must_wait
    assert_clean()


class Crowd:
    """Six callers who order until the server is gone, and know what they were told."""

    def __init__(self, shop: Cast) -> None:
        self.order_pass = ours(shop, shop.member)
        self.numbers, self.item = count(), item("TALK")
        self.acknowledged: dict[str, str] = {}
        self.unanswered: list[dict[str, Any]] = []
        self.some = threading.Event()

    def order(self, server: Server) -> None:
        while True:
            body: dict[str, Any] = {"items": [{"item_id": self.item, "qty": 1}], "key": f"key-{next(self.numbers):08}"}
            try:
                status, made = send(server, self.order_pass, body)
            except (OSError, http.client.HTTPException):
                self.unanswered.append(body)
                return
            assert status == 201
            self.acknowledged[body["key"]] = made["no"]
            if len(self.acknowledged) > 20:
                self.some.set()


def test_killed_in_the_middle_no_order_that_was_acknowledged_is_lost(shop: Cast, tmp_path: Path) -> None:
    Campaign.objects.update(per_buyer=None, kind="plain")
    launch.restock(
        community=shop.home, slug="autumn", item_id=item("TALK"), change=990, key="restock-1", by=shop.founder, now=datetime.now(UTC)
    )  # fmt: skip
    crowd = Crowd(shop)
    with front(tmp_path) as doomed, ThreadPoolExecutor(6) as pool:
        running = [pool.submit(crowd.order, doomed) for _ in range(6)]
        assert crowd.some.wait(30)
        os.killpg(doomed.process.pid, signal.SIGKILL)
        for one in running:
            one.result()
        doomed.process.wait()
    there = dict(Order.objects.values_list("client_key", "no"))
    assert {key: there.get(key) for key in crowd.acknowledged} == crowd.acknowledged
    assert len(crowd.unanswered) == 6
    with front(tmp_path) as another:
        for body in crowd.unanswered:
            status, made = send(another, crowd.order_pass, body)
            assert (status, made["no"]) == (201, there.get(body["key"], made["no"]))
    assert Order.objects.count() == len(crowd.acknowledged) + 6
    assert_clean()
