"""Many hands on the same ties at once: no deadlock, nothing lost, and always what a rebuild would give."""

import random
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import transaction

from kith.energy.api import (
    NewAct,
    append_staged,
    compare,
    merge,
    rebuild,
    record,
    stage,
    staging,
    ties,
    totals,
    withdraw,
)
from kith.people.api import Person, bring_people, merge_person
from tests.conftest import NOW, Cast, settle
from tests.people.together import at_once, faults

pytestmark = pytest.mark.usefixtures("committed")


def everybody(cast: Cast) -> list[int]:
    return [p.pk for p in (cast.founder, cast.operator, cast.core, cast.member, cast.other)]


def crowd(cast: Cast, name: str, many: int) -> list[NewAct]:
    """All pairs, several times, in an order of the name's own."""
    ids = everybody(cast)
    pairs = [(a, b) for a in ids for b in ids if a != b]
    chosen = [pairs[i % len(pairs)] for i in range(many)]
    random.Random(name).shuffle(chosen)
    return [
        NewAct(a, "reply", NOW - timedelta(hours=i), f"{name}:{i}", name, other_id=b) for i, (a, b) in enumerate(chosen)
    ]


def in_bunches(cast: Cast, acts: list[NewAct], size: int) -> Callable[[], None]:
    def run() -> None:
        for at in range(0, len(acts), size):
            record(community=cast.home, acts=acts[at : at + size])

    return run


def in_bulk(cast: Cast, acts: list[NewAct]) -> Callable[[], object]:
    def run() -> object:
        with transaction.atomic(), staging():
            stage(acts)
            return append_staged(community=cast.home)

    return run


def test_threads_that_record_on_the_same_pairs_in_different_orders_lose_nothing() -> None:
    cast = settle()
    calls = [in_bunches(cast, crowd(cast, name, 120), 6) for name in "abcd"]
    assert faults(at_once(*calls, in_bulk(cast, crowd(cast, "bulk", 400)))) == []
    assert totals(cast.home)["acts"] == 4 * 120 + 400
    assert [t.acts for t in ties(cast.home, at=NOW)] == [(4 * 120 + 400) // 20] * 20
    assert compare(cast.home).is_equal


def test_the_same_acts_from_every_thread_count_once() -> None:
    cast = settle()
    acts = crowd(cast, "same", 60)
    backwards = acts[::-1]
    assert faults(at_once(*[in_bulk(cast, a) for a in (acts, backwards, acts)], in_bunches(cast, backwards, 1))) == []
    assert totals(cast.home)["acts"] == 60
    assert compare(cast.home).is_equal


def test_a_withdrawal_that_races_with_records_ends_equal_to_a_rebuild() -> None:
    cast = settle()
    record(community=cast.home, acts=crowd(cast, "gone", 100))
    record(community=cast.home, acts=crowd(cast, "half", 40))
    outcomes = at_once(
        in_bunches(cast, crowd(cast, "a", 120), 5),
        in_bunches(cast, crowd(cast, "b", 120), 1),
        lambda: withdraw(community=cast.home, at=NOW, source="gone"),
        lambda: withdraw(community=cast.home, at=NOW, keys=[f"half:{i}" for i in range(20)]),
        lambda: withdraw(community=cast.home, at=NOW, keys=[f"half:{i}" for i in range(39, 9, -1)]),
    )
    assert faults(outcomes) == []
    counts = [n for n in outcomes if isinstance(n, int)]
    assert counts[0] == 100
    assert sum(counts[1:]) == 40
    assert totals(cast.home)["acts"] == 240
    assert compare(cast.home).is_equal


def test_an_act_withdrawn_by_two_is_withdrawn_once() -> None:
    cast = settle()
    record(community=cast.home, acts=crowd(cast, "x", 20))
    outcomes = at_once(*[lambda: withdraw(community=cast.home, at=NOW, source="x") for _ in range(4)])
    assert faults(outcomes) == []
    assert sorted(str(n) for n in outcomes) == ["0", "0", "0", "20"]
    assert ties(cast.home, at=NOW) == []


def test_a_claim_and_a_rebuild_that_race_with_records_miss_none_of_them() -> None:
    cast = settle()
    [pk] = bring_people(community=cast.home, names=["old"], now=NOW)
    old = Person.objects.get(pk=pk)
    acts = [NewAct(a, "reply", NOW, f"{a}:{i}", "t", other_id=old.pk) for i in range(30) for a in everybody(cast)]

    @transaction.atomic
    def claim() -> None:
        merge_person(imported=old, into=cast.stranger)
        merge(community=cast.home, person_id=cast.stranger.pk)

    outcomes = at_once(
        in_bunches(cast, acts[:75], 1), claim, in_bunches(cast, acts[75:], 3), lambda: rebuild(community=cast.home)
    )
    assert faults(outcomes) == []
    assert {t.b_id for t in ties(cast.home, at=NOW)} == {cast.stranger.pk}
    assert [t.acts for t in ties(cast.home, at=NOW)] == [30] * 5
    assert compare(cast.home).is_equal
