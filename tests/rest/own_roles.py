"""Who may do what about exports and leaving: the part of test_roles.py that is theirs."""

from typing import Any

from kith.own import api as own
from tests.conftest import NOW, Cast

ALL = "/communities/{slug}/exports"
RUNS = "401 404 403 403 200 200 404 401 403"
TABLE = {
    "GET /me/exports": "401 200 200 200 200 200 200 401 200",
    "POST /me/exports": "401 201 201 201 201 201 201 401 201",
    "GET /me/exports/{export_id}/file": "401 404 409 404 404 404 404 401 404",
    "GET /me/leaving": "401 200 200 200 200 200 200 401 200",
    # The cast's passwords are another: leaving itself is told in tests of its own.
    "POST /me/leaving": "401 403 403 403 403 403 403 401 403",
    f"GET {ALL}": RUNS,
    f"POST {ALL}": RUNS.replace("200", "201"),
    f"GET {ALL}/{{export_id}}/file": "401 404 403 403 404 404 404 401 403",
}
BODIES: dict[str, Any] = {"POST /me/leaving": {"texts": "keep", "password": "guessed"}}


def made(cast: Cast) -> dict[str, Any]:
    """Have an export of the member's that is still to be made."""
    return {"export_id": own.ask_for_bundle(by=cast.member, now=NOW)[0].id}
