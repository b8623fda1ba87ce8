"""What every process of Kith needs before it can work: the database, Django, the newest tables."""

import os
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from kith.postgres.api import running
from kith.run.data import DatabaseUnreachable, WrongAddress

CONNECT_SECONDS = 10


def data_folder() -> Path:
    return Path(os.environ.get("KITH_DATA") or "data").resolve()


def is_embedded() -> bool:
    return not os.environ.get("DATABASE_URL")


@contextmanager
def database() -> Iterator[str]:
    """Yield the address of the database: the operator's, or else the embedded one for as long as this lasts.

    It stands in DATABASE_URL meanwhile, for the settings and for child processes.
    """
    if not is_embedded():
        url = os.environ["DATABASE_URL"]
        greet(url)
        yield url
        return
    with running(data_folder()) as url:
        os.environ["DATABASE_URL"] = url
        try:
            yield url
        finally:
            del os.environ["DATABASE_URL"]


def greet(url: str) -> None:
    """Refuse an address that is wrong or does not answer."""
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
