"""Presales on the pages: the terms of the deposit before it is paid, letting go, taking back."""

from datetime import timedelta
from typing import Any

import pytest

from kith.launch import api as launch
from kith.launch.api import SaleRules
from kith.launch.models import Campaign, Order
from tests.conftest import NOW, Cast, signed_in
from tests.launch.shop import TERMS, item, offers, opened

HOME = "/c/shanye"
PAGE = f"{HOME}/launches/autumn"
WHERE = {"name": "苏杭", "phone": "13800000000", "address": "杭州市西湖区一号"}
FAR = NOW + timedelta(days=9000)
SALE = SaleRules(deposit_ppm=100_000, balance_from_at=FAR, balance_until_at=FAR + timedelta(days=3))


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


def deposited(cast: Cast) -> str:
    member = signed_in(cast.member)
    order = member.post(f"{PAGE}/order", {f"qty-{item('BREW')}": "2", "key": "0" * 32, **WHERE})
    html = text_of(member.get(order["Location"]))
    assert "付定金" in html
    assert "¥33.60" in html
    pay = member.post(f"{order['Location']}/pay", {"provider": "sandbox"})
    member.post(pay["Location"], {"how": "pay"})
    return str(order["Location"])


@pytest.fixture
def shop(cast: Cast) -> Cast:
    opened(cast, kind="presale", sale=SALE, opens_at=NOW - timedelta(days=2000), closes_at=FAR)
    return cast


def test_the_terms_of_the_deposit_stand_before_it_is_paid_and_after(shop: Cast) -> None:
    html = text_of(signed_in(shop.member).get(PAGE))
    assert "现在付定价的 10% 作定金" in html
    assert "卖方不能交付，双倍返还" in html
    at = deposited(shop)
    html = text_of(signed_in(shop.member).get(at))
    assert "定金已付，货已为您留着" in html
    signed_in(shop.member).post(f"{at}/give-up")
    assert "未付尾款" in text_of(signed_in(shop.member).get(at))
    assert signed_in(shop.member).post(f"{at}/give-up").status_code == 409


def test_the_seller_takes_back_what_cannot_be_delivered(shop: Cast) -> None:
    at = deposited(shop)
    seller = signed_in(shop.founder)
    assert "无法交付" in text_of(seller.get(at))
    assert seller.post(f"{at}/withdraw").status_code == 302
    assert "双倍返还定金" in text_of(seller.get(at))
    assert "双倍返还定金" in text_of(signed_in(shop.operator).get(f"{PAGE}/run"))
    assert (Order.objects.get().status, seller.post(f"{at}/withdraw").status_code) == ("withdrawn", 409)


def test_the_operator_writes_a_presale(cast: Cast) -> None:
    offers(cast)
    seller = signed_in(cast.founder)
    draft = {
        "title": "秋天", "slug": "autumn", "kind": "presale", "currency": "CNY", "opens": "2026-11-20T08:00", "closes": "2046-11-20T08:00",
        "per_buyer": "5", "hold_minutes": "15", "terms": TERMS, "transfer_to": "招商银行", "offer": "BREW", "price-BREW": "128", "stock-BREW": "30",
        "ship": "0", "ship_free": "", "group_size": "3", "group_hours": "24", "deposit": "12.5", "deposit_is": "returns",
        "balance_from": "2046-11-21T08:00", "balance_until": "2046-11-25T08:00",
    }  # fmt: skip
    for wrong in ({"deposit": "20.1"}, {"deposit": "-1"}, {"deposit": "0"}, {"balance_from": "soon"}):
        assert seller.post(f"{HOME}/launch", draft | wrong).status_code == 400
    assert seller.post(f"{HOME}/launch", draft).status_code == 302
    made = Campaign.objects.get()
    assert (made.deposit_ppm, made.deposit_returns) == (125_000, True)
    assert 'value="12.5' in text_of(seller.get(f"{PAGE}/edit"))
    assert "如果没有按时付尾款" in text_of(seller.get(PAGE))
    assert launch.campaigns(cast.home, with_drafts=True)[0].sale.group_size is None
