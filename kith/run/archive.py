"""The file of a backup: a tar of `database.dump`, `media/...` and, last, `manifest.json` with the checksum of each.

It is not compressed again: the dump is already, and so are pictures.
"""

import hashlib
import io
import json
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO, Any

from kith.run.data import BackupBroken

DUMP = "database.dump"
MEDIA = "media"
MANIFEST = "manifest.json"
FORMAT = 1
CHUNK_BYTES = 1 << 20
MANIFEST_BYTES = 1 << 28


@dataclass
class Writer:
    """Writes members one after the other and remembers their checksums."""

    tar: tarfile.TarFile
    members: dict[str, dict[str, object]] = field(default_factory=dict)

    def add(self, name: str, path: Path) -> None:
        with path.open("rb") as source:
            member = self.tar.gettarinfo(arcname=name, fileobj=source)
            member.uid = member.gid = 0
            member.uname = member.gname = ""
            reading = _Hashing(source)
            self.tar.addfile(member, reading)
        self.members[name] = {"sha256": reading.digest.hexdigest(), "size": member.size}

    def close_with(self, facts: dict[str, object]) -> None:
        raw = json.dumps({"format": FORMAT, **facts, "members": self.members}, ensure_ascii=False, indent=1).encode()
        member = tarfile.TarInfo(MANIFEST)
        member.size = len(raw)
        self.tar.addfile(member, io.BytesIO(raw))


def unpack(file: Path, target: Path) -> dict[str, Any]:
    """Write the members below `target` (new and empty) and return the manifest they agree with."""
    try:
        with tarfile.open(file, "r:") as tar:
            found = {name: _write(tar, member, target / name) for name, member in _checked(tar)}
    except (tarfile.TarError, EOFError) as fault:
        raise BackupBroken(file=file, reason=f"it is not a whole tar file ({fault})") from fault
    return _agreed(file, target, found)


def _checked(tar: tarfile.TarFile) -> Iterator[tuple[str, tarfile.TarInfo]]:
    seen: set[str] = set()
    for member in tar:
        name = PurePosixPath(member.name)
        inside = not name.is_absolute() and ".." not in name.parts and "\0" not in member.name
        expected = member.name in {DUMP, MANIFEST} or (name.parts[:1] == (MEDIA,) and len(name.parts) > 1)
        if not (member.isreg() and inside and expected and str(name) == member.name) or member.name in seen:
            raise BackupBroken(file=tar.name, reason=f"it holds {member.name!r}, which no backup does")
        seen.add(member.name)
        yield member.name, member


def _write(tar: tarfile.TarFile, member: tarfile.TarInfo, path: Path) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    source = tar.extractfile(member)
    assert source is not None  # a regular file
    digest = hashlib.sha256()
    with path.open("wb") as copy:
        while chunk := source.read(CHUNK_BYTES):
            digest.update(chunk)
            copy.write(chunk)
    if path.stat().st_size != member.size:
        raise tarfile.ReadError(f"{member.name} is cut off")
    return digest.hexdigest()


def _agreed(file: Path, target: Path, found: dict[str, str]) -> dict[str, Any]:
    if found.pop(MANIFEST, None) is None:
        raise BackupBroken(file=file, reason="its manifest is missing")
    try:
        manifest: dict[str, Any] = json.loads((target / MANIFEST).read_bytes())
        promised = {name: facts["sha256"] for name, facts in manifest["members"].items()}
        known = manifest["format"] == FORMAT
    except (ValueError, KeyError, TypeError, AttributeError) as fault:
        raise BackupBroken(file=file, reason="its manifest cannot be read") from fault
    if not known:
        raise BackupBroken(file=file, reason="a newer Kith made it; update this one first")
    if wrong := sorted(name for name in promised.keys() | found.keys() if promised.get(name) != found.get(name)):
        raise BackupBroken(file=file, reason=f"{wrong[0]} is not what was backed up")
    if DUMP not in found:
        raise BackupBroken(file=file, reason="the database is missing")
    return manifest


class _Hashing:
    def __init__(self, source: IO[bytes]) -> None:
        self._source = source
        self.digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        chunk = self._source.read(size)
        self.digest.update(chunk)
        return chunk
