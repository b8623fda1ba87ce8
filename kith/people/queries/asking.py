"""Several questions to the database on one way there and back, which costs more than what every page asks."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.db import connection


class Question(NamedTuple):
    """Statements, separated by semicolons, with their values by name."""

    sql: str
    values: Mapping[str, Any]


def asked(*questions: Question) -> Any:
    """Return a cursor at the first answer; `nextset` leads to the next. One query.

    Raises:
        ValueError: questions mean different things by one name.

    """
    values: dict[str, Any] = {}
    for question in questions:
        if any(values.get(name, value) != value for name, value in question.values.items()):
            raise ValueError(questions)
        values |= question.values
    cursor = connection.cursor()
    cursor.execute("; ".join(q.sql for q in questions), values)
    return cursor


def ask(*questions: Question) -> list[tuple[Any, ...] | None]:
    """Return the first row of each answer, of questions of one statement. One query."""
    return firsts(asked(*questions), len(questions))


def firsts(cursor: Any, count: int) -> list[tuple[Any, ...] | None]:
    """Return the first row of each of the next answers, and stay at the one after them, if there is one."""
    rows = []
    for _ in range(count):
        rows.append(cursor.fetchone())
        cursor.nextset()
    return rows
