"""The weak tie: somebody spoke right after another in the same channel."""

from collections.abc import Iterable, Mapping

from django.db import connection

from kith.bring.data import MessageLine
from kith.bring.rules import message_key
from kith.energy.api import stage_from

MINUTES = 30
NEXT = f"""
    SELECT author, before, 'spoke_next', NULL::float8, at, %(source)s, 'next:' || key
    FROM (SELECT *, lag(author) OVER w AS before, lag(at) OVER w AS before_at FROM bring_spoken
          WINDOW w AS (PARTITION BY channel ORDER BY at, line)) s
    WHERE before <> author AND at - before_at <= interval '{MINUTES} minutes'
"""


def stage_spoken_next(lines: Iterable[MessageLine], *, ids: Mapping[str, int], origin: str, source: str) -> int:
    """Stage an act for the first message of everybody who takes over within half an hour; returns how many."""
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMPORARY TABLE bring_spoken (line bigint GENERATED ALWAYS AS IDENTITY, channel text NOT NULL,"
            " author bigint NOT NULL, at timestamptz NOT NULL, key text NOT NULL) ON COMMIT DROP"
        )
        with cursor.copy("COPY bring_spoken (channel, author, at, key) FROM STDIN") as copy:
            for line in lines:
                copy.write_row((line.channel, ids[line.author], line.at, message_key(origin, line.key)))
        staged = stage_from(NEXT, {"source": source})
        cursor.execute("DROP TABLE bring_spoken")
    return staged
