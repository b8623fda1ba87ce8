"""Who may do what about spaces and kinds of post, and one of everything their addresses name: that part of test_roles.py."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from kith.connect import api as connect
from tests.conftest import NOW, Cast

C = "/communities/{slug}"
S = f"{C}/spaces/{{space_id}}"
A = f"{C}/announcements/{{announcement_id}}"
IDEA = f"{C}/ideas/{{idea_id}}"
E = f"{C}/events/{{event_id}}"
SEEN = "404 404 200 200 200 200 404 200 200"
RUNS = "401 404 403 403 200 200 404 401 403"
GIVES = "401 404 200 200 200 200 404 401 403"
SAYS = "401 404 201 201 201 201 404 401 403"
MAKES = "401 404 403 403 201 201 404 401 403"
TABLE = {
    f"GET {C}/spaces": SEEN,
    f"POST {C}/spaces": MAKES,
    f"PUT {C}/spaces": RUNS,
    f"GET {S}": SEEN,
    f"PATCH {S}": RUNS,
    f"GET {S}/answers": RUNS,
    f"POST {C}/announcements": MAKES,
    f"GET {A}": RUNS,
    f"PUT {A}/pin": RUNS,
    f"PUT {A}/groups": RUNS,
    f"PUT {A}/groups/{{copy_id}}": RUNS,
    f"GET {C}/events": SEEN,
    f"POST {C}/events": SAYS,
    f"PUT {E}": RUNS,
    f"POST {E}/cancel": RUNS,
    f"GET {E}/answer": "401 404 200 404 404 404 404 401 404",
    f"PUT {E}/answer": GIVES,
    f"GET {E}/guests": RUNS,
    f"POST {E}/arrivals": RUNS,
    f"GET {E}/ics": SEEN,
    f"POST {C}/calendar": SAYS,
    f"DELETE {C}/calendar": "401 404 204 204 204 204 404 401 204",
    f"GET {C}/ideas": SEEN,
    f"POST {C}/ideas": SAYS,
    f"GET {C}/ideas/numbers": SEEN,
    f"PUT {IDEA}/support": "401 404 400 200 200 200 404 401 403",
    f"DELETE {IDEA}/support": GIVES,
    f"PUT {IDEA}/decision": RUNS,
    f"PUT {IDEA}/shipment": RUNS,
    f"POST {IDEA}/credits": RUNS,
    f"GET {C}/idea-owners": SEEN,
    f"POST {C}/idea-owners": RUNS,
    f"DELETE {C}/idea-owners/{{owner_id}}": RUNS,
}
SOON = timezone.now() + timedelta(hours=3)
EVENT = {"title": "茶会", "starts_at": SOON.isoformat(), "zone": "Asia/Shanghai"}
BODIES: dict[str, Any] = {
    f"POST {C}/spaces": {"name": "米", "kinds": ["talk", "idea"]},
    f"PUT {C}/spaces": {"space_ids": []},
    f"PATCH {S}": {"about": "喝茶的事", "slow_seconds": 60, "is_archived": True},
    f"POST {C}/announcements": {"text": "停电", "groups": ["一群"]},
    f"PUT {A}/pin": {"pinned_until": (timezone.now() + timedelta(days=1)).isoformat()},
    f"PUT {A}/groups": {"groups": ["三群"]},
    f"PUT {A}/groups/{{copy_id}}": {},
    f"POST {C}/events": EVENT | {"text": "带杯子"},
    f"PUT {E}": EVENT,
    f"POST {E}/cancel": {"reason": "下雨"},
    f"PUT {E}/answer": {"answer": "maybe"},
    f"POST {E}/arrivals": {"who": "@赵穗"},
    f"POST {C}/ideas": {"text": "竹盖", "product": "茶罐"},
    f"PUT {IDEA}/decision": {"is_adopted": False, "reason": "太贵"},
    f"PUT {IDEA}/shipment": {"shipped": "竹盖茶罐", "handles": ["苏杭"]},
    f"POST {IDEA}/credits": {"handles": ["何以南"]},
    f"POST {C}/idea-owners": {"handle": "苏杭", "product": "茶罐"},
}


def made(cast: Cast) -> dict[str, Any]:
    """Have a space, an announcement that goes to a group, and an idea of the member's that was adopted."""
    space = connect.make_space(community=cast.home, name="茶", by=cast.founder, now=NOW)
    said = connect.announce(community=cast.home, text="停水", groups=["二群"], by=cast.founder, now=NOW)
    found = connect.announcement(cast.home, said.id)
    assert found
    idea = connect.propose(community=cast.home, text="竹盖", by=cast.member, now=NOW)
    connect.decide_idea(community=cast.home, post_id=idea.id, is_adopted=True, by=cast.founder, now=NOW)
    [owner] = connect.name_owner(community=cast.home, handle="赵穗", product="", by=cast.founder, now=NOW)
    now = timezone.now()
    event = connect.hold_event(community=cast.home, text="带杯子", event=connect.EventDraft("茶会", SOON, "Asia/Shanghai"), by=cast.founder, now=now)  # fmt: skip
    connect.answer_event(community=cast.home, post_id=event.id, answer="yes", by=cast.member, now=now)
    more = {"event_id": event.id, "idea_id": idea.id, "owner_id": owner.id}
    return more | {"space_id": space.id, "announcement_id": said.id, "copy_id": found.copies[0].id}
