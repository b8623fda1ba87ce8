"""Decisions of the order lane: which launches it serves, who of a batch gets what, and whose turn it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kith.launch.data import LineUp, Turn

LANE_KINDS = ("plain", "flash")
BATCH_LIMIT = 500  # orders to one commit: more gain little, and the first of them waits for the last
PACE = 1000  # how many a second are let in from a line, to tell people how long it may be
LONGEST_ASK_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Allotted:
    """What an ask gets: all of it, or what stands against it: the buyer's limit, or an item there is not enough of."""

    over_limit: bool = False
    short_of: int | None = None

    @property
    def is_all(self) -> bool:
        return not self.over_limit and self.short_of is None


def allotted(
    asks: Sequence[tuple[int, Mapping[int, int]]], *, shelf: Mapping[int, int], allowance: Mapping[int, int], limit: int | None
) -> list[Allotted]:  # fmt: skip
    """Return what each ask (a buyer, units by item) gets, as if they came one after another: all that was asked, or nothing.

    `shelf` is what there is by item, `allowance` what a buyer may still have (the limit where it does not say). The value book
    decides in the end; this only spares it the asks that it would refuse.
    """
    left, may = dict(shelf), dict(allowance)
    answers = []
    for buyer, units in asks:
        whole = sum(units.values())
        short = next((item for item, qty in sorted(units.items()) if left.get(item, 0) < qty), None)
        if limit is not None and may.get(buyer, limit) < whole:
            answers.append(Allotted(over_limit=True))
        elif short is not None:
            answers.append(Allotted(short_of=short))
        else:
            answers.append(Allotted())
            may[buyer] = may.get(buyer, limit or 0) - whole
            left.update({item: left[item] - qty for item, qty in units.items()})
    return answers


def must_wait(number: int | None, line: LineUp) -> bool:
    """Tell whether somebody has to wait: whoever has no number comes after all who have one."""
    return line.waiting > 0 and (number is None or number > line.admitted)


def turn(number: int | None, line: LineUp) -> Turn:
    """Return the place of a number; without one, behind everybody."""
    before = line.waiting if number is None else max(0, number - line.admitted - 1)
    return Turn(number or 0, before, must_wait(number, line))


def ask_again_seconds(ahead: int) -> int:
    """Return after how many seconds to ask again: the later the more are ahead, so that waiting costs little."""
    return min(LONGEST_ASK_SECONDS, 1 + ahead // PACE)
