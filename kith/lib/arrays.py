"""Lists as PostgreSQL writes arrays: one text for thousands of values, several times sooner than a driver turns them one by one."""

from collections.abc import Iterable
from datetime import datetime


def written(values: Iterable[object]) -> str:
    """Return an array of numbers, truth values, moments, bytes and texts without NUL; None is NULL. The statement names its type."""
    return "{" + ",".join(map(_one, values)) + "}"


def _one(value: object) -> str:
    match value:
        case str():
            return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
        case bool() | int():
            return str(value)
        case None:
            return "NULL"
        case datetime():
            return f'"{value.isoformat()}"'
        case bytes():
            return f'"\\\\x{value.hex()}"'
        case _:
            raise TypeError(type(value).__name__)
