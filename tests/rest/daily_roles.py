"""Who may do what about search and notifications: the part of test_roles.py that is theirs."""

from typing import Any

C = "/communities/{slug}"
P = f"{C}/posts/{{post_id}}"
SEEN = "404 404 200 200 200 200 404 200 200"
GIVES = "401 404 200 200 200 200 404 401 403"
DONE = GIVES.replace("200", "204")
TABLE = {
    f"GET {C}/search?q=车": SEEN,
    f"GET {C}/notices": GIVES,
    f"GET {C}/notices/unread": GIVES,
    f"POST {C}/notices/read": DONE,
    f"GET {C}/notices/wishes": GIVES,
    f"PUT {C}/notices/wishes": GIVES,
    f"GET {C}/notices/hearing": GIVES,
    f"PUT {C}/notices/hearing": GIVES,
    f"PUT {P}/mute": DONE,
    f"DELETE {P}/mute": DONE,
}
BODIES: dict[str, Any] = {
    f"POST {C}/notices/read": {},
    f"PUT {C}/notices/wishes": {"kind": "thank", "way": "off"},
    f"PUT {C}/notices/hearing": {"digest": "daily"},
}
