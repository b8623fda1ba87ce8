"""One of everything that keeps order, for the table of routes and roles."""

from typing import Any

import pytest

from kith.connect import api as connect
from kith.gather import api as gather
from tests.conftest import NOW, Cast

C = "/communities/{slug}"
M = f"{C}/members/{{handle}}"
SEEN = "404 404 200 200 200 200 404 200 200"
FOUNDS = "401 404 403 403 403 201 404 401 403"
GIVES = "401 404 200 200 200 200 404 401 403"
RUNS = "401 404 403 403 200 200 404 401 403"
MAKES = "401 404 403 403 201 201 404 401 403"
TABLE = {
    f"POST {C}/join": "401 403 403 403 403 403 403 401 403",
    f"POST {C}/applications": "401 409 409 409 409 409 201 401 201",
    f"GET {C}/applications": RUNS,
    f"POST {C}/applications/{{application_id}}/decision": RUNS,
    f"POST {C}/invitations": MAKES,
    f"POST {C}/invitations/accept": "401 201 409 409 409 409 201 401 201",
    f"GET {C}/agreements": SEEN,
    f"POST {C}/agreements": FOUNDS,
    f"PUT {C}/agreements/{{number}}": FOUNDS.replace("201", "200"),
    f"DELETE {C}/agreements/{{number}}": FOUNDS.replace("201", "204"),
    f"GET {C}/agreements/{{number}}/versions": SEEN,
    f"PUT {C}/acceptance": GIVES,
    f"DELETE {C}/acceptance": "401 404 204 204 204 403 404 401 403",
    f"POST {C}/posts/{{post_id}}/flags": "401 404 400 201 201 201 404 401 403",
    f"GET {C}/cases": RUNS,
    f"GET {C}/my-cases": "401 404 200 200 200 200 404 401 200",
    f"POST {C}/cases/{{case_id}}/decision": RUNS,
    f"POST {C}/cases/{{case_id}}/appeal": "401 404 409 404 404 404 404 401 404",
    f"POST {C}/cases/{{case_id}}/appeal/decision": RUNS.replace("200", "409"),
    f"GET {C}/limits": RUNS,
    f"PUT {C}/limits": RUNS,
    f"GET {C}/measures": RUNS,
    f"POST {M}/measures": MAKES,
    f"POST {C}/measures/{{measure_id}}/end": RUNS,
    f"GET {C}/held": RUNS,
    f"GET {C}/my-held": GIVES,
    f"POST {C}/held/{{held_id}}/decision": RUNS,
}
ASKED = {
    f"POST {C}/posts/{{post_id}}/flags",
    f"PUT {C}/acceptance",
    f"POST {C}/applications",
    f"POST {C}/invitations/accept",
}
BODIES: dict[str, Any] = {
    f"POST {C}/applications": {"answers": ["想来"]},
    f"POST {C}/applications/{{application_id}}/decision": {"admit": True},
    f"POST {C}/invitations": {},
    f"POST {C}/join": {},
    f"POST {C}/agreements": {"title": "第二条", "text": "守时。"},
    f"PUT {C}/agreements/{{number}}": {"title": "待人以诚", "text": "改了。"},
    f"POST {C}/cases/{{case_id}}/decision": {"outcome": "muted", "reason": "吵", "days": 3},
    f"POST {C}/cases/{{case_id}}/appeal": {"text": "不是"},
    f"POST {C}/cases/{{case_id}}/appeal/decision": {"grant": True},
    f"PUT {C}/limits": {"slow_seconds": 5},
    f"POST {M}/measures": {"kind": "mute", "reason": "刷屏", "days": 3},
    f"POST {C}/held/{{held_id}}/decision": {"approve": True},
}


def agreed(route: str, ids: dict[str, Any]) -> dict[str, Any]:
    """Return what a route wants to know of agreements."""
    if route.endswith("/flags"):
        return {"agreement_id": ids["agreement_id"]}
    return {"accepted": [ids["agreement_id"]]} if route in ASKED else {}


def kept(cast: Cast) -> dict[str, Any]:
    """Write an agreement that all accept, hold a text of 赵穗, and mute them."""
    home = cast.home
    made = gather.write_agreement(community=home, title="待人以诚", text="不骗人。", by=cast.founder, now=NOW)
    for person in (cast.operator, cast.core, cast.member, cast.other):
        gather.accept_agreements(community=home, person=person, accepted=[made.id], now=NOW)
    gather.set_limits(community=home, changes={"holds_first": 1}, by=cast.founder, now=NOW)
    with pytest.raises(connect.HeldForReading):
        connect.post(community=home, text="第一次", by=cast.other, now=NOW)
    gather.set_limits(community=home, changes={"holds_first": 0}, by=cast.founder, now=NOW)
    measure = gather.sanction(
        community=home, person_id=cast.other.pk, kind="mute", reason="吵", by=cast.founder, now=NOW
    )
    held = connect.held(home)[0].id
    said = connect.post(community=home, text="骂人的话", by=cast.member, now=NOW)
    case = connect.flag(community=home, post_id=said.id, by=cast.core, agreement_id=made.id, now=NOW)
    return {
        "number": made.number,
        "agreement_id": made.id,
        "held_id": held,
        "measure_id": measure.id,
        "case_id": case.id,
    }
