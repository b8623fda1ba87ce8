"""Faults of holds and of stock, by their number in docs/faults.md."""

from datetime import timedelta
from typing import Any

import pytest

from kith.launch import api as launch
from kith.launch.api import BelowWhatIsHeld, NotNow, OfferInUse
from kith.ledger.api import OtherAsset, make_asset
from tests.conftest import NOW, Cast, settle
from tests.launch.shop import assert_clean, buy, charge, event, item, left, money, opened, paid, status, tell
from tests.people.together import at_once, faults

LATER = NOW + timedelta(minutes=15)


@pytest.mark.usefixtures("committed")
def test_fault_16_expiry_and_payment_at_the_same_instant_one_wins() -> None:
    cast = settle()
    opened(cast)
    made = buy(cast, BREW=2)
    told = event(charge(cast, made))
    found = at_once(*[lambda: launch.expire_due(now=LATER), lambda: tell(told, LATER)] * 2)
    assert faults(found) == []
    # Whoever came first, the buyer has what was paid for: after an expiry it is held again.
    assert status(made) == "paid"
    assert sorted(o for o in found if isinstance(o, str)) == ["known", "paid"]
    assert (left(cast.home, "BREW"), money(cast.home)) == (8, {"gateway": -33600, "escrow": 33600})
    assert_clean()


def test_fault_17_jobs_run_twice_do_nothing_the_second_time(cast: Cast) -> None:
    opened(cast)
    made, kept = buy(cast, BREW=2), buy(cast, cast.other, BREW=1)
    paid(cast, kept, cast.other)
    assert [launch.expire_due(now=LATER), launch.expire_due(now=LATER)] == [1, 0]
    assert (status(made), status(kept), left(cast.home, "BREW")) == ("expired", "paid", 9)
    assert launch.tick(now=NOW + timedelta(days=5)) == {"opened": 0, "closed": 1, "settled": 0}
    assert launch.tick(now=NOW + timedelta(days=5)) == {"opened": 0, "closed": 0, "settled": 0}
    assert_clean()


@pytest.mark.usefixtures("committed")
def test_fault_17_nor_at_the_same_moment() -> None:
    cast = settle()
    opened(cast)
    for n, by in enumerate((cast.member, cast.other, cast.core)):
        buy(cast, by, key=f"key-{n:08}", BREW=2)
    found = at_once(*[lambda: launch.expire_due(now=LATER)] * 3)
    assert faults(found) == []
    assert sum(n for n in found if isinstance(n, int)) == 3
    assert left(cast.home, "BREW") == 10
    assert_clean()


def test_an_order_is_let_go_by_its_buyer_once(cast: Cast) -> None:
    opened(cast)
    made = buy(cast, BREW=4)
    assert launch.cancel(community=cast.home, no=made.no, by=cast.member, now=NOW).status == "cancelled"
    assert left(cast.home, "BREW") == 10
    with pytest.raises(NotNow):
        launch.cancel(community=cast.home, no=made.no, by=cast.member, now=NOW)
    buy(cast, key="key-00000002", BREW=5)  # the limit is theirs again
    assert_clean()


def test_fault_39_stock_below_what_is_held_is_refused(cast: Cast) -> None:
    opened(cast)
    buy(cast, BREW=4)
    take: dict[str, Any] = {
        "community": cast.home,
        "slug": "autumn",
        "item_id": item("BREW"),
        "by": cast.founder,
        "now": NOW,
    }
    with pytest.raises(BelowWhatIsHeld):
        launch.restock(**take, change=-7, key="take-0001")
    assert launch.restock(**take, change=-6, key="take-0002") == -6
    assert launch.restock(**take, change=-6, key="take-0002") == -6  # asked twice, taken once
    assert left(cast.home, "BREW") == 0
    with pytest.raises(OfferInUse):
        launch.retire_offer(community=cast.home, sku="BREW", by=cast.founder, now=NOW)
    with pytest.raises(OtherAsset):
        make_asset(code="CNY", kind="money", scale=3)
    assert_clean()
