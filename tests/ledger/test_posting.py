"""An entry is posted whole or not at all, once for its key, and never below a floor."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from kith.ledger import api as ledger
from kith.ledger.api import (
    AccountName,
    BadAmount,
    BadFloor,
    BadMoves,
    BadName,
    BalanceTooLarge,
    KeyReused,
    NewMove,
    Overdraft,
    UnknownAccountRole,
    UnknownAsset,
)
from kith.lib.errors import Refusal
from kith.lib.split import split
from tests.conftest import NOW, Cast
from tests.ledger.book import (
    FEES,
    GATEWAY,
    SALES,
    SKU,
    as_moves,
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


@pytest.fixture(autouse=True)
def _promises(cast: Cast) -> object:
    """Three units on the shelf; and whatever a test does, the book keeps what it promises."""
    stock(cast.home, 3)
    yield
    assert_every_promise_kept()


def test_an_entry_moves_what_it_says(cast: Cast) -> None:
    hold(cast.home, 1, 2)
    assert ledger.balance(cast.home, shelf()) == 1
    assert ledger.balance(cast.home, held(1)) == 2
    assert ledger.balance(cast.home, AccountName("supply", SKU)) == -3
    assert ledger.balance(cast.rival, shelf()) == 0
    assert ledger.totals(cast.home) == {("held", SKU): 2, ("shelf", SKU): 1, ("supply", SKU): -3}
    entry = ledger.entry(cast.home, key="hold:1")
    assert entry is not None
    assert (entry.kind, entry.cause, entry.at, entry.by_id, entry.moves) == (
        "hold", ("test", 1), NOW, None, (NewMove(shelf(), held(1), 2),),
    )  # fmt: skip


def test_the_same_key_with_the_same_content_is_answered_as_the_first_time(cast: Cast) -> None:
    first = hold(cast.home, 1, 2)
    again = ledger.post(
        community=cast.home, key="hold:1", kind="hold", moves=[NewMove(shelf(), held(1), 2)], by=cast.founder,
        cause=("test", 1), at=NOW + timedelta(hours=1), note="a second time",
    )  # fmt: skip
    assert (first.is_new, again) == (True, ledger.Posted(first.entry_id, is_new=False))
    assert ledger.balance(cast.home, held(1)) == 2


def test_the_same_key_is_answered_though_nothing_is_left(cast: Cast) -> None:
    first = hold(cast.home, 1, 3)
    assert hold(cast.home, 1, 3).entry_id == first.entry_id


def test_the_order_of_moves_makes_no_other_content(cast: Cast) -> None:
    moves = [(shelf(), held(1), 1), (GATEWAY, escrow(1), 500)]
    first = do(cast.home, "both", *moves)
    assert do(cast.home, "both", *moves[::-1]).entry_id == first.entry_id


@pytest.mark.parametrize(
    "other",
    [
        lambda c: hold(c, 1, 1),
        lambda c: hold(c, 2, 2, key="hold:1"),
        lambda c: do(c, "hold:1", (shelf(), held(1), 2), kind="keep"),
        lambda c: do(c, "hold:1", (shelf(), held(1), 1), (shelf(), held(1), 1), kind="hold"),
        lambda c: ledger.post(
            community=c, key="hold:1", kind="hold", moves=as_moves([(shelf(), held(1), 2)]), by=None, cause=("test", 2), at=NOW
        ),
    ],
)  # fmt: skip
def test_the_same_key_with_other_content_is_refused(cast: Cast, other: Callable[[object], object]) -> None:
    hold(cast.home, 1, 2)
    with pytest.raises(KeyReused) as refused:
        other(cast.home)
    assert (refused.value.status, refused.value.facts) == (409, {"key": "hold:1"})
    assert ledger.balance(cast.home, shelf()) == 1


def test_a_key_belongs_to_its_community(cast: Cast) -> None:
    hold(cast.home, 1, 2)
    do(cast.rival, "hold:1", (AccountName("supply", SKU), shelf(), 7))
    assert ledger.balance(cast.rival, shelf()) == 7
    assert ledger.balance(cast.home, shelf()) == 1


def test_what_is_not_there_is_not_sold(cast: Cast) -> None:
    hold(cast.home, 1, 2)
    with pytest.raises(Overdraft, match="2 of S:1 are missing") as refused:
        hold(cast.home, 2, 3)
    assert (refused.value.account, refused.value.missing, refused.value.status) == (shelf(), 2, 409)
    assert ledger.entry(cast.home, key="hold:2") is None
    assert ledger.account(cast.home, held(2)) is None
    assert ledger.balance(cast.home, shelf()) == 1
    assert hold(cast.home, 2, 1).is_new


def test_a_second_move_that_fails_takes_the_first_back(cast: Cast) -> None:
    pay(cast.home, 1, 500)
    with pytest.raises(Overdraft) as refused:
        do(cast.home, "final:1", (escrow(1), SALES, 300), (escrow(1), share(1), 201))
    assert (refused.value.account, refused.value.missing) == (escrow(1), 1)
    assert (ledger.balance(cast.home, escrow(1)), ledger.balance(cast.home, SALES)) == (500, 0)


def test_what_goes_in_and_out_of_an_account_in_one_entry_counts_as_its_difference(cast: Cast) -> None:
    do(cast.home, "through", (GATEWAY, escrow(1), 500), (escrow(1), SALES, 500))
    assert ledger.balance(cast.home, escrow(1)) == 0
    assert ledger.balance(cast.home, SALES) == 500


def test_an_expiry_after_the_shipment_finds_nothing_to_release(cast: Cast) -> None:
    hold(cast.home, 1, 2)
    do(cast.home, "ship:1", (held(1), AccountName("gone", SKU, "order", 1), 2))
    with pytest.raises(Overdraft):
        do(cast.home, "expire:1", (held(1), shelf(), 2))


def test_no_more_is_paid_back_than_was_paid(cast: Cast) -> None:
    pay(cast.home, 1, 5980)
    with pytest.raises(Overdraft) as refused:
        do(cast.home, "refund:1", (escrow(1), GATEWAY, 5981))
    assert refused.value.missing == 1
    do(cast.home, "refund:2", (escrow(1), GATEWAY, 1980))
    with pytest.raises(Overdraft):
        do(cast.home, "refund:3", (escrow(1), GATEWAY, 4001))
    assert ledger.balance(cast.home, escrow(1)) == 4000


def test_what_was_wired_out_does_not_come_back_as_failed(cast: Cast) -> None:
    wire = AccountName("transit", "CNY", "wire", 1)
    do(cast.home, "earned", (GATEWAY, share(1), 500))
    do(cast.home, "payout", (share(1), wire, 500), need={share(1): 0})
    do(cast.home, "payout:done", (wire, AccountName("bank", "CNY"), 500))
    with pytest.raises(Overdraft):
        do(cast.home, "payout:failed", (wire, share(1), 500))


def test_a_refund_after_the_payout_is_a_debt_that_later_shares_repay(cast: Cast) -> None:
    ledger.open_account(community=cast.home, name=share(1), floor=-100_000)
    pay(cast.home, 1, 4000)
    parts, rest = split(4000, {1: 125_000})
    do(cast.home, "final:1", (escrow(1), SALES, rest), (escrow(1), share(1), parts[1]))
    wire = AccountName("transit", "CNY", "wire", 1)

    def pay_out(key: str, amount: int) -> object:
        return do(cast.home, key, (share(1), wire, amount), need={share(1): 0})

    pay_out("payout:1", 500)
    with pytest.raises(Overdraft) as refused:
        pay_out("payout:2", 1)
    assert refused.value.missing == 1
    do(cast.home, "claw:1", (SALES, escrow(1), 3500), (share(1), escrow(1), 500))
    do(cast.home, "refund:1", (escrow(1), GATEWAY, 4000))
    assert ledger.balance(cast.home, share(1)) == -500
    do(cast.home, "final:2", (GATEWAY, share(1), 800))
    with pytest.raises(Overdraft):
        pay_out("payout:3", 301)
    pay_out("payout:3", 300)
    assert ledger.balance(cast.home, share(1)) == 0
    with pytest.raises(Overdraft) as too_deep:
        do(cast.home, "claw:2", (share(1), escrow(2), 100_001))
    assert too_deep.value.missing == 1


def test_a_need_is_asked_of_an_account_that_does_not_move_too(cast: Cast) -> None:
    with pytest.raises(Overdraft) as refused:
        do(cast.home, "if", (GATEWAY, SALES, 1), need={share(1): 1})
    assert (refused.value.account, refused.value.missing) == (share(1), 1)
    do(cast.home, "earned", (GATEWAY, share(1), 1))
    assert do(cast.home, "if", (GATEWAY, SALES, 1), need={share(1): 1}).is_new


def test_a_full_group_takes_nobody_more(cast: Cast) -> None:
    ledger.make_asset(code="G:1", kind="right")
    do(cast.home, "open", (AccountName("supply", "G:1"), shelf("G:1"), 2))
    for person in (1, 2):
        do(cast.home, f"join:{person}", (shelf("G:1"), held(person, "G:1"), 1))
    with pytest.raises(Overdraft):
        do(cast.home, "join:3", (shelf("G:1"), held(3, "G:1"), 1))


def test_accounts_without_a_floor_fall_as_low_as_they_like(cast: Cast) -> None:
    do(cast.home, "fee", (GATEWAY, FEES, 10**15))
    do(cast.home, "fee:2", (GATEWAY, FEES, 10**15))
    assert ledger.balance(cast.home, GATEWAY) == -2 * 10**15


@pytest.mark.parametrize("amount", [0, -1, 1.5, True, "1", "１", float("nan"), 2**63, 10**15 + 1, None])
def test_an_amount_is_a_whole_number_within_bounds(cast: Cast, amount: int) -> None:
    with pytest.raises(BadAmount):
        do(cast.home, "x", (GATEWAY, escrow(1), amount))
    assert ledger.entry(cast.home, key="x") is None


@pytest.mark.parametrize(
    ("moves", "fault"),
    [
        ([], BadMoves),
        ([(GATEWAY, GATEWAY, 1)], BadMoves),
        ([(GATEWAY, shelf(), 1)], BadMoves),
        ([(GATEWAY, SALES, 1)] * 1001, BadMoves),
        ([(GATEWAY, AccountName("purse", "CNY"), 1)], UnknownAccountRole),
        ([(AccountName("gateway", "XAU"), AccountName("sales", "XAU"), 1)], UnknownAsset),
        ([(AccountName("gateway", "cny"), AccountName("sales", "cny"), 1)], BadName),
        ([(GATEWAY, AccountName("escrow", "CNY", "Order/", 1), 1)], BadName),
    ],
)  # fmt: skip
def test_moves_that_make_no_sense_are_refused(
    cast: Cast, moves: list[tuple[AccountName, AccountName, int]], fault: type[Refusal]
) -> None:
    with pytest.raises(fault):
        do(cast.home, "x", *moves)
    assert ledger.entry(cast.home, key="x") is None


@pytest.mark.parametrize("key", ["", "a\nb", "a\x00b", "k" * 121])
def test_a_key_is_a_short_line(cast: Cast, key: str) -> None:
    with pytest.raises(BadName):
        do(cast.home, key, (GATEWAY, SALES, 1))


@pytest.mark.parametrize("need", [{share(1): 1.5}, {share(1): 10**15 + 1}, {SALES: 0}])
def test_a_need_that_makes_no_sense_is_refused(cast: Cast, need: dict[AccountName, int]) -> None:
    with pytest.raises(BadFloor):
        do(cast.home, "x", (SALES, share(1), 1), need=need)
    assert ledger.account(cast.home, share(1)) is None


def test_a_balance_stays_within_what_the_database_holds(cast: Cast) -> None:
    big = 10**15
    for number in range(4):
        do(cast.home, f"big:{number}", *[(GATEWAY, share(1), big)] * 1000)
    with pytest.raises(BalanceTooLarge):
        do(cast.home, "big:4", *[(GATEWAY, share(1), big)] * 1000)
    assert ledger.balance(cast.home, share(1)) == 4000 * big
    assert ledger.balance(cast.home, GATEWAY) == -4000 * big


def test_a_posting_rolled_back_by_its_caller_never_was(cast: Cast) -> None:
    with transaction.atomic():
        hold(cast.home, 1, 2)
        transaction.set_rollback(True)
    assert ledger.balance(cast.home, shelf()) == 3
    assert hold(cast.home, 1, 3).is_new


def test_many_are_answered_one_by_one_as_if_one_after_another(cast: Cast) -> None:
    before = hold(cast.home, 9, 1)
    answers = ledger.post_many(
        community=cast.home,
        postings=[
            posting("a", (shelf(), held(1), 1)),
            posting("b", (shelf(), held(2), 2)),  # one is left
            posting("a", (shelf(), held(1), 1)),  # again
            posting("a", (shelf(), held(1), 2)),  # again, with other content
            posting("c", (shelf(), held(3), 0)),
            posting("hold:9", (shelf(), held(9), 1), kind="hold"),
            posting("d", (held(1), shelf(), 1)),  # what "a" took comes back
            posting("b", (shelf(), held(2), 2)),  # and now it is enough
            posting("e", (shelf(), held(4), 1)),
        ],
    )
    kinds = [a.is_new if isinstance(a, ledger.Posted) else type(a) for a in answers]
    assert kinds == [True, Overdraft, False, KeyReused, BadAmount, False, True, True, Overdraft]
    assert answers[2] == ledger.Posted(answers[0].entry_id, is_new=False)  # type: ignore[union-attr]  # seen above
    assert answers[5] == ledger.Posted(before.entry_id, is_new=False)
    assert {o: ledger.balance(cast.home, held(o)) for o in (1, 2, 3, 4)} == {1: 0, 2: 2, 3: 0, 4: 0}
    assert ledger.account(cast.home, held(4)) is None


def test_nothing_to_post_is_nothing_to_do(cast: Cast) -> None:
    assert ledger.post_many(community=cast.home, postings=[]) == []
    (only,) = ledger.post_many(community=cast.home, postings=[posting("", (GATEWAY, SALES, 1))])
    assert isinstance(only, BadName)


def test_any_number_is_one_statement(cast: Cast) -> None:
    with CaptureQueriesContext(connection) as asked:
        many = [posting(f"k{i}", (GATEWAY, escrow(i), 5), (escrow(i), SALES, 2)) for i in range(300)]
        ledger.post_many(community=cast.home, postings=many)
    assert len(asked) == 1
    assert ledger.totals(cast.home)["escrow", "CNY"] == 900
