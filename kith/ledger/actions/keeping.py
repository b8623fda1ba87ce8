"""Keeping the book: checkpoints and seals, and the moment alone with it that they need."""

import logging
from collections.abc import Callable
from datetime import datetime

from django.db import OperationalError, connection, transaction
from django.utils import timezone
from psycopg.errors import LockNotAvailable

from kith.ledger.data import (
    BookBusy,
    SealValue,
)
from kith.ledger.queries import last_seal
from kith.lib.books import NotInvented
from kith.people import api as people
from kith.people.api import Community

log = logging.getLogger(__name__)
PATIENCE = "1s"  # who waits for the book alone makes those who post wait behind
ALONE = "SELECT pg_advisory_xact_lock(hashtextextended('ledger:' || %s, 0))"


def alone(community: Community) -> None:
    """Hold the book alone: every posting that has drawn an id is in it now, or never will be."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL lock_timeout = '{PATIENCE}'")
            cursor.execute(ALONE, [community.pk])
            cursor.execute("SET LOCAL lock_timeout TO DEFAULT")
    except OperationalError as fault:
        if isinstance(fault.__cause__, LockNotAvailable):
            raise BookBusy from fault
        raise


@transaction.atomic
def watermark(*, community: Community) -> int:
    """Return the newest entry's id such that no entry below it can still appear; 0 for an empty book.

    Ids are drawn before commits, so the newest one alone says nothing of those before it. Statements and seals end here.

    Raises:
        BookBusy: others post without a pause.

    """
    alone(community)
    with connection.cursor() as cursor:
        cursor.execute("SELECT COALESCE(max(id), 0) FROM ledger_entry WHERE community_id = %s", [community.pk])
        return int(cursor.fetchone()[0])


def keep_checkpoints(*, community: Community) -> int:
    """Note what the accounts without a floor hold, so that reading them adds up the moves since only; returns how many."""
    upto = watermark(community=community)
    between = "m.entry > COALESCE(c.upto_entry, 0) AND m.entry <= %(upto)s"
    with connection.cursor() as cursor:
        cursor.execute(
            f"""INSERT INTO ledger_checkpoint (community_id, account, upto_entry, balance)
            SELECT a.community_id, a.id, %(upto)s, COALESCE(c.balance, 0)
                + COALESCE((SELECT sum(m.amount) FROM ledger_move m WHERE m.community_id = a.community_id AND m.dst = a.id AND {between}), 0)
                - COALESCE((SELECT sum(m.amount) FROM ledger_move m WHERE m.community_id = a.community_id AND m.src = a.id AND {between}), 0)
            FROM ledger_account a LEFT JOIN ledger_checkpoint c ON c.community_id = a.community_id AND c.account = a.id
            WHERE a.community_id = %(community)s AND a.floor IS NULL AND COALESCE(c.upto_entry, 0) < %(upto)s
            ON CONFLICT (community_id, account) DO UPDATE SET upto_entry = EXCLUDED.upto_entry, balance = EXCLUDED.balance
                WHERE ledger_checkpoint.upto_entry < EXCLUDED.upto_entry""",
            {"community": community.pk, "upto": upto},
        )
        return int(cursor.rowcount)


def seal(*, community: Community, now: datetime) -> SealValue | None:
    """Chain every entry since the last seal to it; at most once a day of the server's calendar, None when there is nothing to seal."""
    day = timezone.localdate(now)
    last = last_seal(community)
    upto = watermark(community=community)
    after, prev = (last.upto_entry, last.root) if last else (0, "")
    if upto <= after or (last and last.day >= day):
        return None
    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO ledger_seal (community_id, day, upto_entry, entries, root, prev, sealed_at)
            SELECT %(community)s, %(day)s, %(upto)s, (SELECT count(*) FROM ledger_entry
                    WHERE community_id = %(community)s AND id > %(after)s AND id <= %(upto)s),
                ledger_root(%(community)s, %(after)s, %(upto)s, %(day)s, %(prev)s), %(prev)s, %(now)s
            ON CONFLICT DO NOTHING""",
            {"community": community.pk, "day": day, "upto": upto, "after": after, "prev": prev, "now": now},
        )
    return last_seal(community)


def seal_all(*, now: datetime) -> int:
    """Seal every book that was written in since its last seal; returns how many. A busy one waits for the next time."""
    return sum(_unless_busy(c, lambda c: seal(community=c, now=now) is not None) for c in people.every_community())


def keep_all_checkpoints() -> int:
    """Keep the checkpoints of every community; returns how many accounts. A busy book waits for the next time."""
    return sum(_unless_busy(c, lambda c: keep_checkpoints(community=c)) for c in people.every_community())


def _unless_busy(community: Community, act: Callable[[Community], int]) -> int:
    try:
        return act(community)
    except BookBusy:
        log.warning("the value book of %s was busy; left for the next time", community.slug)
        return 0


@transaction.atomic
def drop_book(*, community: Community) -> int:
    """Forget the whole book of an invented community, with the assets only it counted in; returns how many entries went.

    Raises:
        NotInvented: the community is real.

    """
    if not community.is_demo:
        raise NotInvented
    tables = ("ledger_checkpoint", "ledger_seal", "ledger_move", "ledger_account", "ledger_entry")
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('kith.unlocked', 'on', true)")
        cursor.execute("SELECT DISTINCT asset_id FROM ledger_account WHERE community_id = %s", [community.pk])
        counted = [code for (code,) in cursor.fetchall() if ":" in code]  # currencies and points are everybody's
        for table in tables:
            cursor.execute(f"DELETE FROM {table} WHERE community_id = %s", [community.pk])
        many = int(cursor.rowcount)
        cursor.execute(
            """DELETE FROM ledger_asset s WHERE code = ANY(%s)
            AND NOT EXISTS (SELECT 1 FROM ledger_account a WHERE a.asset_id = s.code)""",
            [counted],
        )
        cursor.execute("SELECT set_config('kith.unlocked', 'off', true)")
    return many
