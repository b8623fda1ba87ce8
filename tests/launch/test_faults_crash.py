"""Fault 40: the disk full in the middle, yesterday's backup put back. All or nothing; what the backup does not know the bill names."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from kith.launch import api as launch
from kith.launch.api import BadBill, BillGap, BillLine
from kith.launch.models import Inbox, Wire
from kith.launch.rules.billing import compare
from tests.conftest import NOW, Cast
from tests.launch.merchants import WeChat, set_up, wechat_headers, wechat_message
from tests.launch.merchants import transaction as paid_there
from tests.launch.shop import assert_clean, buy, charge, event, left, money, opened, status, tell

DAY = NOW.replace(hour=0, minute=0)


@contextmanager
def full_disk(table: str) -> Iterator[None]:
    """Let the database refuse to write into a table, as one whose disk is full does (53100)."""
    with connection.cursor() as cursor:
        cursor.execute(f"""
            CREATE FUNCTION disk_full() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = '53100'; END $$;
            CREATE TRIGGER disk_full BEFORE INSERT OR UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION disk_full()""")
        yield
        cursor.execute(f"DROP TRIGGER disk_full ON {table}; DROP FUNCTION disk_full()")


@pytest.mark.parametrize("table", ["launch_wire", "ledger_move", "launch_order", "launch_inbox"])
def test_fault_40_a_disk_that_is_full_in_the_middle_of_a_payment_leaves_nothing_of_it(cast: Cast, table: str) -> None:
    opened(cast)
    made = buy(cast)
    told = event(charge(cast, made))
    with full_disk(table), pytest.raises(OperationalError), transaction.atomic():
        tell(told)
    assert (status(made), Inbox.objects.count(), money(cast.home), left(cast.home, "BREW")) == ("placed", 0, {}, 9)
    assert_clean()
    assert (tell(told), status(made)) == ("paid", "paid")  # the provider tells it again
    assert_clean()


def test_fault_40_after_yesterdays_backup_the_bill_names_what_is_missing_and_no_number_comes_again(
    cast: Cast, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("wechatpayv3")
    set_up(settings, tmp_path)
    opened(cast)
    service = WeChat({"/v3/pay/transactions/native": (200, {"code_url": "weixin://wxpay/bizpayurl?pr=1"})})
    monkeypatch.setattr("wechatpayv3.core.requests", service)

    def pay(key: str) -> tuple[str, launch.OrderValue]:
        wire = charge(cast, made := buy(cast, key=key), provider="wechatpay")
        there[wire.our_ref] = wire.amount_minor
        return wire.our_ref, made

    def hear(ref: str) -> str:
        body = wechat_message("TRANSACTION.SUCCESS", paid_there(ref, 16800)).replace(
            "EV-2018022511223320873", f"EV-{ref}"
        )
        return launch.hear(
            provider="wechatpay", headers=wechat_headers(body, NOW.timestamp()), body=body.encode(), now=NOW
        )

    there: dict[str, int] = {}
    kept, waiting = pay("key-00000001"), pay("key-00000002")
    assert hear(kept[0]) == "paid"
    backup = transaction.savepoint()
    lost = pay("key-00000003")
    assert [hear(waiting[0]), hear(lost[0])] == ["paid", "paid"]
    transaction.savepoint_rollback(backup)
    assert_clean()
    bill = [BillLine(ref, amount) for ref, amount in there.items()]
    find: dict[str, Any] = {"provider": "wechatpay", "lines": bill, "since": DAY, "until": DAY + timedelta(days=1)}
    assert {(g.what, g.our_ref) for g in launch.compare_bill(**find)} == {
        ("only_there", waiting[0]),
        ("only_there", lost[0]),
    }
    again = pay("key-00000003")
    assert again[0] not in {lost[0], waiting[0], kept[0]}
    assert hear(lost[0]) == "stranger"  # in the log, for a person to give back
    service.answers["/v3/pay/transactions/out-trade-no"] = (200, paid_there(waiting[0], 16800))
    launch.poll(now=NOW + timedelta(minutes=1))  # what the backup knows is asked about
    assert (status(waiting[1]), {g.our_ref for g in launch.compare_bill(**find)}) == ("paid", {lost[0]})
    assert_clean()


WECHAT = """交易时间,公众账号ID,商户号,微信订单号,商户订单号,订单金额,微信退款单号,商户退款单号,退款金额
`2026-05-20 13:29:35,`wx1,`1900,`42,`REF1,`168.00,`0,`0,`0.00
`2026-05-20 13:30:35,`wx1,`1900,`42,`REF2,`0.00,`503,`BACK1,`33.33
总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额
`2.0,`168.00,`33.33,`0.00,`0.00000,`168.00,`33.33
"""


def test_a_bill_of_wechats_is_read_and_compared_from_the_command_line(cast: Cast, tmp_path: Path) -> None:
    opened(cast)
    ref = charge(cast, buy(cast)).our_ref
    launch.sandbox_end(ref=ref, how="pay", now=NOW)
    found = list(launch.bill_lines(WECHAT.splitlines(), currency="CNY", scale=2))
    assert found == [BillLine("REF1", 16800), BillLine("BACK1", 3333)]
    gaps = launch.compare_bill(provider="sandbox", lines=found, since=DAY, until=DAY + timedelta(days=1))
    assert {(g.what, g.our_ref) for g in gaps} == {("only_there", "REF1"), ("only_there", "BACK1"), ("only_here", ref)}
    assert Wire.objects.get().status == "done"
    with pytest.raises(BadBill):
        list(launch.bill_lines(["a,b", "1,2"], currency="CNY", scale=2))
    with pytest.raises(BadBill):
        list(launch.bill_lines(["our_ref,amount", "R,１２"], currency="CNY", scale=2))


@given(
    st.dictionaries(st.sampled_from("abcd"), st.integers(1, 9)),
    st.dictionaries(st.sampled_from("abcd"), st.integers(1, 9)),
)
def test_a_bill_and_the_books_differ_by_exactly_what_only_one_has_or_both_have_otherwise(theirs: dict[str, int], ours: dict[str, int]) -> None:  # fmt: skip
    gaps = compare([BillLine(*line) for line in theirs.items()], ours)
    assert {g.our_ref for g in gaps} == {r for r in theirs.keys() | ours.keys() if theirs.get(r) != ours.get(r)}
    assert all(g == BillGap(g.what, g.our_ref, theirs.get(g.our_ref), ours.get(g.our_ref)) for g in gaps)
