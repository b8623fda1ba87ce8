"""Which Chromium the browser tests drive: the machine's, else Playwright's own download, else none, said loudly.

In CI (`CI=true`) none is a failure, never a skip.
"""

import os
import shutil
import sys
from functools import cache
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
# A closed network makes Chromium wait for its own errands.
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
]


@cache
def executable() -> str:
    """Return the path of a Chromium, empty when there is none."""
    for name in NAMES:
        if found := shutil.which(name):
            return found
    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    return own if Path(own).exists() else ""


def launched(playwright: Playwright) -> Browser:
    return playwright.chromium.launch(executable_path=executable(), args=QUIET)


def marks() -> list[pytest.MarkDecorator]:
    """Return the marks of a module of browser tests."""
    missing = not executable()
    if missing and os.environ.get("CI"):
        msg = "CI has no Chromium: browser tests are never skipped there."
        raise RuntimeError(msg)
    if missing:
        sys.stderr.write(
            "\n!!! NO CHROMIUM: BROWSER TESTS ARE SKIPPED. apt-get install chromium, or playwright install chromium\n"
        )
    return [pytest.mark.browser, pytest.mark.skipif(missing, reason="NO CHROMIUM on this machine")]
