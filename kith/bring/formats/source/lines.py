"""Lines of a plain or gzipped file: one at a time, bounded in every direction."""

import codecs
import gzip
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from kith.bring.data import DamagedFile, EmptyFile, FileTooBig, LineTooLong, NotText, UnreadableFile

LINE_LIMIT = 1_000_000
PEEK = 4096
PIECE = 2**16
GZIP_MAGIC = b"\x1f\x8b"
UNPACKED_LIMIT = 20 * 2**30
# Tables of acts pack 4 to 60 times; a bomb packs a thousand times.
RATIO_LIMIT = 250
RATIO_FREE = 64 * 2**20
BOM = b"\xef\xbb\xbf"
UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class Stream(Protocol):
    """What a file, an unpacked gzip and an entry of a zip have in common."""

    def peek(self, size: int, /) -> bytes: ...
    def readline(self, limit: int, /) -> bytes: ...
    def read(self, size: int, /) -> bytes: ...


class Packed(Protocol):
    """A source that knows how far it was read."""

    def tell(self) -> int: ...


class Bounded:
    """Reads a stream and refuses when what was unpacked outgrows its source."""

    def __init__(self, stream: Stream, packed: Packed | None = None) -> None:
        self.stream, self.packed, self.seen = stream, packed, 0

    def peek(self) -> bytes:
        return self.stream.peek(PEEK)[:PEEK]

    def readline(self, limit: int) -> bytes:
        return self._counted(self.stream.readline(limit))

    def read(self, size: int) -> bytes:
        return self._counted(self.stream.read(size))

    def _counted(self, piece: bytes) -> bytes:
        self.seen += len(piece)
        if self.packed is not None and self.seen > RATIO_FREE:
            self._check(self.packed.tell())
        return piece

    def _check(self, packed_bytes: int) -> None:
        if self.seen > UNPACKED_LIMIT:
            raise FileTooBig(limit="20 GB")
        if self.seen > RATIO_LIMIT * max(packed_bytes, 1):
            raise FileTooBig(limit=f"{RATIO_LIMIT} times its size")


@contextmanager
def opened(path: Path) -> Iterator[Bounded]:
    """Open a file, unpacking gzip by its first bytes, whatever its name; faults become refusals."""
    with readable(path), path.open("rb") as raw:
        magic = raw.read(2)
        if not magic:
            raise EmptyFile(name=path.name)
        raw.seek(0)
        if magic == GZIP_MAGIC:
            with gzip.open(raw) as unpacked:
                yield Bounded(unpacked, raw)
        else:
            yield Bounded(raw)


@contextmanager
def readable(path: Path) -> Iterator[None]:
    """Turn what a broken file raises into a refusal that names it."""
    try:
        yield
    except (gzip.BadGzipFile, EOFError, zlib.error) as fault:
        raise DamagedFile(name=path.name, reason=str(fault)) from fault
    except OSError as fault:
        raise UnreadableFile(name=path.name, reason=fault.strerror or str(fault)) from fault


def numbered_lines(path: Path) -> Iterator[tuple[int, bytes]]:
    """Yield (number from 1, line in UTF-8 without its end); a byte order mark is dropped, what is no text is refused.

    A file that begins with a mark of UTF-16 is read as such; any other is given as it is.
    """
    with opened(path) as source:
        is_utf16 = (begin := source.peek()).startswith(UTF16)
        if b"\0" in begin and not is_utf16:
            raise NotText(name=path.name)
        for number, line in enumerate(_from_utf16(source, path.name) if is_utf16 else _plain(source), 1):
            if len(line) > LINE_LIMIT:
                raise LineTooLong(line=number, limit=LINE_LIMIT)
            yield number, (line.removeprefix(BOM) if number == 1 else line).rstrip(b"\r\n")


def _plain(source: Bounded) -> Iterator[bytes]:
    while line := source.readline(LINE_LIMIT + 1):
        yield line


def _from_utf16(source: Bounded, name: str) -> Iterator[bytes]:
    """Yield the lines, no longer held than the limit, in UTF-8."""
    decoder = codecs.getincrementaldecoder("utf-16")()
    held, piece = b"", b"-"
    while piece:
        piece = source.read(PIECE)
        try:
            text = decoder.decode(piece, final=not piece)
        except UnicodeDecodeError as fault:
            raise NotText(name=name) from fault
        if "\0" in text:
            raise NotText(name=name)
        *whole, held = (held + text.encode()).split(b"\n")
        yield from whole
        if len(held) > LINE_LIMIT:
            break
    if held:
        yield held
