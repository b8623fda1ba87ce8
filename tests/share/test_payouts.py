"""Paying out what is owed: once, by two people, never more than there is."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from kith.ledger import api as ledger
from kith.ledger.api import AccountName
from kith.share import api as share
from kith.share import providers, rules
from kith.share.api import (
    ApproverNeeded,
    BadPayout,
    BadPayoutKey,
    MoreThanOwed,
    NeedsPayTo,
    NoSuchPayout,
    OperatorsPay,
    OtherPayout,
    PayoutNotNow,
    PayoutServiceDown,
    TransferProofMissing,
    UnknownPayoutWay,
)
from kith.share.models import Payout, SandboxPayout
from kith.share.providers import sandbox
from tests.conftest import NOW, Cast, settle
from tests.launch.shop import money
from tests.people.together import at_once, faults
from tests.share.sharing import assert_kept, earned, owed

LATER = NOW + timedelta(minutes=2)
BANK = "招商银行 6214 8888 何以南"


def ask(cast: Cast, amount: Any = 3360, key: str = "payout-01", currency: str = "CNY") -> share.PayoutValue:
    return share.ask_payout(community=cast.home, amount_minor=amount, currency=currency, key=key, by=cast.core, now=NOW)


def approve(cast: Cast, no: str, by: Any = None, provider: str = "manual") -> share.PayoutValue:
    return share.approve_payout(community=cast.home, no=no, provider=provider, by=by or cast.operator, now=NOW)


def prove(cast: Cast, no: str, note: str = "尾号 8888") -> share.PayoutValue:
    return share.prove_payout(community=cast.home, no=no, note=note, by=cast.founder, now=LATER)


@pytest.fixture
def rich(cast: Cast) -> Cast:
    """何以南 is owed 33.60, 赵穗 16.80; the first has said where to."""
    earned(cast)
    share.set_pay_to(community=cast.home, text=BANK, by=cast.core, now=NOW)
    return cast


def test_a_payout_is_asked_approved_by_another_and_proved(rich: Cast) -> None:
    made = ask(rich)
    assert (made.status, made.to, owed(rich, rich.core)) == ("drafted", "", 0)
    for nobody in (rich.core, rich.member):
        with pytest.raises(OperatorsPay):
            approve(rich, made.no, by=nobody)
    assert approve(rich, made.no).approved_by == "Olga"
    assert share.payout(rich.home, made.no, reader=rich.founder, runs=True).to == BANK
    with pytest.raises(NoSuchPayout):
        share.payout(rich.home, made.no, reader=rich.member, runs=False)
    with pytest.raises(TransferProofMissing):
        prove(rich, made.no, note=" ")
    assert (prove(rich, made.no).status, money(rich.home)["bank"]) == ("done", 3360)
    with pytest.raises(PayoutNotNow):
        prove(rich, made.no)
    assert_kept()


def test_fault_26_asked_twice_is_one_and_more_than_owed_is_refused(rich: Cast) -> None:
    assert ask(rich, 2000).no == ask(rich, 2000).no
    with pytest.raises(OtherPayout):
        ask(rich, 1000)
    with pytest.raises(MoreThanOwed):
        ask(rich, 1361, key="payout-02")
    ask(rich, 1360, key="payout-02")
    with pytest.raises(MoreThanOwed):
        ask(rich, 1, key="payout-03")
    assert Payout.objects.count() == 2
    assert_kept()


@pytest.mark.parametrize("amount", [0, -1, 1.5, True, "1", 2**63])
def test_an_amount_that_is_none_is_refused(rich: Cast, amount: Any) -> None:
    with pytest.raises(BadPayout):
        ask(rich, amount)
    with pytest.raises(share.NothingPaidInCurrency):
        ask(rich, 1, currency="XXX")
    with pytest.raises(BadPayoutKey):
        ask(rich, 1, key="short")


@pytest.mark.usefixtures("committed")
def test_fault_26_from_two_devices_at_the_same_moment() -> None:
    cast = settle()
    earned(cast)
    share.set_pay_to(community=cast.home, text=BANK, by=cast.core, now=NOW)
    found = at_once(*[lambda n=n: ask(cast, 3360, key=f"device-{n:03}") for n in range(6)])
    assert sorted(t.__name__ for t in faults(found)) == ["MoreThanOwed"] * 5
    assert (Payout.objects.count(), owed(cast, cast.core)) == (1, 0)
    assert_kept()


def test_nobody_approves_their_own(rich: Cast) -> None:
    share.set_pay_to(community=rich.home, text="支付宝 a@b", by=rich.other, now=NOW)
    run = share.propose_payouts(
        community=rich.home, currency="CNY", least_minor=100, key="november", by=rich.operator, now=NOW
    )
    assert [(p.person, p.amount_minor) for p in run] == [("何以南", 3360), ("赵穗", 1680)]
    with pytest.raises(ApproverNeeded):
        approve(rich, run[0].no, by=rich.operator)
    with pytest.raises(IntegrityError), transaction.atomic():
        Payout.objects.update(approved_by=rich.operator, status="approved")
    again = share.propose_payouts(
        community=rich.home, currency="CNY", least_minor=100, key="november", by=rich.operator, now=NOW
    )
    assert [p.no for p in again] == [p.no for p in run]
    assert (
        share.propose_payouts(
            community=rich.home, currency="CNY", least_minor=1, key="december", by=rich.operator, now=NOW
        )
        == []
    )
    assert approve(rich, run[0].no, by=rich.founder).status == "approved"
    with pytest.raises(PayoutNotNow):
        approve(rich, run[0].no, by=rich.founder)


def test_who_said_nowhere_is_not_paid(rich: Cast) -> None:
    with pytest.raises(NeedsPayTo):
        share.ask_payout(community=rich.home, amount_minor=1, currency="CNY", key="payout-01", by=rich.other, now=NOW)
    (only,) = share.propose_payouts(
        community=rich.home, currency="CNY", least_minor=1, key="november", by=rich.founder, now=NOW
    )
    assert only.person_id == rich.core.pk
    assert share.set_pay_to(community=rich.home, text=" ", by=rich.core, now=NOW) == ""
    assert share.money_of(rich.home, rich.core).pay_to == ""


def test_what_was_not_sent_can_be_called_off(rich: Cast) -> None:
    made = ask(rich)
    with pytest.raises(NoSuchPayout):
        share.cancel_payout(community=rich.home, no=made.no, by=rich.other, now=NOW)
    share.cancel_payout(community=rich.home, no=made.no, by=rich.core, now=NOW)
    assert owed(rich, rich.core) == 3360
    second = approve(rich, ask(rich, key="payout-02").no)
    with pytest.raises(PayoutNotNow):
        share.cancel_payout(community=rich.home, no=second.no, by=rich.core, now=NOW)
    assert share.cancel_payout(community=rich.home, no=second.no, by=rich.founder, now=NOW).status == "cancelled"
    with pytest.raises(PayoutNotNow):
        share.cancel_payout(community=rich.home, no=second.no, by=rich.founder, now=NOW)
    assert owed(rich, rich.core) == 3360
    assert_kept()


def test_the_other_community_cannot_touch_it(rich: Cast) -> None:
    made = ask(rich)
    with pytest.raises(NoSuchPayout):
        share.approve_payout(community=rich.rival, no=made.no, provider="manual", by=rich.enemy, now=NOW)
    with pytest.raises(UnknownPayoutWay):
        approve(rich, made.no, provider="wechat")


def test_a_provider_pays_and_its_end_is_asked_for(rich: Cast) -> None:
    made = approve(rich, ask(rich).no, provider="sandbox")
    assert (made.status, SandboxPayout.objects.get().ref) == ("sent", made.no)
    assert share.poll_payouts(now=LATER) == 1
    with pytest.raises(PayoutNotNow):
        share.end_in_sandbox(community=rich.home, no=made.no, how="lost", by=rich.founder, now=LATER)
    sandbox.end(made.no, "done")  # nobody tells us
    share.poll_payouts(now=LATER + timedelta(hours=2))
    assert (share.payouts(rich.home)[0].status, money(rich.home)["gateway"]) == ("done", 3360)
    assert share.poll_payouts(now=LATER + timedelta(days=2)) == 0
    assert_kept()


def test_a_payout_that_fails_is_owed_again(rich: Cast) -> None:
    made = approve(rich, ask(rich).no, provider="sandbox")
    assert (
        share.end_in_sandbox(community=rich.home, no=made.no, how="failed", by=rich.founder, now=LATER).status
        == "failed"
    )
    assert owed(rich, rich.core) == 3360
    assert_kept()


def test_fault_27_failed_after_done_changes_nothing_and_is_told(rich: Cast, caplog: pytest.LogCaptureFixture) -> None:
    made = approve(rich, ask(rich).no, provider="sandbox")
    told: dict[str, Any] = {"no": made.no, "provider": "sandbox", "their_ref": "SBP1", "now": LATER}
    assert [share.take_outcome(state=s, **told) for s in ("done", "done", "failed")] == ["done", "known", "known"]
    assert [r.levelname for r in caplog.records] == ["ERROR"]
    assert owed(rich, rich.core) == 0
    assert_kept()


def test_an_unknown_outcome_is_asked_about_under_the_same_reference(
    rich: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[str] = []

    class Mute(sandbox.Sandbox):
        def send(self, ref: str, amount_minor: int, currency: str) -> None:
            heard.append(ref)
            raise PayoutServiceDown

        def query(self, ref: str) -> tuple[str, str] | None:
            raise PayoutServiceDown

    monkeypatch.setitem(providers.REGISTRY, "sandbox", Mute())
    made = approve(rich, ask(rich).no, provider="sandbox")
    assert made.status == "unknown"
    for hours in range(1, 4):
        share.poll_payouts(now=NOW + timedelta(hours=2 * hours))
    assert (heard, owed(rich, rich.core)) == ([made.no], 0)
    monkeypatch.setitem(providers.REGISTRY, "sandbox", sandbox.Sandbox())  # it never heard of it
    for hours in range(4, 6):
        share.poll_payouts(now=NOW + timedelta(hours=2 * hours))
    assert SandboxPayout.objects.get().ref == made.no
    share.end_in_sandbox(community=rich.home, no=made.no, how="done", by=rich.founder, now=LATER)
    assert ledger.balance(rich.home, AccountName("gateway", "CNY", "sandbox")) == 3360
    assert_kept()


def test_fault_28_who_left_is_still_owed_and_can_be_paid(rich: Cast) -> None:
    from kith.people.models import Membership  # noqa: PLC0415 -- nobody leaves by a door yet

    Membership.objects.filter(community=rich.home, person=rich.core).delete()
    assert [(o.name, o.owed_minor) for o in share.owed(rich.home)] == [("何以南", 3360), ("赵穗", 1680)]
    (made,) = share.propose_payouts(
        community=rich.home, currency="CNY", least_minor=1, key="november", by=rich.founder, now=NOW
    )
    assert approve(rich, made.no).status == "approved"


def test_what_is_owed_is_told_to_whom_and_since_when(rich: Cast) -> None:
    (first, second) = share.owed(rich.home)
    assert (first.name, first.owed_minor, first.promised_minor, first.said_where) == ("何以南", 3360, 0, True)
    assert second.said_where is False
    assert first.since is not None
    assert first.since.date() == (NOW + timedelta(days=7)).date()
    ask(rich, 1000)
    mine = share.money_of(rich.home, rich.core).by_currency[0]
    assert (mine.owed_minor, mine.on_way_minor, mine.paid_minor) == (2360, 1000, 0)
    assert [(line.kind, line.amount_minor) for line in mine.lines] == [("payout", -1000), ("share", 3360)]


def test_the_oldest_debt_counts_from_what_was_not_paid_yet() -> None:
    days = [NOW - timedelta(days=n) for n in (1, 5, 9)]
    came = [rules.Inflow(day, 100) for day in days]
    assert [rules.since(came, n) for n in (-5, 0, 1, 100, 101, 300)] == [None, None, days[0], days[0], days[1], days[2]]
