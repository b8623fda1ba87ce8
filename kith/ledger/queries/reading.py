"""Balances, statements, entries."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

from django.db import connection

from kith.ledger.data import AccountName, AccountValue, AssetValue, EntryValue, NewMove, SealValue, StatementRow
from kith.ledger.models import Asset, Seal
from kith.lib.arrays import written
from kith.people.api import Community

# A community as a row to join: of a number newer than its statistics the planner believes that it has no rows.
HERE = "(SELECT %(community)s::bigint AS id OFFSET 0) here"
# What the moves of the account `a` come to, after its checkpoint `c`.
SINCE = """
    COALESCE((SELECT sum(m.amount) FROM ledger_move m WHERE m.community_id = a.community_id AND m.dst = a.id
        AND m.entry > COALESCE(c.upto_entry, 0)), 0)
    - COALESCE((SELECT sum(m.amount) FROM ledger_move m WHERE m.community_id = a.community_id AND m.src = a.id
        AND m.entry > COALESCE(c.upto_entry, 0)), 0)
"""
MOVED = "m.amount) FROM ledger_move m WHERE m.community_id = a.community_id AND m.{} = a.id AND m.entry <= %(upto)s"
ACCOUNTS = f"""
    SELECT a.id, a.role, a.asset_id, a.owner_kind, a.owner_id, a.floor,
        CASE WHEN a.floor IS NULL THEN COALESCE(c.balance, 0) + {SINCE} ELSE a.balance END AS balance, a.closed_at
    FROM {HERE} JOIN ledger_account a ON a.community_id = here.id
    LEFT JOIN ledger_checkpoint c ON a.floor IS NULL AND c.community_id = a.community_id AND c.account = a.id
"""
NAMED = "a.owner_kind = %(owner_kind)s AND a.owner_id = %(owner_id)s AND a.role = %(role)s AND a.asset_id = %(asset)s"
ORDER = "ORDER BY a.role, a.asset_id, a.owner_kind, a.owner_id"


def named(community: Community, name: AccountName) -> dict[str, Any]:
    """Return what SQL needs to find an account by its name."""
    return {
        "community": community.pk,
        "role": name.role,
        "asset": name.asset,
        "owner_kind": name.owner_kind,
        "owner_id": name.owner_id,
    }


def _rows(sql: str, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())


def _accounts(where: str, values: Mapping[str, Any]) -> list[AccountValue]:
    return [
        AccountValue(id_, AccountName(role, asset, owner_kind, owner_id), floor, int(balance), closed_at)
        for id_, role, asset, owner_kind, owner_id, floor, balance, closed_at in _rows(
            f"{ACCOUNTS} WHERE {where} {ORDER}", values
        )
    ]


def account(community: Community, name: AccountName) -> AccountValue | None:
    """Return an account, or None before its first move."""
    return next(iter(_accounts(NAMED, named(community, name))), None)


def balance(community: Community, name: AccountName, *, upto_entry: int | None = None) -> int:
    """Return what stands in an account, 0 when nothing ever moved there; with `upto_entry`, what stood there after that entry."""
    if upto_entry is None:
        found = account(community, name)
        return found.balance_minor if found else 0
    ((there,),) = _rows(
        f"""SELECT COALESCE((SELECT sum({MOVED.format("dst")}), 0) - COALESCE((SELECT sum({MOVED.format("src")}), 0)
        FROM {HERE} JOIN ledger_account a ON a.community_id = here.id AND {NAMED}""",
        named(community, name) | {"upto": upto_entry},
    ) or ((0,),)
    return int(there)


def balances(community: Community, *, owner_kind: str, owner_id: int) -> list[AccountValue]:
    """Return the accounts of an owner, by role and asset."""
    where = "a.owner_kind = %(owner_kind)s AND a.owner_id = %(owner_id)s"
    return _accounts(where, {"community": community.pk, "owner_kind": owner_kind, "owner_id": owner_id})


EACH = """
    SELECT w.id, a.balance FROM unnest(%(owner_ids)s::bigint[]) w(id) JOIN LATERAL (SELECT balance FROM ledger_account a
        WHERE a.community_id = %(community)s AND a.owner_kind = %(owner_kind)s AND a.owner_id = w.id AND a.role = %(role)s
        AND a.asset_id = %(asset)s OFFSET 0) a ON true
"""


def balances_of_each(
    community: Community, owner_ids: Iterable[int], *, owner_kind: str, role: str, asset: str
) -> dict[int, int]:
    """Return what stands in the account with a floor of each of many owners, by owner; who has none is left out. One query."""
    names = {"community": community.pk, "owner_kind": owner_kind, "role": role, "asset": asset}
    return dict(_rows(EACH, names | {"owner_ids": written(owner_ids)}))


def accounts(community: Community, *, role: str, asset: str) -> list[AccountValue]:
    """Return every account of a role in an asset: all that is owed, say."""
    where = "a.role = %(role)s AND a.asset_id = %(asset)s"
    return _accounts(where, {"community": community.pk, "role": role, "asset": asset})


def totals(community: Community) -> dict[tuple[str, str], int]:
    """Return what stands in all accounts of a role and asset together, by both; those of an asset sum to 0."""
    return {
        (role, asset): int(total)
        for role, asset, total in _rows(
            f"SELECT role, asset_id, sum(balance) FROM ({ACCOUNTS}) every GROUP BY 1, 2 ORDER BY 1, 2",
            {"community": community.pk},
        )
    }


ONE_SIDE = """
    (SELECT m.community_id, m.entry, m.n, {sign}m.amount AS amount, m.{other} AS other
    FROM {here} JOIN ledger_move m ON m.community_id = here.id AND m.{own} = %(account)s
        AND (m.entry, m.n) > (%(after_entry)s, %(after_n)s) AND (m.entry, m.n) < (%(before_entry)s, %(before_n)s)
    ORDER BY m.entry {way}, m.n {way} LIMIT %(limit)s)
"""
LAST = (2**63 - 1, 0)


def statement_rows(
    community: Community,
    account_id: int,
    *,
    after: tuple[int, int] = (0, 0),
    before: tuple[int, int] = LAST,
    limit: int | None = None,
    newest_first: bool = False,
) -> list[StatementRow]:
    """Return the moves of an account in the order they were posted, between two places (`StatementRow.place`), both left out.

    For whole entries: `after=(entry_id + 1, 0)` begins with the next, `before=(entry_id + 1, 0)` ends with that one.
    """
    way = "DESC" if newest_first else "ASC"
    sides = [
        ONE_SIDE.format(sign=sign, own=own, other=other, way=way, here=HERE)
        for sign, own, other in (("", "dst", "src"), ("-", "src", "dst"))
    ]
    rows = _rows(
        f"""SELECT m.entry, m.n, e.key, e.kind, e.cause_kind, e.cause_id, e.at, e.posted_at, e.by_id, e.note, e.reverses,
            m.amount, o.role, o.asset_id, o.owner_kind, o.owner_id
        FROM ({" UNION ALL ".join(sides)}) m
        JOIN ledger_entry e ON e.community_id = m.community_id AND e.id = m.entry
        JOIN ledger_account o ON o.community_id = m.community_id AND o.id = m.other
        ORDER BY m.entry {way}, m.n {way} LIMIT %(limit)s""",
        {
            "community": community.pk, "account": account_id, "limit": limit, "after_entry": after[0], "after_n": after[1],
            "before_entry": before[0], "before_n": before[1],
        },
    )  # fmt: skip
    return [
        StatementRow(
            entry_id=entry, n=n, key=key, kind=kind, cause=(cause_kind, cause_id), at=at, posted_at=posted_at, by_id=by_id,
            note=note, reverses=reverses, amount_minor=amount, other=AccountName(*other),
        )
        for entry, n, key, kind, cause_kind, cause_id, at, posted_at, by_id, note, reverses, amount, *other in rows
    ]  # fmt: skip


ENTRIES = f"""
    SELECT e.id, e.key, e.kind, e.cause_kind, e.cause_id, e.at, e.posted_at, e.by_id, e.note, e.reverses, r.id,
        s.role, s.asset_id, s.owner_kind, s.owner_id, d.role, d.asset_id, d.owner_kind, d.owner_id, m.amount
    FROM {HERE} JOIN ledger_entry e ON e.community_id = here.id
    JOIN ledger_move m ON m.community_id = e.community_id AND m.entry = e.id
    JOIN ledger_account s ON s.community_id = e.community_id AND s.id = m.src
    JOIN ledger_account d ON d.community_id = e.community_id AND d.id = m.dst
    LEFT JOIN ledger_entry r ON r.community_id = e.community_id AND r.reverses = e.id
"""


def _entries(where: str, values: Mapping[str, Any]) -> list[EntryValue]:
    rows = _rows(f"{ENTRIES} WHERE {where} ORDER BY e.id, m.n", values)
    return [_entry(head, [row[11:] for row in same]) for head, same in groupby(rows, key=lambda row: row[:11])]


def _entry(head: tuple[Any, ...], moves: Iterable[tuple[Any, ...]]) -> EntryValue:
    id_, key, kind, cause_kind, cause_id, at, posted_at, by_id, note, reverses, reversed_by = head
    return EntryValue(
        id=id_, key=key, kind=kind, cause=(cause_kind, cause_id), at=at, posted_at=posted_at, by_id=by_id, note=note,
        reverses=reverses, reversed_by=reversed_by,
        moves=tuple(NewMove(AccountName(*m[:4]), AccountName(*m[4:8]), m[8]) for m in moves),
    )  # fmt: skip


def entry(community: Community, *, key: str) -> EntryValue | None:
    """Return the entry of a key, or None."""
    return next(iter(_entries("e.key = %(key)s", {"community": community.pk, "key": key})), None)


def entries_by_id(community: Community, ids: Iterable[int]) -> dict[int, EntryValue]:
    found = _entries("e.id = ANY(%(ids)s::bigint[])", {"community": community.pk, "ids": sorted(set(ids))})
    return {e.id: e for e in found}


def entries_of(community: Community, *, cause: tuple[str, int]) -> list[EntryValue]:
    """Return what was posted for a cause, ("order", 17), in the order it was."""
    where = "e.cause_kind = %(kind)s AND e.cause_id = %(id)s"
    return _entries(where, {"community": community.pk, "kind": cause[0], "id": cause[1]})


def money_entries(community: Community, *, after: int = 0, limit: int = 1000) -> list[EntryValue]:
    """Return entries that move money, in the order they were posted, those after an id: to walk through the book."""
    where = """e.id IN (SELECT e.id FROM ledger_entry e WHERE e.community_id = %(community)s AND e.id > %(after)s AND EXISTS (
        SELECT 1 FROM ledger_move m JOIN ledger_account a ON a.community_id = m.community_id AND a.id = m.src
        JOIN ledger_asset x ON x.code = a.asset_id AND x.kind = 'money' WHERE m.community_id = e.community_id AND m.entry = e.id)
        ORDER BY e.id LIMIT %(limit)s)"""
    return _entries(where, {"community": community.pk, "after": after, "limit": limit})


def assets(codes: Sequence[str]) -> dict[str, AssetValue]:
    """Return those of the assets that there are, by code."""
    return {a.code: AssetValue(a.code, a.kind, a.scale) for a in Asset.objects.filter(code__in=codes)}


def last_seal(community: Community) -> SealValue | None:
    found = Seal.objects.filter(community=community).order_by("day").last()
    return SealValue(found.day, found.upto_entry, found.entries, found.root, found.prev) if found else None
