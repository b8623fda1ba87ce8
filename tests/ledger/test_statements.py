"""A statement is the moves of an account as it sees them, whole, in order, to be read on from any place."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kith.ledger import api as ledger
from kith.ledger.api import AccountName, StatementRow
from tests.conftest import NOW, Cast
from tests.ledger.book import GATEWAY, SALES, do, escrow, pay, share


@pytest.fixture
def gateway(cast: Cast) -> int:
    """Return the account of the gateway after five entries of six moves with it."""
    pay(cast.home, 1, 500)
    pay(cast.home, 2, 300)
    do(cast.home, "back", (escrow(1), GATEWAY, 200), (escrow(2), GATEWAY, 100), (escrow(1), SALES, 7))
    do(cast.home, "elsewhere", (escrow(1), SALES, 3))
    do(cast.home, "fee", (GATEWAY, share(1), 20))
    pay(cast.home, 3, 1)
    do(cast.rival, "pay", (GATEWAY, escrow(1), 9))
    return found(cast, GATEWAY)


def found(cast: Cast, name: AccountName) -> int:
    account = ledger.account(cast.home, name)
    assert account is not None
    return account.id


def seen(rows: list[StatementRow]) -> list[tuple[str, int, AccountName]]:
    return [(r.key, r.amount_minor, r.other) for r in rows]


WHOLE = [
    ("pay:1", -500, escrow(1)), ("pay:2", -300, escrow(2)), ("back", 200, escrow(1)), ("back", 100, escrow(2)), ("fee", -20, share(1)),
    ("pay:3", -1, escrow(3)),
]  # fmt: skip


def test_a_statement_holds_every_move_with_its_other_side(cast: Cast, gateway: int) -> None:
    rows = ledger.statement_rows(cast.home, gateway)
    assert seen(rows) == WHOLE
    assert sum(r.amount_minor for r in rows) == ledger.balance(cast.home, GATEWAY)
    assert (rows[0].kind, rows[0].cause, rows[0].at, rows[0].by_id, rows[0].note, rows[0].n) == (
        "pay",
        ("test", 1),
        NOW,
        None,
        "",
        1,
    )
    assert ledger.statement_rows(cast.rival, gateway) == []


@pytest.mark.parametrize("size", [1, 2, 4, 100])
@pytest.mark.parametrize("edge", ["after", "before"])
def test_page_after_page_is_the_whole(cast: Cast, gateway: int, size: int, edge: str) -> None:
    rows: list[StatementRow] = []
    while True:
        place = {edge: rows[-1].place} if rows else {}
        page = ledger.statement_rows(cast.home, gateway, limit=size, newest_first=edge == "before", **place)
        if not page:
            break
        assert len(page) <= size
        rows += page
    assert seen(rows) == (WHOLE if edge == "after" else WHOLE[::-1])


def test_a_period_of_whole_entries_opens_where_the_one_before_closed(cast: Cast, gateway: int) -> None:
    back = ledger.entry(cast.home, key="back")
    assert back is not None
    one = ledger.statement_rows(cast.home, gateway, before=(back.id + 1, 0))
    other = ledger.statement_rows(cast.home, gateway, after=(back.id + 1, 0))
    assert seen(one) + seen(other) == WHOLE
    assert sum(r.amount_minor for r in one) == ledger.balance(cast.home, GATEWAY, upto_entry=back.id)


def test_a_statement_is_one_query(cast: Cast, gateway: int) -> None:
    with CaptureQueriesContext(connection) as asked:
        ledger.statement_rows(cast.home, gateway)
    assert len(asked) == 1


def test_entries_of_a_cause_are_told_in_order(cast: Cast, gateway: int) -> None:
    keys = [e.key for e in ledger.entries_of(cast.home, cause=("test", 1))]
    assert keys == ["pay:1", "pay:2", "back", "elsewhere", "fee", "pay:3"]
    assert ledger.entries_of(cast.home, cause=("order", 1)) == []
    assert ledger.entry(cast.home, key="nothing") is None
