"""What people gave and were given within a span of time, counted by different people and days, never by acts."""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any

from django.db import connection
from django.utils import timezone

from kith.energy.data import Earned, GroupNumbers
from kith.energy.queries.book import HERE, IS_STANDING
from kith.people.api import Community

# What was implied by the order of lines is no act of anybody's will; programs give nothing that counts.
COUNTED = f"""
    act.at >= %(since)s AND act.at < %(until)s AND {IS_STANDING}
"""
WHOLE = f"SELECT act.* FROM energy_act act WHERE act.community_id = %(community)s AND {COUNTED}"
# Of a few: what they gave by the index of givers, what they received by the ties it made (queries.book.RECEIVED says why).
OF_SOME = f"""
    SELECT act.* FROM {HERE} CROSS JOIN wanted JOIN people_person p ON COALESCE(p.merged_into_id, p.id) = wanted.who
    JOIN energy_act act ON act.community_id = here.id AND act.actor_id = p.id WHERE {COUNTED}
    UNION SELECT act.* FROM {HERE} CROSS JOIN wanted
    JOIN energy_tie tie ON tie.community_id = here.id AND tie.b_id = wanted.who AND tie.last_at >= %(since)s
    JOIN people_person giver ON COALESCE(giver.merged_into_id, giver.id) = tie.a_id
    JOIN people_person p ON COALESCE(p.merged_into_id, p.id) = wanted.who
    JOIN energy_act act ON act.community_id = here.id AND act.actor_id = giver.id AND act.other_id = p.id AND act.weight > 0
    WHERE {COUNTED}
"""
EARNED = """
    WITH wanted AS (SELECT unnest(%(people)s::bigint[]) AS who),
    acts AS MATERIALIZED (
        SELECT COALESCE(pa.merged_into_id, pa.id) AS a, COALESCE(pb.merged_into_id, pb.id) AS b, act.kind_id AS kind, act.weight,
            (act.at AT TIME ZONE %(zone)s)::date AS day
        FROM ({found}) act JOIN people_person pa ON pa.id = act.actor_id LEFT JOIN people_person pb ON pb.id = act.other_id
        WHERE act.kind_id <> 'spoke_next'),
    given AS (
        SELECT a AS who, count(DISTINCT b) FILTER (WHERE b <> a AND weight > 0) AS reached, count(DISTINCT day) AS days,
            count(DISTINCT date_trunc('week', day)) AS weeks, count(DISTINCT b) FILTER (WHERE kind = 'answer') AS answers
        FROM acts GROUP BY a),
    received AS (
        SELECT b AS who, count(DISTINCT a) AS givers, count(DISTINCT day) AS giver_days,
            count(DISTINCT a) FILTER (WHERE kind = 'thank') AS thankers, count(DISTINCT a) FILTER (WHERE kind = 'sponsor') AS sponsors
        FROM acts WHERE b <> a AND weight > 0 AND a <> ALL(%(programs)s) GROUP BY b)
    SELECT COALESCE(g.who, r.who), {columns} FROM given g FULL JOIN received r ON r.who = g.who
    WHERE %(people)s::bigint[] IS NULL OR COALESCE(g.who, r.who) = ANY(%(people)s)
"""
COLUMNS = ", ".join(f"COALESCE({f.name}, 0)" for f in fields(Earned))


def earned(
    community: Community,
    *,
    since: datetime,
    until: datetime,
    programs: Sequence[int] = (),
    people: Sequence[int] | None = None,
) -> dict[int, Earned]:
    """Return what each gave and was given, of all or of some people; who did neither is left out. One query.

    `programs` are the members who are none: what they give counts for nobody. Of all it is one pass over the book's span.
    """
    sql = EARNED.format(found=WHOLE if people is None else OF_SOME, columns=COLUMNS)
    with connection.cursor() as cursor:
        cursor.execute(
            sql,
            {
                "community": community.pk, "since": since, "until": until, "programs": list(programs),
                "people": None if people is None else list(people), "zone": timezone.get_default_timezone_name(),
            },
        )  # fmt: skip
        return {who: Earned(*numbers) for who, *numbers in cursor.fetchall()}


def touched_since(community: Community, act_id: int, limit: int) -> tuple[set[int], int]:
    """Return who gave or received in the lines after a line, and the last line read; at most `limit` lines. One query."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT act.id, COALESCE(pa.merged_into_id, pa.id), COALESCE(pb.merged_into_id, pb.id)
            FROM (SELECT id, actor_id, other_id FROM energy_act WHERE id > %s AND community_id = %s ORDER BY id LIMIT %s) act
            JOIN people_person pa ON pa.id = act.actor_id LEFT JOIN people_person pb ON pb.id = act.other_id""",
            [act_id, community.pk, limit],
        )
        rows = cursor.fetchall()
    people = {person for _, *both in rows for person in both if person}
    return people, max((row[0] for row in rows), default=act_id)


def by_groups(
    community: Community, groups: Mapping[int, int], *, since: datetime, until: datetime
) -> tuple[dict[int, GroupNumbers], dict[tuple[int, int], int]]:
    """Return what each group did, and how many pairs in touch each two groups share (g, h), g <= h; (g, g) within.

    `groups` names the group of each person; who has none counts nowhere. Two queries whatever the number of groups.
    """
    facts: dict[str, Any] = {
        "community": community.pk, "people": list(groups.keys()), "groups": list(groups.values()), "since": since,
        "until": until,
    }  # fmt: skip
    placed = (
        "WITH placed AS MATERIALIZED (SELECT unnest(%(people)s::bigint[]) AS who, unnest(%(groups)s::bigint[]) AS g)"
    )
    with connection.cursor() as cursor:
        cursor.execute(
            f"""{placed} SELECT g, count(DISTINCT who), count(*) FILTER (WHERE kind = 'answer') FROM (
                SELECT placed.g, placed.who, act.kind_id AS kind FROM energy_act act
                JOIN people_person pa ON pa.id = act.actor_id JOIN placed ON placed.who = COALESCE(pa.merged_into_id, pa.id)
                WHERE act.community_id = %(community)s AND {COUNTED}) did GROUP BY g""",
            facts,
        )
        numbers = {g: GroupNumbers(*rest) for g, *rest in cursor.fetchall()}
        cursor.execute(
            f"""{placed} SELECT least(x.g, y.g), greatest(x.g, y.g), count(DISTINCT (least(t.a_id, t.b_id), greatest(t.a_id, t.b_id)))
            FROM energy_tie t JOIN placed x ON x.who = t.a_id JOIN placed y ON y.who = t.b_id
            WHERE t.community_id = %(community)s AND t.last_at >= %(since)s GROUP BY 1, 2""",
            facts,
        )
        return numbers, {(low, high): pairs for low, high, pairs in cursor.fetchall()}
