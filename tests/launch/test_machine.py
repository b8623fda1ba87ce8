"""Orders, refunds, groups, presales and coupons in any order that chance finds: after every step each promise of the audit is kept."""

from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from kith.launch import api as launch
from kith.launch.api import NewItem, Part, SaleRules, Wanted
from kith.launch.models import Order, SandboxPayment, Wire
from kith.lib.errors import Refusal
from tests.conftest import NOW, settle
from tests.launch.shop import BREW, WHERE, assert_clean, drafted, item, offers

BEGUN = NOW - timedelta(days=60)  # all of it lies in the past: the books refuse the future
LAUNCHES: dict[str, dict[str, Any]] = {
    "plain": {"kind": "plain", "per_buyer": 4},
    "group": {"kind": "group", "sale": SaleRules(group_size=2, group_hours=30, ship_minor=700, ship_free_from_minor=20_000)},
    "presale": {
        "kind": "presale",
        "sale": SaleRules(deposit_ppm=150_001, balance_from_at=BEGUN + timedelta(days=5), balance_until_at=BEGUN + timedelta(days=8)),
    },
}  # fmt: skip
people = st.integers(0, 3)


class Market(RuleBasedStateMachine):
    """Four buyers, three launches, few units, few uses of a coupon; time only goes on."""

    def __init__(self) -> None:
        super().__init__()
        self.around = transaction.atomic()
        self.around.__enter__()
        self.cast, self.now, self.placed = settle(), BEGUN, 0
        offers(self.cast, BEGUN - timedelta(days=1))
        for slug, parts in LAUNCHES.items():
            facts: dict[str, Any] = {
                "items": [NewItem("BREW", BREW, 4), NewItem("TALK", 9901, 3)], "opens_at": BEGUN, "closes_at": BEGUN + timedelta(days=6),
            }  # fmt: skip
            drafted(self.cast, slug, **facts | parts)
            for to in ("ready", "open"):
                launch.advance(community=self.cast.home, slug=slug, to=to, by=self.cast.founder, now=BEGUN)
        for code, minor, ppm in (("AMOUNT", 1001, 0), ("PART", 0, 333_333)):
            launch.write_coupon(
                community=self.cast.home,
                code=code,
                uses=3,
                combines=True,
                by=self.cast.founder,
                now=BEGUN,
                off_minor=minor,
                off_ppm=ppm,
            )

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.around.__exit__(None, None, None)

    def who(self, n: int) -> Any:
        return (self.cast.member, self.cast.other, self.cast.core, self.cast.operator)[n]

    def order(self, n: int) -> Order | None:
        rows = Order.objects.select_related("buyer").order_by("pk")
        return rows[n % len(rows)] if rows else None

    @rule(
        slug=st.sampled_from(sorted(LAUNCHES)), by=people, sku=st.sampled_from(("BREW", "TALK")), qty=st.integers(1, 3),
        codes=st.sets(st.sampled_from(("AMOUNT", "PART"))), joins=st.booleans(),
    )  # fmt: skip
    def place(self, slug: str, by: int, sku: str, qty: int, codes: set[str], *, joins: bool) -> None:
        self.placed += 1
        open_groups = launch.joinable(self.cast.home, slug, now=self.now) if joins else []
        with suppress(Refusal):
            launch.place(
                community=self.cast.home, campaign=slug, buyer=self.who(by), wanted=[Wanted(item(sku, slug), qty)], contact=WHERE,
                client_key=f"key-{self.placed:08}", now=self.now, coupons=sorted(codes), group=open_groups[0].no if open_groups else "",
            )  # fmt: skip

    @rule(n=st.integers(0, 20))
    def ask_to_pay(self, n: int) -> None:
        if (order := self.order(n)) is not None:
            with suppress(Refusal):
                launch.charge(community=self.cast.home, no=order.no, provider="sandbox", by=order.buyer, back="/", now=self.now)  # fmt: skip

    @rule(n=st.integers(0, 20))
    def pay(self, n: int) -> None:
        """Pay anything that was ever asked for, also long after."""
        refs = list(SandboxPayment.objects.filter(of_ref="").order_by("pk").values_list("our_ref", flat=True))
        if refs:
            launch.sandbox_end(ref=refs[n % len(refs)], how="pay", now=self.now)

    @rule(n=st.integers(0, 20))
    def let_go(self, n: int) -> None:
        if (order := self.order(n)) is not None:
            for act in (launch.cancel, launch.give_up):
                try:
                    act(community=self.cast.home, no=order.no, by=order.buyer, now=self.now)
                except Refusal:
                    continue

    @rule(
        n=st.integers(0, 20), line=st.integers(1, 2), qty=st.integers(0, 2), amount=st.none() | st.integers(1, 20_000)
    )
    def give_back(self, n: int, line: int, qty: int, amount: int | None) -> None:
        if (order := self.order(n)) is not None:
            key = f"refund-{Wire.objects.count():08}"
            with suppress(Refusal):
                launch.refund(community=self.cast.home, no=order.no, parts=[Part(line, qty, amount)], key=key, by=self.cast.founder, now=self.now)  # fmt: skip

    @rule(n=st.integers(0, 20), ships=st.booleans())
    def serve(self, n: int, *, ships: bool) -> None:
        if (order := self.order(n)) is not None:
            with suppress(Refusal):
                if ships:
                    launch.ship(community=self.cast.home, no=order.no, tracking="", by=self.cast.founder, now=self.now)
                else:
                    launch.withdraw(community=self.cast.home, no=order.no, by=self.cast.founder, now=self.now)

    @rule(hours=st.sampled_from((0.3, 26, 40, 100)))
    def wait(self, hours: float) -> None:
        """Let time pass and every job run, twice."""
        self.now += timedelta(hours=hours)
        for _ in range(2):
            for job in (
                launch.tick, launch.poll, launch.expire_due, launch.fail_groups, launch.count_days, launch.ask_balances,
                launch.miss_balances, launch.finish_due,
            ):  # fmt: skip
                job(now=self.now)

    @invariant()
    def every_promise_is_kept(self) -> None:
        assert_clean()


@pytest.mark.django_db
def test_whatever_buyers_and_sellers_do_every_promise_is_kept() -> None:
    checks = settings(max_examples=4, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(Market, settings=checks)
