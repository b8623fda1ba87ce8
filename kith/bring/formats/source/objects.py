"""JSON read piece by piece: the members of one long array, or of an object of arrays, never the whole."""

import codecs
import json
import re
from collections.abc import Iterator
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
        reader = Reader(source)
        try:
            yield from _top(reader)
            if reader.peek():
                raise reader.broken("something follows the end")
        except UnicodeDecodeError as fault:
            raise NotText(name=path.name) from fault


def _top(reader: Reader) -> Iterator[Piece]:
    first = reader.peek()
    if first == "[":
        yield from _array(reader, "")
    elif first == "{":
        yield from _object(reader)
    else:
        raise reader.broken("an array or an object expected")


def _array(reader: Reader, key: str) -> Iterator[Piece]:
    reader.take("[")
    while reader.peek() != "]":
        yield key, reader.value()
        if reader.peek() != "]":
            reader.take(",")
    reader.take("]")


def _object(reader: Reader) -> Iterator[Piece]:
    reader.take("{")
    while reader.peek() != "}":
        key = str(reader.value())
        reader.take(":")
        if reader.peek() == "[":
            yield from _array(reader, key)
        else:
            yield key, reader.value()
        if reader.peek() != "}":
            reader.take(",")
    reader.take("}")
