"""Before Django reads its settings: a PostgreSQL for the tests, and no network but this machine.

The server lives in the ignored folder .test/pg and is shared by runs that go at once; each run, and each worker of one
that is shared out (-n), has a database and a data folder of its own, copied from one that was migrated once: to migrate takes the
better part of a minute. A DATABASE_URL given from outside is used as it is.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Generator
from pathlib import Path

import psutil
import psycopg
import pytest
from psycopg import sql

from kith.postgres.api import Held

HOME = Path(__file__).resolve().parent.parent / ".test"
MINE = f"kith_{os.getpid()}"
OURS = "KITH_TESTS_OURS"
TEMPLATE = "KITH_TESTS_TEMPLATE"
# A test database may be lost: speed is worth more here than durability.
TUNING = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "autovacuum": "off"}

_held: list[Held] = []
_folders: list[Path] = []


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests() -> Generator[None, None, None]:
    """Run around everybody else's, pytest-django's included, which loads the settings here."""
    HOME.mkdir(exist_ok=True)
    if os.environ.pop(OURS, ""):  # a worker: what it was given is the data of the run that started it
        del os.environ["KITH_DATA"], os.environ["DATABASE_URL"]
    os.environ.setdefault("KITH_DATA", str(HOME / MINE))
    os.environ["LC_MESSAGES"] = "C"  # commands speak the language of the terminal; the tests expect English
    if everything := os.environ.pop("LC_ALL", ""):
        os.environ["LC_CTYPE"] = everything
    if "DATABASE_URL" not in os.environ:
        held = Held(HOME / "pg", TUNING)
        _held.append(held)
        held.up()
        _sweep(held)
        os.environ[TEMPLATE] = _template(held)
        os.environ["DATABASE_URL"] = held.url(MINE)
        os.environ[OURS] = "1"
    return (yield)


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    config.option.allow_hosts = "127.0.0.1,::1"
    config.option.allow_unix_socket = True
    # A folder of this run alone: pytest closes the common one to others when the next run begins, and the user
    # PostgreSQL runs as under root would be shut out in the middle of a test. Short, for the sockets below it.
    given = config.option.basetemp if "PYTEST_XDIST_WORKER" not in os.environ else ""
    config.option.basetemp = given or tempfile.mkdtemp(prefix="kith-")
    _folders.append(Path(config.option.basetemp))


def pytest_collection_finish(session: pytest.Session) -> None:
    """Refuse to share out tests of one id, as schemathesis makes for every operation: xdist would run one of them."""
    ids = [item.nodeid for item in session.items]
    if "PYTEST_XDIST_WORKER" in os.environ and len(set(ids)) < len(ids):
        twice = sorted({i for i in ids if ids.count(i) > 1})
        pytest.exit(f"Not by -n, for several tests are called: {', '.join(twice)}", returncode=2)


def pytest_unconfigure() -> None:
    for folder in (HOME / MINE, *_folders):
        shutil.rmtree(folder, ignore_errors=True)
    while _held:
        held = _held.pop()
        worker = os.environ.get("PYTEST_XDIST_WORKER", "")
        _drop(held, MINE, f"test_{MINE}_{worker}" if worker else f"test_{MINE}")
        held.leave()


def _template(held: Held) -> str:
    """Return the name of a migrated database to copy, made when the migrations have changed."""
    code = HOME.parent / "kith"
    parts = [*sorted(code.glob("*/migrations/*.py")), code / "settings" / "base.py"]
    digest = hashlib.sha256(b"".join(p.read_bytes() for p in parts)).hexdigest()[:16]
    name, raw = f"kith_migrated_{digest}", f"kith_raw_{os.getpid()}"
    with psycopg.connect(held.url("postgres"), autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(1)")  # of two runs that begin at once, one makes it
        have = {
            n for (n,) in connection.execute("SELECT datname FROM pg_database WHERE datname ~ '^kith_(migrated|raw)_'")
        }
        if name not in have:
            _drop(held, *have)
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(raw)))
            given = os.environ | {"DATABASE_URL": held.url(raw), "DJANGO_SETTINGS_MODULE": "kith.settings.test"}
            subprocess.run([sys.executable, "-m", "django", "migrate", "-v0"], env=given, cwd=HOME.parent, check=True)
            connection.execute(
                sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(raw), sql.Identifier(name))
            )
    return name


def _sweep(held: Held) -> None:
    """Drop what killed runs left behind."""
    with psycopg.connect(held.url("postgres")) as connection:
        names = [name for (name,) in connection.execute("SELECT datname FROM pg_database WHERE datname ~ 'kith_\\d+'")]
    dead = [name for name in names if not psutil.pid_exists(int(name.rpartition("kith_")[2].split("_")[0]))]
    _drop(held, *dead)
    for folder in HOME.glob("kith_*"):
        if not psutil.pid_exists(int(folder.name.removeprefix("kith_"))):
            shutil.rmtree(folder, ignore_errors=True)


def _drop(held: Held, *names: str) -> None:
    with psycopg.connect(held.url("postgres"), autocommit=True) as connection:
        for name in names:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
