"""A launch of the cast: 山野社 sells a brew and a book, by flash, and somebody buys."""

from datetime import datetime, timedelta
from typing import Any

from kith.energy import api as energy
from kith.launch import api as launch
from kith.launch.api import CampaignValue, ContactValue, NewItem, OrderValue, Told, Wanted
from kith.launch.models import Item, SandboxPayment, Wire
from kith.launch.providers import sandbox
from kith.ledger import api as ledger
from kith.ledger.api import AccountName
from kith.people.api import Community, Person
from kith.share import api as share
from tests.conftest import NOW, Cast

OPENS, CLOSES = NOW - timedelta(hours=1), NOW + timedelta(days=5)
WHERE = ContactValue("苏杭", "13800000000", "杭州市西湖区一号")
TERMS = "七天内可退，运费由我们付。"
BREW, BOOK, TALK = 16800, 4999, 9900


def offers(cast: Cast, now: datetime = NOW - timedelta(days=30)) -> None:
    for sku, kind, title, price, tax in (
        ("BREW", "goods", "秋酿二〇二六", BREW, 130_000), ("BOOK", "goods", "山野手册", BOOK, 0), ("TALK", "seat", "酿酒夜谈", TALK, 60_000),
    ):  # fmt: skip
        launch.write_offer(
            community=cast.home, sku=sku, kind=kind, title=title, currency="CNY", price_minor=price, tax_ppm=tax, by=cast.founder, now=now
        )  # fmt: skip


def drafted(cast: Cast, slug: str = "autumn", **parts: Any) -> CampaignValue:
    """Return a launch as a draft: ten brews and ten books, at most five for each buyer."""
    facts: dict[str, Any] = {
        "kind": "flash", "title": "秋酿", "currency": "CNY", "opens_at": OPENS, "closes_at": CLOSES, "terms": TERMS, "per_buyer": 5,
        "transfer_to": "招商银行 6214 8888", "items": [NewItem("BREW", BREW, 10), NewItem("BOOK", BOOK, 10)],
    }  # fmt: skip
    return launch.write_campaign(
        community=cast.home, slug=slug, by=cast.founder, now=NOW - timedelta(hours=2), **facts | parts
    )


def opened(cast: Cast, slug: str = "autumn", **parts: Any) -> CampaignValue:
    offers(cast)
    drafted(cast, slug, **parts)
    launch.advance(community=cast.home, slug=slug, to="ready", by=cast.founder, now=NOW)
    return launch.advance(community=cast.home, slug=slug, to="open", by=cast.founder, now=NOW)


def item(sku: str, slug: str = "autumn") -> int:
    return Item.objects.get(offer__sku=sku, campaign__slug=slug).pk


def buy(
    cast: Cast, by: Person | None = None, key: str = "key-00000001", now: datetime = NOW, **units: int
) -> OrderValue:
    """Place an order: `buy(cast, BREW=2)`."""
    wanted = [Wanted(item(sku), qty) for sku, qty in (units or {"BREW": 1}).items()]
    return launch.place(
        community=cast.home, campaign="autumn", buyer=by or cast.member, wanted=wanted, client_key=key, contact=WHERE, now=now
    )  # fmt: skip


def charge(
    cast: Cast, order: OrderValue, by: Person | None = None, now: datetime = NOW, provider: str = "sandbox"
) -> Wire:
    launch.charge(community=cast.home, no=order.no, provider=provider, by=by or cast.member, back="/", now=now)
    return Wire.objects.filter(order__no=order.no, dir="charge", provider=provider).latest("pk")


def event(wire: Wire, **other: Any) -> Told:
    """Return what the sandbox would tell of a charge that is paid."""
    found = SandboxPayment.objects.get(our_ref=wire.our_ref)
    facts = {name: getattr(sandbox.told(found), name) for name in Told.__dataclass_fields__}
    return Told(**facts | {"state": "done", "event_id": f"{found.their_ref}-done"} | other)


def tell(told: Told, now: datetime = NOW) -> str:
    headers, body = sandbox.message(told, now)
    return launch.hear(provider="sandbox", headers=headers, body=body, now=now)


def paid(cast: Cast, order: OrderValue, by: Person | None = None, now: datetime = NOW) -> Wire:
    """Pay an order at the sandbox."""
    wire = charge(cast, order, by, now)
    launch.sandbox_end(ref=wire.our_ref, how="pay", now=now)
    wire.refresh_from_db()
    return wire


def status(order: OrderValue) -> str:
    from kith.launch.models import Order  # noqa: PLC0415 -- the one look behind the door

    return Order.objects.get(no=order.no).status


def left(home: Community, sku: str) -> int:
    found = Item.objects.get(offer__sku=sku, campaign__slug="autumn")
    return ledger.balance(home, AccountName("shelf", f"S:{found.pk}", "campaign", found.campaign_id))


def money(home: Community) -> dict[str, int]:
    """Return what stands in all accounts of a role, in CNY."""
    return {role: n for (role, asset), n in ledger.totals(home).items() if asset == "CNY" and n}


def assert_clean() -> None:
    """Every promise of launch and of both books is kept."""
    broken = [p for p in (*launch.audit(), *share.audit(), *ledger.audit(), *energy.audit()) if p.broken]
    assert not broken, broken
