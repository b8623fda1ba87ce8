"""The folder of the unix socket: the closed cluster itself, or a short one when that path will not do."""

import hashlib
import os
import stat
from pathlib import Path

from kith.postgres.account import Account
from kith.postgres.data import DatabaseOfAnother

NAME = ".s.PGSQL.5432"
LIMIT_BYTES = 103  # macOS; Linux allows 107
SHORT_HOME = Path("/tmp")  # noqa: S108 -- the folder below it is made closed and is checked


def socket_folder(cluster: Path) -> Path:
    # A comma separates folders in PostgreSQL's settings and hosts in its URLs; a quote has no place there.
    plain = not set(',"') & set(str(cluster))
    if plain and len(os.fsencode(cluster / NAME)) <= LIMIT_BYTES:
        return cluster
    mark = hashlib.sha256(os.fsencode(cluster)).hexdigest()[:16]
    return SHORT_HOME / f"kith-{mark}"


def make_ready(folder: Path, account: Account) -> None:
    """Make the short folder, or refuse one that a stranger laid there before us."""
    try:
        folder.mkdir(mode=0o700)
        account.give(folder)
    except FileExistsError:
        found = folder.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid != account.uid or found.st_mode & 0o077:
            raise DatabaseOfAnother(folder=folder) from None


def clear(folder: Path) -> None:
    for name in (NAME, f"{NAME}.lock"):
        (folder / name).unlink(missing_ok=True)
