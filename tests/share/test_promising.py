"""From a paid sale to what is owed, and back."""

from datetime import timedelta
from typing import Any

import pytest

from kith.ledger import api as ledger
from kith.ledger.api import AccountName, NewMove
from kith.share import api as share
from kith.share.api import Cut, FoundersOnly, NoSuchPayee, OtherSale, OtherText, SecondTierUnsigned
from kith.share.models import Promise, Rule
from tests.conftest import NOW, Cast
from tests.launch.shop import money
from tests.share.sharing import TENTH, amounts, assert_kept, cuts, owed, ruled, sale

LATER = NOW + timedelta(days=7)


def promised(cast: Cast, *lines: tuple[int, int], key: str = "S1", **other: Any) -> list[share.PromiseValue]:
    return share.promise(community=cast.home, sale=sale(cast, *lines, key=key, **other), now=NOW)


def released(cast: Cast, key: str = "S1") -> bool:
    return share.release(community=cast.home, key=key, now=LATER)


def adjusted(cast: Cast, key: str = "S1", **bases: int) -> bool:
    return share.adjust(community=cast.home, key=key, bases={int(n[1:]): base for n, base in bases.items()}, now=LATER)


def pay(cast: Cast, amount: int, key: str = "payout-1") -> None:
    """Pay 何以南 out of what is owed: never below zero."""
    name = AccountName("share", "CNY", "person", cast.core.pk)
    move = NewMove(name, AccountName("bank", "CNY"), amount)
    ledger.post(
        community=cast.home, key=key, kind="payout", moves=[move], by=None, cause=("payout", 1), at=NOW, need={name: 0}
    )


def test_without_a_rule_nothing_is_shared(cast: Cast) -> None:
    assert promised(cast) == []
    assert (released(cast), adjusted(cast, n1=0)) == (False, False)


def test_nothing_is_owed_until_refunds_are_over_and_then_once(cast: Cast) -> None:
    ruled(cast)
    promised(cast, (16800, 0))
    promised(cast, (16800, 0))
    assert (amounts(cast), owed(cast, cast.core)) == ({"channel": 3360, "maker": 1680, "fund": 840, "house": 10920}, 0)
    assert [released(cast), released(cast)] == [True, False]
    assert (owed(cast, cast.core), owed(cast, cast.other)) == (3360, 1680)
    assert money(cast.home) == {"sales": -5880, "share": 5040, "pool": 840}
    assert_kept()


def test_tax_is_not_shared(cast: Cast) -> None:
    ruled(cast)
    promised(cast, (16800, 1933), (4999, 0))
    assert sum(amounts(cast).values()) == 16800 - 1933 + 4999


def test_the_same_sale_with_other_content_is_refused(cast: Cast) -> None:
    ruled(cast)
    promised(cast, (16800, 0))
    with pytest.raises(OtherSale):
        promised(cast, (16801, 0))


def test_fault_30_a_sale_keeps_the_rule_of_its_moment(cast: Cast) -> None:
    ruled(cast)
    promised(cast)
    ruled(cast, Cut("channel", 3 * TENTH), at=NOW + timedelta(seconds=1))
    promised(cast, key="S2", paid_at=NOW + timedelta(minutes=1))
    promised(cast, key="S3")  # told late, but paid before
    assert [amounts(cast, key)["channel"] for key in ("S1", "S2", "S3")] == [3360, 5040, 3360]
    assert [r.version for r in share.rules_of(cast.home)] == [2, 1]


def test_a_refund_before_the_release_shrinks_and_posts_nothing(cast: Cast) -> None:
    ruled(cast)
    promised(cast, (16800, 0), (4999, 0))
    assert [adjusted(cast, n1=8400, n2=4999), adjusted(cast, n1=8400, n2=4999)] == [True, False]
    assert (amounts(cast), money(cast.home)) == ({"channel": 2680, "maker": 1340, "fund": 670, "house": 8709}, {})
    adjusted(cast, n1=16800)  # the refund failed
    assert sum(amounts(cast).values()) == 21799
    adjusted(cast, n1=0, n2=0)
    released(cast)
    assert (amounts(cast), money(cast.home)) == ({"channel": 0, "maker": 0, "fund": 0, "house": 0}, {})
    assert_kept()


def test_a_refund_after_the_release_is_clawed_back(cast: Cast) -> None:
    ruled(cast)
    promised(cast)
    released(cast)
    adjusted(cast, n1=8400)
    assert (owed(cast, cast.core), owed(cast, cast.other)) == (1680, 840)
    adjusted(cast, n1=16800)
    assert (owed(cast, cast.core), owed(cast, cast.other)) == (3360, 1680)
    assert_kept()


def test_fault_23_a_refund_after_the_payout_leaves_a_debt_that_later_shares_repay(cast: Cast) -> None:
    ruled(cast)
    promised(cast)
    released(cast)
    pay(cast, 3360)
    adjusted(cast, n1=0)
    assert owed(cast, cast.core) == -3360
    promised(cast, key="S2")
    released(cast, "S2")
    assert owed(cast, cast.core) == 0
    with pytest.raises(ledger.Overdraft):
        pay(cast, 1, key="payout-2")
    promised(cast, key="S3")
    released(cast, "S3")
    pay(cast, 3360, key="payout-2")
    assert (owed(cast, cast.core), amounts(cast, "S1")) == (0, dict.fromkeys(["channel", "maker", "fund", "house"], 0))


def test_beyond_the_debt_allowed_the_community_bears_it(cast: Cast) -> None:
    ruled(cast)
    big = share.DEBT_LIMIT_MINOR * 10
    promised(cast, (big, 0))
    released(cast)
    pay(cast, big // 5)
    adjusted(cast, n1=0)
    assert owed(cast, cast.core) == -share.DEBT_LIMIT_MINOR
    assert Promise.objects.get(role="channel").borne_minor == big // 5 - share.DEBT_LIMIT_MINOR
    assert money(cast.home)["refund_cost"] == share.DEBT_LIMIT_MINOR - big // 5
    adjusted(cast, n1=big)  # it failed after all: first the community has back what it bore
    assert (owed(cast, cast.core), money(cast.home).get("refund_cost", 0)) == (0, 0)


def test_somebody_short_by_two_promises_gives_what_there_is(cast: Cast) -> None:
    big = share.DEBT_LIMIT_MINOR * 10
    ruled(cast, Cut("channel", 3 * TENTH), Cut("maker", TENTH, person_id=cast.core.pk))
    promised(cast, (big, 0))
    released(cast)
    pay(cast, big * 4 // 10 - 5)
    adjusted(cast, n1=1)
    assert owed(cast, cast.core) == -share.DEBT_LIMIT_MINOR
    assert sum(amounts(cast).values()) == 1


def test_only_the_founder_decides_and_only_for_people_of_the_place(cast: Cast) -> None:
    with pytest.raises(FoundersOnly):
        share.write_rule(community=cast.home, cuts=cuts(cast), by=cast.operator, now=NOW)
    for stranger in (Cut("maker", 10, person_id=cast.enemy.pk), Cut("pool", 10, pool_id=1)):
        with pytest.raises(NoSuchPayee):
            ruled(cast, stranger)
    assert not Rule.objects.exists()


def test_fault_32_a_second_tier_pays_only_under_the_signed_text(cast: Cast) -> None:
    two = (Cut("channel", 2 * TENTH), Cut("second", TENTH))
    with pytest.raises(SecondTierUnsigned):
        ruled(cast, *two)
    for text, name in ((share.ACK_VERSION + 1, "罗"), (share.ACK_VERSION, " ")):
        with pytest.raises(OtherText):
            share.sign_second_tier(community=cast.home, text_version=text, name=name, by=cast.founder, now=NOW)
    with pytest.raises(FoundersOnly):
        share.sign_second_tier(
            community=cast.home, text_version=share.ACK_VERSION, name="Olga", by=cast.operator, now=NOW
        )
    share.sign_second_tier(community=cast.home, text_version=share.ACK_VERSION, name="罗振", by=cast.founder, now=NOW)
    assert ruled(cast, *two).signed_by == "罗振"
    came_by = tuple(share.Credit(p.pk, role, 1_000_000) for p, role in ((cast.core, "channel"), (cast.other, "second")))
    promised(cast, came_by=came_by)
    released(cast)
    assert (owed(cast, cast.core), owed(cast, cast.other)) == (3360, 1680)
    assert_kept()
