"""Reading on in the whole book, for those who tell others what happened."""

from collections.abc import Sequence
from datetime import datetime

from django.db import connection

from kith.energy.data import ActRow


def acts_after(
    community_ids: Sequence[int], *, act_id: int, since: datetime, limit: int
) -> list[tuple[int, ActRow, int | None]]:
    """Return lines with a higher id by rising id: the community, the line, and the line it withdraws.

    Only what happened `since`: an import writes old lines under new ids. A transaction that runs may still bring a lower id.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT community_id, id, actor_id, other_id, kind_id, weight, at, source, reverses_id FROM energy_act
            WHERE id > %s AND community_id = ANY(%s) AND at >= %s ORDER BY id LIMIT %s""",
            [act_id, list(community_ids), since, limit],
        )
        return [(community, ActRow(*row), reverses) for community, *row, reverses in cursor.fetchall()]


def last_act_id() -> int:
    """Return the highest id of the whole book, 0 when it is empty."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT COALESCE(max(id), 0) FROM energy_act")
        return int(cursor.fetchone()[0])
