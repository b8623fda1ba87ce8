"""Which accounts there are, what may be posted, and what tells one posting from another."""

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kith.ledger.data import (
    AccountName,
    BadAmount,
    BadFloor,
    BadMoves,
    BadName,
    NewMove,
    Posting,
    UnknownAccountRole,
)
from kith.lib.errors import Refusal

AMOUNT_LIMIT = 10**15  # programs in JavaScript still count it exactly
BALANCE_LIMIT = 2**62  # with all moves of an entry on top it is still a bigint
MOVES_LIMIT = 1000
SCALE_LIMIT = 6
KEY_LENGTH, NOTE_LENGTH = 120, 200
WORD = re.compile(r"[a-z][a-z_]{0,19}")
ASSET = re.compile(r"[A-Z][A-Z0-9]{0,9}(:[A-Za-z0-9._-]{1,28})?")

HOT = 9  # many want it at the same moment: locked last, so that it is held shortest
WARM = 5


@dataclass(frozen=True, slots=True)
class Role:
    """`floor` None: no floor, and no balance kept in the row, so that everybody may post to it at once."""

    floor: int | None
    heat: int
    meaning: str


ROLES: dict[str, Role] = {
    "supply": Role(None, 0, "where units come from, and go back to when stock is corrected"),
    "shelf": Role(0, HOT, "units that can be had: goods, seats, uses of a coupon, what a buyer may still buy"),
    "held": Role(0, 0, "units kept for an order"),
    "gone": Role(0, 0, "units that left with an order"),
    "gateway": Role(None, 0, "the provider of payments"),
    "bank": Role(None, 0, "the community's account at a bank"),
    "escrow": Role(0, 0, "paid for an order, and not final yet"),
    "limbo": Role(0, 0, "paid, and nobody knows yet what for"),
    "sales": Role(None, 0, "what the community has earned"),
    "tax": Role(None, 0, "tax on sales"),
    "fees": Role(None, 0, "what providers took"),
    "unearned": Role(0, 0, "paid for a time that is still to come"),
    "refund_cost": Role(None, 0, "refunds that others could not bear"),
    "share": Role(0, 0, "what is owed to somebody of the proceeds; its floor is the debt allowed"),
    "withheld": Role(0, WARM, "kept back of payouts for the tax office"),
    "transit": Role(0, 0, "on its way out by a wire"),
    "pool": Role(0, WARM, "set aside: the fund, and for those who contribute"),
    "ally": Role(0, WARM, "owed to an allied community"),
}


def fault(posting: Posting) -> Refusal | None:
    """Return why a posting cannot be one, whatever the book holds; None when nothing speaks against it."""
    if not posting.moves or len(posting.moves) > MOVES_LIMIT or not all(_joins_two(m) for m in posting.moves):
        return BadMoves(limit=MOVES_LIMIT)
    if not all(type(m.amount_minor) is int and 0 < m.amount_minor <= AMOUNT_LIMIT for m in posting.moves):
        return BadAmount(limit=AMOUNT_LIMIT)
    if not all(is_floor(need) for need in posting.need.values()):
        return BadFloor(limit=AMOUNT_LIMIT)
    return _misnamed(posting) or next((why for name in names(posting) if (why := account_fault(name))), None)


def account_fault(name: AccountName) -> Refusal | None:
    if name.role not in ROLES:
        return UnknownAccountRole(role=name.role)
    if (name.owner_kind and not WORD.fullmatch(name.owner_kind)) or not ASSET.fullmatch(name.asset):
        return BadName(name=f"{name.owner_kind} {name.asset}".strip())
    return None


def is_floor(floor: object) -> bool:
    return type(floor) is int and abs(floor) <= AMOUNT_LIMIT


def is_asset_code(code: str) -> bool:
    return ASSET.fullmatch(code) is not None


def names(posting: Posting) -> Iterable[AccountName]:
    """Return every account a posting names, some more than once."""
    for move in posting.moves:
        yield move.src
        yield move.dst
    yield from posting.need


def digest(posting: Posting) -> str:
    """Return what tells this posting from another with the same key: its kind, its cause and its moves in any order.

    When, by whom and with which note it is posted does not count: they differ when the same thing is asked again.
    `queries.auditing` computes the same of the rows in the book.
    """
    moves = sorted(f"{_written(m.src)}>{_written(m.dst)}:{m.amount_minor}" for m in posting.moves)
    cause_kind, cause_id = posting.cause
    head = [posting.kind, f"{cause_kind}:{cause_id}", str(posting.reverses or "")]
    return hashlib.sha256("\n".join(head + moves).encode()).hexdigest()


def mirrored(moves: Sequence[NewMove]) -> list[NewMove]:
    """Return the moves back."""
    return [NewMove(m.dst, m.src, m.amount_minor) for m in moves]


def is_mirror(moves: Sequence[NewMove], of: Sequence[NewMove]) -> bool:
    return sorted(map(_line, moves)) == sorted(map(_line, mirrored(of)))


def _line(move: NewMove) -> tuple[str, str, int]:
    return _written(move.src), _written(move.dst), move.amount_minor


def _written(name: AccountName) -> str:
    return f"{name.role}/{name.owner_kind}/{name.owner_id}/{name.asset}"


def _joins_two(move: NewMove) -> bool:
    return move.src != move.dst and move.src.asset == move.dst.asset


def _misnamed(posting: Posting) -> Refusal | None:
    kept = {posting.key: KEY_LENGTH, posting.note: NOTE_LENGTH}
    wrong = [text for text, length in kept.items() if len(text) > length or not (text.isprintable() or text == "")]
    wrong += [word for word in (posting.kind, posting.cause[0]) if not WORD.fullmatch(word)]
    if wrong or not posting.key:
        return BadName(name="".join(wrong[:1])[:KEY_LENGTH])
    return None
