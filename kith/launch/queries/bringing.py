"""What people paid, summed over who brought them: a figure for who runs the community, on which nothing is owed."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import connection

from kith.launch.data import PaidBy
from kith.ledger import api as ledger
from kith.people.api import Community

Guest = tuple[int, int, datetime]
# A charge counts on the day it was done; a refund takes from its charge whenever it is given. Surplus goes back by itself.
PAID = """
    SELECT span.host, wire.currency, sum(wire.amount_minor - back.minor), count(DISTINCT span.guest)
    FROM unnest(%(hosts)s::bigint[], %(guests)s::bigint[], %(after)s::timestamptz[]) AS span(host, guest, after)
        JOIN launch_order bought ON bought.community_id = %(community)s AND bought.buyer_id = span.guest
        JOIN launch_wire wire ON wire.order_id = bought.id AND wire.dir = 'charge' AND wire.status = 'done' AND NOT wire.is_surplus
            AND wire.ended_at >= span.after AND wire.ended_at < %(until)s
        CROSS JOIN LATERAL (
            SELECT COALESCE(sum(amount_minor), 0) AS minor FROM launch_wire
            WHERE of_wire_id = wire.id AND dir = 'refund' AND status NOT IN ('failed', 'closed')) back
    GROUP BY GROUPING SETS ((span.host, wire.currency), (wire.currency))
    ORDER BY 3 DESC, 1, 2
"""


def paid_by_guests(community: Community, guests: Sequence[Guest], *, since: datetime, until: datetime) -> list[PaidBy]:
    """Return what guests, each a (host, guest, came at), paid from a moment to before another and since they came.

    Net of refunds, by host and currency, most first; without a host the sum over all. Two queries.
    """
    if not guests:
        return []
    values: dict[str, Any] = {
        "community": community.pk, "until": until, "hosts": [host for host, _, _ in guests],
        "guests": [guest for _, guest, _ in guests], "after": [max(since, came) for _, _, came in guests],
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(PAID, values)
        rows = cursor.fetchall()
    money = ledger.assets(sorted({code for _, code, _, _ in rows})) if rows else {}
    return [PaidBy(host, code, money[code].scale, int(minor), people) for host, code, minor, people in rows]
