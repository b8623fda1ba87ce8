"""Reads on what somebody may enter."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from kith.people.data import STAFF, Rights
from kith.people.models import Community, Grant

RIGHTS = """
    SELECT m.role, t.position, ARRAY(SELECT g.what FROM people_grant g WHERE g.community_id = %(community)s AND g.person_id = %(reader)s
        AND g.from_at <= statement_timestamp() AND g.until_at > statement_timestamp())
    FROM (SELECT) here LEFT JOIN people_membership m ON m.community_id = %(community)s AND m.person_id = %(reader)s
    LEFT JOIN people_tier t ON t.id = m.tier_id
"""


def rights_of(row: Sequence[Any]) -> Rights:
    """Read the answer to `RIGHTS`, a statement with the values `community` and `reader` (0 for a stranger), to be asked with others."""
    role, position, grants = row
    return Rights(role is not None, role in STAFF, position or 0, frozenset(grants))


def grants(community: Community) -> dict[str, tuple[int, str, datetime, datetime]]:
    """Return all grants by their cause: for whom, of what, from when until when. For audits."""
    rows = Grant.objects.filter(community=community).values_list("cause", "person", "what", "from_at", "until_at")
    return {cause: (who, what, start, end) for cause, who, what, start, end in rows}
