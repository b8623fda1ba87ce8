"""The whole book, or all ties, as columns: for work on a whole community.

Rows come as COPY BINARY has them and are read in place. Moments travel as PostgreSQL keeps them: to extract(epoch ...) of each
took two thirds of reading a book. Who was merged is looked up here, not joined to each act twice.
"""

from datetime import datetime
from typing import Any

import numpy as np
import psycopg
from django.db import connection
from numpy.typing import NDArray
from psycopg.pq import DiagnosticField
from psycopg.pq.abc import PGconn

from kith.energy import rules
from kith.energy.data import ActColumns, TieColumns
from kith.energy.queries.book import IS_STANDING
from kith.people.api import Community

Rows = np.ndarray[Any, np.dtype[np.void]]
TO_2000_US = 946_684_800_000_000  # what PostgreSQL counts from, in microseconds of the epoch


def _copied(*fields: tuple[str, str]) -> np.dtype[np.void]:
    """Return the type of a row of COPY BINARY: a count of fields, then each with its length; none is null, so every row is as long."""
    parts = [(f"{word}{name}", f">{kind}") for name, kind in fields for word, kind in (("_", "i4"), ("", kind))]
    return np.dtype([("fields", ">i2"), *parts])


COPY_HEAD, COPY_TAIL = 19, 2
ACT_ROWS = _copied(("actor", "i8"), ("other", "i8"), ("weight", "f8"), ("at", "i8"), ("kind", "i4"))
TIE_ROWS = _copied(
    ("a", "i8"), ("b", "i8"), ("score", "f8"), ("node_score", "f8"), ("acts", "i4"), ("first_at", "i8"), ("last_at", "i8")
)  # fmt: skip


def copied_rows(select: str, parameters: dict[str, Any], rows: np.dtype[np.void]) -> Rows:
    raw = bytearray()
    copied = connection.ops.compose_sql(  # type: ignore[attr-defined]  # of the PostgreSQL backend, unknown to the stubs
        f"COPY ({select}) TO STDOUT (FORMAT binary)", parameters
    )
    with connection.cursor() as cursor, cursor.copy(copied) as copy:
        pgconn = cursor.connection.pgconn
        # psycopg's own loop makes ready to wait for each row, which takes six times as long as having it.
        while len(piece := pgconn.get_copy_data(0)[1]) in {rows.itemsize, COPY_HEAD + rows.itemsize}:
            raw += piece
        if not piece:
            raise _broken(pgconn)
        raw += piece
        copy.read()
    return np.frombuffer(raw, rows, offset=COPY_HEAD, count=(len(raw) - COPY_HEAD - COPY_TAIL) // rows.itemsize)


def _broken(pgconn: PGconn) -> psycopg.Error:
    """Return why the server ended a copy early, and leave the connection as after any failed statement."""
    failed, *_ = iter(pgconn.get_result, None)
    sqlstate = failed.error_field(DiagnosticField.SQLSTATE) or b""
    return psycopg.errors.lookup(sqlstate.decode())(failed.get_error_message())


def columns(community: Community, *, since: datetime | None = None) -> ActColumns:
    """Return every standing act as columns, oldest first: for work on the whole book.

    Streams 58 bytes an act from the database; a million acts take about a second and 40 MB.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT code FROM energy_kind ORDER BY code")
        kinds = tuple(code for (code,) in cursor.fetchall())
    rows = copied_rows(
        f"""SELECT act.actor_id, COALESCE(act.other_id, -1), act.weight, act.at, k.n FROM energy_act act
        JOIN unnest(%(kinds)s::varchar[]) WITH ORDINALITY AS listed(code, nth) ON listed.code = act.kind_id
        CROSS JOIN LATERAL (SELECT (listed.nth - 1)::int AS n) k
        WHERE act.community_id = %(community)s AND {IS_STANDING}
        AND act.at >= COALESCE(%(since)s, '-infinity'::timestamptz)""",
        {"community": community.pk, "kinds": list(kinds), "since": since},
        ACT_ROWS,
    )
    actor, other = _living(rows["actor"].astype(np.int64)), _living(rows["other"].astype(np.int64))
    order = _in_time(rows["at"].astype(np.int64), actor, other)
    return ActColumns(
        actor=actor[order], other=other[order], weight=rows["weight"].astype(np.float64)[order],
        at=_seconds(rows["at"])[order], kind=rows["kind"].astype(np.int16)[order], kinds=kinds,
    )  # fmt: skip


def _seconds(at: NDArray[Any]) -> NDArray[np.float64]:
    """Return the seconds of the epoch for what PostgreSQL keeps of moments, microseconds since 2000."""
    return (at.astype(np.int64) + TO_2000_US) / 1e6


def _living(ids: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return who they are by now: who was merged counts as whom they were merged into."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, merged_into_id FROM people_person WHERE merged_into_id IS NOT NULL ORDER BY id")
        merged = np.array(cursor.fetchall(), np.int64).reshape(-1, 2)
    if not len(merged) or not len(ids):
        return ids
    place = np.minimum(np.searchsorted(merged[:, 0], ids), len(merged) - 1)
    return np.where(merged[place, 0] == ids, merged[place, 1], ids)


def _in_time(at: NDArray[np.int64], actor: NDArray[np.int64], other: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the order by time, then actor, then other; only what happened at one moment is looked at twice."""
    order = np.argsort(at, kind="stable")
    same = np.flatnonzero(np.diff(at[order]) == 0)
    places = np.union1d(same, same + 1)
    part = order[places]
    order[places] = part[np.lexsort((other[part], actor[part], at[part]))]
    return order


def tie_columns(community: Community, *, at: datetime) -> TieColumns:
    """Return every tie as columns by (a, b), live at a moment: what graph work starts from. A tenth of a second for 100,000."""
    rows = copied_rows(
        """SELECT a_id, b_id, score, node_score, acts, first_at, last_at
        FROM energy_tie WHERE community_id = %(community)s""",
        {"community": community.pk},
        TIE_ROWS,
    )
    rows = rows[np.lexsort((rows["b"], rows["a"]))]
    return TieColumns(
        a=rows["a"].astype(np.int64), b=rows["b"].astype(np.int64),
        live=rules.live_many(rows["score"].astype(np.float64), at, community.tie_half_life_days),
        node_live=rules.live_many(rows["node_score"].astype(np.float64), at, community.node_half_life_days),
        acts=rows["acts"].astype(np.int64),
        first_at=_seconds(rows["first_at"]), last_at=_seconds(rows["last_at"]),
    )  # fmt: skip
