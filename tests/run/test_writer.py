"""A role that may serve Kith adds to the books and cannot rewrite them, whatever it is made to say."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import ProgrammingError, connection, transaction

from kith.energy import api as energy
from kith.ledger import api as ledger
from kith.ledger.api import AccountName, NewMove
from kith.people.api import found
from kith.run.data import MayNotMigrate, WriterOwnsTheBooks, WriterUnknown
from kith.run.migrations import migrate
from kith.run.writer import admit
from tests.conftest import NOW, Cast

WRITER = f"kith_writer_{os.getpid()}"  # roles belong to the server, which other runs use too
BOOKS = [
    "energy_act", "launch_attribution", "launch_channelrule", "launch_pricelog", "ledger_asset", "ledger_entry", "ledger_move", "ledger_seal",
    "people_deed",
    "share_rule",
    "share_sign",
    "share_statement",
]  # fmt: skip
MOVE = NewMove(AccountName("gateway", "CNY"), AccountName("escrow", "CNY", "order", 1), 500)


def say(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


@contextmanager
def writing() -> Iterator[None]:
    say("SET CONSTRAINTS ALL IMMEDIATE", f"SET LOCAL ROLE {WRITER}")
    yield
    say("RESET ROLE")


@pytest.fixture
def writer(cast: Cast) -> None:
    """Make the role, and the first lines of both books, with the unlocking of the test settings taken back."""
    say(f"CREATE ROLE {WRITER} LOGIN")
    assert admit(WRITER) == BOOKS
    ledger.post(community=cast.home, key="pay:1", kind="pay", moves=[MOVE], by=None, cause=("order", 1), at=NOW)
    ledger.seal(community=cast.home, now=NOW)
    energy.record(
        community=cast.home, acts=[energy.NewAct(cast.member.pk, "reply", NOW, "1", "t", other_id=cast.other.pk)]
    )
    say("SELECT set_config('kith.unlocked', 'off', true)")


@pytest.mark.usefixtures("writer")
def test_it_does_all_that_serving_needs(cast: Cast) -> None:
    with writing():
        entry = ledger.post(
            community=cast.home, key="pay:2", kind="pay", moves=[MOVE], by=cast.founder, cause=("order", 1), at=NOW
        )
        ledger.reverse(community=cast.home, key="undo", entry_id=entry.entry_id, by=cast.founder, now=NOW)
        ledger.open_account(community=cast.home, name=AccountName("share", "CNY", "person", 1), floor=-5)
        ledger.make_asset(code="S:1", kind="goods")
        ledger.keep_checkpoints(community=cast.home)
        energy.record(
            community=cast.home, acts=[energy.NewAct(cast.other.pk, "reply", NOW, "2", "t", other_id=cast.member.pk)]
        )
        energy.withdraw(community=cast.home, at=NOW, keys=["2"])
        with energy.staging():
            energy.stage([energy.NewAct(cast.other.pk, "thank", NOW, "3", "t", other_id=cast.member.pk)])
            assert energy.append_staged(community=cast.home).new == 1
        found(name="新社", slug="xinshe", pursuit="新", by=cast.stranger, now=NOW)
    assert ledger.balance(cast.home, MOVE.dst) == 500
    assert [p.name for p in (*ledger.audit(), *energy.audit()) if p.broken] == []


CHANGES = {
    "energy_act": "weight = 9",
    "ledger_asset": "scale = 3",
    "ledger_entry": "note = 'x'",
    "ledger_move": "amount = 9",
    "ledger_seal": "root = ''",
}
WRONG = [
    sql
    for table, change in CHANGES.items()
    for sql in (f"UPDATE {table} SET {change}", f"DELETE FROM {table}", f"TRUNCATE {table}", f"ALTER TABLE {table} DISABLE TRIGGER ALL")
] + ["SET session_replication_role = replica"]  # fmt: skip


@pytest.mark.usefixtures("writer")
@pytest.mark.parametrize("sql", WRONG)
def test_it_cannot_rewrite_the_books_even_unlocked(sql: str) -> None:
    with writing():
        say("SELECT set_config('kith.unlocked', 'on', true)")
        with pytest.raises(ProgrammingError, match=r"permission denied|must be owner"), transaction.atomic():
            say(sql)


def test_a_role_that_is_not_there_or_owns_the_books_is_refused(db: None) -> None:
    with pytest.raises(WriterUnknown, match="CREATE ROLE nobody_of_this_name LOGIN"):
        admit("nobody_of_this_name")
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        owner = cursor.fetchone()[0]
    with pytest.raises(WriterOwnsTheBooks):
        admit(owner)
    say(f"CREATE ROLE {WRITER}_of_the_house LOGIN", f'GRANT "{owner}" TO {WRITER}_of_the_house')
    with pytest.raises(WriterOwnsTheBooks):
        admit(f"{WRITER}_of_the_house")


@pytest.mark.usefixtures("writer")
def test_it_is_told_that_tables_are_the_owners_business() -> None:
    say("DELETE FROM django_migrations WHERE app = 'ledger' AND name = '0004_seals'")
    with writing(), pytest.raises(MayNotMigrate, match="1 migrations are pending"), transaction.atomic():
        migrate()
