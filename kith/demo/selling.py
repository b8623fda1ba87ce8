"""What else the invented community sells: a membership with a column for its members, and a presale that runs."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from kith.connect import api as connect
from kith.demo.launching import WHERE
from kith.launch import api as launch
from kith.launch.api import NewItem, SaleRules, Wanted
from kith.people import api as people
from kith.people.api import Community, Person

DAY = timedelta(days=1)
PLAN, FAMILY = "NIGHTS-12", "nights"
PLAN_TITLE = "守缸人会员 Night watch, a year"
JOIN, JOIN_TITLE = "night-watch", "守缸人 The night watch"
JOIN_STORY = """一年里读全部酿造笔记，开坛夜留一个位子。A year of all the brewing notes, and a seat on opening nights.

不会自己续费，除非你另外说。Nothing renews by itself unless you say so."""
JOIN_TERMS = "付款就开始，一年。七天内可以全额退。Begins when paid, for a year. All of it back within seven days. 演示，没有真钱。A demo: no real money."
JOINED_DAYS = (24, 20, 15, 9, 4, 1)
COLUMN, COLUMN_ABOUT = (
    "酿造笔记 Brewing notes",
    "一缸一缸写下来，好的坏的都写。One crock after another, the good and the bad.",
)
# Title and text, days ago, free to read.
NOTES = (
    ("曲是怎么挑的 Choosing a starter", "先闻，再捏，最后才看颜色。好曲闻着像晒过的被子，捏开是干的，断面发白。颜色只用来排除，不用来决定。\n\nSmell it, crush it, and only then look at it. A good one smells like a quilt that was in the sun.", 40, True),
    ("第一夜不要掀盖 Leave the lid on the first night", "第一夜缸里最热，也最容易被人吓着。声音像小雨，味道有点冲，都对。掀一次盖，温度掉两度，要半天才回来。\n\n我守了四年，掀过三次，三次都后悔。真要看，看缸壁：外面结一圈细水珠，就是在走。水珠停了再动手。", 26, False),
    ("酸了还能救吗 Can a sour one be saved", "微酸，能。加一成新蒸的饭，拌匀，盖严，搬到凉处，三天以后再尝。冲鼻的酸，救不了，做醋，别倒。\n\n去年那缸我拖了一个星期才认，最后做成了二十瓶醋，比酒卖得还快。认得早，就不叫失败。", 11, False),
    ("苦荞怎么下 When the buckwheat goes in", "苦荞皮硬，泡足十二个小时，水换两次，第一次的水一定倒掉，苦味大半在里面。蒸到能用指甲掐断，再凉到不烫手背。\n\n下缸分两次，隔一夜：第一次三成，等它醒，再下七成。一次全下，前半夜很热闹，后半夜就没声音了。", 3, False),
)  # fmt: skip
WINTER, WINTER_TITLE, WINTER_SKU = "winter-brew", "冬酿预售 Winter brew, ahead of time", "WINTER-2026"
WINTER_STORY = """先付一成半，我们按数下缸。A little now, and we brew as much as was asked for.

尾款两周后付，付完一个月寄出。The balance in two weeks; it is sent a month after."""
WINTER_TERMS = "定金一成半，不付尾款定金不退；我们交不了货，双倍还你。A deposit of 15 percent. 演示，没有真钱。A demo: no real money."
DEPOSITS = 7


def sell_more(community: Community, seller: Person, author: Person, buyers: Sequence[Person], now: datetime) -> None:
    """Sell a membership since a month, write its column, and take deposits for the winter."""
    _membership(community, seller, buyers[: len(JOINED_DAYS)], now)
    _column(community, seller, author, now)
    _presale(community, seller, buyers[len(JOINED_DAYS) :][:DEPOSITS], now)


def _membership(community: Community, seller: Person, members: Sequence[Person], now: datetime) -> None:
    at = now - 30 * DAY
    launch.write_offer(
        community=community, sku=PLAN, kind="plan", title=PLAN_TITLE, text="所有笔记，一个位子。All the notes, and a seat.", currency="CNY",
        price_minor=29800, months=12, family=FAMILY, by=seller, now=at,
    )  # fmt: skip
    launch.write_campaign(
        community=community, slug=JOIN, kind="plain", title=JOIN_TITLE, story=JOIN_STORY, terms=JOIN_TERMS, currency="CNY",
        items=[NewItem(PLAN, 29800, 300)], opens_at=at, by=seller, now=at,
    )  # fmt: skip
    _open(community, JOIN, seller, at)
    for nth, (member, days) in enumerate(zip(members, JOINED_DAYS, strict=True)):
        _buy(community, JOIN, member, f"nights-{nth:04}", now - days * DAY)


def _column(community: Community, seller: Person, author: Person, now: datetime) -> None:
    space = connect.make_space(
        community=community, name=COLUMN, about=COLUMN_ABOUT, kinds=(), by=seller, now=now - 41 * DAY
    )
    place = people.standing(community, author)
    assert place
    connect.set_gate(
        community=community, space_id=space.id, by=seller, now=now - 41 * DAY, is_column=True, reads="plan", needs=FAMILY, called=PLAN_TITLE,
        preview_chars=60, authors=[place.handle],
    )  # fmt: skip
    for title, text, days, is_free in NOTES:
        connect.post(
            community=community, text=f"{title}\n\n{text}", by=author, now=now - days * DAY, kind="viewpoint", space=COLUMN, is_free=is_free
        )  # fmt: skip


def _presale(community: Community, seller: Person, buyers: Sequence[Person], now: datetime) -> None:
    at = now - 3 * DAY
    launch.write_offer(
        community=community, sku=WINTER_SKU, kind="goods", title="冬酿 Winter brew, 750 ml", text="大雪下缸，清明开坛。Into the crock at first snow.",
        currency="CNY", price_minor=21800, tax_ppm=130_000, by=seller, now=at,
    )  # fmt: skip
    sale = SaleRules(deposit_ppm=150_000, balance_from_at=now + 14 * DAY, balance_until_at=now + 21 * DAY)
    launch.write_campaign(
        community=community, slug=WINTER, kind="presale", title=WINTER_TITLE, story=WINTER_STORY, terms=WINTER_TERMS, currency="CNY", per_buyer=3,
        items=[NewItem(WINTER_SKU, 19800, 200)], opens_at=at, closes_at=now + 12 * DAY, by=seller, now=at, sale=sale,
    )  # fmt: skip
    _open(community, WINTER, seller, at)
    for nth, buyer in enumerate(buyers):
        _buy(community, WINTER, buyer, f"winter-{nth:04}", at + (5 + 7 * nth) * timedelta(hours=1))


def _open(community: Community, slug: str, seller: Person, at: datetime) -> None:
    for to in ("ready", "open"):
        launch.advance(community=community, slug=slug, to=to, by=seller, now=at)


def _buy(community: Community, slug: str, buyer: Person, key: str, at: datetime) -> None:
    wanted = [Wanted(launch.launch_page(community, slug, now=at).items[0].id, 1)]
    made = launch.place(
        community=community, campaign=slug, buyer=buyer, wanted=wanted, client_key=key, contact=WHERE, now=at
    )
    paying = launch.charge(community=community, no=made.no, provider="sandbox", by=buyer, back="/", now=at)
    launch.sandbox_end(ref=paying.page.rpartition("/")[2], how="pay", now=at)
