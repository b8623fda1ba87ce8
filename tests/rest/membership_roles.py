"""Who may do what about columns and paid membership: the rows of the table, and what they need."""

from typing import Any

C = "/communities/{slug}"
SEEN = "404 404 200 200 200 200 404 200 200"
OWN = "401 404 200 200 200 200 404 401 200"
RUNS = "401 404 403 403 200 200 404 401 403"
TABLE = {
    f"GET {C}/columns": SEEN,
    f"GET {C}/columns/{{space_id}}": SEEN,
    f"PUT {C}/columns/{{space_id}}/gate": RUNS,
    f"GET {C}/plans": SEEN,
    f"GET {C}/gifts/{{gift_code}}": "404 404 404 404 404 404 404 404 404",
    f"POST {C}/gifts/{{gift_code}}/redeem": "401 404 404 404 404 404 404 401 404",
    f"GET {C}/my-gifts": OWN,
    f"GET {C}/renewing": OWN,
    f"POST {C}/renewing": OWN.replace("200", "409"),
    f"DELETE {C}/renewing/{{mandate_id}}": "401 404 404 404 404 404 404 401 404",
    f"GET {C}/unearned": RUNS,
    f"PUT {C}/posts/{{post_id}}/free": "401 404 200 403 200 200 404 401 403",
}
BODIES: dict[str, Any] = {
    f"POST {C}/renewing": {"family": "reader", "digest": "0" * 64},
    f"PUT {C}/columns/{{space_id}}/gate": {"is_column": True, "reads": "members"},
    f"PUT {C}/posts/{{post_id}}/free": {"is_free": True},
}
# There is neither a gift nor anything that renews: who may reach one is in tests/launch.
NAMES: dict[str, Any] = {"gift_code": "2345", "mandate_id": 1}
