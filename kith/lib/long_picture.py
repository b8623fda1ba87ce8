"""A long picture to send into a chat: sections of lines under the sky of the posters, and a code to scan. 1080 pixels wide."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from random import Random

from PIL import Image, ImageDraw

from kith.lib.faces import Face, face
from kith.lib.poster import CODE_SIDE, EDGE, HEIGHT, NIGHT, PALE, PAPER, SUN, WIDTH, put_code, sky

ROOM = WIDTH - 2 * EDGE
HEAD = 520  # where the words begin; above it is sky
SKY_FROM = 330  # which part of the sky of a poster shows
LINE = "#2b383b"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a section, with a smaller one below it; `lead` stands before it: a number, a sign."""

    text: str
    note: str = ""
    lead: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    title: str
    rows: Sequence[Row]


@dataclass(frozen=True, slots=True)
class LongWords:
    """What the picture says. `foot` stands beside the code."""

    kicker: str
    title: str
    lead: str
    sections: Sequence[Section]
    foot: Sequence[str]
    address: str


@dataclass(frozen=True, slots=True)
class _Written:
    at: tuple[int, int]
    text: str
    size: int
    fill: str


def long_picture(words: LongWords, *, seed: int, folder: Path) -> bytes:
    """Draw it as PNG; as high as its lines need. The same words and seed are the same bytes. Some 200 ms."""
    letters = face(folder)
    written = list(_written(words, letters))
    below = written[-1].at[1] + 70
    picture = Image.new("RGB", (WIDTH, below + CODE_SIDE + EDGE), NIGHT)
    _head(picture, seed)
    draw = ImageDraw.Draw(picture)
    for one in written:
        letters.write(draw, one.at, one.text, one.size, one.fill)
    _foot(picture, draw, words, letters, below)
    kept = BytesIO()
    picture.save(kept, "PNG", compress_level=6)
    return kept.getvalue()


def _head(picture: Image.Image, seed: int) -> None:
    above = Image.new("RGB", (WIDTH, HEIGHT), NIGHT)
    sky(above, Random(seed))  # noqa: S311 -- a picture, not a secret
    picture.paste(above.crop((0, SKY_FROM, WIDTH, SKY_FROM + 590)), (0, 0))


def _written(words: LongWords, letters: Face) -> Iterator[_Written]:
    y = HEAD
    yield _Written((EDGE, y - 96), words.kicker, 36, SUN)
    for line in letters.lines(words.title, 68, ROOM, 2):
        yield _Written((EDGE, y), line, 68, PAPER)
        y += 84
    y -= 12
    for line in letters.lines(words.lead, 34, ROOM, 4):
        yield _Written((EDGE, y), line, 34, PALE)
        y += 50
    for section in words.sections:
        y += 84
        yield _Written((EDGE, y), section.title, 34, SUN)
        y += 20
        for row in section.rows:
            made = list(_row(row, letters, y + (50 if row is section.rows[0] else 68)))
            yield from made
            y = made[-1].at[1]


def _row(row: Row, letters: Face, y: int) -> Iterator[_Written]:
    left = EDGE + (62 if row.lead else 0)
    if row.lead:
        yield _Written((EDGE, y), row.lead, 38, SUN)
    for line in letters.lines(row.text, 38, ROOM - left + EDGE, 3) or [""]:
        yield _Written((left, y), line, 38, PAPER)
        y += 52
    y -= 52
    for line in letters.lines(row.note, 28, ROOM - left + EDGE, 2):
        y += 42
        yield _Written((left, y), line, 28, PALE)


def _foot(picture: Image.Image, draw: ImageDraw.ImageDraw, words: LongWords, letters: Face, y: int) -> None:
    draw.line(((EDGE, y - 30), (WIDTH - EDGE, y - 30)), fill=LINE, width=1)
    put_code(picture, words.address, (WIDTH - EDGE - CODE_SIDE, y))
    for n, line in enumerate(words.foot):
        size, fill = (38, PAPER) if n == 0 else (28, PALE)
        letters.write(draw, (EDGE, y + 96 + n * 50), letters.lines(line, size, ROOM - CODE_SIDE - 40, 1)[0], size, fill)
