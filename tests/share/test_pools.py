"""Pools: who gets what by each policy, and giving it out once."""

from datetime import timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.energy import api as energy
from kith.energy.api import NewAct
from kith.share import api as share
from kith.share.api import (
    BadPool,
    Cut,
    FoundersOnly,
    NobodyContributed,
    OperatorsPay,
    OtherPayout,
    PoolEmpty,
    PoolTaken,
)
from kith.share.models import Gift
from kith.share.rules import pooling
from tests.conftest import NOW, Cast
from tests.launch.shop import money
from tests.share.sharing import TENTH, assert_kept, earned, owed, ruled

LATER = NOW + timedelta(days=8)


def made(cast: Cast, policy: str = "balanced", name: str = "互助池", window_days: int = 30) -> int:
    return share.make_pool(
        community=cast.home, name=name, policy=policy, window_days=window_days, by=cast.founder, now=NOW
    ).id


def fed(cast: Cast, policy: str = "balanced") -> int:
    """Return a pool in which 16.80 stand, and 8.40 in the fund."""
    pool = made(cast, policy)
    ruled(cast, Cut("pool", TENTH, pool_id=pool), Cut("fund", 50_000))
    earned(cast)
    return pool


def act(cast: Cast, actor: int, other: int, kind: str, days_ago: float, n: int = 1) -> None:
    at = LATER - timedelta(days=days_ago)
    acts = [
        NewAct(actor, kind, at, f"{kind}:{actor}:{other}:{days_ago}:{i}", "test:1", other_id=other) for i in range(n)
    ]
    energy.record(community=cast.home, acts=acts)


def give(cast: Cast, pool: int, amount: int = 1200, key: str = "gift-0001") -> dict[str, int]:
    run = share.give_out(
        community=cast.home, pool_id=pool, currency="CNY", amount_minor=amount, key=key, by=cast.operator, now=LATER
    )
    return {g.name: g.amount_minor for g in run.gifts}


def test_immediate_pays_for_the_last_window(cast: Cast) -> None:
    pool = fed(cast, "immediate")
    act(cast, cast.core.pk, cast.member.pk, "reply", 3, 2)
    act(cast, cast.member.pk, cast.other.pk, "thank", 3)
    act(cast, cast.operator.pk, cast.member.pk, "answer", 31, 5)
    assert give(cast, pool) == {"何以南": 800, "赵穗": 400}
    assert (owed(cast, cast.core), money(cast.home)["pool"]) == (800, 1680 - 1200 + 840)
    assert_kept()


def test_recent_counts_half_a_window_back(cast: Cast) -> None:
    pool = fed(cast, "recent")
    act(cast, cast.core.pk, cast.member.pk, "reply", 3, 2)
    act(cast, cast.operator.pk, cast.member.pk, "reply", 33, 4)
    assert give(cast, pool) == {"何以南": 600, "Olga": 600}


def test_balanced_pays_first_who_was_paid_least(cast: Cast) -> None:
    pool = fed(cast, "balanced")
    act(cast, cast.core.pk, cast.member.pk, "reply", 3, 2)
    assert give(cast, pool, 400) == {"何以南": 400}
    act(cast, cast.operator.pk, cast.member.pk, "reply", 90, 2)
    assert give(cast, pool, 400, key="gift-0002") == {"Olga": 400}
    assert give(cast, pool, 400, key="gift-0003") == {"何以南": 200, "Olga": 200}
    assert_kept()


def test_bringing_people_in_trading_and_programs_count_for_nothing(cast: Cast) -> None:
    from kith.people import api as people  # noqa: PLC0415 -- one program

    pool = fed(cast, "immediate")
    for kind in ("sponsor", "refer", "trade", "post", "message"):
        act(cast, cast.core.pk, cast.member.pk, kind, 3)
    act(cast, cast.core.pk, cast.core.pk, "reply", 3)
    act(cast, cast.other.pk, cast.member.pk, "reply", 3)
    people.mark_bot(community=cast.home, person_id=cast.other.pk, is_bot=True)
    act(cast, cast.stranger.pk, cast.member.pk, "reply", 3)
    with pytest.raises(NobodyContributed):
        give(cast, pool)


def test_two_who_thank_each_other_all_day_gain_nothing_more() -> None:
    of = np.array([1] * 500 + [3], dtype=np.int64)
    by = np.array([2] * 500 + [4], dtype=np.int64)
    found = pooling.points(of, by, np.zeros(501, np.int64), np.full(501, 1000, np.int64))
    assert {p: dict(n) for p, n in found.items()} == {1: {0: pooling.PAIR_LIMIT}, 3: {0: 1000}}


@given(
    points=st.dictionaries(
        st.integers(1, 9), st.dictionaries(st.integers(0, 25), st.integers(0, 10**7), max_size=4), max_size=6
    ),
    amounts=st.lists(st.integers(1, 10**9), min_size=1, max_size=4),
    policy=st.sampled_from(share.POLICIES),
)
def test_every_cent_is_given_out_and_none_below_zero(
    points: dict[int, dict[int, int]], amounts: list[int], policy: str
) -> None:
    paid: dict[int, int] = {}
    for amount in amounts:
        parts = pooling.given_out(policy, points, paid, amount)
        assert all(n > 0 for n in parts.values())
        assert sum(parts.values()) in {0, amount}
        paid = {p: paid.get(p, 0) + parts.get(p, 0) for p in paid.keys() | parts.keys()}


def test_given_out_once_and_never_more_than_there_is(cast: Cast) -> None:
    pool = fed(cast)
    act(cast, cast.core.pk, cast.member.pk, "reply", 3)
    assert give(cast, pool) == give(cast, pool) == {"何以南": 1200}
    with pytest.raises(OtherPayout):
        give(cast, pool, 1100)
    for amount in (481, 0, -1):
        with pytest.raises(PoolEmpty):
            give(cast, pool, amount, key="gift-0002")
    assert Gift.objects.count() == 1
    with pytest.raises(OperatorsPay):
        share.give_out(
            community=cast.home, pool_id=pool, currency="CNY", amount_minor=1, key="gift-0009", by=cast.core, now=LATER
        )
    assert_kept()


def test_the_fund_is_poured_into_a_pool_by_the_founder(cast: Cast) -> None:
    pool = fed(cast)
    facts: dict[str, Any] = {"community": cast.home, "pool_id": pool, "currency": "CNY", "now": LATER}
    for _ in range(2):
        found = share.pour(amount_minor=840, key="pour-0001", by=cast.founder, **facts)
        assert found.held == {"CNY": (1680 + 840, 2)}
    with pytest.raises(PoolEmpty):
        share.pour(amount_minor=1, key="pour-0002", by=cast.founder, **facts)
    with pytest.raises(FoundersOnly):
        share.pour(amount_minor=1, key="pour-0003", by=cast.operator, **facts)
    assert share.fund_of(cast.home) == {"CNY": (0, 2)}
    assert_kept()


def test_a_refund_takes_back_from_a_pool_what_is_there_and_the_community_bears_the_rest(cast: Cast) -> None:
    pool = fed(cast)
    act(cast, cast.core.pk, cast.member.pk, "reply", 3)
    give(cast, pool, 1600)
    share.adjust(community=cast.home, key="S1", bases={1: 0}, now=LATER)
    assert money(cast.home) == {"share": 1600, "refund_cost": -1600}
    assert_kept()


def test_a_pool_that_is_none_is_refused(cast: Cast) -> None:
    made(cast)
    with pytest.raises(PoolTaken):
        made(cast)
    for wrong in ({"name": " "}, {"policy": "first"}, {"window_days": 0}, {"window_days": 367}):
        with pytest.raises(BadPool):
            made(cast, **{"name": "另一池"} | wrong)
