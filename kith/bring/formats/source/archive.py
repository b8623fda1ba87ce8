"""A folder or a zip as a list of names and a way to open each; what would be unsafe is refused."""

import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from kith.bring.data import DamagedFile, FileTooBig, NotAnArchive, UnreadableFile, UnsafeArchive

ENTRIES_LIMIT = 200_000
TOTAL_LIMIT = 20 * 2**30
ENTRY_LIMIT = 256 * 2**20
# JSON of chat packs about 10 times; below RATIO_FREE even a thousand times does no harm.
RATIO_LIMIT = 200
RATIO_FREE = 16 * 2**20
# What zipfile raises for an entry that is broken, encrypted or packed in an unknown way.
UNREADABLE = (zipfile.BadZipFile, EOFError, zlib.error, NotImplementedError, RuntimeError, OSError)


@dataclass(frozen=True, slots=True)
class Archive:
    names: tuple[str, ...]
    read: Callable[[str], bytes]


@contextmanager
def unpacked(path: Path) -> Iterator[Archive]:
    """Open a folder or a zip; the names are relative, with slashes, in order."""
    with ExitStack() as stack:
        try:
            opened = None if path.is_dir() else stack.enter_context(zipfile.ZipFile(path))
            archive = _zip(opened, path) if opened else _folder(path)
        except zipfile.BadZipFile as fault:
            raise NotAnArchive(name=path.name, reason="it is neither a folder nor a zip") from fault
        except OSError as fault:
            raise UnreadableFile(name=path.name, reason=fault.strerror or str(fault)) from fault
        yield archive


def _folder(root: Path) -> Archive:
    def read(name: str) -> bytes:
        try:
            return _bounded(root / name, (root / name).stat().st_size)
        except OSError as fault:
            raise UnreadableFile(name=name, reason=fault.strerror or str(fault)) from fault

    # A link could lead out of the folder.
    files = [f for f in root.rglob("*.json") if f.is_file() and f.resolve().is_relative_to(root.resolve())]
    return Archive(tuple(sorted(f.relative_to(root).as_posix() for f in files)), read)


def _bounded(path: Path, size: int) -> bytes:
    if size > ENTRY_LIMIT:
        raise FileTooBig(limit=f"{ENTRY_LIMIT // 2**20} MB in one entry")
    return path.read_bytes()


def _zip(archive: zipfile.ZipFile, path: Path) -> Archive:
    entries = {e.filename: e for e in archive.infolist() if not e.is_dir()}
    if len(archive.infolist()) > ENTRIES_LIMIT:
        raise UnsafeArchive(entry=f"{len(archive.infolist())} entries")
    if sum(e.file_size for e in entries.values()) > TOTAL_LIMIT:
        raise FileTooBig(limit=f"{TOTAL_LIMIT // 2**30} GB")
    for entry in entries.values():
        _check(entry)

    def read(name: str) -> bytes:
        try:
            # At most the size declared, which was checked; the checksum guards the rest.
            return archive.read(entries[name])
        except UNREADABLE as fault:
            raise DamagedFile(name=path.name, reason=str(fault)[:200]) from fault

    names = (n for n in entries if n.endswith(".json") and not n.startswith("__MACOSX/"))
    return Archive(tuple(sorted(names)), read)


def _check(entry: zipfile.ZipInfo) -> None:
    name = PurePosixPath(entry.filename.replace("\\", "/"))
    if name.is_absolute() or ".." in name.parts or (name.parts and ":" in name.parts[0]):
        raise UnsafeArchive(entry=entry.filename[:200])
    ratio = entry.file_size / max(entry.compress_size, 1)
    if entry.file_size > ENTRY_LIMIT or (entry.file_size > RATIO_FREE and ratio > RATIO_LIMIT):
        raise UnsafeArchive(entry=f"{entry.filename[:200]} ({entry.file_size} bytes)")
