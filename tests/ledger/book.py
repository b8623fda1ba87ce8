"""What the tests of the value book begin with: stock on a shelf, orders that hold and pay."""

from collections.abc import Mapping, Sequence

from kith.ledger.api import AccountName, NewMove, Posted, Posting, audit, make_asset, post
from kith.people.api import Community
from tests.conftest import NOW

SKU = "S:1"
GATEWAY, SALES, FEES = (AccountName(role, "CNY") for role in ("gateway", "sales", "fees"))
NOTHING: Mapping[AccountName, int] = {}


def shelf(asset: str = SKU) -> AccountName:
    return AccountName("shelf", asset)


def held(order: int, asset: str = SKU) -> AccountName:
    return AccountName("held", asset, "order", order)


def escrow(order: int) -> AccountName:
    return AccountName("escrow", "CNY", "order", order)


def share(person: int) -> AccountName:
    return AccountName("share", "CNY", "person", person)


def do(
    community: Community,
    key: str,
    *moves: tuple[AccountName, AccountName, int],
    kind: str = "test",
    need: Mapping[AccountName, int] = NOTHING,
) -> Posted:
    return post(
        community=community, key=key, kind=kind, moves=as_moves(moves), by=None, cause=("test", 1), at=NOW, need=need
    )  # fmt: skip


def as_moves(moves: Sequence[tuple[AccountName, AccountName, int]]) -> list[NewMove]:
    return [NewMove(*m) for m in moves]


def posting(key: str, *moves: tuple[AccountName, AccountName, int], kind: str = "test") -> Posting:
    return Posting(key, kind, as_moves(moves), NOW, ("test", 1))


def stock(community: Community, units: int, asset: str = SKU) -> Posted:
    make_asset(code=asset, kind="goods")
    return do(community, f"receive:{asset}", (AccountName("supply", asset), shelf(asset), units), kind="receive")


def hold(community: Community, order: int, units: int = 1, *, key: str = "") -> Posted:
    return do(community, key or f"hold:{order}", (shelf(), held(order), units), kind="hold")


def pay(community: Community, order: int, amount: int, *, key: str = "") -> Posted:
    return do(community, key or f"pay:{order}", (GATEWAY, escrow(order), amount), kind="pay")


def assert_every_promise_kept() -> None:
    assert [(p.name, p.checked, p.broken) for p in audit() if p.broken] == []
