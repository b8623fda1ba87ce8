"""A folder, a zip or a tar as a list of names and ways to open each; what would be unsafe is refused."""

import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from kith.bring.data import DamagedFile, FileTooBig, NotAnArchive, UnreadableFile, UnsafeArchive
from kith.bring.formats.source.lines import Bounded, opened
from kith.bring.formats.source.tar import is_tar, parts

ENTRIES_LIMIT = 200_000
TOTAL_LIMIT = 20 * 2**30
# What is read at once must fit into memory; streams may be as long as they are.
ENTRY_LIMIT = 256 * 2**20
# JSON of chat packs about 10 times; below RATIO_FREE even a thousand times does no harm.
RATIO_LIMIT = 200
RATIO_FREE = 16 * 2**20
CHUNK = 2**20
# What zipfile raises for an entry that is broken, encrypted or packed in an unknown way.
UNREADABLE = (zipfile.BadZipFile, EOFError, zlib.error, NotImplementedError, RuntimeError, OSError)


@dataclass(frozen=True, slots=True)
class Archive:
    """The JSON files of an export: `read` gives one whole, `open` piece by piece."""

    names: tuple[str, ...]
    read: Callable[[str], bytes]
    open: Callable[[str], AbstractContextManager[Bounded]]


@contextmanager
def unpacked(path: Path) -> Iterator[Archive]:
    """Open a folder, a zip or a tar; the names are relative, with slashes, in order."""
    with ExitStack() as stack:
        if path.is_file() and not zipfile.is_zipfile(path) and is_tar(path):
            yield stack.enter_context(_tar(path))
            return
        try:
            opened_zip = None if path.is_dir() else stack.enter_context(zipfile.ZipFile(path))
            archive = _zip(opened_zip, path) if opened_zip else _folder(path)
        except zipfile.BadZipFile as fault:
            raise NotAnArchive(name=path.name, reason="it is neither a folder nor a zip") from fault
        except OSError as fault:
            raise UnreadableFile(name=path.name, reason=fault.strerror or str(fault)) from fault
        yield archive


@contextmanager
def documents(path: Path) -> Iterator[Archive]:
    """Open what `unpacked` opens; or one JSON file, plain or gzipped, as an archive of itself."""
    if path.is_dir() or zipfile.is_zipfile(path) or (path.is_file() and is_tar(path)):
        with unpacked(path) as archive:
            yield archive
    else:
        yield Archive((path.name,), lambda _: _bounded(path), lambda _: opened(path))


def _folder(root: Path) -> Archive:
    def read(name: str) -> bytes:
        try:
            return _bounded(root / name)
        except OSError as fault:
            raise UnreadableFile(name=name, reason=fault.strerror or str(fault)) from fault

    # A link could lead out of the folder.
    files = [f for f in root.rglob("*.json") if f.is_file() and f.resolve().is_relative_to(root.resolve())]
    return Archive(tuple(sorted(f.relative_to(root).as_posix() for f in files)), read, lambda name: opened(root / name))


def _bounded(path: Path) -> bytes:
    if path.stat().st_size > ENTRY_LIMIT:
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
        if entries[name].file_size > ENTRY_LIMIT:
            raise UnsafeArchive(entry=f"{name[:200]} ({entries[name].file_size} bytes)")
        with _readable(path):
            # At most the size declared, which was checked; the checksum guards the rest.
            return archive.read(entries[name])

    @contextmanager
    def open_entry(name: str) -> Iterator[Bounded]:
        with _readable(path), archive.open(entries[name]) as entry:
            yield Bounded(entry)  # type: ignore[arg-type]  # a ZipExtFile, which can peek

    names = (n for n in entries if n.endswith(".json") and not n.startswith("__MACOSX/"))
    return Archive(tuple(sorted(names)), read, open_entry)


@contextmanager
def _readable(path: Path) -> Iterator[None]:
    try:
        yield
    except UNREADABLE as fault:
        raise DamagedFile(name=path.name, reason=str(fault)[:200]) from fault


def _check(entry: zipfile.ZipInfo) -> None:
    check_name(entry.filename)
    ratio = entry.file_size / max(entry.compress_size, 1)
    if entry.file_size > RATIO_FREE and ratio > RATIO_LIMIT:
        raise UnsafeArchive(entry=f"{entry.filename[:200]} ({entry.file_size} bytes)")


def check_name(raw: str) -> None:
    name = PurePosixPath(raw.replace("\\", "/"))
    if name.is_absolute() or ".." in name.parts or (name.parts and ":" in name.parts[0]):
        raise UnsafeArchive(entry=raw[:200])


@contextmanager
def _tar(path: Path) -> Iterator[Archive]:
    """Lay the JSON files of a tar aside, under names of our own: a tar can only be read from its beginning."""
    with TemporaryDirectory(prefix="kith-import-") as aside:
        kept = dict(_laid_aside(path, Path(aside)))

        def read(name: str) -> bytes:
            return _bounded(kept[name])

        yield Archive(tuple(sorted(kept)), read, lambda name: opened(kept[name]))


def _laid_aside(path: Path, aside: Path) -> Iterator[tuple[str, Path]]:
    for number, (name, part) in enumerate(parts(path), 1):
        check_name(name)
        if number > ENTRIES_LIMIT:
            raise UnsafeArchive(entry=f"{number} entries")
        if not name.endswith(".json"):
            continue
        kept = aside / f"{number}.json"
        with kept.open("wb") as out:
            while piece := part.read(CHUNK):
                out.write(piece)
        yield name.removeprefix("./"), kept
