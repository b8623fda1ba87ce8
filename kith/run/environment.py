"""What every process of Kith needs before it can work: the database, Django, the newest tables."""

import os
import resource
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from kith.postgres.api import hold
from kith.run.data import DatabaseUnreachable, WrongAddress

CONNECT_SECONDS = 10
NAME = "kith"


def data_folder() -> Path:
    return Path(os.environ.get("KITH_DATA") or "data").resolve()


def is_embedded() -> bool:
    return not os.environ.get("DATABASE_URL")


KeepUp = Callable[[], object]


@contextmanager
def database() -> Iterator[KeepUp]:
    """Have a database for as long as this lasts: the operator's, or else the embedded one.

    Its address stands in DATABASE_URL meanwhile, for the settings and for child processes.
    Yield what brings an embedded one up again that was killed.
    """
    if not is_embedded():
        greet(os.environ["DATABASE_URL"])
        yield lambda: None
        return
    with hold(data_folder()) as held:
        os.environ["DATABASE_URL"] = held.url(NAME)
        try:
            yield held.up
        finally:
            del os.environ["DATABASE_URL"]


def is_empty() -> bool:
    """Say whether the database holds no community; asked without Django, which takes seconds to load."""
    with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
        try:
            found = connection.execute("SELECT EXISTS (SELECT FROM people_community)").fetchone()
        except psycopg.errors.UndefinedTable:
            return True
    return found == (False,)


def greet(url: str) -> None:
    """Refuse an address that is wrong or does not answer."""
    if not url.startswith(("postgresql://", "postgres://")):
        raise WrongAddress(reason="it begins otherwise")
    try:
        psycopg.connect(url, connect_timeout=CONNECT_SECONDS).close()
    except psycopg.OperationalError as fault:
        raise DatabaseUnreachable(reason=str(fault).strip()) from fault
    except psycopg.ProgrammingError as fault:
        raise WrongAddress(reason=str(fault).strip()) from fault


def set_up_django() -> None:
    """Load the settings; DATABASE_URL must stand by now."""
    os.environ["KITH_DATA"] = str(data_folder())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kith.settings.prod")
    import django  # noqa: PLC0415 -- `kith --help` need not wait for it

    django.setup()


def raise_file_limit() -> int:
    """Open as many files as the system lets us (each listener of a live stream is one); return how many."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != hard:
        try:
            resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
        except (ValueError, OSError):  # macOS names an unlimited hard limit that it then refuses
            return soft
    return hard
