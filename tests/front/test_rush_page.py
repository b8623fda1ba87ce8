"""Ordering by the lane from the launch page, in a real browser: it opens where it stands, waits in line, and ends at the order."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from kith.launch import api as launch
from kith.launch.api import NewItem
from kith.launch.models import Campaign, Order
from tests.browsers import marks
from tests.conftest import Cast
from tests.front.serving import Server
from tests.front.test_live_page import browser, opened
from tests.launch import shop

pytestmark = marks()
__all__ = ["browser"]  # a fixture


@pytest.fixture
def page(browser: Browser, server: Server, people: Cast) -> Iterator[Page]:
    """The launch page of 赵穗, some seconds before it opens."""
    shop.opened(people, items=[NewItem("TALK", 9900, 2), NewItem("BREW", 16800, 9)])
    now = datetime.now(UTC)
    Campaign.objects.update(status="ready", frozen_at=None, opens_at=now + timedelta(seconds=6), closes_at=now + timedelta(days=1))  # fmt: skip
    yield from opened(browser, server, people.other)


def test_a_page_from_before_the_opening_orders_at_its_turn(page: Page, people: Cast) -> None:
    with page.expect_response(lambda r: "/static/" in r.url and "rush" in r.url):
        page.goto("/c/shanye/launches/autumn")
    button = page.locator("#order-form button.block")
    expect(button).to_be_disabled()
    page.locator("[name=name]").fill("赵穗")
    page.locator("[name=phone]").fill("13800000000")
    page.locator("[name=address]").fill("杭州市西湖区一号")
    expect(button).to_be_enabled(timeout=20_000)  # by itself: the page did not come anew, what was typed stands
    expect(page.locator("[name=name]")).to_have_value("赵穗")
    names = {"community_id": people.home.pk, "slug": "shanye", "campaign": "autumn"}
    launch.line_up(**names, person_ids=[people.core.pk], now=datetime.now(UTC))  # type: ignore[arg-type]  # by name
    with page.expect_request("**/rush/shanye/autumn"):
        button.click()
    expect(page.locator("[data-line]")).to_be_visible()
    expect(page.locator("[data-number]")).to_have_text("2")
    page.wait_for_url("**/orders/*", timeout=20_000)
    assert Order.objects.get().buyer == people.other
    page.goto("/c/shanye/launches/autumn")
    Campaign.objects.update(status="closed")
    page.locator("#order-form button.block").click()
    expect(page.locator("[data-said]")).to_have_text("This launch is not open for orders now.")
    assert Order.objects.count() == 1
