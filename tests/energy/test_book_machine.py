"""Whatever is recorded, withdrawn, staged and merged, in any order: the ties are what plain arithmetic makes of the acts."""

from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from kith.energy.api import NewAct, append_staged, compare, merge, record, stage, staging, ties, withdraw
from kith.people.api import Person, bring_people, merge_person
from tests.conftest import NOW, Cast

PEOPLE = 5
WEIGHTS = {"reply": 1.0, "answer": 2.0, "react": 0.2, "post": 0.0}
acts = st.tuples(
    st.integers(0, PEOPLE - 1),
    st.none() | st.integers(0, PEOPLE - 1),
    st.sampled_from(sorted(WEIGHTS)),
    st.floats(-2, 4000),
    st.sampled_from([f"k{i}" for i in range(12)]),
    st.sampled_from(["s1", "s2"]),
    st.none() | st.sampled_from([0.0, 0.5, 7.0]),
)
Drawn = tuple[int, int | None, str, float, str, str, float | None]
Line = tuple[int, int | None, float, float, str]


class Book(RuleBasedStateMachine):
    """The book beside a model of it: standing lines by key."""

    cast: Cast

    def __init__(self) -> None:
        super().__init__()
        self.around = transaction.atomic()
        self.around.__enter__()
        self.people = bring_people(community=self.cast.home, names=[f"p{i}" for i in range(PEOPLE)], now=NOW)
        self.who = {p: p for p in self.people}
        self.accounts = [self.cast.member, self.cast.other]
        self.lines: dict[str, Line] = {}

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.around.__exit__(None, None, None)

    def act(self, drawn: Drawn) -> NewAct:
        actor, other, kind, days, key, source, weight = drawn
        to = None if other is None else self.people[other]
        return NewAct(self.people[actor], kind, NOW - timedelta(days=days), key, source, other_id=to, weight=weight)

    def keep(self, act: NewAct, key: str) -> bool:
        if key in self.lines:
            return False
        weight = WEIGHTS[act.kind] if act.weight is None else act.weight
        days = (NOW - act.at).total_seconds() / 86_400
        self.lines[key] = (act.actor_id, act.other_id, weight, days, act.source)
        return True

    @rule(drawn=st.lists(acts, min_size=1, max_size=4))
    def record(self, drawn: list[Drawn]) -> None:
        new = [self.act(d) for d in drawn]
        done = record(community=self.cast.home, acts=new)
        assert done == sum([self.keep(a, a.key) for a in new])

    @rule(drawn=st.lists(acts, max_size=8))
    def append(self, drawn: list[Drawn]) -> None:
        new = [self.act(d) for d in drawn]
        with staging():
            stage(new)
            done = append_staged(community=self.cast.home)
        seen: dict[str, int] = {}
        kept = 0
        for a in new:
            seen[a.key] = seen.get(a.key, 0) + 1
            kept += self.keep(a, a.key if seen[a.key] == 1 else f"{a.key}~{seen[a.key]}")
        assert (done.new, done.known) == (kept, len(new) - kept)

    @rule(keys=st.lists(st.sampled_from([f"k{i}" for i in range(12)]), max_size=4))
    def withdraw_keys(self, keys: list[str]) -> None:
        done = withdraw(community=self.cast.home, at=NOW, keys=keys)
        assert done == len([self.lines.pop(k) for k in set(keys) if k in self.lines])

    @rule(source=st.sampled_from(["s1", "s2", "s3"]))
    def withdraw_source(self, source: str) -> None:
        gone = [k for k, line in self.lines.items() if line[4] == source]
        assert withdraw(community=self.cast.home, at=NOW, source=source) == len(gone)
        for key in gone:
            del self.lines[key]

    @rule(who=st.integers(0, PEOPLE - 1), into=st.integers(0, 1))
    def claim(self, who: int, into: int) -> None:
        if self.who[self.people[who]] != self.people[who]:
            return
        account = self.accounts[into]
        merge_person(imported=Person.objects.get(pk=self.people[who]), into=account)
        merge(community=self.cast.home, person_id=account.pk)
        self.who[self.people[who]] = account.pk

    @invariant()
    def ties_are_plain_arithmetic(self) -> None:
        plain: dict[tuple[int, int], list[float]] = {}
        for actor, other, weight, days, _ in self.lines.values():
            if other is None or not weight or self.who[actor] == self.who[other]:
                continue
            plain.setdefault((self.who[actor], self.who[other]), []).append(weight * 2 ** (-days / 60))
        found = {(t.a_id, t.b_id): t for t in ties(self.cast.home, at=NOW)}
        assert {pair: t.acts for pair, t in found.items()} == {pair: len(all_) for pair, all_ in plain.items()}
        assert {pair: t.live for pair, t in found.items()} == pytest.approx(
            {pair: sum(all_) for pair, all_ in plain.items()}, rel=1e-9
        )

    @invariant()
    def a_rebuild_gives_the_same(self) -> None:
        assert compare(self.cast.home).is_equal


@pytest.mark.filterwarnings("ignore::hypothesis.errors.NonInteractiveExampleWarning")
def test_the_book_is_what_its_acts_say(cast: Cast) -> None:
    machine = type("BookOfThisTest", (Book,), {"cast": cast})
    checks = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
    run_state_machine_as_test(
        machine, settings=settings(max_examples=25, stateful_step_count=12, deadline=None, suppress_health_check=checks)
    )
