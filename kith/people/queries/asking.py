"""Several questions to the database on one way there and back, planned once a connection: to plan costs more than to answer."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from json import loads
from typing import Any, NamedTuple

from django.db import connection
from psycopg import Cursor
from psycopg.types.numeric import Int8

Row = tuple[Any, ...]
EIGHT_BYTES = range(-(2**63), 2**63)


class Question(NamedTuple):
    """What one row at most answers: its columns, the rest of the SELECT, and the values by name."""

    columns: Sequence[str]
    rest: str
    values: Mapping[str, Any]


def ask(*questions: Question) -> list[Row | None]:
    """Return the row of each answer. One query.

    Raises:
        ValueError: questions mean different things by one name.

    """
    values: dict[str, Any] = {}
    for question in questions:
        if any(values.get(name, value) != value for name, value in question.values.items()):
            raise ValueError(questions)
        values |= question.values
    with _cursor() as cursor:
        cursor.execute(_statement(*[(tuple(q.columns), q.rest) for q in questions]), _typed(values))
        row = cursor.fetchone()
    return _parts(row, [len(q.columns) for q in questions])


def ask_rows(values: Mapping[str, Any], *statements: str) -> list[list[Row]]:
    """Return all rows of each statement, read by `rows_of`. One query."""
    [found] = ask(Question([listed(s) for s in statements], "", values))
    assert found
    return [rows_of(column) for column in found]


def listed(statement: str) -> str:
    """Return the column that holds all rows of a statement, whose columns have different names; `rows_of` reads it."""
    return f"(SELECT json_agg(r)::text FROM ({statement}) r)"


def rows_of(column: str | None) -> list[Row]:
    """Read a column of `listed`. Times come as text."""
    return [tuple(row.values()) for row in loads(column)] if column else []


def _cursor() -> Any:
    """Return a cursor that lets the server keep its plans, which Django's does not."""
    connection.ensure_connection()
    cursor: Any = Cursor(connection.connection)
    return connection.make_debug_cursor(cursor) if connection.queries_logged else connection.make_cursor(cursor)


@lru_cache(512)
def _statement(*questions: tuple[tuple[str, ...], str]) -> str:
    """Word questions as one row; before each part of it stands whether there was an answer."""
    sides = [
        f"LEFT JOIN LATERAL (SELECT true, {', '.join(columns)} {rest} OFFSET 0) q{n} ON true"
        for n, (columns, rest) in enumerate(questions)
    ]
    whole = f"SELECT {', '.join(f'q{n}.*' for n in range(len(questions)))} FROM (SELECT) here {' '.join(sides)}"
    return " ".join(whole.split())  # what is longer than 4096 characters the driver reads anew each time


def _typed(values: Mapping[str, Any]) -> dict[str, Any]:
    """Give numbers one width: the driver takes the least, and the server plans again for each."""
    return {
        name: Int8(value) if type(value) is int and value in EIGHT_BYTES else value for name, value in values.items()
    }


def _parts(row: Row, widths: Sequence[int]) -> list[Row | None]:
    parts: list[Row | None] = []
    begin = 0
    for width in widths:
        parts.append(row[begin + 1 : begin + 1 + width] if row[begin] else None)
        begin += 1 + width
    return parts
