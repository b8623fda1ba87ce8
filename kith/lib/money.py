"""Amounts as people write them, and whole minor units as the books keep them: 12.50 CNY is 1250, of scale 2.

Between the edges an amount is an int, never a float: no float is 0.1.
"""

import re
from decimal import Decimal

from babel.numbers import format_currency, format_decimal

from kith.lib.errors import Refusal

BIGGEST = 2**63 - 1  # what a bigint of the database holds
PLAIN = re.compile(r"([0-9]+)(?:\.([0-9]+))?")


class NotAnAmount(Refusal):
    sentence = "Write an amount in plain digits, like %(example)s."


class TooManyDigits(Refusal):
    sentence = "%(asset)s takes at most %(scale)s digits after the point."


class AmountTooLarge(Refusal):
    sentence = "This amount is too large."


def parse(text: str, *, asset: str, scale: int) -> int:
    """Return the minor units of what somebody typed: digits 0 to 9 and at most one point, so never negative.

    Strict, since a guess would be a wrong price: no sign, thousands mark, exponent, full-width digit or NaN.

    Raises:
        NotAnAmount, TooManyDigits, AmountTooLarge: it is none, is too fine for the asset, or passes a bigint.

    """
    if (found := PLAIN.fullmatch(text.strip())) is None:
        raise NotAnAmount(example=plain(1299 * 10**scale, scale=scale))
    fraction = found[2] or ""
    if len(fraction) > scale:
        raise TooManyDigits(asset=asset, scale=scale)
    digits = (found[1] + fraction.ljust(scale, "0")).lstrip("0") or "0"
    if len(digits) > len(str(BIGGEST)) or int(digits) > BIGGEST:
        raise AmountTooLarge
    return int(digits)


def plain(amount_minor: int, *, scale: int) -> str:
    """Return the amount for programs: "12.50", "-0.05", "300"; what `parse` takes back when it is not negative."""
    return f"{_exact(amount_minor, scale):f}"


def show_money(amount_minor: int, *, currency: str, scale: int, locale: str) -> str:
    """Return the amount for people, with its sign of currency: ¥12.50 in `zh_Hans`, CN¥12.50 in `en`; no digit is rounded away."""
    return str(format_currency(_exact(amount_minor, scale), currency, locale=locale, decimal_quantization=False))


def show_units(amount_minor: int, *, scale: int, locale: str) -> str:
    """Return an amount of something that is no money, for people: 1,200."""
    pattern = "#,##0" + ("." + "0" * scale if scale else "")
    return str(format_decimal(_exact(amount_minor, scale), pattern, locale=locale))


def _exact(amount_minor: int, scale: int) -> Decimal:
    """Place the point without rounding, whatever the precision of the surroundings."""
    return Decimal((int(amount_minor < 0), tuple(map(int, str(abs(amount_minor)))), -scale))
