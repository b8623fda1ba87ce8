"""Who may do what about search, notifications, messages and bookmarks: the part of test_roles.py that is theirs."""

from typing import Any

from kith.connect import api as connect
from kith.people import api as people
from tests.conftest import NOW, Cast

C = "/communities/{slug}"
P = f"{C}/posts/{{post_id}}"
M = f"{C}/messages/{{message_id}}"
W = f"{C}/members/{{handle}}/messages"
SEEN = "404 404 200 200 200 200 404 200 200"
GIVES = "401 404 200 200 200 200 404 401 403"
DONE = GIVES.replace("200", "204")
# The point of the example of RFC 8291.
PHONE = {
    "endpoint": "https://push.example.org/one", "auth": "BTBZMqHH6r4Tts7J_aSIgg",
    "p256dh": "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
}  # fmt: skip
TABLE = {
    f"GET {C}/search?q=车": SEEN,
    f"GET {C}/notices": GIVES,
    f"GET {C}/notices/unread": GIVES,
    f"POST {C}/notices/read": DONE,
    f"GET {C}/notices/wishes": GIVES,
    f"PUT {C}/notices/wishes": GIVES,
    f"GET {C}/notices/hearing": GIVES,
    f"PUT {C}/notices/hearing": GIVES,
    "GET /me/devices": "401 200 200 200 200 200 200 401 200",
    "POST /me/devices": "401 201 201 201 201 201 201 401 201",
    "DELETE /me/devices/{device_id}": "401 404 204 404 404 404 404 401 404",
    f"PUT {P}/mute": DONE,
    f"DELETE {P}/mute": DONE,
    f"GET {C}/messages": GIVES,
    f"GET {W}": GIVES,
    f"POST {W}": "401 404 400 201 201 201 404 401 403",
    f"PUT {W}/seen": DONE,
    f"DELETE {M}": "401 404 204 403 404 404 404 401 403",
    f"POST {M}/report": "401 404 204 204 404 404 404 401 403",
    f"GET {C}/messages/reported": "401 404 403 403 200 200 404 401 403",
    f"POST {M}/settlement": "401 404 403 403 404 404 404 401 403",
    f"PUT {C}/members/{{handle}}/block": "401 404 400 204 204 204 404 401 403",
    f"DELETE {C}/members/{{handle}}/block": "401 404 400 204 204 204 404 401 403",
    f"GET {C}/bookmarks": GIVES,
    f"PUT {P}/bookmark": DONE,
    f"DELETE {P}/bookmark": DONE,
    f"GET {C}/unheard": "401 404 403 403 200 200 404 401 403",
}
BODIES: dict[str, Any] = {
    f"POST {C}/notices/read": {},
    f"PUT {C}/notices/wishes": {"kind": "thank", "way": "off"},
    f"PUT {C}/notices/hearing": {"digest": "daily"},
    "POST /me/devices": PHONE,
    f"POST {W}": {"text": "你好"},
    f"POST {M}/settlement": {"remove": True},
    f"PUT {P}/bookmark": {"note": "周末"},
}


def written(cast: Cast) -> int:
    """Return a message from the member to the core figure."""
    to = people.member(cast.home, "何以南")
    return connect.send_message(community=cast.home, to=to, text="你好", by=cast.member, now=NOW).id


def told(cast: Cast) -> int:
    """Return a device of the member's."""
    return connect.add_device(
        by=cast.member, device=connect.NewDevice(**PHONE | {"endpoint": "https://push.example.org/two"}), now=NOW
    ).id
