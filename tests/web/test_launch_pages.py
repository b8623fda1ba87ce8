"""Launches on the pages: ordering, paying, running; what is wrong is said and nothing typed is lost."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from kith.launch import api as launch
from kith.launch.models import Campaign, Order, Wire
from kith.launch.providers import sandbox
from kith.people.api import Community
from tests.conftest import NOW, Cast, signed_in
from tests.launch.shop import TERMS, event, item, offers, opened

HOME = "/c/shanye"
PAGE = f"{HOME}/launches/autumn"
WHERE = {"name": "苏杭", "phone": "13800000000", "address": "杭州市西湖区一号"}


@pytest.fixture
def shop(cast: Cast) -> Cast:
    """Open a launch that the clock of the pages finds open, whatever the year."""
    opened(cast, kind="plain", opens_at=NOW - timedelta(days=2000), closes_at=None, story="一坛一坛来。")
    return cast


def key_in(html: str) -> str:
    found = re.search(r'name="key" value="([0-9a-f]{32})"', html)
    assert found
    return found[1]


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


def ordered(client: Client, **other: str) -> Any:
    form = {f"qty-{item('BREW')}": "2", "key": "0" * 32, **WHERE} | other
    return client.post(f"{PAGE}/order", form)


def test_a_phone_buys_in_three_taps(shop: Cast) -> None:
    member = signed_in(shop.member)
    html = text_of(member.get(PAGE))
    assert TERMS in html  # the terms stand before the payment
    assert "¥168.00" in html
    form = {f"qty-{item('BREW')}": "1", "key": key_in(html), **WHERE}
    order = member.post(f"{PAGE}/order", form)  # one
    assert order.status_code == 302
    pay = member.post(f"{order['Location']}/pay", {"provider": "sandbox"})  # two
    assert pay["Location"].startswith("/sandbox/")
    assert "沙盒" in text_of(member.get(pay["Location"]))
    back = member.post(pay["Location"], {"how": "pay"})  # three
    assert back["Location"] == order["Location"]
    assert "已付款" in text_of(member.get(back["Location"]))
    assert 'form="order-form"' in text_of(member.get(PAGE))  # the address is known: the bar orders at once


def test_what_is_wrong_is_said_and_nothing_typed_is_lost(shop: Cast) -> None:
    member = signed_in(shop.member)
    for other, status, sentence in (
        ({f"qty-{item('BREW')}": "１"}, 400, "请用普通数字"), ({f"qty-{item('BREW')}": "6"}, 409, "每人限购 5 件"), ({"phone": " "}, 400, "姓名、电话、地址"),
        ({f"qty-{item('BREW')}": ""}, 400, "请至少选一样"), ({"terms": "0" * 64}, 409, "请再看一遍"), ({"key": "short"}, 400, "键"),
    ):  # fmt: skip
        answer = ordered(member, **other)
        assert (answer.status_code, sentence in text_of(answer)) == (status, True), sentence
        assert 'value="杭州市西湖区一号"' in text_of(answer)
    assert Order.objects.count() == 0


def test_fault_4_a_price_sent_by_the_buyer_changes_nothing(shop: Cast) -> None:
    ordered(signed_in(shop.member), price="1", total_minor="1", unit_minor="1", total="0.01")
    assert Order.objects.get().total_minor == 33600


def test_fault_2_another_cart_under_the_same_key_is_a_conflict(shop: Cast) -> None:
    member = signed_in(shop.member)
    first = ordered(member)
    assert ordered(member)["Location"] == first["Location"]
    assert ordered(member, **{f"qty-{item('BREW')}": "1"}).status_code == 409
    assert Order.objects.count() == 1


def test_a_guest_of_a_public_community_may_buy_and_sees_own_orders_only(shop: Cast) -> None:
    Community.objects.filter(pk=shop.home.pk).update(visible_to="public")
    assert Client().get(PAGE).status_code == 200
    assert ordered(Client())["Location"].startswith("/accounts/login/")
    mine = ordered(signed_in(shop.stranger))["Location"]
    assert signed_in(shop.stranger).get(mine).status_code == 200
    assert [signed_in(p).get(mine).status_code for p in (shop.member, shop.enemy, shop.founder)] == [404, 404, 200]
    assert "秋酿" in text_of(signed_in(shop.stranger).get(f"{HOME}/orders"))


def test_fault_13_a_message_from_outside_is_believed_by_its_signature_alone(shop: Cast) -> None:
    member, now = signed_in(shop.member), timezone.now()
    at = ordered(member)["Location"]
    member.post(f"{at}/pay", {"provider": "sandbox"})
    headers, body = sandbox.message(event(Wire.objects.get()), now)
    outside = Client(enforce_csrf_checks=True)
    send: dict[str, Any] = {"data": body, "content_type": "application/json"}
    assert outside.post("/pay/sandbox", **send).status_code == 401
    assert outside.post("/pay/sandbox", headers=headers | {sandbox.SIGNATURE: "0" * 64}, **send).json() == {
        "error": "Forged"
    }
    assert outside.post("/pay/manual", headers=headers, **send).status_code == 401
    assert outside.post("/pay/nobody", headers=headers, **send).status_code == 400
    assert outside.post("/pay/sandbox", headers=headers, **send).json() == {"outcome": "paid"}
    assert outside.post("/pay/sandbox", headers=headers, **send).json() == {"outcome": "known"}
    assert Order.objects.get().status == "paid"


def test_a_transfer_is_said_and_seen_by_two(shop: Cast) -> None:
    member = signed_in(shop.member)
    at = ordered(member)["Location"]
    assert member.post(f"{at}/transfer", {"note": " "}).status_code == 400
    member.post(f"{at}/transfer", {"note": "苏杭 尾号 8888"})
    wire = Wire.objects.get()
    assert "待确认的转账" in text_of(signed_in(shop.founder).get(f"{PAGE}/run"))
    for by in (shop.founder, shop.operator):
        assert signed_in(by).post(f"{HOME}/wires/{wire.pk}", {"go": "yes"})["Location"] == at
    assert Order.objects.get().status == "paid"
    assert "罗, Olga 已确认" in text_of(member.get(at))


def test_the_sellers_ship_and_give_back(shop: Cast) -> None:
    member, seller = signed_in(shop.member), signed_in(shop.operator)
    at = ordered(member)["Location"]
    assert seller.post(f"{at}/ship", {"tracking": "SF1"}).status_code == 409
    member.post(member.post(f"{at}/pay", {"provider": "sandbox"})["Location"], {"how": "pay"})
    assert "待寄送" in text_of(seller.get(f"{PAGE}/run"))
    assert "杭州市西湖区一号" in text_of(seller.get(at))
    seller.post(f"{at}/ship", {"tracking": "SF1000"})
    assert "SF1000" in text_of(member.get(at))
    member.post(f"{at}/ask-refund", {"reason": "碎了一瓶"})
    assert "申请退款的订单" in text_of(seller.get(f"{PAGE}/run"))
    assert seller.post(f"{at}/refund", {"back-1": "3", "key": "refund-0001"}).status_code == 409
    assert seller.post(f"{at}/refund", {"amount-1": "１", "key": "refund-0001"}).status_code == 400
    seller.post(f"{at}/refund", {"back-1": "1", "key": "refund-0001"})
    assert Order.objects.get().refunded_minor == 16800


def test_offers_and_launches_are_written_on_the_page(cast: Cast) -> None:
    seller = signed_in(cast.founder)
    offer = {
        "sku": "BREW",
        "kind": "goods",
        "title": "秋酿",
        "currency": "CNY",
        "price": "168",
        "tax": "13",
        "refund_days": "7",
    }
    assert "168.001" in text_of(seller.post(f"{HOME}/offers", offer | {"price": "168.001"}))
    assert seller.post(f"{HOME}/offers", offer).status_code == 302
    (made,) = launch.offers(cast.home)
    assert (made.price_minor, made.tax_ppm) == (16800, 130_000)
    draft = {
        "title": "秋天", "slug": "autumn", "kind": "flash", "currency": "CNY", "opens": "2026-11-20T08:00", "closes": "2046-11-20T08:00",
        "per_buyer": "5", "hold_minutes": "15", "terms": TERMS, "transfer_to": "招商银行", "offer": "BREW", "price-BREW": "128", "stock-BREW": "x",
    }  # fmt: skip
    refused = seller.post(f"{HOME}/launch", draft)
    assert (refused.status_code, "招商银行" in text_of(refused), Campaign.objects.count()) == (400, True, 0)
    assert seller.post(f"{HOME}/launch", draft | {"stock-BREW": "30"})["Location"] == f"{PAGE}/run"
    assert seller.post(f"{PAGE}/edit", draft | {"stock-BREW": "20", "title": "秋"}).status_code == 302
    assert signed_in(cast.member).get(PAGE).status_code == 404
    for to in ("ready", "open"):
        assert seller.post(f"{PAGE}/state", {"to": to}).status_code == 302
    assert seller.post(f"{PAGE}/state", {"to": "draft"}).status_code == 409
    assert seller.post(f"{PAGE}/edit", draft | {"stock-BREW": "1"}).status_code == 409
    stock = {"item": str(item("BREW")), "change": "-5", "key": "stock-0001"}
    assert [seller.post(f"{PAGE}/stock", stock | {"change": c}).status_code for c in ("-5", "-21", "0", "x")] == [
        302,
        409,
        400,
        400,
    ]
    page = launch.launch_page(cast.home, "autumn", now=NOW)
    assert [(i.price_minor, i.stock, i.left, i.was_minor) for i in page.items] == [(12800, 15, 15, None)]


def test_a_coupon_is_made_on_the_page_and_shared_by_a_link(shop: Cast) -> None:
    seller, member = signed_in(shop.founder), signed_in(shop.member)
    form = {
        "code": "qiu-10",
        "how": "part",
        "off": "10",
        "uses": "5",
        "per_person": "1",
        "currency": "CNY",
        "campaign": "autumn",
    }
    for wrong in ({"off": "x"}, {"uses": "0"}, {"code": "码"}, {"per_person": "9"}, {"ends": "yesterday"}):
        refused = seller.post(f"{HOME}/coupons", form | wrong)
        assert (refused.status_code, launch.coupons(shop.home)) == (400, [])
    assert seller.post(f"{HOME}/coupons", form).status_code == 302
    assert 'value="QIU-10"' in text_of(member.get(f"{PAGE}?coupon=QIU-10"))
    refused = ordered(member, coupon="NOT-ONE")
    assert (refused.status_code, "没有这个优惠码" in text_of(refused), 'value="NOT-ONE"' in text_of(refused)) == (
        404,
        True,
        True,
    )
    html = text_of(member.get(ordered(member, coupon=" qiu-10 ")["Location"]))
    assert "¥302.40" in html
    assert "−<span" in html
    (made,) = launch.coupons(shop.home)
    assert "减 10" in text_of(seller.get(f"{HOME}/coupons"))
    assert seller.post(f"{HOME}/coupons", {"go": "stop", "coupon": str(made.id)}).status_code == 302
    assert ordered(member, coupon="QIU-10", key="1" * 32).status_code == 409


def test_sending_is_said_before_and_charged(cast: Cast) -> None:
    opened(cast, kind="plain", opens_at=NOW - timedelta(days=2000), closes_at=None, sale=launch.SaleRules(1200, 50_000))
    member = signed_in(cast.member)
    html = text_of(member.get(PAGE))
    assert "运费 ¥12.00。 满 ¥500.00 包邮。" in html
    assert "运费" in text_of(member.get(ordered(member)["Location"]))
    assert Order.objects.get().total_minor == 33600 + 1200


def test_english_pages_say_it_too(shop: Cast) -> None:
    offers(shop)
    member = signed_in(shop.member)
    for path, words in (
        (PAGE, "Order under these terms"),
        (f"{HOME}/launches", "My orders"),
        (f"{HOME}/orders", "You have not ordered"),
    ):
        assert words in text_of(member.get(path, headers={"Accept-Language": "en"}))
