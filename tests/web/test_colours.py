"""The tones of groups on the map are told apart, by the colour-blind too; risk rises in lightness; none looks warm."""

import re
from itertools import combinations, pairwise
from math import cos, dist, radians, sin
from pathlib import Path

import numpy as np
import pytest

Colour = tuple[float, ...]  # OKLCH
CSS = Path(__file__).parents[2] / "kith" / "web" / "static" / "css" / "app.css"
LETTER = Path(__file__).parents[2] / "kith" / "web" / "templates" / "mail" / "letter.css"
TOKEN = re.compile(r"--(\w+):light-dark\(oklch\(([\d. ]+)\),oklch\(([\d. ]+)\)\)")
FOUND = {name: [tuple(map(float, part.split())) for part in parts] for name, *parts in TOKEN.findall(CSS.read_text())}
THEMES = {"light": 0, "dark": 1}
# How light reaches who lacks a kind of cones: Machado, Oliveira, Fernandes 2009, severity 1, on linear RGB.
SIGHTS = {
    "all cones": np.eye(3),
    "no red": np.array([[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]),
    "no green": np.array([[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]]),
    "no blue": np.array([[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]]),
}  # fmt: skip
TO_LMS = np.array(
    [[1, 0.3963377774, 0.2158037573], [1, -0.1055613458, -0.0638541728], [1, -0.0894841775, -1.291485548]]
)
LMS_TO_RGB = np.array(
    [[4.0767416621, -3.3077115913, 0.2309699292], [-1.2684380046, 2.6097574011, -0.3413193965], [-0.0041960863, -0.7034186147, 1.707614701]]
)  # fmt: skip


def seen(colour: Colour, sight: str) -> list[float]:
    """Return where in OKLab a colour lies for an eye."""
    light, chroma, hue = colour
    lab = np.array([light, chroma * cos(radians(hue)), chroma * sin(radians(hue))])
    rgb = LMS_TO_RGB @ (TO_LMS @ lab) ** 3
    lms = np.linalg.inv(LMS_TO_RGB) @ np.clip(SIGHTS[sight] @ np.clip(rgb, 0, 1), 0, 1)
    return [float(part) for part in np.linalg.inv(TO_LMS) @ np.cbrt(lms)]


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("sight", SIGHTS)
def test_tones_of_groups_differ_for_every_eye(theme: str, sight: str) -> None:
    tones = [seen(FOUND[f"g{i}"][THEMES[theme]], sight) for i in range(8)]
    assert min(dist(a, b) for a, b in combinations(tones, 2)) > 0.09  # 0.02 is the least an eye tells apart


@pytest.mark.parametrize("theme", THEMES)
def test_risk_is_a_ramp_of_one_hue_that_rises_in_contrast(theme: str) -> None:
    levels = [FOUND[f"risk{i}"][THEMES[theme]] for i in range(3)]
    steps = [one[0] - other[0] for one, other in pairwise(levels)]
    assert all(abs(step) > 0.15 for step in steps)
    assert len({step > 0 for step in steps}) == 1
    assert max(hue for *_, hue in levels) - min(hue for *_, hue in levels) < 10


def test_the_letter_has_the_colours_of_the_pages() -> None:
    """Mail readers know neither OKLCH nor variables, so its sheet repeats the tokens as hex."""
    light, dark = (part.lower() for part in LETTER.read_text().split("@media(prefers-color-scheme:dark)"))
    for name in ("w0", "w1", "w2", "w3", "w4"):
        assert f".{name}{{background:{as_hex(FOUND[name][0])}}}" in light
        assert f".{name}{{background:{as_hex(FOUND[name][1])}!important}}" in dark
    for name in ("bg", "ink", "line"):
        assert as_hex(FOUND[name][0]) in light
        assert as_hex(FOUND[name][1]) in dark


def as_hex(colour: Colour) -> str:
    light, chroma, hue = colour
    lab = np.array([light, chroma * cos(radians(hue)), chroma * sin(radians(hue))])
    linear = np.clip(LMS_TO_RGB @ (TO_LMS @ lab) ** 3, 0, 1)
    rgb = np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055)
    return "#" + "".join(f"{round(255 * part):02x}" for part in rgb.tolist())


@pytest.mark.parametrize("theme", THEMES)
def test_no_tone_of_a_group_or_risk_looks_warm(theme: str) -> None:
    """Colour means energy: sand to vermilion (hues 30 to 100) stays with warmth."""
    hues = [FOUND[name][THEMES[theme]][2] for name in [*(f"g{i}" for i in range(8)), *(f"risk{i}" for i in range(3))]]
    assert not [hue for hue in hues if 30 <= hue <= 100]
