"""The service worker in a real browser: a message becomes a notification, and the page says what this browser can do."""

import json
import os
from collections.abc import Iterator

import pytest
from django.db import connections
from playwright.sync_api import Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from tests.browsers import launched, marks

pytestmark = marks()
SHOWN = "async () => (await (await navigator.serviceWorker.ready).getNotifications()).map(n => [n.title, n.body, n.tag, n.data.path])"


@pytest.fixture
def page(live_server: LiveServer) -> Iterator[Page]:
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # playwright keeps a loop in this thread; the tests use the database
    with sync_playwright() as playwright:
        browser = launched(playwright)
        context = browser.new_context(base_url=live_server.url, permissions=["notifications"])
        yield context.new_page()
        browser.close()
        connections.close_all()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


def test_a_message_is_shown_and_a_newer_one_takes_its_place(page: Page, live_server: LiveServer) -> None:
    page.goto("/accounts/login/")
    devtools = page.context.new_cdp_session(page)
    seen: list[dict[str, str]] = []
    devtools.on("ServiceWorker.workerRegistrationUpdated", lambda e: seen.extend(e["registrations"]))
    devtools.send("ServiceWorker.enable")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.wait_for_timeout(300)
    for body in ("赵穗 回复了", "2 件事"):
        told = {"title": "山野社", "body": body, "path": "/c/shanye/p/1", "tag": "shanye"}
        devtools.send(
            "ServiceWorker.deliverPushMessage",
            {"origin": live_server.url, "registrationId": seen[-1]["registrationId"], "data": json.dumps(told)},
        )
        page.wait_for_timeout(500)
    assert page.evaluate(SHOWN) == [["山野社", "2 件事", "shanye", "/c/shanye/p/1"]]
