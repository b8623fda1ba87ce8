"""Who may do what about invitations and sponsors: the part of test_roles.py that is theirs."""

from typing import Any

from kith.gather import api as gather
from tests.conftest import NOW, Cast, account

C = "/communities/{slug}"
GIVES = "401 404 200 200 200 200 404 401 403"
RUNS = "401 404 403 403 200 200 404 401 403"
TABLE = {
    f"GET {C}/applications/decided": RUNS,
    f"GET {C}/invitations": GIVES,
    f"DELETE {C}/invitations/{{invitation_id}}": RUNS,
    f"GET {C}/invitations/tree": GIVES,
    f"GET {C}/invitations/numbers": RUNS,
    f"GET {C}/deeds": RUNS,
    f"GET {C}/lived-values": "404 404 200 200 200 200 404 200 200",
    f"PUT {C}/posts/{{post_id}}/lived-values": "401 404 200 403 403 403 404 401 403",
    f"GET {C}/sponsorships": GIVES,
    f"PUT {C}/sponsorships/{{sponsorship_id}}": "401 404 204 404 404 404 404 401 403",
}
BODIES: dict[str, Any] = {
    f"PUT {C}/posts/{{post_id}}/lived-values": {"word": "真"},
    f"PUT {C}/sponsorships/{{sponsorship_id}}": {"yes": True},
}


def made(cast: Cast) -> dict[str, Any]:
    """Have a link of the founder's that holds, and somebody who names the member as sponsor."""
    gather.invite(community=cast.home, by=cast.founder, now=NOW, days=365)
    guest = account("客", "ke@example.org")
    agreed = [a.id for a in gather.agreements(cast.home)]
    named = gather.apply(community=cast.home, person=guest, answers=["想来"], sponsor="苏杭", accepted=agreed, now=NOW)
    return {"invitation_id": gather.invitations(cast.home)[0].id, "sponsorship_id": named.id}
