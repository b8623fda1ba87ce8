"""Statements that chain, tables for accountants, and where a price goes."""

import csv
import re
from datetime import timedelta
from io import BytesIO, StringIO
from itertools import count
from zipfile import ZipFile

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from kith.ledger import api as ledger
from kith.lib.tables import csv_lines, xlsx
from kith.share import api as share
from kith.share.api import Cut, FoundersOnly, NoSuchPayout
from kith.share.models import Rule, Statement
from tests.conftest import NOW, Cast
from tests.share.sharing import TENTH, assert_kept, earned, owed, ruled

LATER = NOW + timedelta(days=7)


def closed(cast: Cast, period: str = "2026-11") -> int:
    return share.close_statements(community=cast.home, period=period, now=LATER)


def broken() -> list[str]:
    return [p.name for p in share.audit() if p.broken]


def test_a_statement_opens_with_what_the_one_before_closed_with(cast: Cast) -> None:
    earned(cast)
    assert (closed(cast), closed(cast)) == (2, 0)  # 何以南 and 赵穗, once
    earned(cast, key="S2")
    share.adjust(community=cast.home, key="S1", bases={1: 8400}, now=LATER)
    closed(cast, "2026-12")
    closed(cast, "2027-01")  # nothing moved
    third, second, first = share.statements_of(cast.home, cast.core)
    assert (first.opening_minor, first.inflow_minor, first.outflow_minor, first.closing_minor, first.prev) == (
        0,
        3360,
        0,
        3360,
        "",
    )
    assert (second.opening_minor, second.inflow_minor, second.outflow_minor, second.closing_minor) == (
        3360,
        3360,
        1680,
        5040,
    )
    assert (third.opening_minor, third.lines, third.closing_minor, owed(cast, cast.core)) == (5040, 0, 5040, 5040)
    assert (second.prev, third.prev) == (first.digest, second.digest)
    page = share.statement(cast.home, cast.core, "CNY", 2)
    assert [(line.kind, line.amount_minor) for line in page.lines] == [("share", 3360), ("claw", -1680)]
    with pytest.raises(NoSuchPayout):
        share.statement(cast.home, cast.member, "CNY", 2)
    assert_kept()


def test_an_earlier_month_is_not_stated_after_a_later_one(cast: Cast) -> None:
    earned(cast)
    closed(cast, "2026-12")
    assert closed(cast, "2026-11") == 0


def test_rules_signatures_and_statements_cannot_be_changed(cast: Cast) -> None:
    earned(cast)
    closed(cast)
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('kith.unlocked', 'off', true)")  # as everywhere but in tests
    for model, field in ((Statement, "closing_minor"), (Rule, "version")):
        with pytest.raises(IntegrityError), transaction.atomic():
            model.objects.update(**{field: 9})
        with pytest.raises(IntegrityError), transaction.atomic():
            model.objects.filter(community=cast.home)._raw_delete("default")  # noqa: SLF001 -- no manager in between


def test_the_audit_finds_a_statement_that_was_forged(cast: Cast) -> None:
    earned(cast)
    closed(cast)
    closed(cast, "2026-12")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE share_statement DISABLE TRIGGER USER")
        cursor.execute(
            "UPDATE share_statement SET inflow_minor = inflow_minor + 1, closing_minor = closing_minor + 1 WHERE n = 1"
        )
        cursor.execute("ALTER TABLE share_statement ENABLE TRIGGER USER")
    assert broken() == ["statements chain without a gap", "statements say what the book says"]


def test_tables_tell_what_is_owed_and_paid_as_numbers(cast: Cast) -> None:
    cast.core.name = "=HYPERLINK(1)"
    cast.core.save()
    earned(cast)
    share.set_pay_to(community=cast.home, text="招商银行", by=cast.core, now=NOW)
    share.ask_payout(community=cast.home, amount_minor=1000, currency="CNY", key="payout-01", by=cast.core, now=NOW)
    text = "".join(csv_lines(share.OWED_HEAD, share.owed_rows(cast.home)))
    rows = list(csv.DictReader(StringIO(text.removeprefix("\ufeff"))))
    assert {r["name"]: r["owed"] for r in rows} == {"'=HYPERLINK(1)": "23.60", "赵穗": "16.80"}
    (payout,) = share.payout_rows(cast.home)
    assert (payout[1], *map(str, payout[4:7]), payout[7]) == ("=HYPERLINK(1)", "10.00", "0.00", "10.00", "drafted")
    assert b"'=HYPERLINK(1)" in ZipFile(BytesIO(xlsx(share.OWED_HEAD, share.owed_rows(cast.home)))).read(
        "xl/worksheets/sheet1.xml"
    )


@given(text=st.text(max_size=8))
def test_no_cell_begins_a_formula(text: str) -> None:
    (_, line) = csv_lines(("a",), [(text,)])
    ((cell,),) = list(csv.reader(StringIO(line, newline=""))) or [[""]]
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


def test_a_table_without_end_begins_at_once() -> None:
    lines = csv_lines(("n",), ([n] for n in count()))
    assert [next(lines) for _ in range(3)] == ["\ufeffn\r\n", "0\r\n", "1\r\n"]


def test_the_money_of_the_book_balances_for_the_accountant(cast: Cast) -> None:
    earned(cast)
    earned(cast, key="S2")
    share.adjust(community=cast.home, key="S1", bases={1: 0}, now=LATER)
    text = "".join(share.beancount(cast.home))
    opened = set(re.findall(r"^1970-01-01 open (\S+)$", text, re.MULTILINE))
    posted = re.findall(r"^  (\S+)  (-?[0-9.]+) CNY$", text, re.MULTILINE)
    assert {name for name, _ in posted} == opened
    assert round(sum(float(n) for _, n in posted), 2) == 0
    mine = f"Liabilities:Share:Person-{cast.core.pk}"
    assert round(sum(float(n) for name, n in posted if name == mine), 2) == -33.60
    assert len(re.findall(r"^\d{4}-\d\d-\d\d \* ", text, re.MULTILINE)) == len(ledger.money_entries(cast.home))


def test_where_a_price_goes_is_shown_if_the_founder_wishes(cast: Cast) -> None:
    ruled(
        cast, Cut("channel", 2 * TENTH), Cut("maker", TENTH, person_id=cast.other.pk, offer_id=7), Cut("fund", 50_000)
    )
    prices = {7: (16800, 1933), 8: (100, 0)}
    assert share.where_it_goes(cast.home, prices, now=NOW) == {}
    with pytest.raises(FoundersOnly):
        share.show_where(community=cast.home, offer_id=7, is_shown=True, by=cast.operator, now=NOW)
    share.show_where(community=cast.home, offer_id=7, is_shown=True, by=cast.founder, now=NOW)
    found = share.where_it_goes(cast.home, prices, now=NOW)
    assert {s.role: s.amount_minor for s in found[7].slices} == {
        "channel": 2973,
        "maker": 1487,
        "fund": 743,
        "house": 9664,
        "tax": 1933,
    }
    assert (list(found), sum(s.amount_minor for s in found[7].slices)) == ([7], 16800)
    share.show_where(community=cast.home, offer_id=7, is_shown=False, by=cast.founder, now=NOW)
    assert share.where_it_goes(cast.home, prices, now=NOW) == {}
