"""Many hands in one book at once: exactly what is there is given, nobody waits for ever, and who asks twice gets one answer."""

import random
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest

from kith.ledger import api as ledger
from kith.ledger.api import AccountName, AlreadyReversed, BookBusy, KeyReused, Overdraft, Posted
from tests.conftest import NOW, Cast, settle
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
from tests.people.together import at_once, faults

pytestmark = pytest.mark.usefixtures("committed")
UNITS = 40
BUYERS = 12


def every(calls: list[Callable[[], object]]) -> Callable[[], list[object]]:
    """Make the calls one after another; a refusal is an answer."""

    def run() -> list[object]:
        answers: list[object] = []
        for call in calls:
            try:
                answers.append(call())
            except Overdraft as refused:
                answers.append(type(refused))
        return answers

    return run


def counted(outcomes: list[object]) -> Counter[object]:
    assert faults(outcomes) == []
    answers = [a for done in outcomes for a in (done if isinstance(done, list) else [done])]
    return Counter(a.is_new if isinstance(a, Posted) else a if isinstance(a, type) else type(a) for a in answers)


def left(cast: Cast, asset: str = "S:1") -> int:
    return ledger.balance(cast.home, shelf(asset))


def test_twelve_buyers_take_exactly_what_is_there_each_asking_twice() -> None:
    cast = settle()
    for asset in ("S:1", "S:2"):
        stock(cast.home, UNITS, asset)

    def order(number: int) -> Callable[[], object]:
        both = [(shelf(a), held(number, a), 1) for a in ("S:1", "S:2")]
        return lambda: do(cast.home, f"hold:{number}", *random.Random(number).sample(both, 2), kind="hold")

    buyers = [every([c for i in range(10) for c in [order(buyer * 10 + i)] * 2]) for buyer in range(BUYERS)]
    assert counted(at_once(*buyers)) == {True: UNITS, False: UNITS, Overdraft: 2 * (BUYERS * 10 - UNITS)}
    assert (left(cast), left(cast, "S:2")) == (0, 0)
    assert_every_promise_kept()


def test_lanes_that_post_in_batches_take_exactly_what_is_there_beside_single_buyers() -> None:
    cast = settle()
    stock(cast.home, 100)

    def lane(name: int) -> Callable[[], object]:
        orders = [
            posting(f"hold:{n}", (shelf(), held(n), 1), (GATEWAY, escrow(n), 5))
            for n in range(name * 60, name * 60 + 60)
        ]
        return lambda: (
            ledger.post_many(community=cast.home, postings=orders[:30])
            + ledger.post_many(community=cast.home, postings=orders)
        )

    singles = [every([partial(hold, cast.home, n) for n in range(buyer, buyer + 20)]) for buyer in (1000, 2000)]
    answers = counted(at_once(*[lane(name) for name in range(4)], *singles))
    assert answers[True] == 100
    assert left(cast) == 0
    assert sum(ledger.totals(cast.home).values()) == 0
    assert_every_promise_kept()


def test_the_same_keys_in_any_order_from_every_lane_are_posted_once() -> None:
    cast = settle()
    money = [posting(f"k{n}", (GATEWAY, SALES, n + 1)) for n in range(60)]
    orders = [random.Random(seed).sample(money, 60) for seed in range(6)]
    calls = [partial(ledger.post_many, community=cast.home, postings=order) for order in orders]
    assert counted(at_once(*calls)) == {True: 60, False: 300}
    assert ledger.balance(cast.home, SALES) == sum(range(1, 61))
    assert_every_promise_kept()


def test_of_two_contents_for_a_key_one_is_posted() -> None:
    cast = settle()
    both = [[posting("k", (GATEWAY, escrow(n), 5))] for n in range(8)]
    calls = [partial(ledger.post_many, community=cast.home, postings=one) for one in both]
    assert counted(at_once(*calls)) == {True: 1, KeyReused: 7}
    assert ledger.totals(cast.home) == {("escrow", "CNY"): 5, ("gateway", "CNY"): -5}
    assert_every_promise_kept()


def test_accounts_that_all_make_at_once_are_one() -> None:
    cast = settle()
    calls = [partial(pay, cast.home, 1, 5, key=f"pay:{n}") for n in range(10)]
    assert counted(at_once(*calls)) == {True: 10}
    assert [(a.name, a.balance_minor) for a in ledger.balances(cast.home, owner_kind="order", owner_id=1)] == [
        (escrow(1), 50)
    ]
    assert_every_promise_kept()


def test_of_an_expiry_and_a_payment_at_the_same_moment_one_wins() -> None:
    cast = settle()
    stock(cast.home, 20)
    sold = AccountName("gone", "S:1")
    for n in range(20):
        hold(cast.home, n)
    expiries = every([partial(do, cast.home, f"expire:{n}", (held(n), shelf(), 1)) for n in range(20)])
    payments = every([partial(do, cast.home, f"ship:{n}", (held(n), sold, 1)) for n in reversed(range(20))])
    answers = counted(at_once(expiries, payments))
    assert answers == {True: 20, Overdraft: 20}
    assert left(cast) + ledger.balance(cast.home, sold) == 20
    assert_every_promise_kept()


def test_an_entry_is_reversed_once_by_however_many() -> None:
    cast = settle()
    guarded, free = pay(cast.home, 1, 500), do(cast.home, "sale", (GATEWAY, SALES, 7))

    def undo(key: str, entry: Posted) -> Callable[[], object]:
        def run() -> object:
            try:
                return ledger.reverse(community=cast.home, key=key, entry_id=entry.entry_id, by=None, now=NOW)
            except AlreadyReversed as refused:
                return type(refused)

        return run

    calls = [undo(f"undo:{n}:{e.entry_id}", e) for n in range(4) for e in (guarded, free)]
    assert counted(at_once(*calls)) == {True: 2, AlreadyReversed: 6}
    assert set(ledger.totals(cast.home).values()) == {0}
    assert_every_promise_kept()


def test_a_debt_is_repaid_once_by_two_shares_at_the_same_moment() -> None:
    cast = settle()
    ledger.open_account(community=cast.home, name=share(1), floor=-1000)
    do(cast.home, "claw", (share(1), GATEWAY, 500))
    earn = [partial(do, cast.home, f"earn:{n}", (GATEWAY, share(1), 400)) for n in range(3)]

    def pay_out(n: int) -> object:
        wire = AccountName("transit", "CNY", "wire", n)
        return do(cast.home, f"payout:{n}", (share(1), wire, 400), need={share(1): 0})

    payouts = [every([partial(pay_out, n)] * 3) for n in range(3)]
    assert faults(at_once(*earn, *payouts)) == []
    paid = sum(ledger.balance(cast.home, AccountName("transit", "CNY", "wire", n)) for n in range(3))
    assert ledger.balance(cast.home, share(1)) == 700 - paid
    assert paid in {0, 400}
    assert_every_promise_kept()


def test_seals_and_checkpoints_taken_while_others_post_miss_nothing() -> None:
    cast = settle()

    def patiently(call: Callable[[], object]) -> object:
        for _ in range(100):
            try:
                return call()
            except BookBusy:
                continue
        raise AssertionError

    def keep() -> None:
        for day in range(15):
            patiently(partial(ledger.keep_checkpoints, community=cast.home))
            patiently(partial(ledger.seal, community=cast.home, now=NOW + timedelta(days=day)))

    to = [SALES, escrow(1), share(1)]
    lanes = [
        every([partial(do, cast.home, f"{lane}:{n}", (GATEWAY, to[n % 3], 3)) for n in range(40)]) for lane in range(4)
    ]
    assert faults(at_once(keep, *lanes)) == []
    ledger.seal(community=cast.home, now=NOW + timedelta(days=30))
    assert ledger.balance(cast.home, GATEWAY) == -4 * 40 * 3
    assert_every_promise_kept()
