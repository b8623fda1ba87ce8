"""Writes of the energy book: append, withdraw, fold into ties, rebuild."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.db.backends.utils import CursorWrapper

from kith.energy import rules
from kith.energy.data import Appended, BadWeight, NewAct, UnknownKind
from kith.energy.queries import FOLDED, HERE, STANDING, TERMS, TOUCHED, WHO, parameters
from kith.lib.books import NotInvented
from kith.people.api import Community

MEET = """
    INSERT INTO energy_tie (community_id, a_id, b_id, score, node_score, acts, first_at, last_at)
    SELECT %(community)s, a, b, score, node_score, acts, first_at, last_at FROM folded ORDER BY a, b
    ON CONFLICT (community_id, a_id, b_id) DO UPDATE SET
        score = energy_added(energy_tie.score, EXCLUDED.score),
        node_score = energy_added(energy_tie.node_score, EXCLUDED.node_score),
        acts = energy_tie.acts + EXCLUDED.acts,
        first_at = least(energy_tie.first_at, EXCLUDED.first_at),
        last_at = greatest(energy_tie.last_at, EXCLUDED.last_at)
"""
# The fresh lines are folded where they were inserted: commutative, so acts may arrive in any order. Only who was merged is
# looked up among people; that the others are there the trigger has made sure of.
APPEND = f"""
    WITH ready AS ({{ready}}), fresh AS (
        INSERT INTO energy_act (community_id, actor_id, other_id, kind_id, weight, at, source, key, take)
        SELECT %(community)s, actor, other, kind, COALESCE(s.weight, k.weight), at, source, key, take
        FROM ready s JOIN energy_kind k ON k.code = s.kind
        {{conflict}} RETURNING actor_id, other_id, weight, at
    ), standing AS (
        SELECT COALESCE(pa.merged_into_id, f.actor_id) AS a, COALESCE(pb.merged_into_id, f.other_id) AS b, f.weight, f.at
        FROM fresh f LEFT JOIN people_person pa ON pa.id = f.actor_id AND pa.merged_into_id IS NOT NULL
        LEFT JOIN people_person pb ON pb.id = f.other_id AND pb.merged_into_id IS NOT NULL
        WHERE f.weight > 0 AND f.other_id IS NOT NULL
    ), {TERMS}, folded AS ({FOLDED}), met AS ({MEET})
    SELECT count(*) FROM fresh
"""
COLUMNS = "actor, other, kind, weight, at, source, key"
TYPES = ("int8", "int8", "text", "float8", "timestamptz", "text", "text")
LEFT_ALONE = "ON CONFLICT (community_id, key, take) DO NOTHING"
ASKED = f"""
    SELECT u.*, COALESCE((SELECT max(take) + 1 FROM energy_act l WHERE l.community_id = here.id AND l.key = u.key
        AND EXISTS (SELECT 1 FROM energy_act r WHERE r.reverses_id = l.id)), 0) AS take
    FROM {HERE}, unnest(%(actors)s::bigint[], %(others)s::bigint[], %(kinds)s::text[], %(weights)s::float8[],
        %(ats)s::timestamptz[], %(sources)s::text[], %(keys)s::text[]) AS u({COLUMNS})
"""
STAGED = """
    SELECT actor, other, kind, weight, at, source, CASE WHEN nth > 1 THEN key || '~' || nth ELSE key END AS key, 0 AS take
    FROM (SELECT *, row_number() OVER (PARTITION BY key ORDER BY line) AS nth FROM energy_staged) s
"""
# A key that stands is left alone; one that was withdrawn gets its next take.
AGAIN = f"""
    SELECT n.actor, n.other, n.kind, n.weight, n.at, n.source, n.key, l.take + 1 AS take
    FROM ({STAGED}) n CROSS JOIN {HERE} CROSS JOIN LATERAL (
        SELECT id, take FROM energy_act WHERE community_id = here.id AND key = n.key ORDER BY take DESC LIMIT 1) l
    WHERE EXISTS (SELECT 1 FROM energy_act r WHERE r.reverses_id = l.id)
"""
KNOWS = f"""
    SELECT EXISTS (SELECT 1 FROM (SELECT key FROM energy_staged LIMIT 100) s CROSS JOIN {HERE} CROSS JOIN LATERAL (
        SELECT 1 FROM energy_act WHERE community_id = here.id AND key = s.key LIMIT 1) l)
"""
MANY = 20_000


@transaction.atomic
def record(*, community: Community, acts: Sequence[NewAct]) -> int:
    """Append acts and fold them into ties; returns how many were new.

    A few acts at a time, inside the transaction of what caused them; for thousands use `staging`.

    Raises:
        UnknownKind: a kind the table does not hold.
        BadWeight: a weight that is negative, not finite or beyond the limit.

    """
    if not acts:
        return 0
    if not all(rules.may_weigh(a.weight) for a in acts):
        raise BadWeight(limit=f"{rules.WEIGHT_LIMIT:,.0f}")
    with connection.cursor() as cursor:
        _open_book(cursor, community)
        _check_kinds(cursor, "SELECT unnest(%s::text[])", [[a.kind for a in acts]])
        cursor.execute(
            APPEND.format(ready=ASKED, conflict=LEFT_ALONE),
            parameters(community) | {
                "actors": [a.actor_id for a in acts], "others": [a.other_id for a in acts], "kinds": [a.kind for a in acts],
                "weights": [a.weight for a in acts], "ats": [a.at for a in acts], "sources": [a.source for a in acts],
                "keys": [a.key for a in acts],
            },
        )  # fmt: skip
        return int(cursor.fetchone()[0])


def _open_book(cursor: CursorWrapper, community: Community, *, alone: bool = False) -> None:
    """Write in a book beside others, or alone: for what folds the ties of people or of everybody, whose acts may be on the way.

    A transaction holds it to its end, so it takes row locks of other parts before.
    """
    cursor.execute(
        f"SELECT pg_advisory_xact_lock{'' if alone else '_shared'}(hashtextextended('energy:' || %s, 0))",
        [community.pk],
    )


def _check_kinds(cursor: CursorWrapper, kinds: str, values: Sequence[Any] = ()) -> None:
    cursor.execute(
        f"SELECT min(kind) FROM ({kinds}) asked(kind) WHERE NOT EXISTS (SELECT 1 FROM energy_kind k WHERE k.code = asked.kind)",
        values,
    )
    if (missing := cursor.fetchone()[0]) is not None:
        raise UnknownKind(kind=missing)


@contextmanager
def staging() -> Iterator[None]:
    """Open the staging table for acts in bulk, within the caller's transaction; `stage` fills, `append_staged` empties it."""
    with connection.cursor() as cursor:
        cursor.execute(
            """CREATE TEMPORARY TABLE energy_staged (line bigint GENERATED ALWAYS AS IDENTITY, actor bigint NOT NULL,
            other bigint, kind text NOT NULL, weight float8, at timestamptz NOT NULL, source text NOT NULL, key text NOT NULL)
            ON COMMIT DROP"""
        )
    yield
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE energy_staged")


def stage(acts: Iterable[NewAct]) -> int:
    """Copy acts into the staging table; flat in memory; returns how many."""
    count = 0
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY energy_staged ({COLUMNS}) FROM STDIN (FORMAT BINARY)") as copy,
    ):
        copy.set_types(TYPES)
        for a in acts:
            copy.write_row((a.actor_id, a.other_id, a.kind, a.weight, a.at, a.source, a.key))
            count += 1
    return count


def stage_from(select: str, values: Mapping[str, Any]) -> int:
    """Stage what a SELECT of (actor, other, kind, weight, at, source, key) returns; for parts whose rows are acts."""
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO energy_staged ({COLUMNS}) {select}", values)
        return int(cursor.rowcount)


def append_staged(*, community: Community) -> Appended:
    """Append what was staged: repeated keys in the staging are acts of their own (key~2, key~3 …), keys the book has are
    left alone, withdrawn ones come back. Set-based: about ten statements whatever the number.

    Raises:
        UnknownKind, BadWeight: a kind the table does not hold, a weight out of bounds; nothing is appended.

    """
    with connection.cursor() as cursor:
        staged = _check_staged(cursor)
        # One bulk after the other: each sees all the keys of the one before, whatever their order.
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('energy bulk:' || %s, 0))", [community.pk])
        _open_book(cursor, community)
        fresh = _append_unknown(cursor, community)
        if fresh is None:
            fresh = _append(cursor, community, STAGED)
        revived = _append(cursor, community, AGAIN) if fresh < staged else 0
        new = fresh + revived
        cursor.execute("TRUNCATE energy_staged")
        if new >= MANY:  # the planner knows nothing of them until autovacuum comes, which may be after the next reader
            cursor.execute("ANALYZE energy_act, energy_tie")
    return Appended(new=new, known=staged - new, revived=revived)


def _append(cursor: CursorWrapper, community: Community, ready: str, conflict: str = LEFT_ALONE) -> int:
    cursor.execute(APPEND.format(ready=ready, conflict=conflict), parameters(community))
    return int(cursor.fetchone()[0])


def _append_unknown(cursor: CursorWrapper, community: Community) -> int | None:
    """Append as though the book knew none of the keys, which is faster by a tenth; None if it knows one."""
    cursor.execute(KNOWS, parameters(community))
    if cursor.fetchone()[0]:
        return None
    try:
        with transaction.atomic():
            return _append(cursor, community, STAGED, conflict="")
    except IntegrityError:
        return None


def _check_staged(cursor: CursorWrapper) -> int:
    cursor.execute(
        """SELECT count(*), count(*) FILTER (WHERE NOT s.weight BETWEEN 0 AND %s), min(s.kind) FILTER (WHERE k.code IS NULL)
        FROM energy_staged s LEFT JOIN energy_kind k ON k.code = s.kind""",
        [rules.WEIGHT_LIMIT],
    )
    many, misweighed, unknown = cursor.fetchone()
    if unknown is not None:
        raise UnknownKind(kind=unknown)
    if misweighed:
        raise BadWeight(limit=f"{rules.WEIGHT_LIMIT:,.0f}")
    return int(many)


@transaction.atomic
def withdraw(*, community: Community, at: datetime, source: str = "", keys: Sequence[str] = ()) -> int:
    """Withdraw standing acts of a source, or those with the keys given, by new rows; their ties are folded anew.

    Returns how many acts were withdrawn; those already withdrawn are left alone. It holds the book alone: an act that
    came between the fall of a tie and its refolding would count twice. So withdraw before you record, not after.
    """
    with connection.cursor() as cursor:
        _open_book(cursor, community, alone=True)
        cursor.execute(
            f"""CREATE TEMPORARY TABLE energy_undone ON COMMIT DROP AS
            SELECT act.* FROM {HERE} JOIN energy_act act ON community_id = here.id WHERE reverses_id IS NULL
                AND CASE WHEN %(source)s = '' THEN key = ANY(%(keys)s) ELSE source = %(source)s END
                AND NOT EXISTS (SELECT 1 FROM energy_act r WHERE r.reverses_id = act.id)""",
            {"community": community.pk, "source": source, "keys": list(keys)},
        )
        cursor.execute(
            """INSERT INTO energy_act (community_id, actor_id, other_id, kind_id, weight, at, source, key, take, reverses_id)
            SELECT community_id, actor_id, other_id, kind_id, weight, %s, source, 'undo:' || id, 0, id FROM energy_undone
            ON CONFLICT DO NOTHING""",
            [at],
        )
        many = cursor.rowcount
        _refold(community, "SELECT DISTINCT actor_id, other_id FROM energy_undone WHERE other_id IS NOT NULL")
        cursor.execute("DROP TABLE energy_undone")
    return int(many)


def _refold(community: Community, pairs: str) -> None:
    """Fold the pairs that a SELECT of (actor, other) names once more from the book.

    The rows are locked before the book is read: who appends to a pair meanwhile waits, and meets the new row.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            f"""CREATE TEMPORARY TABLE energy_touched ON COMMIT DROP AS SELECT DISTINCT COALESCE(pa.merged_into_id, pa.id) AS x,
            COALESCE(pb.merged_into_id, pb.id) AS y FROM ({pairs}) p(actor, other)
            JOIN people_person pa ON pa.id = p.actor JOIN people_person pb ON pb.id = p.other"""
        )
        cursor.execute("CREATE UNIQUE INDEX ON energy_touched (x, y)")
        cursor.execute("ANALYZE energy_touched")
        here = {"community": community.pk}
        cursor.execute(
            f"""SELECT count(*) FROM (SELECT 1 FROM {HERE} CROSS JOIN energy_touched
            JOIN energy_tie t ON t.community_id = here.id AND t.a_id = x AND t.b_id = y
            ORDER BY a_id, b_id FOR UPDATE OF t) locked""",
            here,
        )
        cursor.execute(
            f"DELETE FROM energy_tie t USING {HERE} CROSS JOIN energy_touched"
            " WHERE t.community_id = here.id AND t.a_id = x AND t.b_id = y",
            here,
        )
        cursor.execute(f"WITH standing AS ({TOUCHED}), {TERMS}, folded AS ({FOLDED}) {MEET}", parameters(community))
        cursor.execute("DROP TABLE energy_touched")


@transaction.atomic
def rebuild(*, community: Community) -> int:
    """Fold every tie anew from the book; returns how many there are. Needed after a change of half-lives only."""
    with connection.cursor() as cursor:
        _open_book(cursor, community, alone=True)
        cursor.execute("DELETE FROM energy_tie WHERE community_id = %s", [community.pk])
        cursor.execute(f"WITH standing AS ({STANDING}), {TERMS}, folded AS ({FOLDED}) {MEET}", parameters(community))
        return int(cursor.rowcount)


@transaction.atomic
def merge(*, community: Community, person_id: int) -> None:
    """Fold the ties of a person anew after others were merged into them (people.merge_person)."""
    with connection.cursor() as cursor:
        _open_book(cursor, community, alone=True)
        cursor.execute(
            f"""CREATE TEMPORARY TABLE energy_fallen ON COMMIT DROP AS SELECT a_id, b_id FROM energy_tie
            WHERE community_id = %(community)s AND (a_id = ANY(ARRAY({WHO})) OR b_id = ANY(ARRAY({WHO})))""",
            {"community": community.pk, "person": person_id},
        )
        cursor.execute(
            f"DELETE FROM energy_tie t USING {HERE} CROSS JOIN energy_fallen f"
            " WHERE t.community_id = here.id AND t.a_id = f.a_id AND t.b_id = f.b_id",
            {"community": community.pk},
        )
        _refold(community, "SELECT a_id, b_id FROM energy_fallen")
        cursor.execute("DROP TABLE energy_fallen")


@transaction.atomic
def drop_book(*, community: Community) -> int:
    """Forget the whole book of an invented community; returns how many acts went.

    Raises:
        NotInvented: the community is real.

    """
    if not community.is_demo:
        raise NotInvented
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('kith.unlocked', 'on', true)")
        cursor.execute("DELETE FROM energy_tie WHERE community_id = %s", [community.pk])
        cursor.execute("DELETE FROM energy_act WHERE community_id = %s", [community.pk])
        many = int(cursor.rowcount)
        cursor.execute("SELECT set_config('kith.unlocked', 'off', true)")
        return many
