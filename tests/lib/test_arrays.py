"""Lists written as PostgreSQL reads them."""

from datetime import UTC, datetime
from enum import Enum, IntEnum

import pytest
from django.db import connection

from kith.lib.arrays import written

MOMENT = datetime(2026, 3, 1, 8, 30, 0, 5, tzinfo=UTC)


class Small(IntEnum):
    ONE = 1


class Colour(str, Enum):  # noqa: UP042 -- its own words are not its value
    RED = "red"


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("text", ["", "a,b", '"', "\\", '\\"', "{}", "NULL", "中文 🙂", "line\nline", None]),
        ("bigint", [0, -5, 2**62, None]),
        ("bool", [True, False, None]),
        ("timestamptz", [MOMENT, None]),
        ("bytea", [b"", b"\x00\xff\\", None]),
        ("int", [Small.ONE]),
        ("text", [Colour.RED]),
        ("int", []),
    ],
)
def test_what_is_written_comes_back_from_the_database_the_same(db: None, kind: str, values: list[object]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT %s::{kind}[]", [written(values)])
        [found] = cursor.fetchone()
    assert [bytes(v) if isinstance(v, memoryview) else v for v in found] == values


def test_what_has_no_written_form_is_refused() -> None:
    with pytest.raises(TypeError, match="float"):
        written([1.5])
