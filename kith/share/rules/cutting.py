"""What a rule may say, what a sale comes to, what a refund takes from whom."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass

from kith.lib.numbers import digest
from kith.lib.split import WHOLE_PPM, apportion, split
from kith.share.data import (
    ROLES,
    BadCredits,
    BadCuts,
    ChannelCapped,
    Credit,
    Cut,
    MoreThanAll,
    NotAShare,
    Payee,
    Sale,
    SecondTierUnsigned,
)

# Of a sale for whoever recommends it: what the rules on direct sales and WeChat's profit sharing allow.
CAP_PPM = 300_000
CUTS_LIMIT = 40
ACK_VERSION = 1  # of the text a founder signs before a second tier pays; a new text asks for a new signature
DEBT_LIMIT_MINOR = 100_000  # what refunds may leave somebody owing; beyond it the community bears them
CREDITED = ("channel", "second")
NAMED = {"maker": "person_id", "pool": "pool_id"}


def checked_cuts(cuts: Sequence[Cut], *, may_have_second: bool) -> tuple[Cut, ...]:
    """Return them in one order.

    Raises:
        NotAShare: of a kind there is not: pay for heads, or a share that is bought.
        BadCuts: a rate is no whole number above zero, a name is missing or too many, or the same stands there twice.
        ChannelCapped: those who recommend get more than the cap, on both tiers together.
        SecondTierUnsigned: there is a second tier, and nobody signed for it.
        MoreThanAll: what is paid on some offer comes to more than the whole.

    """
    if any(cut.role not in ROLES or cut.role == "house" for cut in cuts):
        raise NotAShare
    names = {(c.role, c.person_id, c.offer_id, c.pool_id) for c in cuts}
    if len(cuts) > CUTS_LIMIT or len(names) != len(cuts) or not all(map(_is_whole, cuts)):
        raise BadCuts
    if sum(c.rate_ppm for c in cuts if c.role in CREDITED) > CAP_PPM:
        raise ChannelCapped(percent=CAP_PPM // 10_000)
    if any(c.role == "second" for c in cuts) and not may_have_second:
        raise SecondTierUnsigned
    if any(sum(c.rate_ppm for c in cuts if _is_of(c, o)) > WHOLE_PPM for o in {c.offer_id for c in cuts} | {None}):
        raise MoreThanAll
    return tuple(sorted(cuts, key=lambda c: (ROLES.index(c.role), c.person_id or 0, c.pool_id or 0, c.offer_id or 0)))


def _is_whole(cut: Cut) -> bool:
    given = {name for name in ("person_id", "pool_id") if getattr(cut, name) is not None}
    fits = given == ({NAMED[cut.role]} if cut.role in NAMED else set()) and (
        cut.offer_id is None or cut.role == "maker"
    )
    return fits and type(cut.rate_ppm) is int and 0 < cut.rate_ppm <= WHOLE_PPM


def _is_of(cut: Cut, offer_id: int | None) -> bool:
    return cut.offer_id is None or cut.offer_id == offer_id


def check_credits(found: Iterable[Credit]) -> None:
    """Let pass credits that can be paid by.

    Raises:
        BadCredits: another role, a weight that is none, somebody twice, or more than the whole.

    """
    weights: dict[str, dict[int, int]] = defaultdict(dict)
    for c in found:
        if (
            c.role not in CREDITED
            or type(c.weight_ppm) is not int
            or c.weight_ppm <= 0
            or c.person_id in weights[c.role]
        ):
            raise BadCredits
        weights[c.role][c.person_id] = c.weight_ppm
    if any(sum(of_role.values()) > WHOLE_PPM for of_role in weights.values()):
        raise BadCredits


def rates(cuts: Iterable[Cut], sale: Sale, offer_id: int) -> dict[Payee, int]:
    """Return what share of a line each payee has. What nobody is credited with, and what buyers bring themselves, stays in the house."""
    found: dict[Payee, int] = defaultdict(int)
    for cut in cuts:
        if cut.role in CREDITED:
            for person_id, rate in _credited(cut, sale).items():
                found[Payee(cut.role, person_id)] += rate
        elif _is_of(cut, offer_id):
            found[Payee(cut.role, cut.person_id or 0, cut.pool_id or 0)] += cut.rate_ppm
    return dict(found)


def _credited(cut: Cut, sale: Sale) -> dict[int, int]:
    weights = {c.person_id: c.weight_ppm for c in sale.credits if c.role == cut.role and c.person_id != sale.buyer_id}
    parts = apportion(cut.rate_ppm, weights | {0: WHOLE_PPM - sum(weights.values())})
    return {person_id: rate for person_id, rate in parts.items() if person_id and rate}


@dataclass(frozen=True, slots=True)
class Drafted:
    """A promise before it is a row."""

    n: int
    payee: Payee
    rate_ppm: int
    amount_minor: int


def promised(cuts: Sequence[Cut], sale: Sale) -> list[Drafted]:
    """Return what everybody gets of each line, the house last; the parts of a line sum to it, tax left out."""
    found = []
    for line in sale.lines:
        of_line = rates(cuts, sale, line.offer_id)
        parts, house = split(line.base_minor, of_line)
        found += [Drafted(line.n, payee, of_line[payee], amount) for payee, amount in parts.items()]
        found.append(Drafted(line.n, Payee("house"), WHOLE_PPM - sum(of_line.values()), house))
    return found


def moved(kept: Mapping[int, int], promised_minor: Mapping[int, int], target_minor: int) -> dict[int, int]:
    """Return by how much each promise of a line changes so that they sum to what is left of it.

    A refund takes from what is left of each, in proportion; money that comes back because a refund failed goes where it was
    taken. So no promise falls below zero or rises above what it was, and refunds in any number sum exactly.
    """
    there = sum(kept.values())
    missing = {key: promised_minor[key] - n for key, n in kept.items()}
    if not 0 <= target_minor <= there + sum(missing.values()):
        raise ValueError("more is left of a line than was shared of it, or less than nothing")
    sign, weights = (-1, kept) if target_minor < there else (1, missing)
    change = abs(target_minor - there)
    return {key: sign * n for key, n in apportion(change, weights).items() if n} if change else {}


def sale_digest(sale: Sale) -> str:
    """Return what tells a sale from another with its key; when it can no longer be refunded may still become known."""
    facts = asdict(sale)
    del facts["refund_closes_at"]
    return digest(facts)
