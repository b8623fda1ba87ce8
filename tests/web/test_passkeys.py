"""A passkey, made and used by a real browser with a virtual authenticator."""

import os
from collections.abc import Iterator

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import connections
from playwright.sync_api import CDPSession, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from kith.people.api import Person
from tests.browsers import launched, marks

pytestmark = marks()


@pytest.fixture
def page() -> Iterator[Page]:
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # playwright keeps a loop in this thread; the tests use the database
    with sync_playwright() as playwright:
        browser = launched(playwright)
        page = browser.new_page(locale="en-US")
        yield page
        browser.close()
        connections.close_all()  # those that were opened beside the loop; nobody else finds them
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def authenticator(page: Page) -> CDPSession:
    """A fingerprint reader that always says yes."""
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return devices


@pytest.fixture
def home(live_server: LiveServer, page: Page) -> str:
    """Where the server is reached by a name: an address of digits can have no passkey."""
    home: str = live_server.url.replace("127.0.0.1", "localhost")
    page.context.add_cookies([{"name": "lang", "value": "en", "url": home}])
    return home


@pytest.fixture
def su() -> Person:
    person = Person.objects.create_user("su@example.org", "correct horse", "苏杭")
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


def sign_in(page: Page, home: str) -> None:
    page.goto(f"{home}/accounts/login/")
    page.get_by_label("Email").fill("su@example.org")
    page.locator("#id_password").fill("correct horse")
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(f"{home}/")


def add(page: Page, home: str) -> None:
    page.goto(f"{home}/accounts/2fa/webauthn/add/")
    assert page.get_by_role("heading", name="Is it you?").is_visible()
    page.locator("#id_password").fill("correct horse")
    page.get_by_role("button", name="Confirm").click()
    page.get_by_label("Name of the passkey").fill("My telephone")
    page.get_by_role("button", name="Go on").click()
    page.wait_for_url(f"{home}/accounts/2fa/")


def test_a_passkey_is_added_and_opens_the_account(su: Person, page: Page, authenticator: CDPSession, home: str) -> None:
    said: list[str] = []
    page.on("console", lambda m: said.append(m.text) if m.type in {"error", "warning"} else None)
    page.on("pageerror", lambda e: said.append(str(e)))
    sign_in(page, home)
    add(page, home)
    assert page.get_by_text("My telephone").is_visible()
    kept = Authenticator.objects.get(user=su)
    assert kept.type == "webauthn"
    page.context.clear_cookies(name="sessionid")
    page.goto(f"{home}/accounts/login/?next=/account")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(f"{home}/account")
    assert page.get_by_role("heading", name="苏杭").is_visible()
    assert said == []


def test_who_has_a_passkey_still_comes_in_by_password(
    su: Person, page: Page, authenticator: CDPSession, home: str
) -> None:
    sign_in(page, home)
    add(page, home)
    page.context.clear_cookies(name="sessionid")
    sign_in(page, home)
    page.goto(f"{home}/account")
    assert page.get_by_role("heading", name="苏杭").is_visible()


def test_a_passkey_that_is_refused_is_a_sentence(su: Person, page: Page, authenticator: CDPSession, home: str) -> None:
    page.goto(f"{home}/accounts/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.get_by_text("The passkey was not used. Try again, or go another way.").wait_for(timeout=70_000)
    assert page.url == f"{home}/accounts/login/"


def test_an_address_of_digits_offers_no_passkey(su: Person, page: Page, home: str) -> None:
    digits = home.replace("localhost", "127.0.0.1")
    page.context.add_cookies([{"name": "lang", "value": "en", "url": digits}])
    page.goto(f"{digits}/accounts/login/")
    assert page.get_by_role("link", name="Send me a code by mail").is_visible()
    assert not page.locator("#passkey_login").is_visible()
