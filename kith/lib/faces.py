"""Writing with a face that comes in many files, one for each range of letters, as browsers load it. What no file has is left out."""

import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from PIL import ImageDraw, ImageFont

FACE = re.compile(r"url\(([^)]+\.woff2)\).*?unicode-range:\s*([^;]+);", re.DOTALL)
# Where the files were not installed: a face of the machine, if it has one.
ELSEWHERE = (
    "/usr/share/fonts/opentype/noto/NotoSerifCJK-Bold.ttc",
    "/usr/share/fonts/noto-cjk/NotoSerifCJK-Bold.ttc",
    "/System/Library/Fonts/Supplemental/Songti.ttc",
    "C:/Windows/Fonts/simsun.ttc",
)
PICTURES = 0x1F000  # from here on signs no face of headlines draws
CLOSING = "，。、；：？！）》」』”’,.;:?!)"


@lru_cache(4096)
def _loaded(path: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(path, size)


class Face:
    """Files by ranges of letters; `other` is asked for what none of them has."""

    def __init__(self, files: Sequence[tuple[range, str]], other: str = "") -> None:
        self.files, self.other = files, other
        self.found: dict[str, str] = {}

    def font(self, letter: str, size: int) -> ImageFont.FreeTypeFont | None:
        if letter not in self.found:
            code = ord(letter)
            here = next((path for letters, path in self.files if code in letters), "")
            self.found[letter] = here or (self.other if code < PICTURES else "")
        path = self.found[letter]
        return _loaded(path, size) if path else None

    def width(self, text: str, size: int) -> float:
        return sum(font.getlength(c) for c in text if (font := self.font(c, size)))

    def write(self, draw: ImageDraw.ImageDraw, at: tuple[float, float], text: str, size: int, fill: str) -> None:
        """Write a line; `at` is where its baseline begins."""
        x, y = at
        for letter in text:
            if font := self.font(letter, size):
                draw.text((x, y), letter, fill, font, anchor="ls")
                x += font.getlength(letter)

    def lines(self, text: str, size: int, width: float, most: int) -> list[str]:
        """Break a text into lines, between words and between Chinese letters; what is too much ends in …"""
        words = re.findall(
            r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]|[^\s\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]+|\s+", text.strip()
        )
        found = [""]
        for word in words:
            fits = self.width((found[-1] + word).rstrip(), size) <= width
            if fits or not found[-1] or word in CLOSING:
                found[-1] += word
            else:
                found.append("" if word.isspace() else word)
        shown = [line.strip() for line in found if line.strip()]
        return shown if len(shown) <= most else [*shown[: most - 1], shown[most - 1].rstrip(CLOSING) + "…"]


@lru_cache(4)
def face(folder: Path) -> Face:
    """Return the headline face whose style sheet `serif.css` lies in a folder, or one of the machine."""
    sheet = folder / "serif.css"
    there = FACE.findall(sheet.read_text(encoding="utf-8")) if sheet.exists() else []
    files = [(letters, str(folder / path)) for path, ranges in there for letters in _ranges(ranges)]
    return Face(files, next((path for path in ELSEWHERE if Path(path).exists()), ""))


def _ranges(written: str) -> list[range]:
    """Return the ranges of `U+4e00-4e0f,U+4e11`."""
    found = []
    for part in written.split(","):
        first, _, last = part.strip().removeprefix("U+").partition("-")
        found.append(range(int(first, 16), int(last or first, 16) + 1))
    return found
