"""Amounts come in exactly as typed or not at all, and go out without a digit lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.lib.errors import Refusal
from kith.lib.money import BIGGEST, AmountTooLarge, NotAnAmount, TooManyDigits, parse, plain, show_money, show_units

scales = st.integers(0, 6)
amounts = st.integers(0, BIGGEST)


@pytest.mark.parametrize(
    ("text", "scale", "minor"),
    [
        ("12.50", 2, 1250), ("12.5", 2, 1250), ("12", 2, 1200), (" 0.07 ", 2, 7), ("007", 0, 7), ("0", 2, 0), ("1.250", 3, 1250),
        ("92233720368547758.07", 2, BIGGEST), (f"{'0' * 4000}1", 2, 100),
    ],
)  # fmt: skip
def test_an_amount_in_plain_digits_is_read(text: str, scale: int, minor: int) -> None:
    assert parse(text, asset="CNY", scale=scale) == minor


@pytest.mark.parametrize(
    "text",
    ["", " ", ".", "1.", ".5", "-1", "+1", "1,299", "1.2.3", "1e3", "0x10", "1_000", "NaN", "Infinity", "１２", "12．50", "١٢", "½", "²", "1 2", "¥5", "1\n2"],
)  # fmt: skip
def test_what_is_no_plain_amount_is_refused(text: str) -> None:
    with pytest.raises(NotAnAmount, match=r"like 1299\.00"):
        parse(text, asset="CNY", scale=2)


def test_an_example_has_the_digits_of_its_asset() -> None:
    with pytest.raises(NotAnAmount, match=r"like 1299\.$"):
        parse("x", asset="JPY", scale=0)


@pytest.mark.parametrize(("text", "scale"), [("1.234", 2), ("1.500", 2), ("1.0", 0)])
def test_digits_the_asset_has_not_are_refused(text: str, scale: int) -> None:
    with pytest.raises(TooManyDigits, match=f"CNY takes at most {scale} digits"):
        parse(text, asset="CNY", scale=scale)


@pytest.mark.parametrize("text", ["92233720368547758.08", "9" * 5000, "92233720368547759"])
def test_what_a_bigint_does_not_hold_is_refused(text: str) -> None:
    with pytest.raises(AmountTooLarge):
        parse(text, asset="CNY", scale=2)


@given(st.text(max_size=12), scales)
def test_whatever_is_typed_is_an_amount_or_a_named_refusal(text: str, scale: int) -> None:
    try:
        minor = parse(text, asset="CNY", scale=scale)
    except Refusal:
        return
    assert 0 <= minor <= BIGGEST


@given(amounts, scales)
def test_what_is_written_plainly_is_read_back(minor: int, scale: int) -> None:
    assert parse(plain(minor, scale=scale), asset="CNY", scale=scale) == minor


@pytest.mark.parametrize(
    ("minor", "scale", "text"), [(1250, 2, "12.50"), (-5, 2, "-0.05"), (300, 0, "300"), (0, 2, "0.00"), (-1, 0, "-1")]
)
def test_programs_read_amounts_with_all_their_digits(minor: int, scale: int, text: str) -> None:
    assert plain(minor, scale=scale) == text


@pytest.mark.parametrize(
    ("currency", "minor", "scale", "chinese", "english"),
    [
        ("CNY", 129900, 2, "¥1,299.00", "CN¥1,299.00"),
        ("USD", -300, 2, "-US$3.00", "-$3.00"),
        ("JPY", 1200, 0, "JP¥1,200", "¥1,200"),
        ("EUR", BIGGEST, 2, "€92,233,720,368,547,758.07", "€92,233,720,368,547,758.07"),
    ],
)
def test_people_read_amounts_as_their_language_writes_them(
    currency: str, minor: int, scale: int, chinese: str, english: str
) -> None:
    assert show_money(minor, currency=currency, scale=scale, locale="zh_Hans") == chinese
    assert show_money(minor, currency=currency, scale=scale, locale="en") == english


def test_things_that_are_no_money_are_counted() -> None:
    assert show_units(70_000, scale=0, locale="zh_Hans") == "70,000"
    assert show_units(1_234_567, scale=3, locale="en") == "1,234.567"
