"""Rules of sharing and sales of the cast: 何以南 recommends, 赵穗 makes the brew."""

from datetime import timedelta
from typing import Any

from kith.launch.models import Order
from kith.ledger import api as ledger
from kith.ledger.api import AccountName
from kith.people.api import Person
from kith.share import api as share
from kith.share.api import Credit, Cut, Sale, SaleLine
from tests.conftest import NOW, Cast

TENTH = 100_000


def cuts(cast: Cast, channel: int = 2 * TENTH, maker: int = TENTH, fund: int = 50_000) -> list[Cut]:
    found = [Cut("channel", channel), Cut("maker", maker, person_id=cast.other.pk), Cut("fund", fund)]
    return [cut for cut in found if cut.rate_ppm]


def ruled(cast: Cast, *found: Cut, at: Any = NOW) -> share.RuleValue:
    return share.write_rule(community=cast.home, cuts=found or cuts(cast), by=cast.founder, now=at)


def sale(
    cast: Cast, *lines: tuple[int, int], key: str = "S1", came_by: tuple[Credit, ...] | None = None, **other: Any
) -> Sale:
    """Return a sale of lines (amount, tax), brought by 何以南."""
    credited = (Credit(cast.core.pk, "channel", 1_000_000),) if came_by is None else came_by
    found = tuple(SaleLine(n, n, amount, tax) for n, (amount, tax) in enumerate(lines or ((16800, 0),), start=1))
    facts: dict[str, Any] = {"campaign_id": 1, "buyer_id": cast.member.pk, "currency": "CNY", "paid_at": NOW} | other
    return Sale(key=key, lines=found, credits=credited, **facts)


def owed(cast: Cast, person: Person) -> int:
    return ledger.balance(cast.home, AccountName("share", "CNY", "person", person.pk))


def amounts(cast: Cast, key: str = "S1") -> dict[str, int]:
    """Return what is left of a sale, by role."""
    found: dict[str, int] = {}
    for p in share.promises_of_sale(cast.home, key):
        found[p.payee.role] = found.get(p.payee.role, 0) + p.kept_minor
    return found


def assert_kept() -> None:
    """Every promise of share and of the value book is kept."""
    assert [p for p in (*share.audit(), *ledger.audit()) if p.broken] == []


def last_no() -> str:
    return Order.objects.latest("pk").no


def earned(cast: Cast, key: str = "S1", amount: int = 16800, by: Person | None = None, **other: Any) -> None:
    """Have a sale be final: 何以南, or who is named, is owed a fifth of it, 赵穗 a tenth, the fund has a twentieth."""
    if not share.rules_of(cast.home):
        ruled(cast)
    came_by = (Credit((by or cast.core).pk, "channel", 1_000_000),)
    share.promise(community=cast.home, sale=sale(cast, (amount, 0), key=key, came_by=came_by, **other), now=NOW)
    share.release(community=cast.home, key=key, now=NOW + timedelta(days=7))
