"""A tar read from its beginning to its end, plain or gzipped, holding only one block at a time.

The standard library reads the long headers of a tar whole, however long they say they are.
"""

import io
import tarfile
from collections.abc import Iterator
from pathlib import Path

from kith.bring.data import DamagedFile, UnsafeArchive
from kith.bring.formats.source.lines import Bounded, opened

BLOCK = tarfile.BLOCKSIZE
CHUNK = 65_536
NAME_LIMIT = 4096
WITHOUT_DATA = frozenset(
    {tarfile.LNKTYPE, tarfile.SYMTYPE, tarfile.DIRTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE, tarfile.BLKTYPE}
)


class Part(io.RawIOBase):
    """One entry of a tar; it can be read once, before the next."""

    def __init__(self, source: Bounded, size: int, name: str) -> None:
        super().__init__()
        self.source, self.size, self.left, self.name = source, size, size, name

    def readable(self) -> bool:
        return True

    def tell(self) -> int:
        return self.size - self.left

    def readinto(self, buffer: "bytearray | memoryview") -> int:  # type: ignore[override]  # any writable buffer
        piece = self.source.read(min(len(buffer), self.left)) if self.left else b""
        if self.left and not piece:
            raise DamagedFile(name=self.name, reason="the tar breaks off")
        buffer[: len(piece)] = piece
        self.left -= len(piece)
        return len(piece)

    def skip(self) -> None:
        """Go to the end of the last block."""
        while self.read(CHUNK):
            pass
        self.source.read(-self.size % BLOCK)


def is_tar(path: Path) -> bool:
    """Tell by the first block, unpacked."""
    with opened(path) as source:
        return source.read(BLOCK)[257:262] == b"ustar"


def parts(path: Path) -> Iterator[tuple[str, Part]]:
    """Yield (name, entry) of every file; links and devices are passed over."""
    with opened(path) as source:
        long_name = ""
        while (block := source.read(BLOCK)).strip(b"\0"):
            info = _header(block, path)
            part = Part(source, info.size, path.name)
            if info.type == tarfile.GNUTYPE_LONGNAME:
                long_name = _long(part)
            elif info.isreg():
                yield long_name or info.name, part
                long_name = ""
            if info.type not in WITHOUT_DATA:
                part.skip()


def _header(block: bytes, path: Path) -> tarfile.TarInfo:
    try:
        info = tarfile.TarInfo.frombuf(block, "utf-8", "replace")
    except tarfile.HeaderError as fault:
        raise DamagedFile(name=path.name, reason=str(fault)) from fault
    if info.size < 0:
        raise DamagedFile(name=path.name, reason="an entry of negative size")
    return info


def _long(part: Part) -> str:
    if part.size > NAME_LIMIT:
        raise UnsafeArchive(entry=f"a name of {part.size} bytes")
    return part.read(part.size).rstrip(b"\0").decode("utf-8", "replace")
