"""`kith audit` tells every promise of both books, and ends with 1 when one is broken."""

import json
import os

import pytest
from click.testing import CliRunner, Result
from django.db import connection

from kith.cli.commands.audit import command
from kith.energy import api as energy
from kith.launch import api as launch
from kith.ledger import api as ledger
from kith.ledger.api import AccountName, NewMove
from kith.share import api as share
from tests.conftest import NOW, Cast

BALANCES = "balances are the sums of their moves"


@pytest.fixture(autouse=True)
def _test_database(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the command greet the database this test is in."""
    url, name = os.environ["DATABASE_URL"], str(connection.settings_dict["NAME"])
    plain = name.removeprefix("test_")
    monkeypatch.setenv("DATABASE_URL", url.replace(f"/{plain}", f"/{name}") if f"/{name}" not in url else url)


@pytest.fixture
def books(cast: Cast) -> Cast:
    energy.record(
        community=cast.home, acts=[energy.NewAct(cast.member.pk, "reply", NOW, "1", "t", other_id=cast.other.pk)]
    )
    move = NewMove(AccountName("gateway", "CNY"), AccountName("escrow", "CNY", "order", 1), 500)
    ledger.post(community=cast.home, key="pay:1", kind="pay", moves=[move], by=None, cause=("order", 1), at=NOW)
    ledger.seal(community=cast.home, now=NOW)
    return cast


def run(*words: str) -> Result:
    return CliRunner().invoke(command, words)


def test_every_promise_of_both_books_is_told(books: Cast) -> None:
    done = run()
    assert done.exit_code == 0, done.output
    lines = done.output.splitlines()
    seal = ledger.last_seal(books.home)
    assert seal is not None
    assert f"ok   {BALANCES}: 2 checked, 0 broken" in lines
    assert "ok   ties of shanye equal a rebuild from the book: 1 checked, 0 broken" in lines
    assert "ok   append-only triggers stand guard: 4 checked, 0 broken" in lines
    assert "ok   seals chain over every row they cover: 1 checked, 0 broken" in lines
    assert "ok   units held are those of open orders: 0 checked, 0 broken" in lines
    assert lines[-1] == f"seal  shanye: 2026-11-20 {seal.root}"
    assert len(lines) == len(energy.audit()) + 2 + len(ledger.audit()) + len(launch.audit()) + len(share.audit()) + 1


def test_a_broken_promise_ends_with_one(books: Cast) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE ledger_account SET balance = 501 WHERE role = 'escrow'")
    done = run("--json")
    assert done.exit_code == 1
    facts = json.loads(done.output)
    assert facts["clean"] is False
    assert {"promise": BALANCES, "checked": 2, "broken": 1} in facts["promises"]
    assert facts["seals"]["shanye"]["day"] == "2026-11-20"
    assert f"BROKEN  {BALANCES}: 2 checked, 1 broken" in run().output
