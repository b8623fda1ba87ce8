"""Launches and orders over the API: from a draft to a refund, and what it does not take."""

from datetime import timedelta

import pytest

from kith.launch.api import SaleRules
from kith.launch.models import Order
from tests.conftest import NOW, Cast, signed_in
from tests.launch.shop import item, offers, opened
from tests.rest.calling import Calls

C = "/communities/shanye"
WHERE = {"name": "苏杭", "phone": "1", "address": "杭州"}


@pytest.fixture
def shop(cast: Cast) -> Cast:
    opened(cast, kind="plain", opens_at=NOW - timedelta(days=2000), closes_at=None)
    return cast


def cart(**other: object) -> dict[str, object]:
    return {"items": [{"item_id": item("BREW"), "qty": 2}], "key": "my-own-key", "contact": WHERE, **other}


def test_a_launch_is_written_opened_and_sold_out(cast: Cast) -> None:
    seller, buyer = Calls(cast.founder), Calls(cast.member)
    offer = {"sku": "BREW", "title": "秋酿", "price_minor": 16800}
    assert (
        seller("PUT", f"{C}/offers", offer)["version"],
        seller("PUT", f"{C}/offers", offer | {"price_minor": 15800})["version"],
    ) == (1, 2)
    draft = {
        "slug": "autumn", "kind": "plain", "title": "秋", "terms": "可退", "transfer_to": "招商银行", "opens_at": "2020-01-01T00:00:00+08:00",
        "items": [{"sku": "BREW", "price_minor": 12800, "stock": 2}],
    }  # fmt: skip
    assert seller("POST", f"{C}/launches", draft)["status"] == "draft"
    assert buyer("GET", f"{C}/launches") == {"launches": []}
    assert buyer("GET", f"{C}/launches/autumn")["error"] == "NoSuchLaunch"
    for to in ("ready", "open"):
        assert seller("POST", f"{C}/launches/autumn/state", {"to": to})["status"] == to
    assert seller("POST", f"{C}/launches/autumn/state", {"to": "draft"})["error"] == "NotNow"
    order = buyer("POST", f"{C}/launches/autumn/orders", cart())
    assert (buyer.status, order["total_minor"], order["status"]) == (201, 25600, "placed")
    assert [i["band"] for i in buyer("GET", f"{C}/launches/autumn")["items"]] == ["none"]
    assert buyer("POST", f"{C}/launches/autumn/orders", cart(key="another-key"))["error"] == "SoldOut"
    assert buyer.status == 409


def test_an_order_is_paid_shipped_and_given_back(shop: Cast) -> None:
    buyer, seller = Calls(shop.member), Calls(shop.operator)
    no = buyer("POST", f"{C}/launches/autumn/orders", cart())["no"]
    at = f"{C}/orders/{no}"
    page = buyer("POST", f"{at}/charges", {"provider": "sandbox"})["page"]
    assert page.startswith("http://testserver/sandbox/")
    assert buyer("POST", f"{at}/charges", {"provider": "sandbox"})["page"] == page
    buyer.client.force_login(shop.member, backend="django.contrib.auth.backends.ModelBackend")
    buyer.client.post(page, {"how": "pay"})
    found = buyer("GET", at)
    assert (found["order"]["status"], found["contact"], found["wires"][0]["status"]) == ("paid", WHERE, "done")
    assert seller("POST", f"{at}/shipment", {"tracking": "SF1"})["tracking"] == "SF1"
    assert buyer("POST", f"{at}/refund-wish", {"reason": "碎了"})["refund_reason"] == "碎了"
    assert [o["no"] for o in seller("GET", f"{C}/launches/autumn/run")["refunds_asked"]] == [no]
    back = {"parts": [{"n": 1, "qty": 1}], "key": "refund-0001"}
    assert seller("POST", f"{at}/refunds", back)["amount_minor"] == 16800
    assert seller("POST", f"{at}/refunds", back)["id"] == seller("GET", at)["wires"][1]["id"]
    assert (
        seller("POST", f"{at}/refunds", {"parts": [{"n": 1, "qty": 2}], "key": "refund-0002"})["error"]
        == "MoreThanPaid"
    )


def test_a_coupon_is_made_used_and_stopped(shop: Cast) -> None:
    seller, buyer = Calls(shop.operator), Calls(shop.member)
    made = seller("POST", f"{C}/coupons", {"code": "Autumn", "uses": 2, "off_ppm": 100_000})
    assert (seller.status, made["code"], made["left"]) == (201, "AUTUMN", 2)
    assert seller("POST", f"{C}/coupons", {"code": "AUTUMN", "uses": 2, "off_minor": 1})["error"] == "CouponTaken"
    assert seller("POST", f"{C}/coupons", {"uses": 2})["error"] == "BadCoupon"
    order = buyer("POST", f"{C}/launches/autumn/orders", cart(coupons=["autumn"]))
    assert (order["total_minor"], order["lines"][0]["discount_minor"]) == (30240, 3360)
    assert (
        buyer("POST", f"{C}/launches/autumn/orders", cart(key="another-key", coupons=["x" * 24]))["error"]
        == "NoSuchCoupon"
    )
    assert seller("POST", f"{C}/coupons/{made['id']}/stop")["is_stopped"] is True
    other = Calls(shop.other)("POST", f"{C}/launches/autumn/orders", cart(coupons=["AUTUMN"]))
    assert other["error"] == "CouponOver"
    assert [(c["left"], c["held"]) for c in seller("GET", f"{C}/coupons")["coupons"]] == [(1, 1)]


def test_a_group_is_opened_and_joined(cast: Cast) -> None:
    opened(
        cast,
        kind="group",
        sale=SaleRules(group_size=2, group_hours=24),
        opens_at=NOW - timedelta(days=2000),
        closes_at=None,
    )
    at, first, second = f"{C}/launches/autumn", Calls(cast.member), Calls(cast.other)
    no = first("POST", f"{at}/orders", cart())["no"]
    group = first("GET", f"{C}/orders/{no}")["group"]
    assert (group["status"], group["size"], [s["name"] for s in group["seats"]]) == ("forming", 2, ["苏杭"])
    assert [g["no"] for g in second("GET", f"{at}/groups")["groups"]] == [group["no"]]
    second("POST", f"{at}/orders", cart(group=group["no"]))
    found = second("GET", f"{C}/groups/{group['no']}")
    assert (found["status"], [s["is_filled"] for s in found["seats"]]) == ("full", [False, False])
    third = Calls(cast.core)
    assert third("POST", f"{at}/orders", cart(group=group["no"]))["error"] == "GroupFull"
    assert third("POST", f"{at}/orders", cart(group="0" * 10))["error"] == "NoSuchGroup"
    assert [g["no"] for g in Calls(cast.founder)("GET", f"{at}/run")["groups"]] == [group["no"]]


def test_a_presale_is_written_ordered_and_taken_back(cast: Cast) -> None:
    seller, buyer = Calls(cast.founder), Calls(cast.member)
    offers(cast)
    draft = {
        "slug": "autumn", "kind": "presale", "title": "秋", "terms": "可退", "transfer_to": "招商银行", "opens_at": "2020-01-01T00:00:00Z",
        "closes_at": "2046-01-01T00:00:00Z", "items": [{"sku": "BREW", "price_minor": 10000, "stock": 5}],
        "sale": {"deposit_ppm": 100_000, "balance_from_at": "2046-01-02T00:00:00Z", "balance_until_at": "2046-01-05T00:00:00Z"},
    }  # fmt: skip
    assert seller("POST", f"{C}/launches", draft)["sale"]["deposit_ppm"] == 100_000
    assert seller("POST", f"{C}/launches", draft | {"sale": {"deposit_ppm": 200_001}})["error"] == "InvalidInput"
    for to in ("ready", "open"):
        seller("POST", f"{C}/launches/autumn/state", {"to": to})
    order = buyer("POST", f"{C}/launches/autumn/orders", cart())
    assert (order["total_minor"], order["deposit_minor"], order["asked_minor"]) == (20000, 2000, 2000)
    at = f"{C}/orders/{order['no']}"
    assert buyer("POST", f"{at}/give-up")["error"] == "NotNow"
    page = buyer("POST", f"{at}/charges", {"provider": "sandbox"})["page"]
    buyer.client.force_login(cast.member, backend="django.contrib.auth.backends.ModelBackend")
    buyer.client.post(page, {"how": "pay"})
    assert buyer("GET", at)["order"]["status"] == "deposited"
    assert seller("POST", f"{at}/withdrawal")["status"] == "withdrawn"
    assert [w["dir"] for w in buyer("GET", at)["wires"]] == ["charge", "refund", "amends"]


def test_a_membership_is_bought_and_seen(cast: Cast) -> None:
    seller, buyer = Calls(cast.founder), Calls(cast.member)
    offer = {"sku": "YEAR", "kind": "plan", "title": "年费", "price_minor": 36500, "months": 12, "family": "reading"}
    assert seller("PUT", f"{C}/offers", offer | {"months": 0})["error"] == "BadPlan"
    assert seller("PUT", f"{C}/offers", offer)["months"] == 12
    draft = {
        "slug": "autumn", "kind": "plain", "title": "年费", "terms": "可退", "transfer_to": "招商银行", "opens_at": "2020-01-01T00:00:00Z",
        "items": [{"sku": "YEAR", "price_minor": 36500, "stock": 5}],
    }  # fmt: skip
    seller("POST", f"{C}/launches", draft)
    for to in ("ready", "open"):
        seller("POST", f"{C}/launches/autumn/state", {"to": to})
    no = buyer(
        "POST", f"{C}/launches/autumn/orders", {"items": [{"item_id": item("YEAR"), "qty": 1}], "key": "my-own-key"}
    )["no"]
    page = buyer("POST", f"{C}/orders/{no}/charges", {"provider": "sandbox"})["page"]
    buyer.client.force_login(cast.member, backend="django.contrib.auth.backends.ModelBackend")
    buyer.client.post(page, {"how": "pay"})
    assert [(t["state"], t["family"]) for t in buyer("GET", f"{C}/memberships")["terms"]] == [("running", "reading")]
    assert [t["order_no"] for t in seller("GET", f"{C}/paying-members")["terms"]] == [no]
    assert len(buyer("GET", f"{C}/orders/{no}")["terms"]) == 1
    assert "我的会员" in signed_in(cast.member).get("/c/shanye/orders").content.decode()
    founder = signed_in(cast.founder)
    assert "付费会员" in founder.get("/c/shanye/offers").content.decode()
    assert "还没用到" in founder.get(f"/c/shanye/orders/{no}").content.decode()
    form = {
        "sku": "M",
        "kind": "plan",
        "title": "月费",
        "currency": "CNY",
        "price": "9",
        "tax": "0",
        "refund_days": "7",
        "months": "x",
        "family": "reading",
    }
    assert founder.post("/c/shanye/offers", form).status_code == 400
    assert founder.post("/c/shanye/offers", form | {"months": "1"}).status_code == 302


@pytest.mark.parametrize("more", [{"price_minor": 1}, {"total_minor": 1}, {"currency": "USD"}])
def test_fault_4_a_price_from_the_buyer_is_refused(shop: Cast, more: dict[str, object]) -> None:
    buyer = Calls(shop.member)
    assert buyer("POST", f"{C}/launches/autumn/orders", cart(**more))["error"] == "InvalidInput"
    assert (buyer.status, Order.objects.count()) == (422, 0)


@pytest.mark.parametrize("qty", [0, -1, 1.5, 2**63, "1", "１", True, None])
def test_fault_3_what_is_no_quantity_is_refused(shop: Cast, qty: object) -> None:
    buyer = Calls(shop.member)
    buyer("POST", f"{C}/launches/autumn/orders", cart(items=[{"item_id": item("BREW"), "qty": qty}]))
    assert (buyer.status, Order.objects.count()) == (422, 0)
