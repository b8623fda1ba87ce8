"""A poster for a launch: the sky of its page, what it is called, who recommends it, and a code to scan. 1080 × 1620 pixels."""

import math
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from random import Random

import segno
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from kith.lib.faces import Face, face

WIDTH, HEIGHT = 1080, 1620
EDGE = 84
NIGHT, PAPER, PALE, SUN = "#0f181b", "#f3f7f6", "#a9b8b6", "#f0b45c"
WARM = ((122, 138, 132), (190, 158, 96), (240, 180, 92), (243, 140, 78), (236, 98, 64))
BURSTS = 18
SKY = 860  # how far down the sky reaches
CODE_SIDE = 232
FACE_SIDE, FACE_FILL = 96, SUN


@dataclass(frozen=True, slots=True)
class Words:
    """What a poster says. `disclosure` says that who recommends may earn by it; empty where nobody can. `initial` stands for a face."""

    community: str
    kicker: str
    title: str
    by: str
    lines: tuple[str, ...]
    disclosure: str
    address: str
    initial: str = ""


def poster(words: Words, *, seed: int, folder: Path) -> bytes:
    """Draw a poster as PNG; `folder` holds the headline face. The same words and seed are the same bytes. Some 200 ms."""
    picture = Image.new("RGB", (WIDTH, HEIGHT), NIGHT)
    sky(picture, Random(seed))  # noqa: S311 -- a picture, not a secret
    _write(ImageDraw.Draw(picture), words, face(folder))
    put_code(picture, words.address, (WIDTH - EDGE - CODE_SIDE, 1330))
    kept = BytesIO()
    picture.save(kept, "PNG", optimize=False, compress_level=6)
    return kept.getvalue()


def sky(picture: Image.Image, rng: Random) -> None:
    """Draw bursts and the threads between them, glowing, and let them fade toward the words."""
    layer = Image.new("RGBA", (WIDTH, SKY + 60), (0, 0, 0, 0))
    draw = ImageDraw.Draw(layer)
    centres = [(rng.uniform(40, WIDTH - 40), rng.uniform(250, SKY - 110), rng.uniform(26, 104), WARM[rng.choice((0, 1, 2, 2, 3, 3, 4))]) for _ in range(BURSTS)]  # fmt: skip
    for _ in range(BURSTS * 9):
        a, b = rng.sample(centres, 2)
        _thread(draw, rng, a, b)
    for x, y, size, tone in centres:
        _burst(draw, rng, x, y, size, tone)
    glow = layer.reduce(4).filter(ImageFilter.GaussianBlur(2)).resize(layer.size)
    for part in (glow, layer):
        part.putalpha(ImageChops.multiply(part.getchannel("A"), _fade(part.height)))
        picture.paste(part, (0, 0), part)


def _thread(draw: ImageDraw.ImageDraw, rng: Random, a: tuple[float, float, float, tuple[int, int, int]], b: tuple[float, float, float, tuple[int, int, int]]) -> None:  # fmt: skip
    bend = rng.uniform(-70, 70)
    mid = ((a[0] + b[0]) / 2 + bend, (a[1] + b[1]) / 2 - bend)
    steps = [i / 24 for i in range(25)]
    points = [
        ((1 - t) ** 2 * a[0] + 2 * t * (1 - t) * mid[0] + t * t * b[0], (1 - t) ** 2 * a[1] + 2 * t * (1 - t) * mid[1] + t * t * b[1])
        for t in steps
    ]  # fmt: skip
    draw.line(points, fill=(*b[3], rng.randint(22, 60)), width=1)


def _burst(draw: ImageDraw.ImageDraw, rng: Random, x: float, y: float, size: float, tone: tuple[int, int, int]) -> None:  # fmt: skip
    for _ in range(int(size * 2.2)):
        turn, far = rng.uniform(0, 2 * math.pi), size * math.sqrt(rng.random())
        to = (x + far * math.cos(turn), y + far * math.sin(turn))
        draw.line(((x, y), to), fill=(*tone, rng.randint(60, 150)), width=1)
        dot = rng.uniform(0.6, 1.6)
        draw.ellipse((to[0] - dot, to[1] - dot, to[0] + dot, to[1] + dot), fill=(*tone, 230))
    draw.ellipse((x - 4, y - 4, x + 4, y + 4), fill=(255, 236, 204, 255))


def _fade(height: int) -> Image.Image:
    """Return how much of the sky shows, by height: none of it where the words begin."""
    column = Image.new("L", (1, height), 0)
    for y in range(height):
        shown = min(1.0, max(0.0, (SKY + 60 - y) / 320)) * min(1.0, 0.35 + y / 500)
        column.putpixel((0, y), int(255 * shown))
    return column.resize((WIDTH, height))


def _write(draw: ImageDraw.ImageDraw, words: Words, letters: Face) -> None:
    letters.write(draw, (EDGE, 144), words.community, 42, PAPER)
    size = next((s for s in (116, 96, 80, 64) if len(letters.lines(words.title, s, WIDTH - 2 * EDGE, 9)) <= 2), 56)
    title = _balanced(letters, words.title, size)
    top = 1230 - round(size * 1.24) * (len(title) - 1)
    letters.write(draw, (EDGE, top - size - 44), letters.lines(words.kicker, 36, WIDTH - 2 * EDGE, 1)[0] if words.kicker else "", 36, SUN)  # fmt: skip
    for n, line in enumerate(title):
        letters.write(draw, (EDGE, top + n * round(size * 1.24)), line, size, PAPER)
    draw.line(((EDGE, 1292), (WIDTH - EDGE, 1292)), fill="#3a484b", width=1)
    room = WIDTH - 2 * EDGE - CODE_SIDE - 40
    left = EDGE
    if words.initial:
        draw.ellipse((EDGE, 1324, EDGE + FACE_SIDE, 1324 + FACE_SIDE), fill=FACE_FILL)
        at = (EDGE + (FACE_SIDE - letters.width(words.initial, 46)) / 2, 1324 + FACE_SIDE / 2 + 17)
        letters.write(draw, at, words.initial, 46, NIGHT)
        left, room = EDGE + FACE_SIDE + 24, room - FACE_SIDE - 24
    letters.write(draw, (left, 1376), letters.lines(words.by, 42, room, 1)[0], 42, PAPER)
    for n, line in enumerate(words.lines[:2]):
        letters.write(draw, (left, 1432 + n * 46), (letters.lines(line, 29, room, 1) or [""])[0], 29, PALE)
    size = next((s for s in (27, 24, 21) if letters.width(words.disclosure, s) <= room), 18)  # never cut short
    for n, line in enumerate(letters.lines(words.disclosure, size, room, 9)):
        letters.write(draw, (EDGE, 1532 + n * 24), line, size, SUN)


def _balanced(letters: Face, title: str, size: int) -> list[str]:
    """Break a title into as few lines as it needs, all about as long."""
    whole = letters.lines(title, size, WIDTH - 2 * EDGE, 3)
    for width in range(WIDTH - 2 * EDGE, 3 * size, -size // 4):
        narrower = letters.lines(title, size, width, 3)
        if len(narrower) > len(whole) or (narrower[-1].endswith("…") and not whole[-1].endswith("…")):
            break
        whole = narrower
    return whole


def put_code(picture: Image.Image, address: str, at: tuple[int, int]) -> None:
    """Put a code on a light ground, dark on light, or some telephones do not read it; `at` is its upper left corner."""
    made = segno.make(address, error="m", micro=False)
    kept = BytesIO()
    made.save(kept, kind="png", scale=8, border=0, dark=NIGHT, light=PAPER)
    code = Image.open(kept).convert("RGB").resize((CODE_SIDE - 36, CODE_SIDE - 36), Image.Resampling.NEAREST)
    left, top = at
    ImageDraw.Draw(picture).rounded_rectangle((left, top, left + CODE_SIDE, top + CODE_SIDE), 22, PAPER)
    picture.paste(code, (left + 18, top + 18))
