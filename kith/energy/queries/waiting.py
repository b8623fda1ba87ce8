"""Who waits for an answer; who acted, and who met, within a span of time."""

from collections.abc import Sequence
from datetime import datetime

from django.db import connection

from kith.energy import rules
from kith.energy.data import Word
from kith.energy.queries.book import HERE, IS_STANDING, STANDING_ROWS
from kith.people.api import Community

SPAN_A = "SELECT id FROM people_person WHERE COALESCE(merged_into_id, id) = span.a"
PAIRED = """
    people_person one JOIN people_person two
        ON COALESCE(one.merged_into_id, one.id) = span.a AND COALESCE(two.merged_into_id, two.id) = span.b
"""


def waiting(community: Community, *, since: datetime, until: datetime) -> list[Word]:
    """Return who spoke between two moments while nobody has turned to them again: their first word since, oldest first.

    `first_at` is their first act ever. One pass over the acts since; later acts of others count, later words do not.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            f"""WITH recent AS MATERIALIZED (
                SELECT COALESCE(pa.merged_into_id, pa.id) AS a, COALESCE(pb.merged_into_id, pb.id) AS b, act.at, act.id,
                    act.source, act.kind_id AS kind {STANDING_ROWS} AND act.at >= %(since)s),
            heard AS (SELECT b AS who, max(at) AS at FROM recent WHERE a <> b GROUP BY b),
            word AS (SELECT DISTINCT ON (a) a, recent.at, source FROM recent LEFT JOIN heard ON who = a
                WHERE kind = ANY(%(words)s) AND recent.at <= %(until)s AND (heard.at IS NULL OR recent.at > heard.at)
                ORDER BY a, recent.at, id)
            SELECT w.a, w.at, w.source, first.at FROM word w CROSS JOIN {HERE} CROSS JOIN LATERAL (
                SELECT min(act.at) AS at FROM people_person p JOIN energy_act act ON act.community_id = here.id AND act.actor_id = p.id
                WHERE COALESCE(p.merged_into_id, p.id) = w.a) first
            ORDER BY w.at, w.a""",
            {"community": community.pk, "since": since, "until": until, "words": list(rules.WORDS)},
        )
        return [Word(*row) for row in cursor.fetchall()]


def first_words(community: Community, person_ids: Sequence[int]) -> dict[int, str]:
    """Return the source of the first word of some people, who said one. One query that looks at their acts alone."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT span.a, word.source FROM {HERE} CROSS JOIN unnest(%(people)s::bigint[]) AS span(a) CROSS JOIN LATERAL (
                SELECT source FROM energy_act act WHERE community_id = here.id AND actor_id IN ({SPAN_A})
                AND kind_id = ANY(%(words)s) AND {IS_STANDING} ORDER BY at, id LIMIT 1) word""",
            {"community": community.pk, "people": list(person_ids), "words": list(rules.WORDS)},
        )
        return dict(cursor.fetchall())


def seen_among(community: Community, person_ids: Sequence[int]) -> set[int]:
    """Return which of some people ever acted or were turned to. One query."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT span.a FROM {HERE} CROSS JOIN unnest(%(people)s::bigint[]) AS span(a)
            WHERE EXISTS (SELECT 1 FROM energy_tie WHERE community_id = here.id AND b_id = span.a)
            OR EXISTS (SELECT 1 FROM energy_act act WHERE community_id = here.id AND actor_id IN ({SPAN_A}) AND {IS_STANDING})
            OR EXISTS (SELECT 1 FROM energy_act act WHERE community_id = here.id AND other_id IN ({SPAN_A}) AND weight = 0
                AND {IS_STANDING})""",
            {"community": community.pk, "people": list(person_ids)},
        )
        return {person for (person,) in cursor.fetchall()}


def acted_within(community: Community, spans: Sequence[tuple[int, datetime, datetime]]) -> list[bool]:
    """Return of each (person, after, until) whether they acted in it, in the same order. One query."""
    return _within(
        community, [(person, None, after, until) for person, after, until in spans], f"act.actor_id IN ({SPAN_A})"
    )


def met_within(community: Community, spans: Sequence[tuple[int, int, datetime, datetime]]) -> list[bool]:
    """Return of each (person, other, after, until) whether one acted toward the other in it, in the same order. One query."""
    between = f"(SELECT one.id, two.id FROM {PAIRED} UNION ALL SELECT two.id, one.id FROM {PAIRED})"
    return _within(community, spans, f"(act.actor_id, act.other_id) IN {between}")


def _within(community: Community, spans: Sequence[tuple[int, int | None, datetime, datetime]], who: str) -> list[bool]:
    if not spans:
        return []
    a, b, after, until = (list(column) for column in zip(*spans, strict=True))
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT EXISTS (SELECT 1 FROM energy_act act WHERE act.community_id = here.id AND {who}
                AND act.at > span.after AND act.at <= span.until AND {IS_STANDING})
            FROM {HERE} CROSS JOIN unnest(%(a)s::bigint[], %(b)s::bigint[], %(after)s::timestamptz[], %(until)s::timestamptz[])
                WITH ORDINALITY AS span(a, b, after, until, n) ORDER BY n""",
            {"community": community.pk, "a": a, "b": b, "after": after, "until": until},
        )
        return [found for (found,) in cursor.fetchall()]
