"""What an order comes to: coupons never take more than there is, and every cent of them stands in a line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.launch import rules
from kith.launch.api import CouponChangesNothing, CouponNeedsMore, CouponsDoNotCombine, NoSuchCoupon, SaleRules
from kith.launch.rules import Good, Off, code_of, codes_of, priced, taken_off

AMOUNTS = st.integers(0, 10**7)
GOODS = st.lists(st.tuples(st.integers(1, 50), AMOUNTS, st.sampled_from([0, 60_000, 130_000]), st.booleans()), min_size=1, max_size=6)  # fmt: skip
OFFS = st.lists(st.one_of(st.tuples(st.integers(1, 10**8), st.just(0)), st.tuples(st.just(0), st.integers(1, 10**6))), max_size=3)  # fmt: skip


def off(n: int = 1, *, minor: int = 0, ppm: int = 0, least: int = 0, combines: bool = True) -> Off:
    return Off(n, f"CODE-{n}", minor, ppm, least, combines)


def good(n: int, qty: int, unit: int, tax: int = 0, *, is_sent: bool = True) -> Good:
    return Good(n, f"item {n}", qty, unit, tax, is_sent)


@given(GOODS, OFFS)
def test_lines_sum_to_what_is_left_and_no_line_falls_below_nothing(
    goods: list[tuple[int, int, int, bool]], offs: list[tuple[int, int]]
) -> None:
    cart = [Good(n, "x", qty, unit, tax, sent) for n, (qty, unit, tax, sent) in enumerate(goods)]
    coupons = [off(n, minor=minor, ppm=ppm) for n, (minor, ppm) in enumerate(offs)]
    try:
        lines, took = priced(cart, coupons, SaleRules())
    except CouponChangesNothing:
        return
    assert all(0 <= line.discount_minor <= line.qty * line.unit_minor for line in lines)
    assert sum(line.discount_minor for line in lines) == sum(took.values())
    assert priced(cart, coupons[::-1], SaleRules()) == (lines, took)  # whatever order they were typed in


def test_a_part_comes_off_before_an_amount() -> None:
    assert taken_off({0: 10_000}, [off(1, minor=1000), off(2, ppm=200_000)]) == ({0: 3000}, {2: 2000, 1: 1000})


def test_odd_cents_go_by_largest_remainder() -> None:
    off_lines, took = taken_off({0: 100, 1: 100, 2: 100}, [off(minor=100)])
    assert (off_lines, took) == ({0: 34, 1: 33, 2: 33}, {1: 100})


def test_fault_10_more_off_than_there_is_comes_to_nothing_to_pay() -> None:
    lines, took = priced([good(1, 2, 300)], [off(minor=10**9)], SaleRules())
    assert (lines[0].amount_minor, took) == (0, {1: 600})


def test_coupons_that_do_not_fit_are_refused_by_name() -> None:
    with pytest.raises(CouponNeedsMore):
        taken_off({0: 999}, [off(minor=1, least=1000)])
    with pytest.raises(CouponsDoNotCombine):
        taken_off({0: 1000}, [off(1, minor=1), off(2, minor=1, combines=False)])
    with pytest.raises(CouponChangesNothing):
        taken_off({0: 1000}, [off(1, minor=1000), off(2, minor=500)])


def test_sending_is_flat_free_from_a_sum_and_only_for_what_is_sent() -> None:
    sale = SaleRules(ship_minor=800, ship_free_from_minor=5000)
    lines, _ = priced([good(1, 1, 4000, 130_000), good(2, 1, 9000, 60_000, is_sent=False)], [], sale)
    assert [(line.kind, line.amount_minor, line.tax_ppm) for line in lines][2:] == [("ship", 800, 130_000)]
    assert len(priced([good(1, 2, 2500)], [], sale)[0]) == 1
    assert len(priced([good(1, 2, 2500)], [off(minor=1)], sale)[0]) == 2  # what is paid counts, not what it was
    assert len(priced([good(1, 1, 4000, is_sent=False)], [], sale)[0]) == 1


@pytest.mark.parametrize("raw", [" welcome-8 ", "WELCOME-8", "ｗｅｌｃｏｍｅ-8", "Welcome-8"])
def test_a_code_is_found_however_it_is_typed(raw: str) -> None:
    assert code_of(raw) == "WELCOME-8"


@pytest.mark.parametrize("raw", ["abc", "-ABCD", "ABCD-", "A" * 25, "AB CD", "' OR 1=1 --", "码码码码", "ABC\x00D", "ＡＢ＿ＣＤ", "A" * 10**6])  # fmt: skip
def test_what_was_never_given_out_is_no_code(raw: str) -> None:
    with pytest.raises(NoSuchCoupon):
        code_of(raw)


def test_codes_count_once_and_are_few() -> None:
    assert codes_of(["bbbb", "AAAA", " aaaa", ""]) == ("AAAA", "BBBB")
    with pytest.raises(CouponsDoNotCombine):
        codes_of(["AAAA", "BBBB", "CCCC", "DDDD"])
    assert rules.COUPONS_LIMIT == 3
