"""Fault 25: a buyer complains after all is final. What was shared stays where it is until the complaint is over."""

from datetime import timedelta
from typing import Any

import pytest

from kith.launch import api as launch
from kith.launch.api import Told
from kith.launch.models import Wire
from kith.share import api as share
from kith.share.api import Cut, MoreThanOwed, SaleDisputed
from tests.conftest import NOW, Cast, signed_in
from tests.launch.shop import assert_clean, buy, charge, event, money, opened, paid, status, tell
from tests.rest.calling import Calls

FINAL = NOW + timedelta(days=8)
THEIRS = 2974  # a fifth of two brews without tax, halved below


@pytest.fixture
def shop(cast: Cast) -> Cast:
    """赵穗 makes the brew and has a tenth of it."""
    share.write_rule(community=cast.home, by=cast.founder, now=NOW - timedelta(days=1), cuts=[Cut("maker", 100_000, person_id=cast.other.pk)])  # fmt: skip
    share.set_pay_to(community=cast.home, text="招商银行 6214", by=cast.other, now=NOW)
    opened(cast)
    return cast


def finished(cast: Cast, key: str = "key-00000001") -> launch.OrderValue:
    made = buy(cast, key=key, BREW=2)
    paid(cast, made)
    launch.ship(community=cast.home, no=made.no, tracking="", by=cast.founder, now=NOW)
    launch.finish_due(now=FINAL)
    return made


def ask(cast: Cast, amount: int, key: str = "payout-01") -> share.PayoutValue:
    return share.ask_payout(community=cast.home, amount_minor=amount, currency="CNY", key=key, by=cast.other, now=FINAL)


def dispute(made: launch.OrderValue, state: str, amount: int = 33600, **other: Any) -> str:
    charge_ref = Wire.objects.get(order__no=made.no, dir="charge").our_ref
    facts = {"event_id": f"dp-{state}", "kind": "dispute", "state": state, "our_ref": "DP1", "their_ref": "DP1"} | other
    return tell(Told(amount_minor=amount, currency="CNY", of_ref=charge_ref, **facts), FINAL)


def approve(cast: Cast, made: share.PayoutValue) -> share.PayoutValue:
    return share.approve_payout(community=cast.home, no=made.no, provider="manual", by=cast.operator, now=FINAL)


def test_fault_25_after_a_chargeback_nothing_of_the_sale_is_paid_out_until_it_is_won(shop: Cast) -> None:
    made = finished(shop)
    early = ask(shop, 1000)
    assert [dispute(made, "open"), dispute(made, "open")] == ["disputed", "known"]
    with pytest.raises(SaleDisputed):  # what was asked for before is not approved now
        approve(shop, early)
    with pytest.raises(MoreThanOwed):
        ask(shop, 1, "payout-02")
    run: dict[str, Any] = {
        "community": shop.home,
        "currency": "CNY",
        "least_minor": 1,
        "by": shop.founder,
        "now": FINAL,
    }
    assert share.propose_payouts(key="run-00001", **run) == []
    other = finished(shop, "key-00000002")  # another sale is paid out as ever, the disputed one stays covered
    with pytest.raises(MoreThanOwed):
        ask(shop, THEIRS, "payout-03")
    ask(shop, THEIRS - 1000, "payout-04")
    assert (dispute(made, "won"), status(made), status(other)) == ("disputed", "final", "final")
    assert approve(shop, early).status == "approved"
    assert ask(shop, 1000, "payout-05").status == "drafted"
    assert_clean()


def test_fault_25_one_that_is_lost_is_money_given_back(shop: Cast) -> None:
    made = finished(shop)
    dispute(made, "open")
    assert dispute(made, "lost") == "external"
    assert (status(made), money(shop.home)) == ("refunded", {})
    assert [p.kept_minor for p in share.promises_of_sale(shop.home, made.no)] == [0, 0]
    assert_clean()


def test_fault_25_a_disputed_order_does_not_become_final_and_one_heard_before_its_payment_waits(shop: Cast) -> None:
    made = buy(shop, BREW=2)
    wire = charge(shop, made)
    assert dispute(made, "open") == "parked"
    assert tell(event(wire)) == "paid"
    launch.ship(community=shop.home, no=made.no, tracking="", by=shop.founder, now=NOW)
    assert (launch.finish_due(now=FINAL), status(made)) == (0, "paid")
    dispute(made, "won")
    assert (launch.finish_due(now=FINAL), status(made)) == (1, "final")
    assert_clean()


def test_a_complaint_is_entered_and_ended_by_hand_from_the_page_and_the_api(shop: Cast) -> None:
    made = finished(shop)
    at, page = f"/c/shanye/orders/{made.no}", signed_in(shop.founder)
    assert page.post(f"{at}/dispute", {"go": "open", "reason": " "}).status_code == 400
    page.post(f"{at}/dispute", {"go": "open", "reason": "支付宝 投诉 2026"})
    assert "支付宝 投诉 2026" in page.get(at).content.decode()
    assert "支付宝 投诉 2026" not in signed_in(shop.member).get(at).content.decode()
    assert made.no in page.get("/c/shanye/launches/autumn/run").content.decode()
    api = Calls(shop.operator)
    assert api("POST", f"/communities{at[2:]}/disputes", {"reason": "again"})["error"] == "DisputedAlready"
    assert api("POST", f"/communities{at[2:]}/disputes/end", {"is_won": False})["state"] == "lost"
    assert api("POST", f"/communities{at[2:]}/disputes/end", {"is_won": False})["error"] == "NoSuchDispute"
    assert (api("GET", f"/communities{at[2:]}")["disputes"][0]["state"], status(made)) == ("lost", "final")
    assert ask(shop, THEIRS).status == "drafted"
