"""Who may do what about tiers, chapters, core figures, circles and treasures: the part of test_roles.py that is theirs."""

from typing import Any

from kith.connect import api as connect
from kith.gather import api as gather
from kith.gather.api import TierDraft
from tests.conftest import NOW, Cast
from tests.rest import inviting_roles

C = "/communities/{slug}"
M = f"{C}/members/{{handle}}"
K = f"{C}/chapters/{{chapter_id}}"
F = f"{C}/figures/{{figure_id}}"
I = f"{C}/circles/{{circle_id}}"  # noqa: E741 -- an address, not a number
T = f"{C}/treasures/{{treasure_id}}"
SEEN = "404 404 200 200 200 200 404 200 200"
GIVES = "401 404 200 200 200 200 404 401 403"
RUNS = "401 404 403 403 200 200 404 401 403"
MAKES = "401 404 403 403 201 201 404 401 403"
ENDS = "401 404 403 403 204 204 404 401 403"
# The core figure 何以南 leads the chapter as its host, keeps the circle and the treasure; the member was offered a role.
LEADS = "401 404 403 200 200 200 404 401 403"
TABLE = {
    **inviting_roles.TABLE,
    f"GET {C}/tiers": SEEN,
    f"PUT {C}/tiers": RUNS,
    f"GET {C}/tiers/moves": RUNS,
    f"GET {C}/my-tier": GIVES,
    f"PUT {M}/tier": RUNS,
    f"DELETE {M}/tier": RUNS,
    f"GET {C}/chapters": SEEN,
    f"GET {C}/chapters/numbers": RUNS,
    f"POST {C}/chapters": MAKES,
    f"GET {K}": SEEN,
    f"PATCH {K}": LEADS,
    f"DELETE {K}": ENDS,
    f"POST {K}/spaces": LEADS.replace("200", "201"),
    f"PUT {K}/leads/{{handle}}": RUNS,
    f"DELETE {K}/leads/{{handle}}": ENDS.replace("204", "404"),  # they lead nothing
    f"PUT {C}/my-chapter": GIVES,
    f"GET {C}/figures": SEEN,
    f"GET {C}/figures/suggested": RUNS,
    f"POST {C}/figures": MAKES,
    f"PUT {F}/answer": "401 404 200 403 403 403 404 401 403",
    f"POST {F}/handover": "401 404 201 403 201 201 404 401 403",
    f"DELETE {F}": "401 404 204 403 204 204 404 401 403",
    f"GET {C}/circles": SEEN,
    f"POST {C}/circles": "401 404 201 201 201 201 404 401 403",
    f"GET {I}": SEEN,
    f"PUT {I}/my-place": GIVES,
    f"DELETE {I}/my-place": "401 404 204 409 403 403 404 401 403",
    f"POST {I}/askings": LEADS,
    f"PUT {I}/keeper": LEADS,
    f"DELETE {I}": LEADS.replace("200", "204"),
    f"GET {C}/treasures": SEEN,
    f"POST {C}/treasures": MAKES,
    f"PUT {T}/use": GIVES,
    f"PUT {T}/custodian": LEADS,
    f"DELETE {T}": LEADS.replace("200", "204"),
}
BODIES: dict[str, Any] = {
    **inviting_roles.BODIES,
    f"PUT {C}/tiers": {"tiers": [{"name": "同道", "needs": {"givers": 2}}], "rights": {"link": 1}},
    f"PUT {M}/tier": {"reason": "一起走过来的"},
    f"POST {C}/chapters": {"name": "昆明"},
    f"PATCH {K}": {"about": "锦江边"},
    f"POST {K}/spaces": {"name": "成都同城"},
    f"PUT {C}/my-chapter": {},
    f"POST {C}/figures": {"handle": "赵穗", "kind": "own", "title": "掌勺", "duties": [{"kind": "newcomers"}]},
    f"PUT {F}/answer": {"yes": True},
    f"POST {F}/handover": {"handle": "赵穗"},
    f"POST {C}/circles": {"name": "夜跑", "purpose": "夜里跑"},
    f"POST {I}/askings": {"handle": "赵穗", "yes": True},
    f"PUT {I}/keeper": {"handle": "苏杭"},
    f"POST {C}/treasures": {"kind": "tool", "name": "米秤"},
    f"PUT {T}/custodian": {"handle": "赵穗"},
}


def made(cast: Cast) -> dict[str, Any]:
    """Have tiers; a chapter with a lead; a role that was offered; a circle by request with one who asks; a treasure."""
    home, by = cast.home, cast.founder
    gather.write_ladder(community=home, tiers=[TierDraft("同道", {"givers": 90})], by=by, now=NOW)
    chapter = gather.open_chapter(community=home, name="成都", by=by, now=NOW)
    lead = gather.appoint_lead(community=home, chapter_id=chapter.pk, person_id=cast.core.pk, by=by, now=NOW)
    gather.answer_figure(community=home, figure_id=lead.id, yes=True, by=cast.core, now=NOW)
    offered = gather.offer_figure(community=home, person_id=cast.member.pk, kind="expert", by=by, now=NOW)
    circle = connect.start_circle(
        community=home, name="晨跑", purpose="早上跑", entered_by="request", by=cast.core, now=NOW
    )
    for person in (cast.member, cast.other):
        gather.enter_circle(community=home, circle_id=circle.id, by=person, now=NOW)
    gather.answer_asking(community=home, circle_id=circle.id, person_id=cast.member.pk, yes=True, by=cast.core, now=NOW)
    treasure = gather.declare_treasure(
        community=home, kind="ritual", name="周五夜话", custodian_id=cast.core.pk, by=by, now=NOW
    )
    return {
        "chapter_id": chapter.pk,
        "figure_id": offered.id,
        "circle_id": circle.id,
        "treasure_id": treasure,
    } | inviting_roles.made(cast)
