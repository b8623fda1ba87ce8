"""Files as tests write them, and what the readers make of them."""

import contextlib
import gzip
import json
import tarfile
import zipfile
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from kith.bring import formats
from kith.bring.data import ActLine, BadLine, Item, MemberLine, MessageLine, Note
from kith.lib.errors import Refusal

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def read(format_name: str, path: Path) -> list[Item]:
    return list(formats.read(format_name, path, now=NOW))


def told(format_name: str, path: Path) -> Iterator[Item]:
    """Read piece by piece, for tests that watch the memory."""
    return formats.read(format_name, path, now=NOW)


def survived(format_name: str, path: Path) -> list[Item]:
    """Read what may be garbage: a refusal is an answer, any other error is not."""
    with contextlib.suppress(Refusal):
        return read(format_name, path)
    return []


def acts(items: list[Item]) -> list[ActLine]:
    return [item for item in items if isinstance(item, ActLine)]


def messages(items: list[Item]) -> list[MessageLine]:
    return [item for item in items if isinstance(item, MessageLine)]


def members(items: list[Item]) -> list[MemberLine]:
    return [item for item in items if isinstance(item, MemberLine)]


def bad(items: list[Item]) -> list[tuple[int, str]]:
    return [(item.line, item.reason) for item in items if isinstance(item, BadLine)]


def notes(items: list[Item]) -> dict[str, object]:
    return {item.code: item.facts.get("count") for item in items if isinstance(item, Note)}


def written(folder: Path, content: str | bytes, name: str = "file.txt") -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def gzipped(folder: Path, content: bytes, name: str = "file.gz") -> Path:
    return written(folder, gzip.compress(content), name)


def zipped(folder: Path, entries: Mapping[str, object], name: str = "export.zip") -> Path:
    path = folder / name
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry, content in entries.items():
            archive.writestr(entry, content if isinstance(content, bytes) else json.dumps(content))
    return path


def tarred(folder: Path, entries: Mapping[str, object], name: str = "export.tar.gz") -> Path:
    path = folder / name
    with tarfile.open(path, "w:gz", format=tarfile.GNU_FORMAT) as archive:
        for entry, content in entries.items():
            raw = content if isinstance(content, bytes) else json.dumps(content).encode()
            info = tarfile.TarInfo(entry)
            info.size = len(raw)
            archive.addfile(info, BytesIO(raw))
    return path
