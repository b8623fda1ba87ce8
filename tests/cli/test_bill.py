"""`kith bill` names what a payment service moved and we do not know of, and the other way round."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from kith.cli.commands.bill import command
from kith.launch import api as launch
from tests.cli.test_audit import _test_database as _test_database  # noqa: PLC0414 -- a fixture
from tests.conftest import NOW, Cast
from tests.launch.shop import buy, charge, opened


def test_a_bill_is_compared_and_ends_with_1_when_it_differs(cast: Cast, tmp_path: Path) -> None:
    opened(cast)
    ref = charge(cast, buy(cast)).our_ref
    launch.sandbox_end(ref=ref, how="pay", now=NOW)
    day = f"{NOW + timedelta(hours=8):%Y-%m-%d}"
    bill = tmp_path / "bill.csv"
    bill.write_text(f"our_ref,amount\n{ref},168.00\n")
    same = CliRunner().invoke(command, ["sandbox", str(bill), "--day", day])
    assert (same.exit_code, same.output) == (0, "1 lines of the bill, 0 differ.\n")
    bill.write_text("our_ref,amount\nLOST,1.00\n")
    other = CliRunner().invoke(command, ["sandbox", str(bill), "--day", day, "--json"])
    assert other.exit_code == 1
    assert [(g["what"], g["our_ref"]) for g in json.loads(other.output)["gaps"]] == [
        ("only_here", ref),
        ("only_there", "LOST"),
    ]


@pytest.mark.parametrize("text", ["nothing of it", "our_ref,amount\nX,abc\n"])
def test_what_is_no_bill_is_refused_in_a_sentence(cast: Cast, tmp_path: Path, text: str) -> None:
    bill = tmp_path / "bill.csv"
    bill.write_text(text)
    done = CliRunner().invoke(command, ["sandbox", str(bill), "--day", "2026-05-20"])
    assert type(done.exception).__name__ == "BadBill"
