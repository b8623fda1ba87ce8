"""What a statement says, and the digest that chains it to the one before."""

from dataclasses import asdict, dataclass

from kith.lib.numbers import digest


@dataclass(frozen=True, slots=True)
class Stated:
    """What a digest covers: every line by entry, place, kind and amount, the sums, and the digest before."""

    person_id: int
    currency: str
    n: int
    period: str
    upto_entry: int
    opening_minor: int
    inflow_minor: int
    outflow_minor: int
    closing_minor: int
    lines: tuple[tuple[int, int, str, int], ...]
    prev: str


def stated_digest(facts: Stated) -> str:
    return digest(asdict(facts))
