"""Who may do what about complaints and kept addresses: the part of test_roles.py that is theirs."""

from typing import Any

C = "/communities/{slug}"
O = f"{C}/orders/{{no}}/disputes"  # noqa: E741 -- an address, not a number
TABLE = {
    f"DELETE {C}/my-addresses": "401 404 200 200 200 200 404 401 200",
    f"POST {O}": "401 404 403 403 409 409 404 401 403",
    f"POST {O}/end": "401 404 403 403 404 404 404 401 403",
}
BODIES: dict[str, Any] = {f"POST {O}": {"reason": "没有收到"}, f"POST {O}/end": {"is_won": True}}
