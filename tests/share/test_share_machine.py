"""Any order of sales, refunds, releases, payouts, gifts and statements keeps every promise at each step."""

from datetime import timedelta
from typing import Any

import pytest
from django.db.models import Sum
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from kith.energy import api as energy
from kith.energy.api import NewAct
from kith.ledger import api as ledger
from kith.share import api as share
from kith.share.api import Credit, Cut
from kith.share.models import Payout, Promise, Sale
from tests.conftest import NOW, Cast
from tests.share.sharing import TENTH, ruled, sale

AMOUNT = st.sampled_from([1, 16_801, 333_337, 2_999_999, 4_999_999])
PICK = st.integers(0, 99)


class Shares(RuleBasedStateMachine):
    cast: Cast  # set by the test

    @initialize()
    def begin(self) -> None:
        cast = self.cast
        self.no = 0
        self.left: dict[str, dict[int, int]] = {}
        pools = share.pools_of(cast.home) or [
            share.make_pool(community=cast.home, name="池", policy="balanced", window_days=30, by=cast.founder, now=NOW)
        ]
        self.pool = pools[0].id
        ruled(
            cast,
            Cut("channel", 2 * TENTH),
            Cut("maker", 77_777, person_id=cast.core.pk),
            Cut("pool", 50_000, pool_id=self.pool),
            Cut("fund", 1),
        )
        for person in (cast.core, cast.other):
            share.set_pay_to(community=cast.home, text="行", by=person, now=NOW)
        act = NewAct(cast.other.pk, "answer", NOW, "k", "test:1", other_id=cast.core.pk)
        energy.record(community=cast.home, acts=[act])
        self.sell_end_and_pay(4_999_999)
        self.refund(0, 0, 1)  # finds more gone than somebody may owe: the community bears it
        assert Promise.objects.filter(borne_minor__gt=0).exists()

    def pick(self, n: int) -> str | None:
        return sorted(self.left)[n % len(self.left)] if self.left else None

    @rule(first=AMOUNT, second=AMOUNT, weight=st.integers(1, 1_000_000))
    def sell(self, first: int, second: int, weight: int) -> None:
        self.no += 1
        key = f"S{self.no}"
        came_by = (Credit(self.cast.core.pk, "channel", weight),)
        share.promise(
            community=self.cast.home,
            sale=sale(self.cast, (first, 0), (second, second // 9), key=key, came_by=came_by),
            now=NOW,
        )
        self.left[key] = {1: first, 2: second - second // 9}

    @rule(amount=AMOUNT)
    def sell_end_and_pay(self, amount: int) -> None:
        """Have something owed and asked for at once: what a refund then finds gone."""
        self.sell(amount, 1, 1_000_000)
        share.release(community=self.cast.home, key=f"S{self.no}", now=NOW + timedelta(days=7))
        there = ledger.balance(self.cast.home, share.account_of(share.Payee("maker", self.cast.core.pk), "CNY"))
        if there > 0:
            self.ask(there, "core")

    @rule(n=PICK, cut=st.sampled_from([0, 0, 1, 333_333, 999_999]), line=st.sampled_from([1, 2]))
    def refund(self, n: int, cut: int, line: int) -> None:
        if (key := self.pick(n)) is not None:
            self.left[key][line] = self.left[key][line] * cut // 1_000_000
            share.adjust(community=self.cast.home, key=key, bases=self.left[key], now=NOW)

    @rule(n=PICK)
    def fail_a_refund(self, n: int) -> None:
        if (key := self.pick(n)) is not None:
            bases = Sale.objects.get(key=key).bases
            self.left[key] = {int(line): base for line, base in bases.items()}
            share.adjust(community=self.cast.home, key=key, bases=self.left[key], now=NOW)

    @rule(n=PICK)
    def end(self, n: int) -> None:
        if (key := self.pick(n)) is not None:
            share.release(community=self.cast.home, key=key, now=NOW + timedelta(days=7))

    @rule(amount=AMOUNT, who=st.sampled_from(["core", "other"]))
    def ask(self, amount: int, who: str) -> None:
        self.no += 1
        by = getattr(self.cast, who)
        there = ledger.balance(self.cast.home, share.account_of(share.Payee("maker", by.pk), "CNY"))
        try:
            share.ask_payout(
                community=self.cast.home, amount_minor=amount, currency="CNY", key=f"ask-{self.no:06}", by=by, now=NOW
            )
        except share.MoreThanOwed:
            assert amount > there
        else:
            assert amount <= there

    @rule(n=PICK, how=st.sampled_from(["manual", "prove", "cancel", "done", "failed", "sandbox"]))
    def move_a_payout(self, n: int, how: str) -> None:
        rows = list(Payout.objects.order_by("pk"))
        if not rows:
            return
        facts: dict[str, Any] = {
            "community": self.cast.home,
            "no": rows[n % len(rows)].no,
            "by": self.cast.operator,
            "now": NOW,
        }
        try:
            if how == "prove":
                share.prove_payout(note="1", **facts)
            elif how == "cancel":
                share.cancel_payout(**facts)
            elif how in {"done", "failed"}:
                share.end_in_sandbox(how=how, **facts)
            else:
                share.approve_payout(provider=how, **facts)
        except (share.PayoutNotNow, share.PayoutServiceDown):
            pass

    @rule(amount=st.integers(1, 100_000))
    def give_and_pour(self, amount: int) -> None:
        self.no += 1
        facts: dict[str, Any] = {
            "community": self.cast.home,
            "pool_id": self.pool,
            "currency": "CNY",
            "by": self.cast.founder,
            "now": NOW,
        }
        try:
            share.give_out(amount_minor=amount, key=f"give-{self.no:06}", **facts)
            share.pour(amount_minor=1, key=f"pour-{self.no:06}", **facts)
        except share.PoolEmpty:
            pass

    @rule()
    def state(self) -> None:
        self.no += 1
        share.close_statements(community=self.cast.home, period=f"2{self.no:03}-01", now=NOW)

    @invariant()
    def what_is_left_is_kept_and_what_is_borne_was_paid(self) -> None:
        if not getattr(self, "left", None):
            return
        kept = share.kept(self.cast.home)
        assert {(key, n): base for key, lines in self.left.items() for n, base in lines.items()} == dict(kept)
        cost = ledger.totals(self.cast.home).get(("refund_cost", "CNY"), 0)
        borne = Promise.objects.aggregate(sum=Sum("borne_minor"))["sum"]
        assert (borne, Promise.objects.filter(borne_minor__lt=0).exists()) == (-cost, False)

    def teardown(self) -> None:
        """Audit what came of all steps: the books only grow, so what was wrong at any still is."""
        assert [p for p in (*share.audit(), *ledger.audit()) if p.broken] == []


@pytest.mark.django_db
def test_any_order_of_sales_refunds_payouts_and_gifts_keeps_every_promise(cast: Cast) -> None:
    from django.db import transaction  # noqa: PLC0415 -- each run is undone

    class Undone(Shares):
        def __init__(self) -> None:
            super().__init__()
            self.point = transaction.savepoint()

        def teardown(self) -> None:
            super().teardown()
            transaction.savepoint_rollback(self.point)

    Undone.cast = cast
    run_state_machine_as_test(
        Undone,
        settings=settings(
            max_examples=10, stateful_step_count=16, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
