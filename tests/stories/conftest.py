"""A real server with the invented community, and a browser before it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browsers import launched
from tests.run.world import Kith, copy_of, free_port, prepared

AXE = Path(__file__).resolve().parents[2] / "kith/web/static/vendor/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PERSONAS = ["founder", "super", "member", "newcomer"]
SIZES = {"phone": (360, 780), "desk": (1280, 820), "wide": (1920, 1000)}
# As Chromium says it when somebody sits before it: links count nothing for what calls itself headless.
PERSON = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/%s Safari/537.36"
CHECK = """async ([source, rules]) => {
  if (!window.axe) (0, eval)(source);
  const found = await axe.run(document, {runOnly: rules});
  return found.violations.map(v => v.id + ': ' + v.nodes.slice(0, 3).map(n => n.target.join(' ')).join(' | '));
}"""


@dataclass(frozen=True)
class World:
    """`stop` is the page that ends the founder's letters."""

    address: str
    browser: Browser
    stop: str
    kith: Kith

    def told(self, call: str) -> dict[str, str]:
        """Call one of tests.stories.doors in Kith's own process, and return what it said."""
        done = self.kith.run("manage", "shell", "-c", f"from tests.stories import doors; doors.{call}")
        assert done.returncode == 0, done.stderr
        said: dict[str, str] = json.loads(done.stdout.strip().rpartition("\n")[2])
        return said

    def signed_in(self, session: str, size: str = "desk") -> Page:
        """Return a page of somebody a story made."""
        context = self.visitor(size)
        context.add_cookies([{"name": "sessionid", "value": session, "url": self.address}])
        return context.new_page()

    def visitor(self, size: str = "desk", theme: str = "light", language: str = "en") -> BrowserContext:
        width, height = SIZES[size]
        context = self.browser.new_context(
            base_url=self.address, viewport={"width": width, "height": height}, locale="zh-CN" if language == "zh" else "en",
            color_scheme="dark" if theme == "dark" else "light", user_agent=PERSON % self.browser.version,
        )  # fmt: skip
        context.set_default_timeout(15_000)
        return context


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Kith, str, str]]:
    """Serve the invented community, once for a run: its folder, its address, and the page that ends the founder's letters."""
    kith, port = copy_of(prepared(), tmp_path_factory.mktemp("stories") / "data"), free_port()
    served = kith.serve(port, "--demo").until_it_answers()
    try:
        kith.run("see", "wildwood", "--validate", "--keep")
        letter = json.loads(kith.run("letter", "wildwood", "--dry-run", "--json").stdout)["text"]
        yield kith, f"http://localhost:{port}", letter[letter.index("/letters/") :].strip()
    finally:
        served.stop()


# Not for the whole run: while Playwright is open its loop runs, and Django refuses the database beside a running loop.
@pytest.fixture(scope="package")
def world(demo: tuple[Kith, str, str]) -> Iterator[World]:
    kith, address, stop = demo
    with sync_playwright() as playwright:
        yield World(address, launched(playwright), stop, kith)


def become(page: Page, role: str) -> None:
    """Sign in as one of the invented people by the button on the front page."""
    page.goto("/")
    page.locator("button.persona").nth(PERSONAS.index(role)).click()
    page.wait_for_url("**/c/**")


def faults_of(page: Page) -> list[str]:
    """Return the list that fills with the page's console errors, refused policies and uncaught faults."""
    found: list[str] = []
    page.on("pageerror", lambda fault: found.append(str(fault)))
    page.on("console", lambda said: found.append(said.text) if said.type == "error" else None)
    return found


def violations(page: Page) -> list[str]:
    found: list[str] = page.evaluate(CHECK, [AXE.read_text(), RULES])
    return found
