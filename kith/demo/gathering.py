"""Has the invented community stand in order: tiers, two chapters with leads, a circle, a treasure."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.utils import timezone

from kith.connect import api as connect
from kith.demo.data import Person as Invented
from kith.gather import api as gather
from kith.people import api as people
from kith.people.api import Community, Person

TIERS = ("同行 Companion", "同道 Fellow", "脊梁 Pillar")
LED = {"成都": "玉林一带，周三晚上常有人在。", "上海": "苏州河边，雨天改在室内。"}
CIRCLE = ("夜里发酵", "夜里起来看缸的人，互相报个平安。Up at night for the crocks, and telling each other so.")
TREASURE = ("曲谱", "三十七种曲的方子，谁用谁补一笔。Thirty-seven starters, written down; who uses one adds a line.")
USES_DAYS = (41, 33, 26, 19, 12, 6, 3)


def gather_round(
    community: Community, cast: tuple[Invented, ...], persons: Mapping[str, Person], now: datetime
) -> None:
    """Write the ladder, have the warmest of two cities lead them, start a circle, declare a treasure and use it."""
    founder = persons[cast[0].key]
    there = [p for p in cast[1:] if p.quiet_at > now and p.pull > 0]
    warm = sorted(there, key=lambda p: (-p.pull, p.key))
    _lead(community, founder, [next(p for p in warm if p.city == city) for city in LED], persons, now)
    brewers = [persons[p.key] for p in warm if p.circle == "ferment"][:7]
    _start(community, brewers, now)
    _treasure(community, founder, [*brewers[1:], *(persons[p.key] for p in warm[:4])], brewers[0], now)
    gather.write_ladder(
        community=community, tiers=gather.proposed(TIERS), rights={"start_circle": 1, "invite": 2}, by=founder, now=now
    )


def _lead(
    community: Community, founder: Person, leads: list[Invented], persons: Mapping[str, Person], now: datetime
) -> None:
    chapters, at = {c.name: c for c in people.chapters(community)}, now - timedelta(days=60)
    for p in leads:
        chapter = chapters[p.city]
        gather.amend_chapter(community=community, chapter_id=chapter.pk, about=LED[p.city], by=founder, now=at)
        role = gather.appoint_lead(
            community=community, chapter_id=chapter.pk, person_id=persons[p.key].pk, by=founder, now=at
        )
        gather.answer_figure(community=community, figure_id=role.id, yes=True, by=persons[p.key], now=at)


def _start(community: Community, brewers: list[Person], now: datetime) -> None:
    name, purpose = CIRCLE
    at = now - timedelta(days=45)
    made = connect.start_circle(community=community, name=name, purpose=purpose, by=brewers[0], now=at)
    for person in brewers[1:]:
        gather.enter_circle(community=community, circle_id=made.id, by=person, now=at)


def _treasure(community: Community, founder: Person, users: list[Person], keeper: Person, now: datetime) -> None:
    name, about = TREASURE
    treasure = gather.declare_treasure(
        community=community, kind="text", name=name, about=about, custodian_id=keeper.pk, by=founder,
        now=now - timedelta(days=50),
    )  # fmt: skip
    for person, back in zip(users, USES_DAYS, strict=False):
        at = now - timedelta(days=back)
        gather.use_treasure(community=community, treasure_id=treasure, by=person, now=at, today=timezone.localdate(at))
