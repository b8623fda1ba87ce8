"""Bars keep to their box, leave a place open where nothing is known, and tell the pointer their values."""

import json
from collections.abc import Sequence
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.lib import svg_bars
from kith.lib.svg import BadChart

values = st.lists(st.one_of(st.none(), st.floats(0, 1e9, allow_subnormal=False)), min_size=1, max_size=40)


def parse(drawn: str) -> ET.Element:
    return ET.fromstring(drawn)  # noqa: S314 -- our own text


def rects(root: ET.Element) -> list[tuple[float, float]]:
    """Return top and foot of each bar."""
    found = [r.attrib for r in root.iter("rect") if "fill" in r.attrib]
    return [(float(r["y"]), float(r["y"]) + float(r["height"])) for r in found]


def drawn(numbers: Sequence[float | None], *, limit: float | None = None) -> ET.Element:
    labels, colors = [f"Q{i}" for i in range(len(numbers))], ["red"] * len(numbers)
    return parse(svg_bars.bars(numbers, labels, title="T", colors=colors, height=100, limit=limit))


@given(values)
def test_every_bar_stays_in_the_box_and_the_known_are_told_in_order(numbers: list[float | None]) -> None:
    root = drawn(numbers)
    assert len(rects(root)) == len(numbers)
    assert all(-0.1 <= top <= foot <= 100.1 for top, foot in rects(root))
    told = json.loads(root.attrib["data-points"])
    assert [value for _, value, _ in told] == [pytest.approx(v, abs=1e-4) for v in numbers if v is not None]


def test_twice_as_much_is_twice_as_tall_and_the_limit_lies_between() -> None:
    root = drawn([10.0, 20.0], limit=15.0)
    (first, foot), (second, _) = rects(root)
    assert (foot - second) == pytest.approx(2 * (foot - first), abs=0.2)
    line = root.find(".//line")
    assert line is not None
    assert second < float(line.attrib["y1"]) < first


def test_what_is_usual_lies_behind() -> None:
    svg = svg_bars.bars([4.0, 5.0], ["a", "b"], title="T", colors=["red", "red"], usual=(-1.0, 4.5), height=100)
    behind = parse(svg).find(".//rect[@class='usual']")
    assert behind is not None
    assert float(behind.attrib["y"]) + float(behind.attrib["height"]) == pytest.approx(100, abs=0.2)


def test_parts_stand_on_each_other() -> None:
    root = parse(
        svg_bars.stacked([[1, 2, 1], [0, 0, 0]], ["a", "b"], title="T", colors=["red", "gold", "blue"], height=104)
    )
    (_, low_foot), (mid_top, mid_foot), (top, _) = rects(root)[:3]
    assert low_foot == pytest.approx(104)
    assert mid_foot == pytest.approx(rects(root)[0][0])
    assert top < mid_top
    assert top == pytest.approx(4, abs=0.5)


def test_up_stands_above_the_middle_and_down_below() -> None:
    root = parse(svg_bars.up_and_down([(3, 1)], ["May"], title="T", colors=("green", "grey"), height=100))
    (_, up_foot), (down_top, down_foot) = rects(root)
    assert up_foot < 50 < down_top
    assert down_foot - down_top < up_foot - rects(root)[0][0]
    assert json.loads(root.attrib["data-points"]) == [[0.5, "+3 −1", "May"]]


def test_nothing_is_drawn_of_nothing_and_labels_are_escaped() -> None:
    assert svg_bars.bars([], [], title="T", colors=[]) == ""
    assert "<b>" not in svg_bars.bars([1.0], ["<b>"], title="<i>", colors=["red"])


@pytest.mark.parametrize("bad", [-1.0, float("nan"), float("inf")])
def test_bad_numbers_are_refused(bad: float) -> None:
    with pytest.raises(BadChart):
        svg_bars.bars([bad], ["a"], title="T", colors=["red"])
    with pytest.raises(BadChart):
        svg_bars.stacked([[bad]], ["a"], title="T", colors=["red"])
    with pytest.raises(BadChart):
        svg_bars.up_and_down([(bad, 1)], ["a"], title="T", colors=("red", "red"))
    with pytest.raises(BadChart):
        svg_bars.bars([1.0], [], title="T", colors=["red"])
