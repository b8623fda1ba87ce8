"""Whatever is posted, posted again, reversed, refused and sealed, in any order: the book is plain arithmetic and keeps every promise."""

from collections import Counter
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from kith.ledger import api as ledger
from kith.ledger.api import (
    AccountName,
    AlreadyReversed,
    KeyReused,
    NewMove,
    NoSuchEntry,
    NotReversible,
    Overdraft,
    Posted,
    Posting,
)
from tests.conftest import NOW, Cast
from tests.ledger.book import FEES, GATEWAY, SALES, assert_every_promise_kept, escrow, share

NAMES = (GATEWAY, SALES, FEES, escrow(1), escrow(2), share(1), AccountName("pool", "CNY"))
FLOORS = {GATEWAY: None, SALES: None, FEES: None, escrow(1): 0, escrow(2): 0, share(1): -30, NAMES[-1]: 0}
KEYS = [f"k{i}" for i in range(8)]
names = st.sampled_from(NAMES)
moves = st.lists(st.tuples(names, names, st.integers(1, 60)).filter(lambda m: m[0] != m[1]), min_size=1, max_size=3)
needs = st.dictionaries(st.sampled_from([n for n in NAMES if FLOORS[n] is not None]), st.integers(-5, 20), max_size=1)
postings = st.tuples(st.sampled_from(KEYS), st.sampled_from(["pay", "final"]), moves, needs)
Drawn = tuple[str, str, list[tuple[AccountName, AccountName, int]], dict[AccountName, int]]


class Book(RuleBasedStateMachine):
    """The book beside a model of it: what was posted by key, what stands in each account."""

    cast: Cast

    def __init__(self) -> None:
        super().__init__()
        self.around = transaction.atomic()
        self.around.__enter__()
        ledger.open_account(community=self.cast.home, name=share(1), floor=-30)
        self.stands: Counter[AccountName] = Counter()
        self.posted: dict[str, tuple[object, int]] = {}
        self.undone: dict[int, str] = {}
        self.days = 0

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.around.__exit__(None, None, None)

    def expected(self, content: object, key: str, net: Counter[AccountName], need: dict[AccountName, int]) -> object:
        """Return what the model answers, and book it there."""
        if key in self.posted:
            return False if self.posted[key][0] == content else KeyReused
        for name in {*net, *need}:
            floor = FLOORS[name]
            if floor is None:
                continue
            after = self.stands[name] + net[name]
            if (net[name] < 0 or name in need) and after < max(floor, need.get(name, floor)):
                return Overdraft
        self.stands.update(net)
        return True

    @rule(drawn=st.lists(postings, min_size=1, max_size=5))
    def post(self, drawn: list[Drawn]) -> None:
        batch = [
            Posting(k, kind, [NewMove(*m) for m in ms], NOW, ("test", 1), need=need) for k, kind, ms, need in drawn
        ]
        answers = ledger.post_many(community=self.cast.home, postings=batch)
        for (key, kind, drawn_moves, need), answer in zip(drawn, answers, strict=True):
            content = (kind, Counter(drawn_moves))
            expected = self.expected(content, key, self.net(drawn_moves), need)
            assert self.told(answer) == expected, (key, drawn_moves, answer)
            if isinstance(answer, Posted) and answer.is_new:
                self.posted[key] = (content, answer.entry_id)
            elif isinstance(answer, Posted):
                assert answer.entry_id == self.posted[key][1]

    @rule(key=st.sampled_from(KEYS), once_more=st.sampled_from(["", "!"]))
    def reverse(self, key: str, once_more: str) -> None:
        entry = ledger.entry(self.cast.home, key=key)
        name = f"undo:{key}{once_more}"
        before = self.posted.get(name)
        try:
            done: object = ledger.reverse(
                community=self.cast.home, key=name, entry_id=entry.id if entry else 0, by=None, now=NOW
            )
        except (NoSuchEntry, NotReversible, AlreadyReversed, Overdraft) as refused:
            done = type(refused)
        assert self.told(done) == self.reversed(entry, name)
        if isinstance(done, Posted):
            assert before is None or before[1] == done.entry_id
            self.posted[name] = ("reverse", done.entry_id)

    def reversed(self, entry: ledger.EntryValue | None, name: str) -> object:
        if entry is None:
            return NoSuchEntry
        if entry.id in self.undone:
            return False if self.undone[entry.id] == name else AlreadyReversed
        net = self.net([(m.dst, m.src, m.amount_minor) for m in entry.moves])
        expected = self.expected("reverse", name, net, {})
        if expected is True:
            self.undone[entry.id] = name
        return expected

    @rule()
    def seal_and_keep_checkpoints(self) -> None:
        self.days += 1
        ledger.seal(community=self.cast.home, now=NOW + timedelta(days=self.days))
        ledger.keep_checkpoints(community=self.cast.home)

    @staticmethod
    def net(drawn: list[tuple[AccountName, AccountName, int]]) -> Counter[AccountName]:
        net: Counter[AccountName] = Counter()
        for src, dst, amount in drawn:
            net[src] -= amount
            net[dst] += amount
        return net

    @staticmethod
    def told(answer: object) -> object:
        return answer.is_new if isinstance(answer, Posted) else answer if isinstance(answer, type) else type(answer)

    @invariant()
    def balances_are_plain_arithmetic(self) -> None:
        for name in NAMES:
            found = ledger.account(self.cast.home, name)
            assert (found.balance_minor if found else 0) == self.stands[name]
            if found:
                rows = ledger.statement_rows(self.cast.home, found.id)
                assert sum(r.amount_minor for r in rows) == self.stands[name]

    @invariant()
    def every_promise_is_kept(self) -> None:
        assert_every_promise_kept()


@pytest.mark.filterwarnings("ignore::hypothesis.errors.NonInteractiveExampleWarning")
def test_the_book_is_what_was_posted(cast: Cast) -> None:
    machine = type("BookOfThisTest", (Book,), {"cast": cast})
    checks = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
    run_state_machine_as_test(
        machine, settings=settings(max_examples=25, stateful_step_count=12, deadline=None, suppress_health_check=checks)
    )
