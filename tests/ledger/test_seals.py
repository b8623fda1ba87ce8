"""A day's book is sealed over every row before it: whatever is altered, removed or slipped in afterwards shows."""

from datetime import timedelta

import pytest
from django.db import connection

from kith.ledger import api as ledger
from kith.ledger.api import SealValue, audit
from tests.conftest import NOW, Cast
from tests.ledger.book import GATEWAY, SALES, assert_every_promise_kept, do, escrow, hold, pay, stock

DAY = timedelta(days=1)


@pytest.fixture
def sealed(cast: Cast) -> Cast:
    """Two days of a book, sealed, and a day that is not."""
    stock(cast.home, 3)
    first = pay(cast.home, 1, 500)
    ledger.seal(community=cast.home, now=NOW)
    hold(cast.home, 1, 2)
    ledger.reverse(community=cast.home, key="undo", entry_id=first.entry_id, by=cast.founder, now=NOW)
    ledger.seal(community=cast.home, now=NOW + DAY)
    pay(cast.home, 2, 10)
    return cast


def seal(cast: Cast) -> SealValue | None:
    return ledger.seal(community=cast.home, now=NOW)


def broken() -> set[str]:
    return {p.name for p in audit() if p.broken}


def tamper(*statements: str) -> None:
    """Do what only the owner of the tables can do: with the triggers out of the way."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET session_replication_role = replica")
        for statement in statements:
            cursor.execute(statement)
            assert cursor.rowcount, statement
        cursor.execute("SET session_replication_role = origin")


def test_each_seal_covers_the_entries_since_the_one_before(cast: Cast) -> None:
    assert seal(cast) is None
    stock(cast.home, 3)
    last = pay(cast.home, 1, 500)
    first = seal(cast)
    assert first is not None
    assert (first.entries, first.upto_entry, first.prev, len(first.root)) == (2, last.entry_id, "", 64)
    pay(cast.home, 2, 500)
    assert seal(cast) is None  # one a day
    assert ledger.seal(community=cast.home, now=NOW - DAY) is None
    second = ledger.seal(community=cast.home, now=NOW + DAY)
    assert second is not None
    assert (second.entries, second.prev) == (1, first.root)
    assert ledger.seal(community=cast.home, now=NOW + 2 * DAY) is None  # nothing new
    assert ledger.last_seal(cast.home) == second
    assert ledger.last_seal(cast.rival) is None
    assert_every_promise_kept()


def test_the_day_is_that_of_the_servers_calendar(cast: Cast) -> None:
    pay(cast.home, 1, 500)
    late = NOW.replace(hour=16, minute=30)  # half past midnight in Shanghai
    made = ledger.seal(community=cast.home, now=late)
    assert made is not None
    assert made.day == NOW.date() + DAY


def test_every_community_is_sealed_and_watched_by_itself(cast: Cast) -> None:
    pay(cast.home, 1, 500)
    do(cast.rival, "pay", (GATEWAY, escrow(1), 5))
    assert ledger.seal_all(now=NOW) == 2
    assert ledger.seal_all(now=NOW) == 0
    assert_every_promise_kept()


SEALS = "seals chain over every row they cover"
TAMPERED = {
    "an amount": ("UPDATE ledger_move SET amount = 501 WHERE amount = 500",),
    "an account": ("UPDATE ledger_move SET dst = src, src = dst WHERE amount = 2",),
    "a note": ("UPDATE ledger_entry SET note = 'x' WHERE key = 'hold:1'",),
    "a moment": ("UPDATE ledger_entry SET at = at - interval '1 microsecond' WHERE key = 'hold:1'",),
    "a hand": ("UPDATE ledger_entry SET by_id = NULL WHERE key = 'undo'",),
    "an id": ("UPDATE ledger_entry SET id = id + 1000000 WHERE key = 'hold:1'", "UPDATE ledger_move SET entry = entry + 1000000 WHERE amount = 2"),
    "an entry gone": ("DELETE FROM ledger_move WHERE amount = 2", "DELETE FROM ledger_entry WHERE key = 'hold:1'"),
    "a move gone": ("DELETE FROM ledger_move WHERE amount = 2",),
    "a seal gone": ("DELETE FROM ledger_seal WHERE prev = ''",),
    "a seal's reach": ("UPDATE ledger_seal SET upto_entry = upto_entry - 1 WHERE prev <> ''",),
    "a seal's day": ("UPDATE ledger_seal SET day = day - 300 WHERE prev = ''",),
    "a seal's root": ("UPDATE ledger_seal SET root = repeat('0', 64) WHERE prev <> ''",),
    "a seal's count": ("UPDATE ledger_seal SET entries = 3 WHERE prev <> ''",),
}  # fmt: skip


@pytest.mark.parametrize("statements", TAMPERED.values(), ids=TAMPERED.keys())
def test_whatever_is_done_to_sealed_rows_shows(sealed: Cast, statements: tuple[str, ...]) -> None:
    assert broken() == set()
    tamper(*statements)
    assert SEALS in broken()


def test_a_forger_who_mends_balances_and_digest_too_is_found_by_the_chain_alone(sealed: Cast) -> None:
    tamper(
        "UPDATE ledger_move SET amount = 3 WHERE amount = 2",
        "UPDATE ledger_account SET balance = 3 WHERE role = 'held'",
        "UPDATE ledger_account SET balance = 0 WHERE role = 'shelf'",
        "UPDATE ledger_entry SET digest = encode(sha256(convert_to("
        "E'hold\\ntest:1\\n\\nshelf//0/S:1>held/order/1/S:1:3', 'UTF8')), 'hex') WHERE key = 'hold:1'",
    )
    assert broken() == {SEALS}


def test_a_row_slipped_in_between_sealed_ones_shows(cast: Cast) -> None:
    pay(cast.home, 1, 500)
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('ledger_entry_id_seq')")  # a posting that was rolled back leaves such a gap
        gap = cursor.fetchone()[0]
    pay(cast.home, 2, 500)
    ledger.seal(community=cast.home, now=NOW)
    tamper(
        "INSERT INTO ledger_entry (community_id, id, key, kind, digest, cause_kind, cause_id, at, posted_at, note)"
        f" SELECT community_id, {gap}, 'slipped', kind, digest, cause_kind, cause_id, at, posted_at, '' FROM ledger_entry WHERE key = 'pay:1'",
        f"INSERT INTO ledger_move (community_id, entry, n, src, dst, amount) SELECT community_id, {gap}, n, src, dst, amount"
        " FROM ledger_move LIMIT 1",
        "UPDATE ledger_account SET balance = balance + 500 WHERE role = 'escrow' AND owner_id = 1",
    )
    assert broken() == {SEALS}


def test_what_is_not_sealed_yet_is_held_by_the_other_promises(sealed: Cast) -> None:
    tamper("UPDATE ledger_move SET amount = 11 WHERE amount = 10")
    assert broken() == {
        "digests are those of what was posted",
        "balances are the sums of their moves",
        "all accounts of an asset sum to zero",
    }
    tamper(
        "UPDATE ledger_move SET amount = 10 WHERE amount = 11",
        "UPDATE ledger_account SET balance = 11 WHERE balance = 10",
    )
    assert broken() == {"balances are the sums of their moves", "all accounts of an asset sum to zero"}


def test_the_other_promises_are_checked_too(sealed: Cast) -> None:
    ledger.keep_checkpoints(community=sealed.home)
    do(sealed.home, "later", (GATEWAY, SALES, 77))
    breaks = {
        "checkpoints equal the moves up to them": "UPDATE ledger_checkpoint SET balance = balance + 1",
        "moves join accounts of one community and one asset": "UPDATE ledger_move SET dst = 0 WHERE amount = 77",
        "entries hold all their moves": "UPDATE ledger_move SET n = 2 WHERE amount = 77",
        "no entry lies in the future": "UPDATE ledger_entry SET at = now() + interval '2 days' WHERE key = 'later'",
    }
    for promise, statement in breaks.items():
        assert promise not in broken()
        tamper(statement)
        assert promise in broken()


def test_a_reversal_of_something_else_shows(sealed: Cast) -> None:
    do(sealed.home, "later", (GATEWAY, SALES, 77))
    tamper("UPDATE ledger_entry SET reverses = (SELECT id FROM ledger_entry WHERE key = 'pay:2') WHERE key = 'later'")
    assert "reversals move back what was moved, once" in broken()


def test_missing_guards_show(sealed: Cast) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE ledger_move DISABLE TRIGGER ledger_move_no_update")
        cursor.execute("ALTER TABLE ledger_account DROP CONSTRAINT ledger_account_above_its_floor")
        cursor.execute("DROP INDEX ledger_entry_key_once")
    found = {p.name: (p.checked, p.broken) for p in audit() if p.broken}
    assert found == {"triggers of the value book stand guard": (18, 1), "constraints of the value book stand": (12, 2)}
