"""The chart of what was and what might come."""

import json
import re
from html import unescape

import pytest
from markupsafe import Markup

from kith.lib import svg_bands
from kith.lib.svg import BadChart

WAS = [(-4.0, 10.0), (0.0, 12.0)]
AHEAD = [(4.0, 8.0, 12.0, 20.0), (8.0, 6.0, 13.0, 40.0)]
LABELS = [(-4.0, "then"), (0.0, "now"), (8.0, "later")]
TIPS = ["a", "b", "c", "<d>"]


def drawn(**changed: object) -> Markup:
    facts = {"was": WAS, "ahead": AHEAD, "title": "People & acts", "labels": LABELS, "tips": TIPS} | changed
    return svg_bands.band(**facts)  # type: ignore[arg-type]  # a test sends what it likes


def points(shape: str, chart: str) -> list[tuple[float, float]]:
    found = re.search(rf'<{shape} [^>]*?points="([^"]+)"', chart)
    assert found
    return [(float(x), float(y)) for x, y in (pair.split(",") for pair in found[1].split())]


def test_the_band_opens_from_now_and_lies_around_its_middle() -> None:
    chart = str(drawn())
    edges = points("polygon", chart)
    assert edges[0] == edges[-1]  # both begin where the past ends
    upper, lower = edges[:3], edges[:2:-1]
    assert [x for x, _ in upper] == [x for x, _ in lower]
    assert all(high < low for (_, high), (_, low) in zip(upper[1:], lower[1:], strict=True))  # y grows downward
    assert points('polyline class="l was"', chart)[-1] == edges[0]


def test_the_axis_holds_nought_and_what_lies_below_it() -> None:
    below = str(drawn(ahead=[(4.0, -30.0, -20.0, -10.0)], tips=TIPS[:3]))
    zero = re.search(r'class="zero"[^>]*y1="([0-9.]+)"', below)
    assert zero
    assert 0 < float(zero[1]) < min(y for _, y in points("polygon", below)[1:2])


def test_words_are_escaped_and_told_to_the_pointer() -> None:
    chart = drawn(title='"><script>')
    assert "<script>" not in chart
    assert "<d>" not in chart
    data = re.search(r'data-points="([^"]*)"', str(chart))
    assert data
    assert [tip for _, _, tip in json.loads(unescape(data[1]))] == TIPS


def test_nothing_ahead_is_no_chart() -> None:
    assert drawn(ahead=[], tips=TIPS[:2]) == ""


@pytest.mark.parametrize(
    "changed",
    [
        {"ahead": [(4.0, 9.0, 8.0, 10.0)] * 2}, {"ahead": [(4.0, 1.0, 2.0, float("nan")), AHEAD[1]]}, {"tips": TIPS[:3]},
        {"was": [(0.0, 1.0), (0.0, 2.0)]}, {"was": [(-4.0, float("inf")), WAS[1]]},
    ],
)  # fmt: skip
def test_what_is_no_band_is_refused(changed: dict[str, object]) -> None:
    with pytest.raises(BadChart):
        drawn(**changed)
