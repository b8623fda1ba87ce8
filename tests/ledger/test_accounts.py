"""Accounts come into being by moves or are opened with a floor; balances are the same however they are read."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kith.ledger import api as ledger
from kith.ledger.api import (
    AccountClosed,
    AccountName,
    AccountNotEmpty,
    BadFloor,
    BadName,
    OtherAsset,
    Overdraft,
    UnknownAccountRole,
    UnknownAsset,
)
from kith.lib.errors import Refusal
from tests.conftest import NOW, Cast
from tests.ledger.book import (
    GATEWAY,
    SALES,
    assert_every_promise_kept,
    do,
    escrow,
    held,
    hold,
    pay,
    posting,
    share,
    shelf,
    stock,
)


@pytest.mark.django_db
def test_the_first_assets_are_there() -> None:
    found = ledger.assets(["CNY", "USD", "EUR", "JPY", "P", "XAU"])
    assert {(a.code, a.kind, a.scale) for a in found.values()} == {
        ("CNY", "money", 2), ("USD", "money", 2), ("EUR", "money", 2), ("JPY", "money", 0), ("P", "points", 0),
    }  # fmt: skip


@pytest.mark.django_db
def test_an_asset_is_made_once_and_stays_what_it_is() -> None:
    made = ledger.make_asset(code="S:17", kind="goods")
    assert ledger.make_asset(code="S:17", kind="goods") == made == ledger.assets(["S:17"])["S:17"]
    for kind, scale in (("right", 0), ("goods", 1)):
        with pytest.raises(OtherAsset):
            ledger.make_asset(code="S:17", kind=kind, scale=scale)
    for code, kind, scale in (
        ("s:17", "goods", 0),
        ("S:17/2", "goods", 0),
        ("S:" + "x" * 29, "goods", 0),
        ("X", "gold", 0),
        ("X", "goods", 7),
    ):
        with pytest.raises(BadName):
            ledger.make_asset(code=code, kind=kind, scale=scale)


def test_an_account_is_what_its_name_says(cast: Cast) -> None:
    opened = ledger.open_account(community=cast.home, name=share(1), floor=-500)
    assert (opened.name, opened.floor, opened.balance_minor, opened.closed_at) == (share(1), -500, 0, None)
    assert ledger.open_account(community=cast.home, name=share(1)) == opened
    assert ledger.account(cast.home, share(1)) == opened
    assert ledger.account(cast.rival, share(1)) is None
    sales = ledger.open_account(community=cast.home, name=SALES)
    assert sales.floor is None


def test_a_floor_can_be_set_where_the_balance_allows_it(cast: Cast) -> None:
    do(cast.home, "earned", (GATEWAY, share(1), 500))
    assert ledger.open_account(community=cast.home, name=share(1), floor=-300).floor == -300
    do(cast.home, "claw", (share(1), GATEWAY, 800))
    with pytest.raises(Overdraft) as refused:
        ledger.open_account(community=cast.home, name=share(1), floor=-299)
    assert refused.value.missing == 1
    assert ledger.open_account(community=cast.home, name=share(1)).floor == -300


@pytest.mark.parametrize(
    ("name", "floor", "fault"),
    [
        (AccountName("purse", "CNY"), None, UnknownAccountRole),
        (AccountName("share", "XAU"), None, UnknownAsset),
        (AccountName("share", "CNY", "Person", 1), None, BadName),
        (share(1), 10**15 + 1, BadFloor),
        (share(1), 1.5, BadFloor),
        (SALES, 0, BadFloor),
    ],
)
def test_what_cannot_be_opened_is_refused(cast: Cast, name: AccountName, floor: int, fault: type[Refusal]) -> None:
    with pytest.raises(fault):
        ledger.open_account(community=cast.home, name=name, floor=floor)
    assert ledger.account(cast.home, name) is None


def test_nothing_moves_in_a_closed_account_and_only_an_empty_one_closes(cast: Cast) -> None:
    pay(cast.home, 1, 500)
    for name, role in ((escrow(1), "escrow"), (GATEWAY, "gateway")):
        with pytest.raises(AccountNotEmpty, match=role):
            ledger.close_account(community=cast.home, name=name, now=NOW)
    do(cast.home, "back", (escrow(1), GATEWAY, 500))
    for name in (escrow(1), GATEWAY):
        assert ledger.close_account(community=cast.home, name=name, now=NOW).closed_at == NOW
        with pytest.raises(AccountClosed):
            do(cast.home, f"more:{name.role}", (name, SALES, 1))
        with pytest.raises(AccountClosed):
            do(cast.home, f"more:{name.role}", (SALES, name, 1))
    first, second = ledger.post_many(
        community=cast.home, postings=[posting("a", (SALES, escrow(1), 1)), posting("b", (SALES, escrow(2), 1))]
    )
    assert isinstance(first, AccountClosed)
    assert isinstance(second, ledger.Posted)
    assert_every_promise_kept()


def test_balances_of_an_owner_of_a_role_and_in_all(cast: Cast) -> None:
    stock(cast.home, 5)
    hold(cast.home, 7, 2)
    pay(cast.home, 7, 900)
    pay(cast.home, 8, 100)
    do(cast.rival, "pay", (GATEWAY, escrow(7), 1))
    of_order = ledger.balances(cast.home, owner_kind="order", owner_id=7)
    assert [(a.name, a.balance_minor) for a in of_order] == [(escrow(7), 900), (held(7), 2)]
    of_role = ledger.accounts(cast.home, role="escrow", asset="CNY")
    assert [(a.name, a.balance_minor) for a in of_role] == [(escrow(7), 900), (escrow(8), 100)]
    assert ledger.totals(cast.home) == {
        ("escrow", "CNY"): 1000, ("gateway", "CNY"): -1000, ("held", "S:1"): 2, ("shelf", "S:1"): 3, ("supply", "S:1"): -5,
    }  # fmt: skip


def test_a_list_of_accounts_is_one_query_whatever_their_number(cast: Cast) -> None:
    ledger.post_many(community=cast.home, postings=[posting(f"p{i}", (GATEWAY, escrow(i), 1)) for i in range(60)])
    with CaptureQueriesContext(connection) as asked:
        assert len(ledger.accounts(cast.home, role="escrow", asset="CNY")) == 60
    assert len(asked) == 1


def test_what_stood_there_after_an_entry(cast: Cast) -> None:
    first, second = pay(cast.home, 1, 500), do(cast.home, "back", (escrow(1), GATEWAY, 200))
    do(cast.home, "more", (GATEWAY, escrow(1), 50))
    for name, sign in ((escrow(1), 1), (GATEWAY, -1)):
        assert ledger.balance(cast.home, name, upto_entry=first.entry_id - 1) == 0
        assert ledger.balance(cast.home, name, upto_entry=first.entry_id) == sign * 500
        assert ledger.balance(cast.home, name, upto_entry=second.entry_id) == sign * 300
        assert ledger.balance(cast.home, name) == sign * 350
    assert ledger.balance(cast.home, shelf(), upto_entry=10**12) == 0


def test_checkpoints_change_nothing_but_the_cost(cast: Cast) -> None:
    pay(cast.home, 1, 500)
    assert ledger.keep_checkpoints(community=cast.home) == 1
    assert ledger.keep_checkpoints(community=cast.home) == 0
    pay(cast.home, 2, 70)
    do(cast.home, "final", (escrow(1), SALES, 500))
    before = ledger.totals(cast.home)
    assert before["gateway", "CNY"] == -570
    assert ledger.keep_checkpoints(community=cast.home) == 2
    assert ledger.totals(cast.home) == before
    assert_every_promise_kept()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM ledger_checkpoint")
    assert ledger.totals(cast.home) == before
