"""Buying together on the pages: opening a group, joining it by its link in three taps, seeing how it goes."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from kith.launch import api as launch
from kith.launch.api import NewItem, SaleRules
from kith.launch.models import Campaign, Order
from kith.people.api import Community, Person
from tests.conftest import NOW, Cast, signed_in
from tests.launch.shop import BREW, TERMS, item, offers, opened

HOME = "/c/shanye"
PAGE = f"{HOME}/launches/autumn"
WHERE = {"name": "苏杭", "phone": "13800000000", "address": "杭州市西湖区一号"}


@pytest.fixture
def shop(cast: Cast) -> Cast:
    sale = SaleRules(group_size=2, group_hours=24)
    opened(
        cast,
        kind="group",
        sale=sale,
        opens_at=NOW - timedelta(days=2000),
        closes_at=None,
        items=[NewItem("BREW", BREW, 9)],
    )
    return cast


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


def form(html: str) -> dict[str, str]:
    found = dict(re.findall(r'name="(key|group|terms)" value="([^"]*)"', html))
    return {f"qty-{item('BREW')}": "1", **WHERE, **found}


def bought(by: Person, page: str) -> str:
    """Buy from a page in three taps; return the address of the order."""
    client = signed_in(by)
    order = client.post(f"{PAGE}/order", form(text_of(client.get(page))))  # one
    pay = client.post(f"{order['Location']}/pay", {"provider": "sandbox"})  # two
    client.post(pay["Location"], {"how": "pay"})  # three
    return str(order["Location"])


def test_a_group_is_opened_shared_and_joined_in_three_taps(shop: Cast) -> None:
    html = text_of(signed_in(shop.member).get(PAGE))
    assert "2 人成团，开团后 24 小时内有效" in html  # the terms of the group stand before the payment
    order = bought(shop.member, PAGE)
    found = re.search(rf'href="({HOME}/groups/[0-9A-Z]{{10}})"', text_of(signed_in(shop.member).get(order)))
    assert found
    other = signed_in(shop.other)
    html = text_of(other.get(found[1]))
    assert "苏杭 发起的拼团" in html
    assert "还差 1 人成团" in html
    assert f'value="http://testserver{found[1]}"' in html
    assert found[1] in text_of(other.get(PAGE))
    bought(shop.other, found[1])
    html = text_of(other.get(found[1]))
    assert "已经成团" in html
    assert "同意条款并参团" not in html
    assert "已成团" in text_of(signed_in(shop.founder).get(f"{PAGE}/run"))
    assert found[1] not in text_of(other.get(PAGE))


def test_a_group_that_is_over_is_said_and_nothing_typed_is_lost(shop: Cast) -> None:
    bought(shop.member, PAGE)
    (group,) = launch.groups(shop.home, "autumn")
    page = f"{HOME}/groups/{group.no}"
    typed = form(text_of(signed_in(shop.core).get(page)))
    bought(shop.other, page)
    refused = signed_in(shop.core).post(f"{PAGE}/order", typed)
    assert (refused.status_code, "自己开团" in text_of(refused), "杭州市西湖区一号" in text_of(refused)) == (
        409,
        True,
        True,
    )
    assert signed_in(shop.core).post(f"{PAGE}/order", typed | {"group": "X" * 10}).status_code == 404
    assert Order.objects.count() == 2


def test_strangers_are_not_told_who_sits_there_and_other_communities_find_nothing(shop: Cast) -> None:
    Community.objects.filter(pk=shop.home.pk).update(visible_to="public")
    bought(shop.member, PAGE)
    (group,) = launch.groups(shop.home, "autumn")
    html = text_of(Client().get(f"{HOME}/groups/{group.no}"))
    assert "还差 1 人成团" in html
    assert "苏杭" not in html
    assert signed_in(shop.enemy).get(f"/c/duian/groups/{group.no}").status_code == 404


def test_the_operator_writes_a_launch_to_groups(cast: Cast) -> None:
    offers(cast)
    seller = signed_in(cast.founder)
    draft = {
        "title": "秋天", "slug": "autumn", "kind": "group", "currency": "CNY", "opens": "2026-11-20T08:00", "closes": "2046-11-20T08:00",
        "per_buyer": "5", "hold_minutes": "15", "terms": TERMS, "transfer_to": "招商银行", "offer": "BREW", "price-BREW": "128", "stock-BREW": "30",
        "group_size": "3", "group_hours": "48", "ship": "12", "ship_free": "",
    }  # fmt: skip
    for wrong in ({"group_size": "1"}, {"group_size": "three"}, {"group_hours": "0"}, {"ship": "-1"}):
        refused = seller.post(f"{HOME}/launch", draft | wrong)
        assert (refused.status_code, "招商银行" in text_of(refused)) == (400, True)
    assert seller.post(f"{HOME}/launch", draft).status_code == 302
    made = Campaign.objects.get()
    assert (made.group_size, made.group_hours, made.ship_minor) == (3, 48, 1200)
    assert seller.post(f"{PAGE}/edit", draft | {"kind": "plain"}).status_code == 302
    assert Campaign.objects.get().group_size is None
