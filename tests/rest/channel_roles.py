"""Who may do what about channels, and one of everything their addresses name: the part of test_roles.py that is theirs."""

from typing import Any

from django.utils import timezone

from kith.launch import api as launch
from kith.launch.models import Wire
from kith.people import api as people
from tests.conftest import NOW, Cast, account
from tests.launch.channels import channel, touched
from tests.launch.shop import buy

C = "/communities/{slug}"
K = f"{C}/links/{{code}}"
L = f"{C}/launches/{{launch_slug}}"
RUNS = "401 404 403 403 200 200 404 401 403"
MAKES = "401 404 403 403 201 201 404 401 403"
TABLE = {
    f"GET {C}/links": "401 404 200 200 200 200 404 401 200",
    f"GET {K}": "401 404 404 200 404 404 404 401 404",
    f"POST {K}/acceptance": "401 404 404 200 404 404 404 401 404",
    f"POST {K}/refusal": "401 404 404 409 404 404 404 401 404",
    f"POST {K}/end": "401 404 404 200 200 200 404 401 404",
    f"POST {K}/touches": "401 404 200 200 200 200 404 401 200",
    f"GET {C}/bond": "401 404 200 200 200 200 404 401 200",
    f"DELETE {C}/bond": "401 404 200 200 200 200 404 401 200",
    f"GET {L}/channels": RUNS,
    f"POST {L}/channels/proposals": RUNS,
    f"POST {L}/channels": MAKES,
    f"PUT {L}/channels/rule": RUNS,
    f"GET {L}/channels/report": RUNS,
    f"POST {C}/doubts/{{doubt_id}}": RUNS,
}
BODIES: dict[str, Any] = {
    f"POST {K}/acceptance": {"disclosure_version": 1},
    f"POST {L}/channels/proposals": {},
    f"POST {L}/channels": {"handle": "赵穗"},
    f"PUT {L}/channels/rule": {"touch_days": 7},
    f"POST {C}/doubts/{{doubt_id}}": {"is_fine": True},
}


def brought(cast: Cast) -> dict[str, Any]:
    """Have the core figure bring the launch, and a sale through them that is doubted."""
    found = channel(cast)
    buyer = account("疑", "yi@example.org")
    people.add_member(community=cast.home, person=buyer, now=NOW)
    touched(found, buyer, visitor=touched(found, cast.core))
    order = buy(cast, buyer, key="key-doubted", now=timezone.now())
    launch.charge(community=cast.home, no=order.no, provider="sandbox", by=buyer, back="/", now=timezone.now())
    launch.sandbox_end(ref=Wire.objects.get(order__no=order.no).our_ref, how="pay", now=timezone.now())
    return {"code": found.code, "doubt_id": launch.channel_plan(cast.home, "autumn").doubts[0].id}
