"""The first start: a new cluster, made aside and moved into place whole."""

import shutil
import subprocess

from kith.postgres.account import Account
from kith.postgres.binaries import VERSION, program
from kith.postgres.data import DatabaseVersion, DatabaseWontStart, Place

# A small server of its own: enough for some processes with threads, and ready for pg_basebackup and replicas.
# They go into postgresql.conf when the cluster is made, so an operator can change them there.
SETTINGS = {
    "max_connections": "200",
    "shared_buffers": "256MB",
    "effective_cache_size": "1GB",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "max_wal_size": "2GB",
    "wal_level": "replica",
    "synchronous_commit": "on",
    "random_page_cost": "1.1",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_min_duration_statement": "2s",
    "max_parallel_workers_per_gather": "0",
}
FORM = [
    "--username=postgres",
    "--encoding=UTF8",
    "--locale=C",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--auth-local=trust",  # the socket lies in a folder only the owner and root can enter
    "--auth-host=reject",
]


def make_once(place: Place, account: Account) -> None:
    if not place.cluster.exists():
        _make(place, account)
    version = place.cluster / "PG_VERSION"
    found = version.read_text().strip() if version.exists() else None
    if found is None:
        raise DatabaseWontStart(folder=place.cluster, log="there is no database in it (PG_VERSION is missing)")
    if found != VERSION:
        raise DatabaseVersion(folder=place.cluster, found=found, wanted=VERSION)


def _make(place: Place, account: Account) -> None:
    fresh = place.cluster.with_suffix(".new")
    if fresh.exists():  # left by a first start that was cut off
        shutil.rmtree(fresh)
    fresh.mkdir(mode=0o700)
    account.give(fresh)
    settings = [part for name, value in SETTINGS.items() for part in ("--set", f"{name}={value}")]
    done = subprocess.run(  # noqa: S603 -- our own programs
        [str(program("initdb")), "-D", str(fresh), *FORM, *settings],
        capture_output=True, text=True, check=False, cwd=fresh, **account.spawn(),
    )  # fmt: skip
    if done.returncode:
        shutil.rmtree(fresh)
        raise DatabaseWontStart(folder=place.cluster, log=(done.stderr or done.stdout).strip())
    fresh.rename(place.cluster)
