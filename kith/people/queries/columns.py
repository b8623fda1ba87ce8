"""All members as columns, for work on a whole community: a hundred thousand model objects take seconds."""

from django.db import connection

from kith.people.data import STAFF, MemberColumns
from kith.people.models import Community

ROLL = """
    SELECT m.person_id, p.name, COALESCE(c.name, ''), extract(epoch FROM m.joined_at)::float8, m.is_bot OR p.is_bot,
        m.role = ANY(%(staff)s), m.hides_rank, m.refuses_measures
    FROM people_membership m JOIN people_person p ON p.id = m.person_id LEFT JOIN people_chapter c ON c.id = m.chapter_id
    WHERE m.community_id = %(community)s ORDER BY m.person_id
"""


def member_columns(community: Community) -> MemberColumns:
    """Return every member by rising id. One query; a million take two seconds."""
    with connection.cursor() as cursor:
        cursor.execute(ROLL, {"community": community.pk, "staff": list(STAFF)})
        rows = cursor.fetchall()
    return MemberColumns(*zip(*rows, strict=True)) if rows else MemberColumns(*[()] * 8)
