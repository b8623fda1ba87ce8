"""Who may do what about columns and paid membership: the rows of the table, and what they need."""

from typing import Any

C = "/communities/{slug}"
SEEN = "404 404 200 200 200 200 404 200 200"
RUNS = "401 404 403 403 200 200 404 401 403"
TABLE = {
    f"GET {C}/columns": SEEN,
    f"GET {C}/columns/{{space_id}}": SEEN,
    f"PUT {C}/columns/{{space_id}}/gate": RUNS,
    f"PUT {C}/posts/{{post_id}}/free": "401 404 200 403 200 200 404 401 403",
}
BODIES: dict[str, Any] = {
    f"PUT {C}/columns/{{space_id}}": {
        "name": "专栏",
        "kind": "column",
        "reads": "plan",
        "needs": "reader",
        "called": "读书会员",
    },
    f"PUT {C}/posts/{{post_id}}/free": {"is_free": True},
}
