"""Let the lent user reach its folder and its programs when they lie below a closed one, such as /root.

The least that works: each closed folder on the way gets "may pass through" (x) for that one user as an
access control entry; where the file system keeps none, x for all. Nobody may list or read more than before.
"""

import os
import stat
import struct
import subprocess
from pathlib import Path

from kith.postgres.account import Account

ATTRIBUTE = "system.posix_acl_access"
OWNER, USER, GROUP, MASK, OTHERS = 0x01, 0x02, 0x04, 0x10, 0x20
NOBODY = 0xFFFFFFFF
ENTRY = struct.Struct("<HHI")
HEAD = struct.pack("<I", 2)
PASS = 1

Entries = dict[tuple[int, int], int]


def open_way(account: Account, path: Path) -> None:
    """Make every folder above `path` passable for the account. Only root may, and only root needs to."""
    if not account.borrowed or may(account, "x", path.parent):
        return
    for folder in reversed(path.parents):
        if not may(account, "x", folder):
            _allow_pass(account, folder)


def open_programs(account: Account, home: Path) -> None:
    """Make the programs of the wheel readable for the account, for instance after a pip under umask 077."""
    if not account.borrowed:
        return
    open_way(account, home)
    if may(account, "r", home / "share") and may(account, "x", home / "bin" / "postgres"):
        return
    for path in (home, *home.rglob("*")):
        mode = path.stat().st_mode
        runs = stat.S_IXOTH if mode & stat.S_IXUSR else 0
        path.chmod(mode | stat.S_IROTH | runs)


def may(account: Account, right: str, path: Path) -> bool:
    """Ask the kernel, as that user: modes, control entries and mounts all have a say."""
    order = ["/bin/sh", "-c", f'test -{right} "$1"', "sh", str(path)]
    return subprocess.run(order, check=False, cwd="/", **account.spawn()).returncode == 0  # noqa: S603


def _allow_pass(account: Account, folder: Path) -> None:
    try:
        entries = _entries(folder)
        entries[USER, account.uid] = entries.get((USER, account.uid), 0) | PASS
        entries[MASK, NOBODY] = entries.get((MASK, NOBODY), entries[GROUP, NOBODY]) | PASS
        os.setxattr(folder, ATTRIBUTE, _packed(entries))
    except (OSError, AttributeError):  # no control entries on this file system, or not Linux
        folder.chmod(folder.stat().st_mode | stat.S_IXOTH)


def _entries(folder: Path) -> Entries:
    try:
        raw = os.getxattr(folder, ATTRIBUTE)
    except OSError:
        mode = folder.stat().st_mode
        return {(OWNER, NOBODY): mode >> 6 & 7, (GROUP, NOBODY): mode >> 3 & 7, (OTHERS, NOBODY): mode & 7}
    return {(tag, who): rights for tag, rights, who in ENTRY.iter_unpack(raw[len(HEAD) :])}


def _packed(entries: Entries) -> bytes:
    return HEAD + b"".join(ENTRY.pack(tag, rights, who) for (tag, who), rights in sorted(entries.items()))
