"""Calling the API in the tests as a person with a token would."""

from typing import Any

from django.test import Client

from kith.people.api import Person
from kith.rest import tokens
from kith.rest.data import SCOPES
from tests.conftest import NOW

ROOT = "/api/v1"


def token_of(person: Person, *scopes: str) -> str:
    return tokens.make(person=person, name="tests", scopes=scopes or SCOPES, now=NOW).secret


class Calls:
    """The API as one person sees it; without one, as a stranger. `status` and `body` are of the last call."""

    def __init__(self, person: Person | None = None, *scopes: str, language: str = "en") -> None:
        headers = {"Accept-Language": language}
        if person:
            headers["Authorization"] = f"Bearer {token_of(person, *scopes)}"
        self.client = Client(headers=headers)
        self.headers: dict[str, str] = {}
        self.status = 0

    def __call__(self, method: str, path: str, data: Any = None, **headers: str) -> Any:
        sent: dict[str, Any] = {} if data is None else {"data": data, "content_type": "application/json"}
        response = getattr(self.client, method.lower())(f"{ROOT}{path}", headers=headers, **sent)
        self.status, self.headers = response.status_code, dict(response.headers)
        return response.json() if response.content else None
