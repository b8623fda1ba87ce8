"""What the invented community makes and meets for: ideas from proposal to shipped credit, and events with seats and a door."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from kith.connect import api as connect
from kith.demo.clock import CHINA
from kith.people.api import Community, Person

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class _Idea:
    text: str
    product: str
    days_ago: int
    supports: int
    adopted: str = ""
    declined: str = ""
    shipped: str = ""


IDEAS = (
    _Idea("坛盖换成能看见水线的玻璃盖，半夜不用打手电。A glass lid that shows the waterline: no torch at night.", "泡菜坛 Crock", 96, 5,
          adopted="老问题，做。An old trouble; we make it.", shipped="玻璃盖一号，配进秋天这批坛子。Glass lid no. 1, with the autumn crocks."),
    _Idea("每坛贴一张手写的入坛日期，拆的时候拍照寄回。A handwritten date on each jar, photographed when it is opened.", "泡菜坛 Crock", 40, 4,
          adopted="下一批开始贴，纸用防水的。From the next batch on, on paper that stands water."),
    _Idea("出一款五斤的大坛，够一家人过冬。A five-jin crock, enough for a family's winter.", "泡菜坛 Crock", 28, 2,
          declined="窑口一次只烧得下三斤的，大的裂得多。The kiln takes three jin; bigger ones crack."),
    _Idea("把三十七种曲按城市排成一张地图，走到哪儿试到哪儿。Put the thirty-seven starters on a map, by city.", "", 9, 6),
    _Idea("每月留一个周日做「坏坛开放日」，只晒做坏的。One Sunday a month for what went wrong.", "", 3, 3),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Event:
    """`in_days` from now; one that is over was come to by some of those who said yes."""

    title: str
    text: str
    place: str
    chapter: str
    in_days: int
    hour: int
    seats: int | None
    yes: int
    maybe: int = 0


EVENTS = (
    _Event("开坛夜 Opening night", "今年的头一坛，一起揭盖。自带杯子。The year's first jar, opened together; bring a cup.", "玉林西路 8 号院 Yulin Rd W 8", "成都", 6, 19, 8, 10, 1),
    _Event("苏州河夜走 A walk by the creek", "走七公里，走完吃碗面。Seven kilometres, then noodles.", "外白渡桥北 North of the Waibaidu bridge", "上海", 12, 18, None, 4, 2),
    _Event("秋曲交换会 Swapping starters", "带一块自己的曲，换一块别人的。Bring a starter, leave with another.", "玉林西路 8 号院 Yulin Rd W 8", "成都", -9, 14, 20, 6),
)  # fmt: skip
ARRIVED = 4


def make_and_meet(community: Community, founder: Person, others: Sequence[Person], now: datetime) -> None:
    """Propose ideas and decide some; hold events and let people answer."""
    for n, idea in enumerate(IDEAS):
        _propose(community, founder, others[n], [*others[n + 1 :], *others[:n]], idea, now)
    for n, event in enumerate(EVENTS):
        _hold(community, others[n], [*others[n + 1 :], *others[:n]], event, now)


def _propose(
    community: Community, founder: Person, by: Person, others: Sequence[Person], idea: _Idea, now: datetime
) -> None:
    at = now - idea.days_ago * DAY - timedelta(hours=2)
    made = connect.propose(community=community, text=idea.text, by=by, now=at, product=idea.product).id
    for n, person in enumerate(others[: idea.supports], 1):
        connect.support(community=community, post_id=made, by=person, now=at + n * timedelta(hours=5))
    if reason := idea.adopted or idea.declined:
        connect.decide_idea(community=community, post_id=made, is_adopted=bool(idea.adopted), reason=reason, by=founder, now=at + 5 * DAY)  # fmt: skip
    if idea.shipped:
        connect.ship_idea(community=community, post_id=made, shipped=idea.shipped, by=founder, now=at + 60 * DAY)


def _hold(community: Community, by: Person, others: Sequence[Person], event: _Event, now: datetime) -> None:
    day = now.astimezone(CHINA) + event.in_days * DAY
    starts = day.replace(hour=event.hour, minute=0, second=0, microsecond=0)
    at = min(starts, now) - 8 * DAY
    draft = connect.EventDraft(
        event.title, starts, "Asia/Shanghai", ends_at=starts + timedelta(hours=3), place=event.place, capacity=event.seats, chapter=event.chapter
    )  # fmt: skip
    made = connect.hold_event(community=community, text=event.text, event=draft, by=by, now=at).id
    for n, person in enumerate(others[: event.yes + event.maybe]):
        said = "yes" if n < event.yes else "maybe"
        connect.answer_event(community=community, post_id=made, answer=said, by=person, now=at + (n + 1) * timedelta(hours=3))  # fmt: skip
    if event.in_days < 0:
        for guest in connect.guests(community, made)[:ARRIVED]:
            connect.let_in(community=community, post_id=made, who=f"@{guest.who.handle}", by=by, now=starts)
