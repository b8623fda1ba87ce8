"""Who of many may be in a community: for what asks of thousands a second."""

from collections.abc import Iterable

from django.db import connection

from kith.lib.arrays import written
from kith.people.models import Community

LET_IN = """
    SELECT p.id, COALESCE(m.role, '') FROM unnest(%s::bigint[]) w(id)
    JOIN people_person p ON p.id = w.id AND p.is_active
    LEFT JOIN people_membership m ON m.community_id = %s AND m.person_id = p.id
    WHERE m.id IS NOT NULL OR %s
"""


def let_in(community: Community, person_ids: Iterable[int]) -> dict[int, str]:
    """Return the role of everybody to whom the community shows itself, "" for guests; the others are left out. One query.

    Nobody is asked for an address: the people of the demo have none, and a visitor buys as one of them.
    """
    with connection.cursor() as cursor:
        cursor.execute(LET_IN, [written(person_ids), community.pk, community.visible_to == "public"])
        return dict(cursor.fetchall())
