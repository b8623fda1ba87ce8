"""What the table of roles needs of launches and shares."""

from datetime import timedelta
from typing import Any

from kith.launch import api as launch
from kith.launch.api import OrderValue
from kith.share import api as share
from kith.share.api import Cut
from tests.conftest import NOW, Cast
from tests.launch.shop import buy, drafted, item, opened
from tests.share.sharing import earned, ruled


def sold(cast: Cast) -> OrderValue:
    """Open a launch that needs no end, and order from it by the clock the API reads."""
    opened(cast, kind="plain", opens_at=NOW - timedelta(days=2000), closes_at=None)
    return buy(cast, now=soon())


def transfer(cast: Cast) -> int:
    """Return a transfer for another order than the one that the roles pay and cancel."""
    other = buy(cast, cast.other, now=soon())
    return launch.prove(community=cast.home, no=other.no, note="尾号 1", by=cast.other, now=soon()).id


def group(cast: Cast) -> str:
    """Open a launch to groups, and a group in it."""
    sale = launch.SaleRules(group_size=2, group_hours=24)
    drafted(cast, "together", kind="group", sale=sale, opens_at=NOW - timedelta(days=2000), closes_at=None)
    for to in ("ready", "open"):
        launch.advance(community=cast.home, slug="together", to=to, by=cast.founder, now=NOW)
    wanted = [launch.Wanted(item("BREW", "together"), 1)]
    where = launch.ContactValue("安", "1", "杭州")
    launch.place(community=cast.home, campaign="together", buyer=cast.other, wanted=wanted, client_key="key-together", contact=where, now=soon())  # fmt: skip
    return launch.groups(cast.home, "together")[0].no


def coupon(cast: Cast) -> int:
    return launch.write_coupon(community=cast.home, code="AUTUMN", uses=3, off_minor=100, by=cast.founder, now=NOW).id


def shared(cast: Cast) -> dict[str, Any]:
    """Have a pool, and owe something to the member, who asked for a part of it."""
    pool = share.make_pool(
        community=cast.home, name="互助池", policy="balanced", window_days=30, by=cast.founder, now=NOW
    )
    ruled(cast, Cut("channel", 200_000), Cut("fund", 100_000), Cut("pool", 100_000, pool_id=pool.id))
    earned(cast, by=cast.member, buyer_id=cast.core.pk)
    share.set_pay_to(community=cast.home, text="招商银行", by=cast.member, now=NOW)
    asked = share.ask_payout(
        community=cast.home, amount_minor=100, currency="CNY", key="payout-01", by=cast.member, now=NOW
    )
    share.close_statements(community=cast.home, period="2026-11", now=NOW)
    offer = launch.offers(cast.home)[0].id
    return {"payout_no": asked.no, "pool_id": pool.id, "currency": "CNY", "n": 1, "offer_id": offer}


def soon() -> Any:
    from django.utils import timezone  # noqa: PLC0415 -- the links must hold at the clock the API reads

    return timezone.now()
