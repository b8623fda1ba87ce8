"""What those who sell and those who buy do on pages, in every story of a launch."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from playwright.sync_api import Page, expect

ORDER = re.compile(r"/orders/[0-9A-Z]+(#.*)?$")


def clock(hours: float) -> str:
    """Return a time as the forms take it, so many hours from now, in the clock of the place."""
    return (datetime.now(ZoneInfo("Asia/Shanghai")) + timedelta(hours=hours)).strftime("%Y-%m-%dT%H:%M")


def filled(page: Page, **typed: str) -> None:
    """Fill a form: fields by the name they are sent under, what is chosen and what is typed alike."""
    for name, value in typed.items():
        field = page.locator(f"main form [name='{name}']:visible").first
        field.select_option(value) if field.evaluate("f => f.tagName") == "SELECT" else field.fill(value)


def offer(page: Page, home: str, sku: str, **typed: str) -> None:
    page.goto(home + "offers")
    kind = typed.pop("kind", "goods")
    page.locator("select#kind").select_option(kind)
    filled(page, sku=sku, **typed)
    page.get_by_role("button", name="Save").click()
    expect(page.locator("main .row", has_text=sku)).to_be_visible()


def launch(page: Page, home: str, slug: str, kind: str, sells: dict[str, tuple[str, str]], **typed: str) -> None:
    """Write a launch that sells offers, each at a price and so many, make it ready and open it."""
    page.goto(home + "launch")
    page.locator(f"input[name=kind][value={kind}]").check(force=True)
    filled(page, slug=slug, opens=clock(-1), **typed)
    for sku, (price, stock) in sells.items():
        page.locator(f"input[name=offer][value='{sku}']").check(force=True)
        filled(page, **{f"price-{sku}": price, f"stock-{sku}": stock})
    page.get_by_role("button", name="Save").click()
    page.wait_for_url(re.compile(r"/run$"))
    page.get_by_role("button", name="Make it ready").click()
    page.get_by_role("button", name="Open now").click()
    expect(page.get_by_role("button", name="Close now")).to_be_visible()


def send_to(page: Page, who: str) -> None:
    """Say where goods go."""
    filled(page, name=who, phone="13800000000", address="成都市锦江区一号")


def order(page: Page) -> str:
    """Order what the launch's page has chosen; returns the address of the order."""
    page.locator("#order-form button.block").click()
    page.wait_for_url(ORDER)
    return page.url.partition("#")[0]


def pay(page: Page) -> None:
    """Pay what the order asks for, in the sandbox, and come back."""
    page.locator("#pay").get_by_role("button", name="Sandbox").click()
    page.get_by_role("button", name="Pay", exact=True).click()
    page.wait_for_url(ORDER)
    expect(page.locator("#pay")).to_have_count(0)


def share(page: Page, home: str, **percents: str) -> None:
    """Say who gets what of every sale from now on."""
    page.goto(home + "money/rules")
    filled(page, **percents)
    page.get_by_role("button", name="It counts from now on").click()
    expect(page.get_by_role("heading", name="Rule no. 1")).to_be_visible()


def ask(page: Page, home: str, slug: str, handles: list[str]) -> None:
    """Ask members to bring a launch to others."""
    for nth, handle in enumerate(handles, start=1):
        page.goto(f"{home}launches/{slug}/channels")
        filled(page, handle=f"@{handle}")
        page.get_by_role("button", name="Ask somebody else").click()
        expect(page.locator("table.t tbody tr")).to_have_count(nth)


def accept(page: Page, home: str) -> str:
    """Say yes to what one was asked; returns the address of one's link."""
    page.goto(home + "links")
    page.get_by_role("link", name="Read and answer").click()
    page.get_by_role("button", name="I accept that, and gladly do").click()
    expect(page.locator(".sharebox .qr")).to_be_visible()
    return page.get_by_label("Your link", exact=True).input_value()


def ship(page: Page, home: str, slug: str) -> None:
    """Send off everything that waits on the run sheet."""
    page.goto(f"{home}launches/{slug}/run")
    waiting = page.locator("section", has=page.get_by_role("heading", name=re.compile("^To be sent"))).locator("a.row")
    for address in [row.get_attribute("href") for row in waiting.all()]:
        assert address
        page.goto(address)
        filled(page, tracking="SF123")
        page.get_by_role("button", name="It has left").click()
        expect(page.locator("main")).to_contain_text("SF123")
    page.goto(f"{home}launches/{slug}/run")
    expect(waiting).to_have_count(0)
