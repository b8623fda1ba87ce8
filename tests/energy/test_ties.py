"""Ties are a projection of the book: the same, whatever the order of acts."""

import random
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kith.energy.api import NewAct, append_staged, compare, pair, rebuild, record, stage, staging, ties, withdraw
from kith.energy.rules import added, contribution, live
from tests.conftest import NOW, Cast


def act(
    cast: Cast, key: str, *, days: float = 0, kind: str = "reply", back: bool = False, weight: float | None = None
) -> NewAct:
    a, b = (cast.other, cast.member) if back else (cast.member, cast.other)
    return NewAct(a.pk, kind, NOW - timedelta(days=days), key, "test", other_id=b.pk, weight=weight)


def warmth(cast: Cast) -> float:
    there, _ = pair(cast.home, cast.member.pk, cast.other.pk, at=NOW)
    assert there
    return there.live


def test_a_fresh_reply_weighs_one(cast: Cast) -> None:
    assert record(community=cast.home, acts=[act(cast, "1")]) == 1
    assert warmth(cast) == pytest.approx(1)


def test_an_old_act_weighs_half_as_much_after_a_half_life(cast: Cast) -> None:
    record(community=cast.home, acts=[act(cast, "1", days=60)])
    assert warmth(cast) == pytest.approx(0.5)


def test_the_same_key_adds_nothing(cast: Cast) -> None:
    record(community=cast.home, acts=[act(cast, "1")])
    assert record(community=cast.home, acts=[act(cast, "1", weight=9)]) == 0
    assert warmth(cast) == pytest.approx(1)


def test_a_bare_post_and_an_act_toward_oneself_tie_nobody(cast: Cast) -> None:
    me = cast.member.pk
    record(
        community=cast.home, acts=[NewAct(me, "post", NOW, "1", "t"), NewAct(me, "reply", NOW, "2", "t", other_id=me)]
    )
    assert ties(cast.home, at=NOW) == []


def test_acts_in_any_order_give_the_same_ties(cast: Cast) -> None:
    acts = [act(cast, str(i), days=i * 37 % 3000, back=i % 3 == 0, weight=1 + i % 4) for i in range(60)]
    record(community=cast.home, acts=acts[:30])
    before = acts[30:]
    random.Random(1).shuffle(before)
    for one in before:
        record(community=cast.home, acts=[one])
    assert compare(cast.home).is_equal
    expected = sum(a.weight * 2 ** (-(NOW - a.at).days / 60) for a in acts if a.actor_id == cast.member.pk and a.weight)
    assert warmth(cast) == pytest.approx(expected)


def test_a_withdrawn_act_leaves_the_tie_as_if_it_had_never_been(cast: Cast) -> None:
    record(community=cast.home, acts=[act(cast, "1"), act(cast, "2", kind="answer")])
    assert withdraw(community=cast.home, at=NOW, keys=["2"]) == 1
    assert warmth(cast) == pytest.approx(1)
    assert withdraw(community=cast.home, at=NOW, keys=["2"]) == 0
    assert compare(cast.home).is_equal


def test_the_last_act_withdrawn_ends_the_tie_and_it_may_come_again(cast: Cast) -> None:
    record(community=cast.home, acts=[act(cast, "1")])
    withdraw(community=cast.home, at=NOW, keys=["1"])
    assert ties(cast.home, at=NOW) == []
    assert record(community=cast.home, acts=[act(cast, "1")]) == 1
    assert record(community=cast.home, acts=[act(cast, "1")]) == 0
    assert warmth(cast) == pytest.approx(1)
    assert compare(cast.home).is_equal


def test_staged_acts_fold_as_recorded_ones_do(cast: Cast) -> None:
    record(community=cast.home, acts=[act(cast, "live")])
    twice = [act(cast, "same", days=10), act(cast, "same", days=10), act(cast, "old", days=4000)]
    for expected in ((3, 0), (0, 3)):
        with staging():
            assert stage(twice) == 3
            done = append_staged(community=cast.home)
        assert (done.new, done.known) == expected
    assert warmth(cast) == pytest.approx(1 + 2 * 2 ** (-10 / 60), rel=1e-6)
    assert compare(cast.home).is_equal


def test_what_was_undone_comes_back_when_it_is_brought_again(cast: Cast) -> None:
    for _ in range(2):
        with staging():
            stage([act(cast, "a"), act(cast, "b", back=True)])
            append_staged(community=cast.home)
        assert withdraw(community=cast.home, at=NOW, source="test") == 2
        assert ties(cast.home, at=NOW) == []
    with staging():
        stage([act(cast, "a")])
        assert append_staged(community=cast.home).revived == 1
    assert warmth(cast) == pytest.approx(1)
    assert compare(cast.home).is_equal


def test_a_rebuild_gives_the_same_rows(cast: Cast) -> None:
    record(community=cast.home, acts=[act(cast, str(i), days=i, back=i % 2 == 0) for i in range(20)])
    before = ties(cast.home, at=NOW)
    assert rebuild(community=cast.home) == 2
    assert [(t.a_id, t.b_id, t.acts, t.last_at) for t in ties(cast.home, at=NOW)] == [
        (t.a_id, t.b_id, t.acts, t.last_at) for t in before
    ]
    assert compare(cast.home).is_equal


def test_a_projection_that_was_tampered_with_is_found_out(cast: Cast) -> None:
    from django.db import connection  # noqa: PLC0415 -- only here does a test reach below the doors

    record(community=cast.home, acts=[act(cast, "1"), act(cast, "2", back=True)])
    with connection.cursor() as cursor:
        cursor.execute("UPDATE energy_tie SET score = score + 0.001 WHERE a_id = %s", [cast.member.pk])
    found = compare(cast.home)
    assert (found.different, found.missing, found.surplus) == (1, 0, 0)
    assert not found.is_equal


ages = st.floats(min_value=-30, max_value=12_000)
weights = st.floats(min_value=0.01, max_value=1000)


@given(st.lists(st.tuples(weights, ages), min_size=1, max_size=40), st.randoms())
@settings(max_examples=80)
def test_forward_decay_equals_plain_decay_in_any_order(acts: list[tuple[float, float]], rng: random.Random) -> None:
    half = 60.0
    plain = sum(w * 2 ** (-days / half) for w, days in acts)
    shuffled = list(acts)
    rng.shuffle(shuffled)
    score = None
    for w, days in shuffled:
        one = contribution(w, NOW - timedelta(days=days), half)
        score = one if score is None else added(score, one)
    assert score is not None
    assert live(score, NOW, half) == pytest.approx(plain, rel=1e-9)


@given(weights, weights)
def test_adding_is_commutative(a: float, b: float) -> None:
    assert added(a, b) == added(b, a)


def test_order_by_score_is_the_order_at_every_moment() -> None:
    early, late = contribution(8, NOW - timedelta(days=200), 60), contribution(1, NOW, 60)
    for at in (NOW, NOW + timedelta(days=5000)):
        assert (live(early, at, 60) < live(late, at, 60)) == (early < late)
