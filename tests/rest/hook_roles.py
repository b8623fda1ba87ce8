"""Who may do what about webhooks: the part of test_roles.py that is theirs."""

from typing import Any

from kith.hooks import api as hooks
from tests.conftest import NOW, Cast

H = "/communities/{slug}/webhooks"
ONE = f"{H}/{{hook_id}}"
RUNS = "401 404 403 403 200 200 404 401 403"
MAKES = "401 404 403 403 201 201 404 401 403"
TABLE = {
    f"GET {H}": RUNS,
    f"POST {H}": MAKES,
    f"PATCH {ONE}": RUNS,
    f"POST {ONE}/secret": RUNS,
    f"POST {ONE}/try": MAKES,
    f"GET {ONE}/deliveries": RUNS,
    f"POST {ONE}/deliveries/{{delivery_id}}/again": RUNS,
    f"DELETE {ONE}": "401 404 403 403 204 204 404 401 403",
}
BODIES: dict[str, Any] = {
    f"POST {H}": {"address": "https://example.org/kith", "wants": ["*"]},
    f"PATCH {ONE}": {"wants": ["act.*"]},
}


def made(cast: Cast) -> dict[str, Any]:
    """Have a webhook that was tried."""
    one = hooks.make(community=cast.home, address="https://example.org/", wants=["*"], by=cast.founder, now=NOW).hook.id
    return {"hook_id": one, "delivery_id": hooks.try_out(community=cast.home, hook_id=one, now=NOW).id}
