"""Who may get what: what the law and arithmetic allow, as rules without a database."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.share import rules
from kith.share.api import (
    BadCredits,
    BadCuts,
    ChannelCapped,
    Credit,
    Cut,
    MoreThanAll,
    NotAShare,
    Payee,
    Sale,
    SaleLine,
    SecondTierUnsigned,
)
from tests.conftest import NOW

CUTS = (Cut("channel", 200_000), Cut("maker", 100_000, person_id=2), Cut("fund", 50_000))


def sale(*came_by: Credit, base: int = 16800, offer: int = 1) -> Sale:
    return Sale("S1", 1, 9, "CNY", (SaleLine(1, offer, base),), came_by, NOW)


@pytest.mark.parametrize("role", ["recruit", "promoter", "house", "", "channel "])
def test_fault_32_nobody_is_paid_for_heads_or_buys_a_share(role: str) -> None:
    with pytest.raises(NotAShare):
        rules.checked_cuts([Cut(role, 10_000)], may_have_second=True)


def test_fault_32_a_second_tier_needs_a_signature() -> None:
    two = [Cut("channel", 200_000), Cut("second", 50_000)]
    with pytest.raises(SecondTierUnsigned):
        rules.checked_cuts(two, may_have_second=False)
    assert rules.checked_cuts(two, may_have_second=True) == tuple(two)


def test_fault_31_more_than_the_cap_or_the_whole_is_no_rule() -> None:
    with pytest.raises(ChannelCapped):
        rules.checked_cuts([Cut("channel", 300_001)], may_have_second=True)
    with pytest.raises(ChannelCapped):
        rules.checked_cuts([Cut("channel", 200_000), Cut("second", 100_001)], may_have_second=True)
    of_offers = [Cut("maker", 600_000, person_id=2, offer_id=offer) for offer in (1, 2)]
    assert rules.checked_cuts(of_offers, may_have_second=False) == tuple(of_offers)
    with pytest.raises(MoreThanAll):
        rules.checked_cuts([*of_offers, Cut("fund", 400_001)], may_have_second=False)


@pytest.mark.parametrize(
    "cut",
    [
        Cut("fund", 0), Cut("fund", -1), Cut("fund", 1_000_001), Cut("fund", True), Cut("fund", 0.5),  # type: ignore[arg-type]
        Cut("maker", 10), Cut("fund", 10, person_id=1), Cut("pool", 10), Cut("fund", 10, offer_id=1), Cut("maker", 10, person_id=1, pool_id=1),
    ],
)  # fmt: skip
def test_a_share_that_is_none_is_refused(cut: Cut) -> None:
    with pytest.raises(BadCuts):
        rules.checked_cuts([cut], may_have_second=False)
    with pytest.raises(BadCuts):
        rules.checked_cuts([Cut("fund", 10), Cut("fund", 20)], may_have_second=False)


def test_credits_weigh_at_most_the_whole() -> None:
    for wrong in ([Credit(3, "channel", 600_000), Credit(4, "channel", 400_001)], [Credit(3, "channel", 0)], [Credit(3, "maker", 1)],
                  [Credit(3, "channel", 1), Credit(3, "channel", 1)]):  # fmt: skip
        with pytest.raises(BadCredits):
            rules.check_credits(wrong)


def test_a_line_goes_to_whom_it_came_by_and_the_rest_stays() -> None:
    halves = (Credit(3, "channel", 500_000), Credit(4, "channel", 250_000))
    found = {d.payee: d.amount_minor for d in rules.promised(CUTS, sale(*halves))}
    assert found == {
        Payee("channel", 3): 1680, Payee("channel", 4): 840, Payee("maker", 2): 1680, Payee("fund"): 840, Payee("house"): 11760,
    }  # fmt: skip


def test_fault_29_who_buys_on_their_own_word_gets_no_share() -> None:
    mine = sale(Credit(9, "channel", 1_000_000), Credit(9, "second", 1_000_000))
    assert {d.payee.role for d in rules.promised(CUTS, mine)} == {"maker", "fund", "house"}


def test_a_share_of_one_offer_is_not_paid_on_another() -> None:
    cuts = [Cut("maker", 100_000, person_id=2, offer_id=7)]
    assert rules.rates(cuts, sale(), 7) == {Payee("maker", 2): 100_000}
    assert rules.rates(cuts, sale(), 8) == {}


@given(
    base=st.integers(0, 10**9),
    weights=st.lists(st.integers(1, 400_000), max_size=5).filter(lambda w: sum(w) <= 10**6),
    rates=st.lists(st.integers(1, 200_000), max_size=3),
)
def test_fault_22_parts_sum_to_the_line_whatever_the_cents(base: int, weights: list[int], rates: list[int]) -> None:
    cuts = [Cut("channel", 299_999), *(Cut("maker", rate, person_id=n) for n, rate in enumerate(rates, start=50))]
    found = rules.promised(cuts, sale(*(Credit(n, "channel", w) for n, w in enumerate(weights, start=10)), base=base))
    assert sum(d.amount_minor for d in found) == base
    assert sum(d.rate_ppm for d in found) == 1_000_000
    assert all(
        abs(d.amount_minor * 1_000_000 - base * d.rate_ppm) < 1_000_000 for d in found
    )  # less than one minor unit off


@given(parts=st.lists(st.integers(0, 10**6), min_size=1, max_size=6), cuts=st.lists(st.integers(0, 10**6), max_size=8))
def test_fault_22_refunds_in_any_number_take_exactly_what_went(parts: list[int], cuts: list[int]) -> None:
    promised = dict(enumerate(parts))
    kept = dict(promised)
    for cut in [*cuts, sum(parts), 0]:  # the last but one is a refund that failed: all of it is back
        target = min(cut, sum(parts))
        for place, change in rules.moved(kept, promised, target).items():
            kept[place] += change
        assert sum(kept.values()) == target
        assert all(0 <= kept[place] <= promised[place] for place in promised)
    assert rules.moved(promised, promised, sum(parts)) == {}
