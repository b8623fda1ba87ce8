"""No entry, move or seal is ever changed or removed: the manager refuses, and the database refuses whoever goes round it."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError, connection, transaction

from kith.ledger import api as ledger
from kith.ledger.api import AppendOnly, NotInvented
from kith.ledger.models import Account, Asset, Entry, Move, Seal
from kith.people.api import Community, Person, found
from tests.conftest import NOW, Cast
from tests.ledger.book import GATEWAY, assert_every_promise_kept, do, escrow, pay, stock

TABLES = (Entry, Move, Seal)


@pytest.fixture
def book(cast: Cast) -> Cast:
    """A book with a line of everything, with the unlocking of the test settings taken back."""
    stock(cast.home, 3)
    pay(cast.home, 1, 500)
    ledger.seal(community=cast.home, now=NOW)
    lock()
    return cast


def lock(state: str = "off") -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # as between two requests: no check of a key is pending
        cursor.execute("SELECT set_config('kith.unlocked', %s, true)", [state])


def rows() -> list[object]:
    return [list(table.objects.order_by("pk").values_list()) for table in (*TABLES, Account, Asset)]


@pytest.mark.parametrize("table", TABLES)
def test_the_manager_refuses_to_change_or_remove(book: Cast, table: type[Entry] | type[Move] | type[Seal]) -> None:
    before = rows()
    row = table.objects.first()
    assert row is not None
    changes: list[Callable[[], object]] = [
        lambda: table.objects.update(community=book.rival),
        lambda: table.objects.filter(community=book.home).update(community=book.rival),
        lambda: table.objects.all().delete(),
        lambda: table.objects.bulk_update([row], ["community"]),
        row.save,
        row.delete,
    ]
    for change in changes:
        with pytest.raises(AppendOnly) as refused:
            change()
        assert refused.value.status == 403
    assert rows() == before


BEHIND = [
    "UPDATE ledger_move SET amount = 9", "UPDATE ledger_entry SET id = id", "UPDATE ledger_seal SET root = ''",
    "DELETE FROM ledger_move", "DELETE FROM ledger_entry", "DELETE FROM ledger_seal", "DELETE FROM ledger_account",
    "TRUNCATE ledger_move", "TRUNCATE ledger_entry", "TRUNCATE ledger_seal", "TRUNCATE ledger_account", "TRUNCATE ledger_asset",
    "DELETE FROM people_community; SET CONSTRAINTS ALL IMMEDIATE", "TRUNCATE people_community CASCADE",
    "UPDATE ledger_account SET owner_id = 9", "UPDATE ledger_account SET asset_id = 'USD'", "UPDATE ledger_account SET role = 'bank'",
    "UPDATE ledger_account SET heat = heat", "UPDATE ledger_asset SET scale = 3", "DELETE FROM ledger_asset",
    "MERGE INTO ledger_move m USING ledger_entry e ON e.id = m.entry WHEN MATCHED THEN DELETE",
    """INSERT INTO ledger_move (community_id, entry, n, src, dst, amount) SELECT community_id, entry, n, src, dst, 9 FROM ledger_move
    ON CONFLICT (community_id, entry, n) DO UPDATE SET amount = 9""",
    "UPDATE ledger_account SET balance = -1 WHERE role = 'shelf'", "UPDATE ledger_account SET balance = 1 WHERE role = 'gateway'",
]  # fmt: skip


@pytest.mark.parametrize("sql", BEHIND)
def test_the_database_refuses_behind_the_managers_back(book: Cast, sql: str) -> None:
    before = rows()
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert rows() == before


@pytest.mark.parametrize("sql", [sql for sql in BEHIND if "UPDATE" in sql and "balance" not in sql])
def test_an_update_is_refused_even_when_unlocked(book: Cast, sql: str) -> None:
    lock("on")
    before = rows()
    with (
        pytest.raises(IntegrityError, match=r"append-only: UPDATE of ledger_[a-z]+ refused"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)
    assert rows() == before


@pytest.mark.parametrize("column", ["community_id", "by_id", "reverses"])
def test_an_entry_that_points_at_nothing_is_refused(book: Cast, column: str) -> None:
    before = rows()
    values = {"community_id": str(book.home.pk), "by_id": "NULL", "reverses": "NULL"} | {column: str(10**12)}
    with pytest.raises(IntegrityError, match="is not there"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO ledger_entry (community_id, id, key, kind, digest, cause_kind, cause_id, at, posted_at, by_id, reverses, note)"
            f" VALUES ({values['community_id']}, 10^12, 'x', 'x', 'x', 'x', 1, now(), now(), {values['by_id']}, {values['reverses']}, '')"
        )
    assert rows() == before


MOVES = {
    "no entry": "SELECT s.community_id, 1000000000000, 1, s.id, d.id, 1 FROM ledger_account s, ledger_account d"
    " WHERE s.role = 'gateway' AND d.role = 'escrow'",
    "no account": "SELECT community_id, entry, 9, src, 1000000000000, 1 FROM ledger_move",
    "another community": "SELECT c.id, entry, 9, src, dst, 1 FROM ledger_move, people_community c WHERE c.slug = 'duian'",
    "another asset": "SELECT m.community_id, entry, 9, src, a.id, 1 FROM ledger_move m, ledger_account a"
    " WHERE a.role = 'shelf' AND m.amount = 500",
}


@pytest.mark.parametrize("select", MOVES.values(), ids=MOVES.keys())
def test_a_move_that_points_at_nothing_of_its_kind_is_refused(book: Cast, select: str) -> None:
    before = rows()
    with pytest.raises(IntegrityError, match="not there"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO ledger_move (community_id, entry, n, src, dst, amount) {select}")
    assert rows() == before


@pytest.mark.parametrize(
    ("community", "asset"), [("1000000000000", "CNY"), ("(SELECT min(id) FROM people_community)", "XAU")]
)
def test_an_account_that_points_at_nothing_is_refused(book: Cast, community: str, asset: str) -> None:
    with pytest.raises(IntegrityError, match="is not there"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO ledger_account (community_id, id, role, owner_kind, owner_id, asset_id, floor, heat, balance)"
            f" VALUES ({community}, 10^12, 'share', 'person', 1, '{asset}', 0, 0, 0)"
        )


def test_people_and_communities_of_the_book_stay(book: Cast) -> None:
    from django.db.models import ProtectedError  # noqa: PLC0415 -- beside its only use

    ledger.post(community=book.home, key="by", kind="pay", moves=[ledger.NewMove(GATEWAY, escrow(9), 1)], by=book.stranger,
                cause=("test", 1), at=NOW)  # fmt: skip
    lock()
    for thing in (Person.objects.filter(pk=book.stranger.pk), Community.objects.filter(pk=book.home.pk)):
        with pytest.raises(ProtectedError):
            thing.delete()
    with (
        pytest.raises(IntegrityError, match="points at this person"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("DELETE FROM people_person WHERE id = %s", [book.stranger.pk])


def test_only_the_book_of_an_invented_community_is_dropped(book: Cast) -> None:
    before = rows()
    with pytest.raises(NotInvented):
        ledger.drop_book(community=book.home)
    assert rows() == before


def test_dropping_an_invented_book_leaves_the_others_and_locks_again(book: Cast) -> None:
    before = rows()
    demo = found(name="演示", slug="demo", pursuit="演示", by=book.founder, now=NOW, is_demo=True)
    do(demo, "pay", (GATEWAY, escrow(1), 5))
    ledger.keep_checkpoints(community=demo)
    ledger.seal(community=demo, now=NOW)
    assert ledger.drop_book(community=demo) == 1
    assert rows() == before
    assert ledger.balances(demo, owner_kind="order", owner_id=1) == []
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM ledger_move")
    assert_every_promise_kept()
