"""Who may do what about tiers, chapters, core figures, circles and treasures: the part of test_roles.py that is theirs."""

from typing import Any

from kith.gather import api as gather
from kith.gather.api import TierDraft
from tests.conftest import NOW, Cast

C = "/communities/{slug}"
M = f"{C}/members/{{handle}}"
SEEN = "404 404 200 200 200 200 404 200 200"
GIVES = "401 404 200 200 200 200 404 401 403"
RUNS = "401 404 403 403 200 200 404 401 403"
MAKES = "401 404 403 403 201 201 404 401 403"
TABLE = {
    f"GET {C}/tiers": SEEN,
    f"PUT {C}/tiers": RUNS,
    f"GET {C}/tiers/moves": RUNS,
    f"GET {C}/my-tier": GIVES,
    f"PUT {M}/tier": RUNS,
    f"DELETE {M}/tier": RUNS,
}
BODIES: dict[str, Any] = {
    f"PUT {C}/tiers": {"tiers": [{"name": "同道", "needs": {"givers": 2}}], "rights": {"link": 1}},
    f"PUT {M}/tier": {"reason": "一起走过来的"},
}


def made(cast: Cast) -> dict[str, Any]:
    """Have tiers."""
    gather.write_ladder(community=cast.home, tiers=[TierDraft("同道", {"givers": 90})], by=cast.founder, now=NOW)
    return {}
