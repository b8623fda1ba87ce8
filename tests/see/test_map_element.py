"""The map in a real browser: it draws, answers hands and keys, and says so when it cannot be loaded."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, Route, expect, sync_playwright

from kith.lib import graph_film
from kith.lib.graph import closest, degree, pair_up, ties_from
from kith.lib.graph_film import NOT_YET
from kith.lib.graph_map import MapData, decode, encode
from kith.lib.layout import lay_out
from kith.see.rules.warmth import bands
from tests.browsers import launched, marks

JS = Path(__file__).resolve().parents[2] / "kith" / "web" / "static" / "js"
pytestmark = marks()
TOKENS = "".join(f"--g{i}:#{i}0{8 - i}08f;" for i in range(8))
PAGE = f"""<!doctype html><html lang="en"><meta http-equiv="Content-Security-Policy" content="script-src 'self'">
<style>body{{margin:0}}tie-map{{display:block;width:100vw;height:80vh}}:root{{--w0:#789;--w1:#bb8;--w2:#da4;--w3:#e72;--w4:#e43;
{TOKENS}--risk0:#dcf;--risk1:#96e;--risk2:#319;--plain:#999;--line-2:#ccc;--brand:#071;--ink:#111;--ink-2:#444;--sunken:#eee}}</style><script type="module" src="/tie-map.js"></script>
<main><tie-map src="/map.bin" labels="/labels.json" label="Map" data-person-url="/person/{{id}}" data-target="#inspector"
data-error="No map." data-at="2025-05" data-day="20 May 2025" data-caption="Two towns" data-risk-url="/risks.bin"
data-risk-words="unknown|stays|unsure|leaves" data-file-name="towns"></tie-map><section id="inspector" data-map-panel></section>
<button data-map="in">in</button><button data-map-person="17">find</button><button data-map="png">picture</button>
<fieldset data-map-modes>{"".join(f'<label><input type="radio" name="mode" value="{m}">{m}</label>' for m in ("warmth", "chapters", "circles", "risk"))}</fieldset>
<div data-map-legend data-mode="warmth"><span>cool to warm</span></div><section data-map-dock></section>
<div data-map-time data-now="now" data-error="failed" data-outdated="outdated" hidden><button data-map="play" aria-pressed="false">play</button>
<input type="range" data-map-moment aria-label="Moment"><output></output></div></main>"""
ROWS = 12


def network() -> MapData:
    """Two villages of six; row 0 and row 6 hold the bridge. The id of row i is 10 + i."""
    ties = [(v + a, v + b) for v in (0, 6) for a in range(6) for b in range(6) if a != b] + [(0, 6), (6, 0)]
    pairs = pair_up(ties_from(ROWS, [a for a, _ in ties], [b for _, b in ties], np.full(len(ties), 4.0)))
    layout = lay_out(pairs)
    rows = np.arange(ROWS)
    return MapData(
        person=rows + 10, at=layout.at, circle=layout.circles.of, circles=layout.circles.count, chapter=rows // 6,
        ties_of=degree(pairs), warmth_of=bands(closest(pairs, 5)), is_super=np.isin(rows, [0, 6]),
        a=pairs.a, b=pairs.b,
        warmth=bands(pairs.strength),
    )  # fmt: skip


LABELS = {
    "circles": [
        {"circle": 0, "is_chapter": True, "name": "Dali", "people": 6},
        {"circle": 1, "is_chapter": False, "name": "Luo", "people": 6},
    ],
    "chapters": [{"name": "Dali", "people": 6}, {"name": "Lijiang", "people": 6}],
    "began_at": "2025-02-10T00:00:00+00:00",
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
    if path == broken:
        route.fulfill(status=500, body="")
        return
    body, content_type = found(path)
    headers = {"Content-Type": content_type, "ETag": '"7-3"'}
    route.fulfill(status=200 if content_type else 404, body=body, headers=headers)


def found(path: str) -> tuple[bytes, str]:
    """Return what stands at an address, and of which type; nothing where there is nothing."""
    binary = "application/octet-stream"
    if person := re.fullmatch(r"/person/(\d+)", path):
        return f'<p data-name="N{person[1]}">Person {person[1]}</p>'.encode(), "text/html"
    if path.startswith("/map.bin?at="):
        return frame(path), binary
    if (JS / path[1:]).is_file():
        return (JS / path[1:]).read_bytes(), "text/javascript"
    there = {
        "/": (PAGE.encode(), "text/html; charset=utf-8"),
        "/map.bin": (encode(network()), binary),
        "/labels.json": (json.dumps(LABELS).encode(), "application/json"),
        "/risks.bin": (bytes([10, 50, 90, *[255] * 9]), binary),
    }
    return there.get(path, (b"", ""))


def frame(path: str) -> bytes:
    """The end of a month: the second village comes in March, everything is coldest."""
    there = np.where((np.arange(ROWS) < 6) | (path != "/map.bin?at=2025-02&of=3"), 0, NOT_YET).astype(np.uint8)
    ends = decode(encode(network()))
    known = (there[ends.a] == 0) & (there[ends.b] == 0)
    return graph_film.encode(there, np.where(known, 0, NOT_YET).astype(np.uint8))


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


def legend(page: Page) -> list[str]:
    return page.locator("[data-map-legend] li").all_inner_texts()


def test_a_mode_changes_the_map_and_the_legend_says_what_the_tones_mean(page: Page) -> None:
    warm = shot(page)
    expect(page.locator("[data-map-legend]")).to_have_text("cool to warm")
    page.get_by_label("chapters").check()
    assert legend(page) == ["Dali6", "Lijiang6"]
    chapters = shot(page)
    page.get_by_label("circles").check()
    assert legend(page) == ["Dali6", "Luo6"]
    page.get_by_label("risk").check()
    expect(page.locator("[data-map-legend] li").first).to_have_text("leaves1")
    assert legend(page) == ["leaves1", "unsure1", "stays1", "unknown9"]
    risk = shot(page)
    page.get_by_label("warmth").check()
    expect(page.locator("[data-map-legend]")).to_have_text("cool to warm")
    assert len({warm, chapters, risk}) == 3
    assert shot(page) == warm


def test_a_name_of_the_legend_dims_all_others_until_pressed_again(page: Page) -> None:
    page.get_by_label("chapters").check()
    whole = shot(page)
    page.get_by_role("button", name="Dali").press("Enter")
    expect(page.get_by_role("button", name="Dali")).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_role("button", name="Dali")).to_be_focused()
    assert shot(page) != whole
    page.get_by_role("button", name="Dali").press("Enter")
    assert legend(page) == ["Dali6", "Lijiang6"]
    assert shot(page) == whole


@pytest.mark.parametrize("page", ["/risks.bin"], indirect=True)
def test_risks_that_cannot_be_loaded_leave_everybody_unknown(page: Page) -> None:
    page.get_by_label("risk").check()
    assert legend(page) == ["leaves0", "unsure0", "stays0", "unknown12"]


def test_the_slider_shows_who_was_there_and_comes_back_to_now(page: Page) -> None:
    slider, words = page.get_by_label("Moment"), page.locator("[data-map-time] output")
    expect(words).to_have_text("now")
    now = shot(page)
    slider.press("Home")
    expect(words).to_have_text("Feb 2025")
    february = inks(page)
    slider.press("ArrowRight")
    expect(words).to_have_text("Mar 2025")
    expect(slider).to_have_attribute("aria-valuetext", "Mar 2025")
    assert inks(page) > 1.5 * february
    slider.press("End")
    expect(words).to_have_text("now")
    assert shot(page) == now


TELL = """() => { const seen = window.told = [], words = document.querySelector("[data-map-time] output");
const button = document.querySelector("[data-map=play]");
new MutationObserver(() => seen.push(words.textContent)).observe(words, {childList: true});
new MutationObserver(() => { document.body.dataset.on = button.ariaPressed; })
.observe(button, {attributes: true}); }"""


def test_playing_runs_through_the_months_and_stops_at_now(page: Page) -> None:
    expect(page.locator("[data-map-time] output")).to_have_text("now")
    page.evaluate(TELL)
    page.get_by_role("button", name="play").click()
    expect(page.locator("body[data-on=false]")).to_have_count(1)
    assert page.evaluate("told") == ["Feb 2025", "Mar 2025", "Apr 2025", "now"]


@pytest.mark.parametrize("page", ["/map.bin?at=2025-02&of=3"], indirect=True)
def test_a_month_that_cannot_be_loaded_says_so_and_leaves_the_map(page: Page) -> None:
    before = shot(page)
    page.get_by_label("Moment").press("Home")
    expect(page.locator("[data-map-time] output")).to_have_text("failed")
    assert shot(page) == before


def test_what_is_only_thought_of_is_drawn_and_goes_with_its_panel(page: Page) -> None:
    before = shot(page)
    dock = page.locator("[data-map-dock]")
    seen = {before}
    for effect in ({"gone": [10], "cut": [11]}, {"added": [[12, 20]]}, {"seeds": [13, 21]}):
        panel = f"<div data-map-effect='{json.dumps(effect)}'>…</div><button data-map='close'>close</button>"
        dock.evaluate("(dock, panel) => { dock.innerHTML = panel; }", panel)
        seen.add(shot(page))
        page.get_by_role("button", name="close").click()
        assert shot(page) == before
    assert len(seen) == 4


def test_the_picture_is_twice_as_fine_and_named_after_the_day(page: Page) -> None:
    expect(page.locator("canvas")).to_be_visible()
    with page.expect_download() as coming:
        page.get_by_role("button", name="picture").click()
    assert coming.value.suggested_filename == "towns.png"
    with Image.open(coming.value.path()) as picture:
        assert picture.size == (1800, 2 * (480 + 46))
        assert len(picture.convert("RGB").getcolors(1 << 20) or []) > 20
