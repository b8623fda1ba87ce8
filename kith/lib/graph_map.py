"""The map as one buffer a browser reads without parsing: little-endian, typed arrays may start where they do.

uint32   VERSION, people n, ties m, circles k
uint32   person id        × n
uint16   x                × n    0..65535 from left to right
uint16   y                × n    0..65535 from top to bottom
uint8    circle           × n    k for the loose, who orbit outside
uint8    chapter          × n    255 for none
uint8    size             × n    how many ties, on a root scale
uint8    mark             × n    low 3 bits: warmth band 0..4; bit 7: super node
         zeros to a multiple of 4
uint16   row a, row b     × m    uint32 where n > 65,536; coldest first, so that warm ties are drawn on top
uint8    warmth band      × m    0..4
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kith.lib.errors import Refusal
from kith.lib.graph import Flags, Numbers, Rows
from kith.lib.graph_circles import LOOSE

VERSION = 2
SUPER_MARK, BAND_MASK = 0x80, 0x07
HEAD_BYTES = 16
NO_CHAPTER = 255
SHORT_ROWS = 1 << 16
PERSON_LIMIT = 1 << 32


class MapTooLarge(Refusal):
    sentence = "This map does not fit its format: %(why)s."


@dataclass(frozen=True, slots=True)
class MapData:
    """What the map shows. `at` is in -1..1, `circle` LOOSE or 0..circles-1, `chapter` 0..254 or NO_CHAPTER, warmth a band 0..4."""

    person: Rows
    at: Numbers
    circle: Rows
    circles: int
    chapter: Rows
    ties_of: Rows
    warmth_of: Rows
    is_super: Flags
    a: Rows
    b: Rows
    warmth: Rows


def encode(data: MapData) -> bytes:
    people, order = len(data.person), np.argsort(data.warmth, kind="stable")
    if data.circles > 255 or (people and int(data.person.max()) >= PERSON_LIMIT):
        raise MapTooLarge(why="more than 255 circles, or a person's number above 32 bits")
    spot = np.rint((data.at + 1) / 2 * 65535).clip(0, 65535).astype("<u2")
    circle = np.where(data.circle == LOOSE, data.circles, data.circle).astype("u1")
    size = np.clip(np.sqrt(data.ties_of) * 14, 8, 255).astype("u1")
    mark = (data.warmth_of | data.is_super * SUPER_MARK).astype("u1")
    head = np.array([VERSION, people, len(order), data.circles], "<u4")
    front = _joined(
        head, data.person.astype("<u4"), spot[:, 0], spot[:, 1], circle, data.chapter.astype("u1"), size, mark
    )
    rows = np.column_stack([data.a, data.b])[order].astype("<u2" if people <= SHORT_ROWS else "<u4")
    return front + b"\0" * (-len(front) % 4) + _joined(rows, data.warmth[order].astype("u1"))


def decode(raw: bytes) -> MapData:
    """Read what `encode` wrote, ties in its order. `ties_of` counts the drawn ones."""
    version, people, ties, circles = (int(n) for n in np.frombuffer(raw, "<u4", 4))
    if version != VERSION:
        raise MapTooLarge(why="it is of another version")
    sizes = [("<u4", people), ("<u2", people), ("<u2", people), *[("u1", people)] * 4]
    (person, x, y, circle, chapter, _, mark), front = _parted(raw, HEAD_BYTES, sizes)
    front += -front % 4
    (ends, warmth), _ = _parted(raw, front, [("<u2" if people <= SHORT_ROWS else "<u4", 2 * ties), ("u1", ties)])
    a, b = ends[::2], ends[1::2]
    return MapData(
        person=person,
        at=np.column_stack([x, y]) / 32767.5 - 1,
        circle=np.where(circle == circles, LOOSE, circle),
        circles=circles,
        chapter=chapter,
        ties_of=np.bincount(ends, minlength=people).astype(np.int64),
        warmth_of=mark & BAND_MASK,
        is_super=(mark & SUPER_MARK) > 0,
        a=a,
        b=b,
        warmth=warmth,
    )


def _parted(raw: bytes, offset: int, sizes: list[tuple[str, int]]) -> tuple[list[Rows], int]:
    found = []
    for kind, count in sizes:
        part = np.frombuffer(raw, kind, count, offset)
        found.append(part.astype(np.int64))
        offset += part.nbytes
    return found, offset


def _joined(*columns: NDArray[np.generic]) -> bytes:
    return b"".join(np.ascontiguousarray(column).tobytes() for column in columns)
