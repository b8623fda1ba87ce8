"""Reads of the book and of the ties, and the SQL that turns acts into ties."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import connection
from django.utils import timezone

from kith.energy import rules
from kith.energy.data import ActRow, Comparison, TieValue
from kith.lib.books import Promise
from kith.people.api import Community

# Acts that stand: neither withdrawals nor withdrawn. People who were merged count as who they are.
STANDING = """
    SELECT COALESCE(pa.merged_into_id, pa.id) AS a, COALESCE(pb.merged_into_id, pb.id) AS b, act.weight, act.at
    FROM energy_act act
    JOIN people_person pa ON pa.id = act.actor_id
    JOIN people_person pb ON pb.id = act.other_id
    WHERE act.community_id = %(community)s AND act.weight > 0 AND act.reverses_id IS NULL
      AND NOT EXISTS (SELECT 1 FROM energy_act r WHERE r.reverses_id = act.id)
"""
# A community as a row to join. Of a number that is newer than its statistics the planner believes that it has no acts, and
# where it looks for acts one by one it then reads all of the community for each: minutes instead of a second.
HERE = "(SELECT %(community)s::bigint AS id OFFSET 0) here"
# The same, for the pairs (x, y) of the table energy_touched: all acts of each giver read once, then those of the pairs kept.
# From the pairs straight to their acts would read a busy giver's acts once for each pair.
TOUCHED = f"""
    SELECT acts.* FROM (
        SELECT t.x AS a, COALESCE(pb.merged_into_id, pb.id) AS b, act.weight, act.at
        FROM (SELECT DISTINCT x FROM energy_touched) t CROSS JOIN {HERE}
        JOIN people_person pa ON COALESCE(pa.merged_into_id, pa.id) = t.x
        JOIN energy_act act ON act.community_id = here.id AND act.actor_id = pa.id
        JOIN people_person pb ON pb.id = act.other_id
        WHERE act.weight > 0 AND act.reverses_id IS NULL
          AND NOT EXISTS (SELECT 1 FROM energy_act r WHERE r.reverses_id = act.id)
        OFFSET 0
    ) acts JOIN energy_touched t ON t.x = acts.a AND t.y = acts.b
"""
# Sums in the logarithm, from each tie's largest term, so that no power overflows and none that matters underflows.
# A window finds the largest term, not a join of the terms with themselves: the planner cannot know how many terms there
# are, and takes a nested loop, which is quadratic.
# Half-lives are those of the moment the statement begins, after the book was locked: who waited for `rebuild` uses the new ones.
TERMS = """
    terms AS (
        SELECT a, b, at, e, node_e, max(e) OVER tie AS peak, max(node_e) OVER tie AS node_peak
        FROM (SELECT a, b, at, strength + since/tie_s AS e, strength + since/node_s AS node_e
              FROM (SELECT a, b, at, ln(weight)/ln(2::float8) AS strength,
                        date_part('epoch', at - %(landmark)s) AS since FROM standing) s
              CROSS JOIN (SELECT tie_half_life_days * 86400 AS tie_s, node_half_life_days * 86400 AS node_s
                          FROM people_community WHERE id = %(community)s) h WHERE a <> b) t
        WINDOW tie AS (PARTITION BY a, b))
"""
FOLDED = """
    SELECT a, b, max(peak) + ln(sum(exp(-least(peak - e, 60) * ln(2::float8))))/ln(2::float8) AS score,
        max(node_peak) + ln(sum(exp(-least(node_peak - node_e, 60) * ln(2::float8))))/ln(2::float8) AS node_score,
        count(*)::int AS acts, min(at) AS first_at, max(at) AS last_at
    FROM terms GROUP BY a, b
"""
TOLERANCE = 1e-9


def parameters(community: Community) -> dict[str, Any]:
    """Return what the folding SQL needs to know of a community."""
    return {"community": community.pk, "landmark": rules.LANDMARK}


def _tie(row: tuple[Any, ...], at: datetime, half_life_days: float) -> TieValue:
    a, b, score, acts, first_at, last_at = row
    return TieValue(a, b, rules.live(score, at, half_life_days), acts, first_at, last_at)


def _ties(community: Community, where: str, values: Sequence[int], at: datetime, limit: int | None) -> list[TieValue]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT a_id, b_id, score, acts, first_at, last_at FROM energy_tie"
            f" WHERE community_id = %s AND {where} ORDER BY score DESC, a_id, b_id LIMIT %s",
            [community.pk, *values, limit],
        )
        return [_tie(row, at, community.tie_half_life_days) for row in cursor.fetchall()]


def ties(community: Community, *, at: datetime, limit: int | None = None) -> list[TieValue]:
    """Return directed ties, warmest first."""
    return _ties(community, "TRUE", [], at, limit)


def ties_from(community: Community, person_id: int, *, at: datetime, limit: int | None = None) -> list[TieValue]:
    """Return whom a person gives energy to, warmest first."""
    return _ties(community, "a_id = %s", [person_id], at, limit)


def ties_to(community: Community, person_id: int, *, at: datetime, limit: int | None = None) -> list[TieValue]:
    """Return who gives a person energy, warmest first."""
    return _ties(community, "b_id = %s", [person_id], at, limit)


def pair(community: Community, a_id: int, b_id: int, *, at: datetime) -> tuple[TieValue | None, TieValue | None]:
    """Return the ties a→b and b→a."""
    found = {
        t.a_id: t for t in _ties(community, "(a_id, b_id) IN ((%s, %s), (%s, %s))", [a_id, b_id, b_id, a_id], at, 2)
    }
    return found.get(a_id), found.get(b_id)


IS_STANDING = "act.reverses_id IS NULL AND NOT EXISTS (SELECT 1 FROM energy_act r WHERE r.reverses_id = act.id)"
STANDING_ROWS = f"""
    FROM energy_act act
    JOIN people_person pa ON pa.id = act.actor_id
    LEFT JOIN people_person pb ON pb.id = act.other_id
    WHERE act.community_id = %(community)s AND {IS_STANDING}
"""
WHO = "SELECT id FROM people_person WHERE id = %(person)s OR merged_into_id = %(person)s"
WHOM = WHO.replace("%(person)s", "%(other)s")
GIVEN = f"SELECT * FROM energy_act WHERE community_id = %(community)s AND actor_id = ANY(ARRAY({WHO}))"
# No index names who received, for it would cost an eighth of folding: an act that stands and weighs is found by the tie it
# made, and those without weight, which make none, by a small index of their own. What is one's own is among the given.
RECEIVED = f"""
    SELECT act.* FROM {HERE} JOIN energy_tie tie ON tie.community_id = here.id
        AND tie.b_id = (SELECT COALESCE(merged_into_id, id) FROM people_person WHERE id = %(person)s)
    JOIN people_person giver ON COALESCE(giver.merged_into_id, giver.id) = tie.a_id
    JOIN energy_act act ON act.community_id = here.id AND act.actor_id = giver.id AND act.other_id = ANY(ARRAY({WHO})) AND act.weight > 0
    UNION ALL SELECT * FROM energy_act WHERE community_id = %(community)s AND other_id = ANY(ARRAY({WHO})) AND weight = 0
        AND actor_id <> ALL(ARRAY({WHO}))
"""
BETWEEN = f"""
    SELECT * FROM energy_act WHERE community_id = %(community)s AND actor_id = ANY(ARRAY({WHO})) AND other_id = ANY(ARRAY({WHOM}))
    UNION SELECT * FROM energy_act WHERE community_id = %(community)s AND actor_id = ANY(ARRAY({WHOM})) AND other_id = ANY(ARRAY({WHO}))
"""


def _standing(person_id: int | None, other_id: int | None) -> str:
    """Return the standing acts of everybody, of a person, or between two."""
    found = "SELECT * FROM energy_act WHERE community_id = %(community)s"
    if person_id is not None:
        found = f"{GIVEN} UNION ALL {RECEIVED}" if other_id is None else BETWEEN
    return f"SELECT * FROM ({found}) act WHERE {IS_STANDING}"


def acts_of(
    community: Community,
    person_id: int,
    *,
    other_id: int | None = None,
    limit: int = 100,
    before_id: int | None = None,
) -> list[ActRow]:
    """Return standing acts a person gave or received, or those between two people, newest first; `before_id` is the last one seen."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT act.id, COALESCE(pa.merged_into_id, pa.id), COALESCE(pb.merged_into_id, pb.id), act.kind_id,
            act.weight, act.at, act.source FROM ({_standing(person_id, other_id)} AND (%(before)s::bigint IS NULL
                OR (at, id) < (SELECT last.at, last.id FROM energy_act last
                    WHERE last.community_id = %(community)s AND last.id = %(before)s))
                ORDER BY at DESC, id DESC LIMIT %(limit)s) act
            JOIN people_person pa ON pa.id = act.actor_id LEFT JOIN people_person pb ON pb.id = act.other_id
            ORDER BY act.at DESC, act.id DESC""",
            {
                "community": community.pk,
                "person": person_id,
                "other": other_id,
                "before": before_id,
                "limit": limit,
            },
        )
        return [ActRow(*row) for row in cursor.fetchall()]


def tied_people(community: Community) -> set[int]:
    """Return everybody who has a tie, either way."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT a_id FROM energy_tie WHERE community_id = %(c)s UNION SELECT b_id FROM energy_tie WHERE community_id = %(c)s",
            {"c": community.pk},
        )
        return {person for (person,) in cursor.fetchall()}


def partners(community: Community, person_id: int) -> set[int]:
    """Return with whom somebody has a tie, either way. One query."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT b_id FROM energy_tie WHERE community_id = %(c)s AND a_id = %(p)s
            UNION SELECT a_id FROM energy_tie WHERE community_id = %(c)s AND b_id = %(p)s""",
            {"c": community.pk, "p": person_id},
        )
        return {person for (person,) in cursor.fetchall()}


def by_period(
    community: Community,
    *,
    since: datetime,
    until: datetime,
    unit: str = "week",
    person_id: int | None = None,
    other_id: int | None = None,
) -> list[tuple[datetime, int, float]]:
    """Return (start of period, acts toward somebody, energy) for each day or week with acts, oldest first.

    `unit` is "day" or "week"; periods start at midnight, weeks on Monday, in the server's time zone.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT date_trunc(%(unit)s, act.at, %(zone)s) AS period, count(*), sum(act.weight)
            FROM ({_standing(person_id, other_id)} AND other_id IS NOT NULL AND at >= %(since)s AND at < %(until)s) act GROUP BY 1 ORDER BY 1""",
            {
                "community": community.pk, "person": person_id, "other": other_id, "since": since, "until": until,
                "unit": unit, "zone": timezone.get_default_timezone_name(),
            },
        )  # fmt: skip
        return [(period, int(count), float(total)) for period, count, total in cursor.fetchall()]


def totals(community: Community) -> dict[str, Any]:
    """Return {"acts", "ties", "people", "first_at", "last_at", "last_id"} of the standing book; one pass."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT count(*), min(act.at), max(act.at), max(act.id) {STANDING_ROWS}",
            {"community": community.pk},
        )
        acts, first_at, last_at, last_id = cursor.fetchone()
        cursor.execute(
            """SELECT count(*), (SELECT count(*) FROM (SELECT a_id FROM energy_tie WHERE community_id = %(c)s
            UNION SELECT b_id FROM energy_tie WHERE community_id = %(c)s) p) FROM energy_tie WHERE community_id = %(c)s""",
            {"c": community.pk},
        )
        count, people = cursor.fetchone()
    return {
        "acts": acts,
        "ties": count,
        "people": people,
        "first_at": first_at,
        "last_at": last_at,
        "last_id": last_id or 0,
    }


def first_seen(community: Community, *, source: str) -> dict[int, datetime]:
    """Return when each person in the acts of a source acted or was turned to first, by person."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT who, min(at) FROM (
                SELECT COALESCE(pa.merged_into_id, pa.id) AS who, act.at {STANDING_ROWS} AND act.source = %(source)s
                UNION ALL SELECT COALESCE(pb.merged_into_id, pb.id), act.at {STANDING_ROWS} AND act.source = %(source)s
                    AND act.other_id IS NOT NULL) seen GROUP BY who""",
            {"community": community.pk, "source": source},
        )
        return dict(cursor.fetchall())


def last_id(community: Community) -> int:
    """Return the id of the newest line, 0 for an empty book: changes when anything was appended. Cheap."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT COALESCE(max(id), 0) FROM energy_act WHERE community_id = %s", [community.pk])
        return int(cursor.fetchone()[0])


def compare(community: Community) -> Comparison:
    """Rebuild every tie from the book beside the projection and compare row for row; scores within 1e-9."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""WITH standing AS ({STANDING}), {TERMS}, book AS ({FOLDED}),
            pairs AS (SELECT t.a_id, b.a, greatest(abs(t.score - b.score), abs(t.node_score - b.node_score)) AS gap,
                (t.acts, t.first_at, t.last_at) IS DISTINCT FROM (b.acts, b.first_at, b.last_at) AS differs
                FROM (SELECT * FROM energy_tie WHERE community_id = %(community)s) t
                FULL JOIN book b ON b.a = t.a_id AND b.b = t.b_id)
            SELECT count(*), count(*) FILTER (WHERE a_id IS NULL), count(*) FILTER (WHERE a IS NULL),
                count(*) FILTER (WHERE differs OR gap > {TOLERANCE}) - count(*) FILTER (WHERE a_id IS NULL OR a IS NULL),
                COALESCE(max(gap), 0) FROM pairs""",
            parameters(community),
        )
        return Comparison(*cursor.fetchone())


def audit() -> list[Promise]:
    """Check what the book promises, over every community; one Promise each."""
    checks = {
        "append-only triggers stand guard": (
            "SELECT 4, 4 - count(*) FROM pg_trigger WHERE tgrelid = 'energy_act'::regclass AND tgenabled <> 'D'"
            " AND tgname IN ('energy_act_no_update', 'energy_act_no_delete', 'energy_act_no_truncate', 'energy_act_points_at_what_is')"
        ),
        "a withdrawal repeats the act it withdraws": (
            "SELECT count(*), count(*) FILTER (WHERE (r.community_id, r.actor_id, r.other_id, r.kind_id, r.weight)"
            " IS DISTINCT FROM (a.community_id, a.actor_id, a.other_id, a.kind_id, a.weight))"
            " FROM energy_act r JOIN energy_act a ON a.id = r.reverses_id"
        ),
        "a withdrawal is not itself withdrawn": (
            "SELECT count(*), count(*) FILTER (WHERE a.reverses_id IS NOT NULL)"
            " FROM energy_act r JOIN energy_act a ON a.id = r.reverses_id"
        ),
        "no act lies in the future": "SELECT count(*), count(*) FILTER (WHERE at > now() + interval '1 day') FROM energy_act",
    }
    with connection.cursor() as cursor:
        found = []
        for name, sql in checks.items():
            cursor.execute(sql)
            found.append(Promise(name, *cursor.fetchone()))
    return found
