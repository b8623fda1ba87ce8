"""JSON read piece by piece: the members of one long array, or of arrays in objects, never the whole."""

import codecs
import json
import re
from collections.abc import Collection, Iterator
from pathlib import Path

from kith.bring.data import BrokenJson, NotText
from kith.bring.formats.source.lines import Bounded, opened

CHUNK = 65_536
VALUE_LIMIT = 4_000_000
BLANK = re.compile(r"[ \t\r\n]*")
Piece = tuple[str, object]


class Reader:
    """A window over the text that grows only as far as the next value needs."""

    def __init__(self, source: Bounded) -> None:
        self.source, self.text, self.at, self.passed, self.ended = source, "", 0, 0, False
        self.decode = codecs.getincrementaldecoder("utf-8-sig")()
        self.parse = json.JSONDecoder(strict=False).raw_decode

    def peek(self) -> str:
        """Return the next character that is not blank, or nothing at the end."""
        while True:
            self.at = BLANK.match(self.text, self.at).end()  # type: ignore[union-attr]  # matches always
            if self.at < len(self.text) or not self.grow(CHUNK):
                return self.text[self.at : self.at + 1]

    def take(self, wanted: str) -> None:
        if self.peek() != wanted:
            raise self.broken(f"“{wanted}” expected")
        self.at += 1

    def value(self) -> object:
        """Return the next value; the window doubles until it fits, up to VALUE_LIMIT characters."""
        self.peek()
        size = CHUNK
        while True:
            try:
                value, end = self.parse(self.text, self.at)
                # A number at the edge of the window may go on behind it.
                if end < len(self.text) or self.ended or not self.grow(CHUNK):
                    self.at = end
                    return value
            except RecursionError as fault:
                raise self.broken("too deep") from fault
            except ValueError as fault:
                size *= 2
                if len(self.text) - self.at > VALUE_LIMIT or not self.grow(size):
                    raise self.broken("a value is broken, cut off or too long") from fault

    def grow(self, size: int) -> bool:
        if self.ended:
            return False
        piece = self.source.read(size)
        self.ended = not piece
        self.passed += self.at
        self.text, self.at = self.text[self.at :] + self.decode.decode(piece, final=self.ended), 0
        return True

    def broken(self, reason: str) -> BrokenJson:
        return BrokenJson(position=self.passed + self.at, reason=reason)


def pieces(path: Path) -> Iterator[Piece]:
    """Yield (key, value), bit by bit.

    Each member of a top array comes under "", of an array in the top object under its key; every other
    member of the top object comes whole.
    """
    with opened(path) as source:
        yield from members(source, path.name)


def members(source: Bounded, name: str) -> Iterator[Piece]:
    """Yield what `pieces` yields, of a source that is open."""
    reader = Reader(source)
    yield from _to_the_end(reader, name, _top(reader))


def walk(source: Bounded, name: str, into: Collection[str]) -> Iterator[Piece]:
    """Yield (place, value), entering arrays and objects only at the places in `into`; all else comes whole.

    “” is the top, “chats.list[].name” the name of a member of the list in chats. An object in an array that is entered
    is told before its members, as an empty one.
    """
    reader = Reader(source)
    yield from _to_the_end(reader, name, _enter(reader, "", into))


def _to_the_end(reader: Reader, name: str, told: Iterator[Piece]) -> Iterator[Piece]:
    try:
        yield from told
        if reader.peek():
            raise reader.broken("something follows the end")
    except UnicodeDecodeError as fault:
        raise NotText(name=name) from fault


def _top(reader: Reader) -> Iterator[Piece]:
    first = reader.peek()
    if first == "[":
        yield from _array(reader, "")
    elif first == "{":
        for key in _keys(reader):
            if reader.peek() == "[":
                yield from _array(reader, key)
            else:
                yield key, reader.value()
    else:
        raise reader.broken("an array or an object expected")


def _enter(reader: Reader, at: str, into: Collection[str]) -> Iterator[Piece]:
    first = reader.peek()
    if at not in into or first not in {"[", "{"}:
        yield at, reader.value()
    elif first == "[":
        for _ in _parted(reader, "[", "]"):
            yield from _enter(reader, f"{at}[]", into)
    else:
        if at.endswith("[]"):
            yield at, {}
        for key in _keys(reader):
            yield from _enter(reader, f"{at}.{key}" if at else key, into)


def _array(reader: Reader, key: str) -> Iterator[Piece]:
    for _ in _parted(reader, "[", "]"):
        yield key, reader.value()


def _keys(reader: Reader) -> Iterator[str]:
    for _ in _parted(reader, "{", "}"):
        key = str(reader.value())
        reader.take(":")
        yield key


def _parted(reader: Reader, begin: str, end: str) -> Iterator[None]:
    """Stop before each of the values between two brackets, which the caller takes."""
    reader.take(begin)
    while reader.peek() != end:
        yield
        if reader.peek() != end:
            reader.take(",")
    reader.take(end)
