"""Every page, in both languages, both themes, on a phone and a desk: no barrier, no sideways scroll, no console error."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page

from tests.browsers import marks
from tests.stories.conftest import World, become, faults_of, violations

pytestmark = marks()
HOME = "/c/wildwood/"
STAFF_PAGES = [
    HOME + "tiers",
    HOME + "settings/tiers",
    HOME + "pulse/tiers",
    HOME + "chapters",
    HOME + "pulse/chapters",
    HOME + "figures",
    HOME + "circles",
    HOME + "treasures",
    HOME,
    HOME + "?kind=open",
    HOME + "network",
    HOME + "network/list",
    HOME + "pulse",
    HOME + "pulse/risk",
    HOME + "pulse/unheard",
    HOME + "pulse/errands",
    HOME + "pulse/letter",
    HOME + "pulse/stage",
    HOME + "pulse/crises",
    HOME + "pulse/cohorts",
    HOME + "pulse/record",
    HOME + "pulse/what-if",
    HOME + "introductions",
    HOME + "me",
    HOME + "me/node",
    HOME + "launches",
    HOME + "launches/pair-together",
    HOME + "launches/pair-together/run",
    HOME + "launch",
    HOME + "offers",
    HOME + "coupons",
    HOME + "launches/night-watch",
    HOME + "launches/night-watch/run",
    HOME + "launches/winter-brew",
    HOME + "launches/winter-brew/run",
    HOME + "launches/autumn-brew/run",
    HOME + "me/membership",
    HOME + "launches/autumn-brew",
    HOME + "launches/autumn-brew/channels",
    HOME + "launches/autumn-brew/attribution",
    HOME + "orders",
    HOME + "links",
    HOME + "people",
    HOME + "notices",
    HOME + "notices/settings",
    HOME + "search",
    HOME + "search?q=a&space=&kind=&days=365",
    HOME + "about",
    HOME + "door",
    HOME + "door/decided",
    HOME + "door/inviting",
    HOME + "invitations",
    HOME + "audit",
    HOME + "values",
    HOME + "money",
    HOME + "money/rules",
    HOME + "money/pools",
    HOME + "me/money",
    HOME + "import",
    HOME + "settings",
    HOME + "agreements",
    HOME + "agreements/write",
    HOME + "moderation",
    HOME + "moderation/limits",
    HOME + "conduct",
    "/account",
    "/account/tokens",
    "/account/data",
    "/account/leave",
    "/account/left",
    HOME + "settings/export",
    "/new",
    "/api/v1/docs",
    "/accounts/email/",
    "/accounts/2fa/",
    "/accounts/password/change/",
    HOME + "settings/webhooks",
    HOME + "messages",
    HOME + "bookmarks",
    HOME + "welcome",
    HOME + "messages/reported",
    HOME + "spaces",
    HOME + "settings/spaces",
    HOME + "settings/ideas",
    HOME + "ideas",
    HOME + "ideas/numbers",
    HOME + "events",
    HOME + "calendar",
    HOME + "write/announcement",
    HOME + "write/idea",
    HOME + "write/event",
    HOME + "write/chain",
    HOME + "write/checkin",
]
VISITOR_PAGES = [
    "/", "/accounts/login/", "/accounts/signup/", "/accounts/login/code/", "/accounts/password/reset/", HOME, HOME + "about",
    HOME + "join", "/offline", "/nothing-here",
]  # fmt: skip
# Where a list must not be empty, or nothing was looked at.
ROWS = {
    "pulse": ".errand", "pulse/risk": ".leaving", "pulse/unheard": ".panel a.row", "pulse/errands": ".panel .row", "pulse/record": ".orders tr",
    "tiers": ".tier", "chapters": "a.tile", "figures": ".figure", "circles": "a.tile", "treasures": ".tile", "pulse/tiers": ".panel .row", "pulse/chapters": "tbody tr",
    "introductions": ".meeting", "spaces": ".panel a.row", "me/node": ".panel a.row", "pulse/what-if": "tie-chart",
}  # fmt: skip
# Pages whose address only a list knows: the list, and what leads from it.
OPENED = [
    ("", ".post .acts a"), ("people?q=小满", "#found a.row"), ("chapters", "a.tile"), ("circles", "a.tile"),
    ("?kind=chain", ".post .acts a"), ("?kind=checkin", ".post .acts a"),
]  # fmt: skip
LIST = "编号\t姓名\t用户名\t城市\t职业\t入会时间\r\nw1\t安然\t@an_ran\t重庆\t种茶的人，也写字\t2023-05-01\r\nw1\t博文\t\t成都\t\t\r\n"
VIEWS = [("desk", "light", "zh"), ("phone", "dark", "zh"), ("phone", "light", "en"), ("wide", "dark", "en")]
# A hundred pages take a minute and a half: each width, theme and language once.
STAFF_VIEWS = [("phone", "light", "zh"), ("desk", "dark", "en")]


def leads(page: Page, address: str, to: str) -> str:
    page.goto(HOME + address)
    found = page.locator(to).first.get_attribute("href")
    assert found
    return found


def look(page: Page, addresses: list[str]) -> list[str]:
    faults = faults_of(page)
    found = []
    for address in addresses:
        faults.clear()
        page.goto(address)
        page.wait_for_load_state("networkidle") if "network" in address else page.wait_for_load_state("load")
        if not page.locator(ROWS.get(address.removeprefix(HOME), "body")).count():
            found.append(f"{address} has an empty list")
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.append(f"{address} scrolls sideways")
        found += [f"{address} {v}" for v in violations(page)]
        # A page that is not there is itself a failed load to the browser; nothing else may be.
        found += [f"{address} {f}" for f in faults if not (address == "/nothing-here" and "404" in f)]
    return found


def look_at_the_modes(page: Page) -> list[str]:
    """Look at the map in the modes whose legends are lists."""
    page.goto(HOME + "network")
    page.wait_for_load_state("networkidle")
    found = []
    for mode in ("chapters", "risk"):
        page.locator(f"input[name=map-mode][value={mode}]").check(force=True)
        page.locator(f"[data-map-legend][data-mode={mode}] li").first.wait_for()
        found += [f"map by {mode}: {v}" for v in violations(page)]
    return found


def do_one_errand(page: Page) -> None:
    """Take the first errand and finish it, so that something stands among what was done; unless an earlier view did."""
    page.goto(HOME + "pulse")
    if page.locator(".errand.done").count():
        return
    for move in ("take", "finish"):
        page.locator(f".errand .do > form[action$='/{move}'] button").first.click()
        page.locator(".errand.taken" if move == "take" else ".errand.done").first.wait_for()


def simulate_once(page: Page) -> None:
    """Ask what answering newcomers and losing three would do, unless an earlier view did; the worker may have to be waited for."""
    page.goto(HOME + "pulse/what-if")
    if not page.locator("tie-chart").count():
        page.locator("main form .btn.solid").click()
        page.locator("tie-chart").first.wait_for()


def fail_an_import(page: Page) -> tuple[str, list[str]]:
    """Have the worker fail on a list that is called an export; return the address of its page, and barriers on the way."""
    page.goto(HOME + "import")
    page.locator("input[name=format][value=members]").check(force=True)
    file = {"name": "people.csv", "mimeType": "text/csv", "buffer": LIST.encode("utf-16")}
    page.locator("input[name=file]").set_input_files(file)  # type: ignore[arg-type]  # a FilePayload, spelled out
    page.locator("form[action$='/import/preview'] button").click()
    page.locator(".rows tbody tr").first.wait_for()
    found = [f"preview of an import: {v}" for v in violations(page)]
    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        found.append("preview of an import scrolls sideways")
    page.locator("form[action$='/import/run'] input[name=format]").evaluate("field => { field.value = 'slack' }")
    page.locator("form[action$='/import/run'] button").click()
    page.wait_for_url("**/import/job/*")
    found += [f"import that waits: {v}" for v in violations(page)]
    page.locator("#job .error").wait_for()
    return urlsplit(page.url).path, found


@pytest.mark.parametrize(("size", "theme", "language"), STAFF_VIEWS)
def test_a_founder_meets_no_barrier(world: World, size: str, theme: str, language: str) -> None:
    context = world.visitor(size, theme, language)
    page = context.new_page()
    become(page, "founder")
    opened = [leads(page, *one) for one in OPENED]
    do_one_errand(page)
    simulate_once(page)
    failed, found = fail_an_import(page)
    found += look(page, [*STAFF_PAGES, *opened, opened[1] + "/you", failed]) + look_at_the_modes(page)
    context.close()
    assert found == []


def test_who_is_asked_about_an_introduction_meets_no_barrier(world: World) -> None:
    asking = world.visitor().new_page()
    become(asking, "founder")
    asking.goto(HOME + "introductions")
    pair = asking.locator(".meeting", has_text="唐小满").first
    pair.locator("form button").click()
    asking.locator(".meeting .chip").first.wait_for()
    assert violations(asking) == []
    asked = world.visitor("phone", "dark", "en").new_page()
    become(asked, "super")
    asked.goto(HOME + "me")
    asked.locator(".question h2").first.wait_for()
    found = look(asked, [HOME + "me", HOME])
    asking.context.close()
    asked.context.close()
    assert found == []


@pytest.mark.parametrize(("size", "theme", "language"), VIEWS)
def test_a_visitor_meets_no_barrier(world: World, size: str, theme: str, language: str) -> None:
    context = world.visitor(size, theme, language)
    found = look(context.new_page(), [*VISITOR_PAGES, world.stop])
    context.close()
    assert found == []
