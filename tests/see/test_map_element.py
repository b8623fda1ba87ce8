"""The map in a real browser: it draws, answers hands and keys, and says so when it cannot be loaded."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Browser, Page, Route, expect, sync_playwright

from kith.lib.graph import closest, degree, pair_up, ties_from
from kith.lib.graph_map import MapData, encode
from kith.lib.layout import lay_out
from kith.see.rules.warmth import bands
from tests.browsers import launched, marks

JS = Path(__file__).resolve().parents[2] / "kith" / "web" / "static" / "js"
pytestmark = marks()
PAGE = """<!doctype html><html lang="en"><meta http-equiv="Content-Security-Policy" content="script-src 'self'">
<style>body{margin:0}tie-map{display:block;width:100vw;height:90vh}:root{--w0:#789;--w1:#bb8;--w2:#da4;--w3:#e72;--w4:#e43;
--ink:#111;--ink-2:#444;--sunken:#eee}</style><script type="module" src="/tie-map.js"></script>
<main><tie-map src="/map.bin" labels="/labels.json" label="Map" data-person-url="/person/{id}" data-target="#inspector"
data-error="No map."></tie-map><section id="inspector" data-map-panel></section>
<button data-map="in">in</button><button data-map-person="17">find</button></main>"""
ROWS = 12


def network() -> MapData:
    """Two villages of six; row 0 and row 6 hold the bridge. The id of row i is 10 + i."""
    ties = [(v + a, v + b) for v in (0, 6) for a in range(6) for b in range(6) if a != b] + [(0, 6), (6, 0)]
    pairs = pair_up(ties_from(ROWS, [a for a, _ in ties], [b for _, b in ties], np.full(len(ties), 4.0)))
    layout = lay_out(pairs)
    rows = np.arange(ROWS)
    return MapData(
        person=rows + 10, at=layout.at, circle=layout.circles.of, circles=layout.circles.count, ties_of=degree(pairs),
        warmth_of=bands(closest(pairs, 5)), is_super=np.isin(rows, [0, 6]), a=pairs.a, b=pairs.b,
        warmth=bands(pairs.strength),
    )  # fmt: skip


LABELS = {
    "circles": [{"circle": 0, "is_chapter": True, "name": "Dali", "people": 6}],
    "supers": [{"row": 0, "person": 10, "name": "Tang"}, {"row": 6, "person": 16, "name": "Luo"}],
}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = launched(playwright)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page that holds the map; the marker `broken` names what the server fails to give."""
    context = browser.new_context(viewport={"width": 900, "height": 600})
    opened = context.new_page()
    opened.route("http://map.test/**", lambda route: answer(route, getattr(request, "param", "")))
    faults: list[str] = []
    opened.on("pageerror", lambda fault: faults.append(str(fault)))
    opened.add_init_script("window.picks=[];addEventListener('pick',e=>picks.push(e.detail&&e.detail.person))")
    opened.goto("http://map.test/")
    yield opened
    context.close()
    assert faults == []


def answer(route: Route, broken: str) -> None:
    path = route.request.url.removeprefix("http://map.test")
    person = re.fullmatch(r"/person/(\d+)", path)
    if path == broken:
        route.fulfill(status=500, body="")
    elif path == "/":
        route.fulfill(body=PAGE, content_type="text/html")
    elif path == "/map.bin":
        route.fulfill(body=encode(network()), content_type="application/octet-stream")
    elif path == "/labels.json":
        route.fulfill(body=json.dumps(LABELS), content_type="application/json")
    elif person:
        route.fulfill(body=f'<p data-name="N{person[1]}">Person {person[1]}</p>', content_type="text/html")
    elif (JS / path[1:]).is_file():
        route.fulfill(body=(JS / path[1:]).read_bytes(), content_type="text/javascript")
    else:
        route.fulfill(status=404, body="")


def picks(page: Page) -> list[int | None]:
    found: list[int | None] = page.evaluate("picks")
    return found


def inks(page: Page) -> int:
    """Count the canvas's painted pixels."""
    page.wait_for_timeout(250)
    return int(
        page.evaluate(
            """() => { const c = document.querySelector('canvas');
            const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;
            let n = 0; for (let i = 3; i < d.length; i += 4) if (d[i]) n++; return n; }"""
        )
    )


def test_the_map_is_drawn_and_named_for_screen_readers(page: Page) -> None:
    expect(page.get_by_role("application", name="Map")).to_be_visible()
    assert inks(page) > 2000


DOT = """() => { const c = document.querySelector('canvas');
const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;
for (let i = 0; i < d.length; i += 4) if (d[i + 3] === 255 && d[i] !== d[i + 2]) {
  const box = c.getBoundingClientRect(), k = c.width / c.clientWidth, p = i / 4;
  return [box.left + (p % c.width) / k, box.top + Math.floor(p / c.width) / k + 1]; } }"""


def test_a_tap_on_a_person_picks_them_and_loads_what_is_known(page: Page) -> None:
    assert inks(page) > 2000
    x, y = page.evaluate(DOT)  # the topmost pixel of a person: nothing else is opaque and coloured
    page.mouse.click(x, y)
    picked = picks(page)
    assert len(picked) == 1
    assert picked[0] in range(10, 22)
    expect(page.locator("#inspector")).to_have_text(f"Person {picked[0]}")


def test_a_tap_beside_everybody_lets_go_and_a_drag_picks_nobody(page: Page) -> None:
    assert inks(page) > 2000
    page.mouse.click(3, 3)
    x, y = page.evaluate(DOT)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 40, y + 30, steps=4)
    page.mouse.up()
    assert picks(page) == [None]


def test_keys_step_by_score_both_ways_and_escape_lets_go(page: Page) -> None:
    page.locator("canvas").focus()
    for key in ("Enter", "]", "]", "[", "Escape", "["):
        page.keyboard.press(key)
    assert picks(page) == [10, 16, 10, 16, None, 16]


def shot(page: Page) -> bytes:
    page.wait_for_timeout(250)
    return page.locator("canvas").screenshot()


def test_zoom_and_pan_change_what_is_seen_and_fit_brings_it_back(page: Page) -> None:
    page.locator("canvas").focus()
    start = shot(page)
    page.keyboard.press("+")
    page.keyboard.press("ArrowLeft")
    moved = shot(page)
    page.mouse.move(450, 250)
    page.mouse.wheel(0, -300)
    wheeled = shot(page)
    page.keyboard.press("0")
    assert len({start, moved, wheeled}) == 3
    assert shot(page) == start


def test_a_search_result_leads_to_the_person(page: Page) -> None:
    expect(page.locator("canvas")).to_be_visible()
    page.get_by_role("button", name="find").click()
    expect(page.locator("#inspector")).to_have_text("Person 17")
    assert picks(page) == [17]


def test_a_phone_sees_the_map_on_its_side(page: Page) -> None:
    expect(page.locator("canvas")).to_be_visible()
    page.set_viewport_size({"width": 400, "height": 800})
    assert inks(page) > 1000
    assert page.evaluate("document.querySelector('tie-map').box.bottom > document.querySelector('tie-map').box.right")


def test_a_removed_map_leaves_nothing_behind_and_can_come_back(page: Page) -> None:
    expect(page.locator("canvas")).to_be_visible()
    page.evaluate(
        "window.old = document.querySelector('tie-map'); old.remove(); dispatchEvent(new Event('themechange'))"
    )
    page.evaluate("document.querySelector('main').prepend(old)")
    expect(page.locator("canvas")).to_have_count(1)
    assert inks(page) > 2000


@pytest.mark.parametrize("page", ["/map.bin", "/labels.json"], indirect=True)
def test_a_map_that_cannot_be_loaded_says_so(page: Page) -> None:
    expect(page.get_by_role("alert")).to_have_text("No map.")


@pytest.mark.parametrize("page", ["/person/10"], indirect=True)
def test_what_cannot_be_known_of_a_person_leaves_the_map_usable(page: Page) -> None:
    page.locator("canvas").focus()
    page.keyboard.press("]")
    expect(page.locator("#inspector")).to_have_text("")
    page.keyboard.press("]")
    expect(page.locator("#inspector")).to_have_text("Person 16")
