"""A launch in progress in the invented community: what it sells, and who has bought already."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from kith.demo.sharing import share_sales
from kith.launch import api as launch
from kith.launch.api import ContactValue, NewItem, SaleRules, Wanted
from kith.people.api import Community, Person

SLUG = "autumn-brew"
OPENED, LASTS = timedelta(days=2, hours=3), timedelta(days=21)
OFFERS = (
    ("BREW-2026", "goods", "秋酿 Autumn brew, 750 ml", "清远桂花，大凉山苦荞。Osmanthus and buckwheat, one bottle.", 16800, 130_000),
    ("PAIR-2026", "goods", "一双 The pair", "两瓶，一个木盒。Two bottles in a wooden box.", 31800, 130_000),
    ("TABLE-2026", "seat", "开坛夜 Opening night, a seat", "坐下来喝第一杯。Sit down for the first glass.", 8800, 60_000),
)  # fmt: skip
PRICES = (14800, 28800, 8800)
STOCK = (320, 120, 40)
TITLE = "秋酿二〇二六 Autumn 2026"
STORY = """把山野装进一只瓶子里。A hillside, bottled.

先问了要带给谁，再决定酿多少。We asked whom you would bring it to before we decided how much to brew.

这里的人和事都是演示，付款在沙盒里，不动真钱。Everybody here is invented; the sandbox moves no money."""
TERMS = """从开卖到封坛，每人最多六件。For three weeks, six for each buyer.
付款后十天内寄出；收到七天内不满意，全额退款，运费我们付。Sent within ten days; within seven days of sending all of your money back, postage ours.
演示：不会寄出任何东西。A demo: nothing is sent."""
WHERE = ContactValue("某人 Somebody", "000", "某处 Somewhere")
BUYERS = 36
COUPON = "YEGUI-20"  # 野归, a welcome
TOGETHER = "pair-together"
TOGETHER_TITLE = "三人同行，一双带走 Three together, a pair each"
TOGETHER_STORY = """三个人一起买，一双便宜五十。Three buy together, and a pair costs each fifty less.

找到另外两个想喝的人，把团的链接发给他们；不成团，全部退款。Find two more who would drink it and send them the link of your group; if it does not form, all of it goes back."""
TOGETHER_DAYS, TOGETHER_SIZE, TOGETHER_PRICE = 20, 3, 23800
TOGETHER_CAST = (3, 2, 1)  # how many sit in each group
ASKED, LOOKERS = 8, 5  # whom the planner names; how many look for each who buys


@dataclass(frozen=True)
class Promoters:
    """Who says yes first, who has still to answer; the rest of those the planner names say yes, the last of them no."""

    first: Person
    waiting: Person


def open_launch(community: Community, seller: Person, buyers: Sequence[Person], promoters: Promoters, now: datetime) -> None:  # fmt: skip
    """Write the offers, open the launch two days before the end of the story, and let people buy up to it."""
    at = now - OPENED
    for (sku, kind, title, text, price, tax), before in zip(OFFERS, (40, 40, 20), strict=True):
        launch.write_offer(
            community=community, sku=sku, kind=kind, title=title, text=text, currency="CNY", price_minor=price, tax_ppm=tax, by=seller,
            now=at - timedelta(days=before),
        )  # fmt: skip
    share_sales(community, seller, buyers, at)
    items = [NewItem(o[0], price, stock) for o, price, stock in zip(OFFERS, PRICES, STOCK, strict=True)]
    launch.write_campaign(
        community=community, slug=SLUG, kind="flash", title=TITLE, story=STORY, terms=TERMS, currency="CNY", per_buyer=6, items=items,
        opens_at=at, closes_at=at + LASTS, by=seller, now=at - timedelta(days=1),
    )  # fmt: skip
    launch.advance(community=community, slug=SLUG, to="ready", by=seller, now=at - timedelta(hours=20))
    launch.tick(now=at)
    links = _ask(community, seller, promoters, at - timedelta(hours=12))
    ids = {i.offer.sku: i.id for i in launch.launch_page(community, SLUG, now=now).items}
    for nth, buyer in enumerate(buyers[:BUYERS]):
        moment = at + (nth + 1) * OPENED / (BUYERS + 2)
        if nth % 3:
            lookers = buyers[BUYERS + nth * LOOKERS :][:LOOKERS]
            _look(links[(nth * 5 // 3 + nth // 9) % len(links)], [buyer, *lookers], moment - timedelta(minutes=40))
        _buy(community, buyer, nth, ids, moment)
    launch.write_coupon(
        community=community, code=COUPON, campaign=SLUG, uses=200, off_minor=2000, least_minor=20000, by=seller, now=now
    )
    _open_groups(community, seller, buyers[BUYERS:], now)


def _ask(community: Community, seller: Person, promoters: Promoters, at: datetime) -> list[str]:
    """Ask those the planner names, and return the links of those who said yes."""
    named = launch.propose_channels(community=community, slug=SLUG, count=ASKED, by=seller, now=at)
    ids = dict.fromkeys([promoters.first.pk, *(c.person_id for c in named)])
    ids.pop(promoters.waiting.pk, None)
    ids[promoters.waiting.pk] = None  # the last
    asked = [launch.ask_channel(community=community, slug=SLUG, person_id=pk, by=seller, now=at) for pk in ids]
    *yes, no, _ = asked
    for nth, channel in enumerate([*yes, no], start=1):
        who, later = Person.objects.get(pk=channel.person_id), at + timedelta(minutes=20 * nth)
        if channel is no:
            launch.decline_channel(community=community, code=channel.code, by=who, now=later)
        else:
            launch.accept_channel(
                community=community, code=channel.code, by=who, disclosure_version=launch.DISCLOSURE_VERSION, now=later
            )
    return [channel.code for channel in yes]


def _look(code: str, people: Sequence[Person], at: datetime) -> None:
    for nth, person in enumerate(people):
        launch.touch(code=code, reader=person, visitor="", now=at + timedelta(minutes=nth))


def _open_groups(community: Community, seller: Person, buyers: Sequence[Person], now: datetime) -> None:
    """Open a launch to groups: one has formed, two still have a seat for a visitor."""
    at = now - OPENED
    sale = SaleRules(
        group_size=TOGETHER_SIZE, group_hours=24 * TOGETHER_DAYS, ship_minor=1200, ship_free_from_minor=20000
    )
    launch.write_campaign(
        community=community, slug=TOGETHER, kind="group", title=TOGETHER_TITLE, story=TOGETHER_STORY, terms=TERMS, currency="CNY", per_buyer=2,
        items=[NewItem("PAIR-2026", TOGETHER_PRICE, 90)], opens_at=at, closes_at=at + LASTS, by=seller, now=at - timedelta(days=1), sale=sale,
    )  # fmt: skip
    launch.advance(community=community, slug=TOGETHER, to="ready", by=seller, now=at - timedelta(hours=20))
    launch.tick(now=at)
    wanted = [Wanted(launch.launch_page(community, TOGETHER, now=now).items[0].id, 1)]
    there = iter(buyers)
    for nth, sits in enumerate(TOGETHER_CAST):
        group = ""
        for seat, buyer in zip(range(sits), there, strict=False):
            moment = at + timedelta(hours=6 * nth + seat)
            made = launch.place(
                community=community, campaign=TOGETHER, buyer=buyer, wanted=wanted, client_key=f"together-{nth}-{seat}", contact=WHERE,
                now=moment, group=group,
            )  # fmt: skip
            _pay(community, made.no, buyer, moment)
            group = group or launch.groups(community, TOGETHER, limit=1)[0].no


def _buy(community: Community, buyer: Person, nth: int, ids: Mapping[str, int], at: datetime) -> None:
    sku = OFFERS[(0, 0, 1, 0, 2)[nth % 5]][0]
    made = launch.place(
        community=community, campaign=SLUG, buyer=buyer, wanted=[Wanted(ids[sku], 1 + nth % 3)], client_key=f"demo-{nth:04}", contact=WHERE, now=at
    )  # fmt: skip
    _pay(community, made.no, buyer, at)


def _pay(community: Community, no: str, buyer: Person, at: datetime) -> None:
    paying = launch.charge(community=community, no=no, provider="sandbox", by=buyer, back="/", now=at)
    launch.sandbox_end(ref=paying.page.rpartition("/")[2], how="pay", now=at)
