"""The system user PostgreSQL runs as. PostgreSQL refuses root; root therefore lends it a user of its own."""

import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

from kith.postgres.data import DatabaseOfAnother, NoDatabaseUser

USER = "kith-postgres"


class Spawn(TypedDict, total=False):
    """The part of subprocess's arguments that says as whom a program runs."""

    user: int
    group: int
    extra_groups: list[int]


@dataclass(frozen=True, slots=True)
class Account:
    uid: int
    gid: int
    borrowed: bool  # root acts for it: folders must be given over and made passable

    def spawn(self) -> Spawn:
        return Spawn(user=self.uid, group=self.gid, extra_groups=[]) if self.borrowed else Spawn()

    def give(self, path: Path) -> None:
        if self.borrowed:
            os.chown(path, self.uid, self.gid)


def account_for(cluster: Path) -> Account:
    """Return ourselves; for root the owner of the cluster, or the user made for it."""
    owner = cluster.stat() if cluster.exists() else None
    if os.geteuid() != 0:
        if owner is not None and owner.st_uid != os.geteuid():
            raise DatabaseOfAnother(folder=cluster)
        return Account(os.geteuid(), os.getegid(), borrowed=False)
    if owner is not None and owner.st_uid != 0:
        return Account(owner.st_uid, owner.st_gid, borrowed=True)
    entry = _lookup() or _make()
    return Account(entry.pw_uid, entry.pw_gid, borrowed=True)


def _lookup() -> pwd.struct_passwd | None:
    try:
        return pwd.getpwnam(USER)
    except KeyError:
        return None


def _make() -> pwd.struct_passwd:
    order = ["useradd", "--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent"]
    try:
        done = subprocess.run(  # noqa: S603 -- constants only
            [*order, "--shell", "/usr/sbin/nologin", USER], capture_output=True, text=True, check=False
        )
    except FileNotFoundError as fault:
        raise NoDatabaseUser(user=USER, reason="there is no useradd") from fault
    # Two first starts at once: one of them finds the user made by the other.
    entry = _lookup()
    if entry is None:
        raise NoDatabaseUser(user=USER, reason=done.stderr.strip() or f"useradd answered {done.returncode}")
    return entry
