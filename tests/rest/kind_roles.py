"""Who may do what about spaces and kinds of post, and one of everything their addresses name: that part of test_roles.py."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from kith.connect import api as connect
from tests.conftest import NOW, Cast

C = "/communities/{slug}"
S = f"{C}/spaces/{{space_id}}"
A = f"{C}/announcements/{{announcement_id}}"
SEEN = "404 404 200 200 200 200 404 200 200"
RUNS = "401 404 403 403 200 200 404 401 403"
MAKES = "401 404 403 403 201 201 404 401 403"
TABLE = {
    f"GET {C}/spaces": SEEN,
    f"POST {C}/spaces": MAKES,
    f"PUT {C}/spaces": RUNS,
    f"GET {S}": SEEN,
    f"PATCH {S}": RUNS,
    f"POST {C}/announcements": MAKES,
    f"GET {A}": RUNS,
    f"PUT {A}/pin": RUNS,
    f"PUT {A}/groups": RUNS,
    f"PUT {A}/groups/{{copy_id}}": RUNS,
}
BODIES: dict[str, Any] = {
    f"POST {C}/spaces": {"name": "米", "kinds": ["talk", "idea"]},
    f"PUT {C}/spaces": {"space_ids": []},
    f"PATCH {S}": {"about": "喝茶的事", "is_archived": True},
    f"POST {C}/announcements": {"text": "停电", "groups": ["一群"]},
    f"PUT {A}/pin": {"pinned_until": (timezone.now() + timedelta(days=1)).isoformat()},
    f"PUT {A}/groups": {"groups": ["三群"]},
    f"PUT {A}/groups/{{copy_id}}": {},
}


def made(cast: Cast) -> dict[str, Any]:
    """Have a space and an announcement that goes to a group."""
    space = connect.make_space(community=cast.home, name="茶", by=cast.founder, now=NOW)
    said = connect.announce(community=cast.home, text="停水", groups=["二群"], by=cast.founder, now=NOW)
    found = connect.announcement(cast.home, said.id)
    assert found
    return {"space_id": space.id, "announcement_id": said.id, "copy_id": found.copies[0].id}
