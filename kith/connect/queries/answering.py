"""How soon somebody answers, space by space: an answer within a day is the strongest thing known to keep a newcomer."""

from datetime import datetime, timedelta

from django.db import connection

from kith.connect import rules
from kith.connect.data import SpaceAnswers
from kith.connect.queries.titles import covered
from kith.people.api import Community

ANSWERS_DAYS = 90
# The first answer is the first standing reply of somebody else.
FIRST = """
    SELECT p.id, CASE WHEN p.blurred_at IS NULL THEN left(p.text, 400) END, p.at, (SELECT min(r.at) FROM connect_post r
        WHERE r.root_id = p.id AND r.deleted_at IS NULL AND r.author_id <> p.author_id)
    FROM connect_post p WHERE p.community_id = %(community)s AND p.space_id = %(space)s AND p.root_id IS NULL
        AND p.deleted_at IS NULL AND p.kind <> 'announcement' AND p.at > %(since)s AND p.at <= %(now)s ORDER BY p.at, p.id
"""


def space_answers(community: Community, space_id: int, *, now: datetime) -> SpaceAnswers:
    """Return how soon what was said in a space within 90 days was first answered by somebody else. One query."""
    values: dict[str, int | datetime] = {
        "community": community.pk,
        "space": space_id,
        "since": now - timedelta(days=ANSWERS_DAYS),
        "now": now,
    }
    with connection.cursor() as cursor:
        cursor.execute(FIRST, values)
        rows = [
            (i, covered() if text is None else rules.excerpt(text, 60), at, answered)
            for i, text, at, answered in cursor.fetchall()
        ]
    return rules.answers_of(rows, now=now, days=ANSWERS_DAYS)
