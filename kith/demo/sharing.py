"""Who shares in what the invented community sells, and an evening that was sold before: so there is something to be owed."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from kith.launch import api as launch
from kith.launch.api import NewItem, Wanted
from kith.people.api import Community, Person
from kith.share import api as share
from kith.share.api import Cut

SLUG, TITLE = "first-evening", "试饮夜 Tasting evening"
SKU = "TABLE-2026"
TERMS = "七天内可退。Within seven days all of your money back. 演示，没有真钱。A demo: no real money."
POOL = "同行池 Those who give"
GUESTS = 14
SOLD, LASTED = timedelta(days=15), timedelta(days=4)


def share_sales(community: Community, seller: Person, members: Sequence[Person], at: datetime) -> None:
    """Decide who gets what, sell an evening two weeks before, and let one of its makers ask for their part."""
    ids = {o.sku: o.id for o in launch.offers(community)}
    decided = at - SOLD - timedelta(days=1)
    pool = share.make_pool(community=community, name=POOL, policy="balanced", window_days=30, by=seller, now=decided)
    brewer, host = members[0], members[1]
    cuts = [
        Cut("channel", 200_000), Cut("maker", 80_000, person_id=brewer.pk), Cut("maker", 150_000, person_id=host.pk, offer_id=ids[SKU]),
        Cut("pool", 50_000, pool_id=pool.id), Cut("fund", 30_000),
    ]  # fmt: skip
    share.write_rule(community=community, cuts=cuts, by=seller, now=decided)
    share.show_where(community=community, offer_id=ids["BREW-2026"], is_shown=True, by=seller, now=decided)
    _evening(community, seller, members[2 : 2 + GUESTS], at - SOLD)
    launch.finish_due(now=at)
    share.set_pay_to(community=community, text="演示账户 A demo account, 0000", by=brewer, now=at)
    owed = share.money_of(community, brewer).by_currency[0].owed_minor
    share.ask_payout(community=community, amount_minor=owed // 2, currency="CNY", key="first-payout", by=brewer, now=at)


def _evening(community: Community, seller: Person, guests: Sequence[Person], at: datetime) -> None:
    launch.write_campaign(
        community=community, slug=SLUG, kind="plain", title=TITLE, terms=TERMS, currency="CNY", items=[NewItem(SKU, 8800, GUESTS)],
        opens_at=at, closes_at=at + LASTED, by=seller, now=at - timedelta(hours=20),
    )  # fmt: skip
    launch.advance(community=community, slug=SLUG, to="ready", by=seller, now=at - timedelta(hours=19))
    launch.tick(now=at)
    wanted = [Wanted(launch.launch_page(community, SLUG, now=at).items[0].id, 1)]
    for nth, guest in enumerate(guests):
        then = at + timedelta(hours=1 + 3 * nth)
        made = launch.place(community=community, campaign=SLUG, buyer=guest, wanted=wanted, client_key=f"evening-{nth:03}", now=then)  # fmt: skip
        paying = launch.charge(community=community, no=made.no, provider="sandbox", by=guest, back="/", now=then)
        launch.sandbox_end(ref=paying.page.rpartition("/")[2], how="pay", now=then)
