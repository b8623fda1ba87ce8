"""What people make together in the invented community: ideas in each state, an event to come and one that was, an announcement."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from kith.connect import api as connect
from kith.connect.api import EventDraft
from kith.people.api import Community, Person

HOUR = timedelta(hours=1)
# Who proposes, what, about what; who supports. The founder decides.
IDEAS = {
    "shipped": (
        "tang",
        "茶罐能不能换竹盖？铁盖进山一趟就锈了，竹子透气，旧了还能自己削一个。",
        "茶罐",
        ("zhao", "lin"),
    ),
    "adopted": ("zhao", "山货箱里放一张手写卡：哪座山、谁摘的、那天什么天气。", "山货箱", ("tang",)),
    "declined": ("tang", "做一款速溶茶，出差好带。", "茶", ()),
    "proposed": ("zhao", "每季办一次“换手艺”：带一样自己会的，学一样别人会的，不收钱。", "", ("tang",)),
}
REASON = {
    "shipped": "锈盖子我们也收到七封信了，下一批就换。",
    "adopted": "好，秋天那一箱开始放。",
    "declined": "速溶要加的东西我们说不清，宁可不做。出差的同伴可以带小包。",
}
CAME_SO_FAR = 9


def make_together(community: Community, who: Mapping[str, Person], buyers: list[Person], now: datetime) -> None:
    """Propose, decide and ship; hold an evening that was and one that comes; announce."""
    for state, (by, text, product, supporters) in IDEAS.items():
        _idea(community, who, state, (by, text, product, supporters), now)
    _evening(community, who, buyers, now)
    connect.announce(
        community=community, text="山里封路到周五，这周的箱子晚两天发。付过款的都不会少。", by=who["lin"], now=now - 5 * HOUR,
        pinned_until=now + timedelta(days=3), groups=["山野茶友一群", "山野茶友二群", "杭州同城群"],
    )  # fmt: skip


def _idea(community: Community, who: Mapping[str, Person], state: str, told: tuple[str, str, str, tuple[str, ...]], now: datetime) -> None:  # fmt: skip
    by, text, product, supporters = told
    at = now - timedelta(days={"shipped": 40, "adopted": 16, "declined": 9, "proposed": 2}[state])
    made = connect.propose(community=community, text=text, product=product, by=who[by], now=at)
    for key in supporters:
        connect.support(community=community, post_id=made.id, by=who[key], now=at + 3 * HOUR)
    if state == "proposed":
        return
    decided = at + timedelta(days=3)
    connect.decide_idea(
        community=community, post_id=made.id, is_adopted=state != "declined", reason=REASON[state], by=who["lin"], now=decided
    )  # fmt: skip
    if state == "shipped":
        helped = connect.reply(community=community, to=made.id, text="竹盖要先用盐水煮过，不然会裂。", by=who["zhao"], now=at + 5 * HOUR)  # fmt: skip
        connect.ship_idea(
            community=community, post_id=made.id, shipped="竹盖茶罐，第一批 500 只", replies=[helped.id], by=who["lin"],
            now=at + timedelta(days=30),
        )  # fmt: skip


def _evening(community: Community, who: Mapping[str, Person], buyers: list[Person], now: datetime) -> None:
    starts = (now + timedelta(days=8)).replace(hour=6, minute=0, second=0, microsecond=0)
    event = EventDraft(
        title="径山采秋茶一日", starts_at=starts, ends_at=starts + 5 * HOUR, zone="Asia/Shanghai", place="杭州 径山 茶亭下车站", capacity=CAME_SO_FAR
    )  # fmt: skip
    made = connect.hold_event(
        community=community, text="带一双不怕湿的鞋，午饭在山上吃。下雨改到下个周末。", event=event, by=who["lin"], now=now - 30 * HOUR
    )  # fmt: skip
    for n, person in enumerate(buyers[: CAME_SO_FAR + 2]):
        connect.answer_event(
            community=community, post_id=made.id, answer="yes", by=person, now=now - 29 * HOUR + n * HOUR
        )
