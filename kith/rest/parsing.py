"""Reading what was sent, so that no NUL and no half character comes near the database."""

import json
from collections.abc import Iterator
from typing import Any, NoReturn

from django.http import HttpRequest
from django.utils.datastructures import MultiValueDict
from ninja.parser import Parser

from kith.rest.data import Unreadable
from kith.rest.refusals import invalid

WHOLE_BELOW = 2.0**63


def faults(value: object, loc: tuple[object, ...]) -> Iterator[dict[str, object]]:
    """Yield where a value holds what PostgreSQL cannot keep as text."""
    match value:
        case str():
            if "\0" in value:
                yield {"loc": loc, "type": "nul"}
            elif any("\ud800" <= c <= "\udfff" for c in value):
                yield {"loc": loc, "type": "surrogate"}
        case dict():
            for key, part in value.items():
                yield from faults(part, (*loc, key))
        case list():
            for nth, part in enumerate(value):
                yield from faults(part, (*loc, nth))
        case _:
            return


def check(value: object, source: str) -> None:
    """Let clean values pass.

    Raises:
        InvalidInput: it names each field with a NUL or a lone surrogate.

    """
    if found := list(faults(value, (source,))):
        raise invalid(found)


def _no_number(name: str) -> NoReturn:
    raise Unreadable(number=name)


def _number(text: str) -> float:
    """Read a number; without a fraction it is whole, 2.0 too, as JSON Schema has it."""
    value = float(text)
    return int(value) if abs(value) < WHOLE_BELOW and value.is_integer() else value


class Checked(Parser):
    """JSON as RFC 8259 has it (no NaN, no Infinity), and text that is text."""

    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        data: dict[str, Any] = json.loads(request.body, parse_constant=_no_number, parse_float=_number)
        check(data, "body")
        return data

    def parse_querydict(
        self, data: MultiValueDict[str, Any], list_fields: list[str], request: HttpRequest
    ) -> dict[str, Any]:
        found = super().parse_querydict(data, list_fields, request)
        check(found, "query")
        return found
