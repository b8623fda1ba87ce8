"""The digest of what was imported, to tell whether a file is the same."""

import hashlib
from pathlib import Path

from kith.bring.data import UnreadableFile

CHUNK = 2**20


def fingerprint(path: Path) -> str:
    """Return the SHA-256 of a file, or of a folder's JSON files with their names."""
    total = hashlib.sha256()
    files = sorted(path.rglob("*.json")) if path.is_dir() else [path]
    try:
        for file in files:
            total.update(file.relative_to(path).as_posix().encode())
            with file.open("rb") as source:
                while piece := source.read(CHUNK):
                    total.update(piece)
    except OSError as fault:
        raise UnreadableFile(name=path.name, reason=fault.strerror or str(fault)) from fault
    return total.hexdigest()
