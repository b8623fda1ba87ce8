"""Charts keep to their box, say what they show, and escape what people wrote."""

import json
import math
import re
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.lib import svg
from kith.lib.svg import BadChart

NUMBERS = re.compile(r"-?\d+\.\d+,-?\d+\.\d+")
values = st.lists(st.floats(-1e6, 1e6, allow_subnormal=False), min_size=1, max_size=40)


def heights(drawn: str) -> list[float]:
    path = re.search(r'class="l" d="([^"]+)"', drawn)
    assert path
    return [float(pair.split(",")[1]) for pair in NUMBERS.findall(path[1])]


@given(values)
def test_every_chart_is_well_formed_and_its_line_stays_in_the_box(numbers: list[float]) -> None:
    drawn = svg.line(numbers, [f"W{i}" for i in range(len(numbers))], title="T", height=100)
    root = ET.fromstring(drawn)  # noqa: S314 -- our own text
    assert root.tag == "tie-chart"
    assert all(-0.1 <= y <= 100.1 for y in heights(drawn))


@given(values)
def test_the_pointer_is_told_every_value_in_order(numbers: list[float]) -> None:
    told = json.loads(ET.fromstring(svg.line(numbers, title="T")).attrib["data-points"])  # noqa: S314 -- our own text
    assert [value for _, value, _ in told] == numbers
    places = [place for place, _, _ in told]
    assert places == sorted(places)
    assert 0 <= places[0] <= places[-1] <= 1


def test_a_rising_line_never_falls() -> None:
    drawn = heights(svg.line([1, 2, 2, 9, 9, 10], title="T"))
    assert drawn == sorted(drawn, reverse=True)


def test_zeros_lie_on_the_ground_and_nothing_is_drawn_of_nothing() -> None:
    assert set(heights(svg.line([0, 0, 0], title="T", height=64))) == {64.0}
    assert svg.line([], title="T") == ""


def test_levels_are_few_round_and_inside() -> None:
    drawn = svg.line([12, 38.6, 72], title="T")
    assert re.findall(r'class="yl"[^>]*>([^<]+)<', drawn) == ["20", "40", "60"]


def test_what_people_wrote_cannot_become_markup() -> None:
    drawn = svg.line([1, 2], ["<b>", "'\""], title='"><script>', unit="<i>")
    assert "<script>" not in drawn
    assert "<b>" not in drawn
    assert "<i>" not in drawn
    root = ET.fromstring(drawn)  # noqa: S314 -- our own text
    assert root.attrib["data-unit"] == "<i>"


@pytest.mark.parametrize(("numbers", "labels"), [([1, math.nan], []), ([math.inf], []), ([1], ["a", "b"])])
def test_what_cannot_be_drawn_is_refused_by_name(numbers: list[float], labels: list[str]) -> None:
    with pytest.raises(BadChart, match="finite numbers"):
        svg.line(numbers, labels, title="T")


@pytest.mark.parametrize("band", range(5))
def test_a_rope_has_five_strands_in_its_colours(band: int) -> None:
    root = ET.fromstring(svg.rope(band, seed=band))  # noqa: S314 -- our own text
    colors = [path.attrib["stroke"] for path in root]
    assert len(colors) == 5
    assert set(colors) <= {f"var(--w{band})", f"var(--w{max(0, band - 1)})"}
    assert svg.rope(band, seed=1) != svg.rope(band, seed=2)
