"""Posting: one statement whatever the number, answered entry by entry."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import chain
from typing import Any

from django.db import connection

from kith.ledger import rules
from kith.ledger.data import (
    AccountClosed,
    AccountName,
    AlreadyReversed,
    BadFloor,
    BalanceTooLarge,
    KeyReused,
    NewMove,
    NoSuchEntry,
    NotReversible,
    Overdraft,
    Posted,
    Posting,
    UnknownAsset,
)
from kith.ledger.queries import entries_by_id
from kith.lib.arrays import written
from kith.lib.errors import Refusal
from kith.people.api import Community, Person

# The arrays of ledger_post (migration 0003), in its order.
ARRAYS = {
    "roles": "text", "owner_kinds": "text", "owner_ids": "bigint", "assets": "text", "floors": "bigint", "heats": "smallint",
    "keys": "text", "kinds": "text", "digests": "text", "cause_kinds": "text", "cause_ids": "bigint", "ats": "timestamptz", "bys": "bigint",
    "undone": "bigint", "notes": "text",
    "move_of": "int", "srcs": "int", "dsts": "int", "amounts": "bigint",
    "need_of": "int", "need_at": "int", "needs": "bigint",
}  # fmt: skip
POST = (
    "SELECT entry, outcome, account, missing FROM ledger_post(%(book)s, "
    + ", ".join(f"%({name})s::{kind}[]" for name, kind in ARRAYS.items())
    + f", {rules.BALANCE_LIMIT})"
)
NO_NEED: Mapping[AccountName, int] = {}

Outcome = Posted | Refusal


def post(  # noqa: PLR0913 -- an entry has these parts
    *,
    community: Community,
    key: str,
    kind: str,
    moves: Sequence[NewMove],
    by: Person | None,
    cause: tuple[str, int],
    at: datetime,
    need: Mapping[AccountName, int] = NO_NEED,
    reverses: int | None = None,
    note: str = "",
) -> Posted:
    """Post one entry, all its moves or none; asked again with the same key and content, return the first answer.

    It locks what it touches until the transaction ends: post last, after the locks of other parts and the energy book, and
    no more than once; several entries go into one `post_many`.

    Raises:
        Overdraft: an account would fall below its floor, or below what `need` asks for.
        KeyReused: the key was posted with another kind, cause or other moves.
        AlreadyReversed, NotReversible, NoSuchEntry: of `reverses`.
        AccountClosed, BalanceTooLarge, UnknownAsset, UnknownAccountRole, BadMoves, BadAmount, BadFloor, BadName: as they say.

    """
    by_id = by.pk if by is not None else None
    one = Posting(key, kind, moves, at, cause, by_id=by_id, need=need, reverses=reverses, note=note)
    (outcome,) = post_many(community=community, postings=[one])
    if isinstance(outcome, Refusal):
        raise outcome
    return outcome


def post_many(*, community: Community, postings: Sequence[Posting]) -> list[Outcome]:
    """Post entries that do not depend on one another, as if one after another; return for each what `post` returns or raises.

    What is refused leaves the others alone. Some hundreds at a time are best: thousands a second, with one commit for all.
    """
    refused = _refused(community, postings)
    asked = [p for place, p in enumerate(postings) if place not in refused]
    if not asked:
        return [refused[place] for place in range(len(postings))]
    places = _numbered(asked)
    with connection.cursor() as cursor:
        arrays = {name: written(values) for name, values in _arrays(asked, places).items()}
        cursor.execute(POST, arrays | {"book": community.pk})
        answers = iter(cursor.fetchall())
    accounts = list(places)
    return [
        refused[place] if place in refused else _outcome(p, next(answers), accounts) for place, p in enumerate(postings)
    ]


def reverse(
    *, community: Community, key: str, entry_id: int, by: Person | None, now: datetime, note: str = ""
) -> Posted:
    """Undo an entry by a new one that moves everything back; once.

    Raises:
        NoSuchEntry, NotReversible, AlreadyReversed: there is none, it is a reversal, it was undone under another key.
        Overdraft: what came in is no longer there to go back.
        KeyReused: the key names something else.

    """
    entry = entries_by_id(community, [entry_id]).get(entry_id)
    if entry is None:
        raise NoSuchEntry
    back = rules.mirrored(entry.moves)
    return post(
        community=community, key=key, kind="reverse", moves=back, by=by, cause=entry.cause, at=now, reverses=entry_id, note=note
    )  # fmt: skip


def _refused(community: Community, postings: Sequence[Posting]) -> dict[int, Refusal]:
    """Return what need not be asked of the database, by place."""
    refused = {place: why for place, p in enumerate(postings) if (why := rules.fault(p))}
    undoing = {place: p for place, p in enumerate(postings) if p.reverses is not None and place not in refused}
    if undoing:
        there = entries_by_id(community, (p.reverses for p in undoing.values() if p.reverses is not None))
        for place, p in undoing.items():
            entry = there.get(p.reverses or 0)
            if entry is None:
                refused[place] = NoSuchEntry()
            elif entry.reverses is not None or not rules.is_mirror(p.moves, entry.moves):
                refused[place] = NotReversible()
    return refused


def _numbered(postings: Sequence[Posting]) -> dict[AccountName, int]:
    """Return the accounts the postings name, each with its number from 1 on."""
    every = chain.from_iterable(map(rules.names, postings))
    return {name: number for number, name in enumerate(dict.fromkeys(every), start=1)}


def _arrays(postings: Sequence[Posting], places: Mapping[AccountName, int]) -> dict[str, Any]:
    return _accounts(places) | _entries(postings) | _moves(postings, places)


def _accounts(places: Mapping[AccountName, int]) -> dict[str, list[Any]]:
    return {
        "roles": [name.role for name in places],
        "owner_kinds": [name.owner_kind for name in places],
        "owner_ids": [name.owner_id for name in places],
        "assets": [name.asset for name in places],
        "floors": [rules.ROLES[name.role].floor for name in places],
        "heats": [rules.ROLES[name.role].heat for name in places],
    }


def _entries(postings: Sequence[Posting]) -> dict[str, list[Any]]:
    return {
        "keys": [p.key for p in postings],
        "kinds": [p.kind for p in postings],
        "digests": [rules.digest(p) for p in postings],
        "cause_kinds": [p.cause[0] for p in postings],
        "cause_ids": [p.cause[1] for p in postings],
        "ats": [p.at for p in postings],
        "bys": [p.by_id for p in postings],
        "undone": [p.reverses for p in postings],
        "notes": [p.note for p in postings],
    }


def _moves(postings: Sequence[Posting], places: Mapping[AccountName, int]) -> dict[str, list[Any]]:
    moves = [(number, m) for number, p in enumerate(postings, start=1) for m in p.moves]
    needs = [(number, name, low) for number, p in enumerate(postings, start=1) for name, low in p.need.items()]
    return {
        "move_of": [number for number, _ in moves],
        "srcs": [places[m.src] for _, m in moves],
        "dsts": [places[m.dst] for _, m in moves],
        "amounts": [m.amount_minor for _, m in moves],
        "need_of": [number for number, _, _ in needs],
        "need_at": [places[name] for _, name, _ in needs],
        "needs": [low for _, _, low in needs],
    }


def _outcome(posting: Posting, answer: tuple[Any, ...], accounts: Sequence[AccountName]) -> Outcome:
    entry_id, outcome, culprit, missing = answer
    if outcome in {"posted", "known"}:
        return Posted(entry_id, is_new=outcome == "posted")
    if outcome == "clash":
        return KeyReused(key=posting.key)
    if outcome == "reversed":
        return AlreadyReversed()
    return _account_refusal(outcome, accounts[culprit - 1], missing)


def _account_refusal(outcome: str, name: AccountName, missing: int) -> Refusal:
    if outcome == "short":
        return Overdraft.of(name, missing)
    others: dict[str, Refusal] = {
        "closed": AccountClosed(role=name.role),
        "asset": UnknownAsset(code=name.asset),
        "full": BalanceTooLarge(role=name.role),
        "floorless": BadFloor(limit=rules.AMOUNT_LIMIT),
    }
    return others[outcome]
