"""Dividing a whole amount so that the parts sum to it, to the last minor unit: the method of largest remainders.

Every part is its exact share rounded up or down, never further away. Who gets the units left over is decided by the
remainders, and among equal ones by the order of the keys: the same input gives the same parts everywhere.
"""

from collections.abc import Hashable, Mapping
from typing import Any, Protocol, TypeVar

WHOLE_PPM = 1_000_000


class Ordered(Hashable, Protocol):
    """A key of parts: text, number, or tuple of such."""

    def __lt__(self, other: Any, /) -> bool: ...


K = TypeVar("K", bound=Ordered)


def apportion(total: int, weights: Mapping[K, int]) -> dict[K, int]:
    """Divide a total >= 0 by whole weights >= 0, not all of them 0; a discount over the lines of an order, say.

    Shares of a growing total do not always grow with it: what is divided bit by bit is divided as a whole and compared.
    """
    if total < 0 or any(weight < 0 for weight in weights.values()) or not (whole := sum(weights.values())):
        raise ValueError("a total and weights that are not negative, and one weight above zero")
    parts = {key: total * weight // whole for key, weight in weights.items()}
    left = total - sum(parts.values())
    for key in sorted(weights, key=lambda k: (-(total * weights[k] % whole), k))[:left]:
        parts[key] += 1
    return parts


def split(total: int, rates_ppm: Mapping[K, int]) -> tuple[dict[K, int], int]:
    """Return what each rate of a total comes to, and what remains for the house; rates are parts of a million, summing to at most that.

    The house takes part like everybody, and yields among equal remainders.
    """
    house_ppm = WHOLE_PPM - sum(rates_ppm.values())
    if house_ppm < 0:
        raise ValueError("rates of more than the whole")
    payees = sorted(rates_ppm)
    weights = {place: rates_ppm[payee] for place, payee in enumerate(payees)} | {len(payees): house_ppm}
    parts = apportion(total, weights)
    return {payee: parts[place] for place, payee in enumerate(payees)}, parts[len(payees)]
