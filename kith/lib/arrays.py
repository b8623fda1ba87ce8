"""Lists as PostgreSQL writes arrays: one text for thousands of values, several times sooner than a driver turns them one by one."""

from collections.abc import Callable, Iterable
from datetime import datetime
from types import NoneType
from typing import Any


def written(values: Iterable[object]) -> str:
    """Return an array of numbers, truth values, moments, bytes and texts without NUL; None is NULL. The statement names its type."""
    return "{" + ",".join([WRITERS.get(type(value), _of_subclass)(value) for value in values]) + "}"


def _text(value: str) -> str:
    if '"' in value or "\\" in value:
        value = value.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + value + '"'  # not formatted: an enumeration of texts would give its name


def _of_subclass(value: object) -> str:
    for kind, writer in WRITERS.items():
        if isinstance(value, kind):
            return writer(value)
    raise TypeError(type(value).__name__)


# By the type itself, because a rush writes some sixty values an order.
WRITERS: dict[type, Callable[[Any], str]] = {
    str: _text,
    int: str,
    bool: str,
    NoneType: lambda _: "NULL",
    datetime: lambda moment: f'"{moment.isoformat()}"',
    bytes: lambda data: f'"\\\\x{data.hex()}"',
}
