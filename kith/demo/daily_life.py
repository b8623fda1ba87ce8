"""What goes on from day to day in the invented community: a chain to write in, and a challenge to check in to."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from kith.connect import api as connect
from kith.people.api import Community, Person

CHAIN = """开坛夜，来的接龙 Opening night: who comes
周六晚七点，自带杯子。Saturday at seven, bring your own cup."""
COMING = ("2", "1", "1", "3", "1", "2", "1")
NOTES = ("", "不吃辣 no chili", "", "带一个朋友 with a friend", "", "", "")
CAP, CLOSES = 40, timedelta(days=3)
CHALLENGE = """二十一天早起酿酒日记 Twenty-one mornings
每天写一句今天缸里的样子，漏一天可以补。A line a morning on what the jar looks like; three missed ones may be made up."""
PRIZES = ("3 → 一枚书签 a bookmark", "7 → 一块曲 a block of yeast", "21 → 一小坛 a small jar")
# On which of the last days each of them checked in: the longest run first, then one with a gap.
MORNINGS = ((6, 5, 4, 3, 2, 1), (6, 5, 3, 2, 1), (4, 3, 2, 1), (2, 1))
WORDS = ("缸面起了一层细沫。A fine froth today.", "香气比昨天稳。The scent is steadier.", "凉了两度，盖了棉被。Two degrees colder, so a blanket.")  # fmt: skip


def live_daily(community: Community, starter: Person, others: Sequence[Person], now: datetime) -> int:
    """Start both, and let people take part; returns how many texts that made."""
    _chain(community, starter, others, now)
    return 2 + _challenge(community, starter, others, now)


def _chain(community: Community, starter: Person, others: Sequence[Person], now: datetime) -> None:
    at = now - timedelta(days=5, hours=20)
    made = connect.start_chain(
        community=community, text=CHAIN, by=starter, now=at, pattern="姓名-人数*-备注", example="山山-2-不吃辣", cap=CAP,
        counts_quantity=True, closes_at=now + CLOSES,
    )  # fmt: skip
    for n, (person, many, note) in enumerate(zip(others, COMING, NOTES, strict=False), 1):
        then = at + timedelta(hours=5 * n)
        values = [person.name, many, note]
        connect.add_line(community=community, post_id=made.id, values=values, by=person, now=then)


def _challenge(community: Community, starter: Person, others: Sequence[Person], now: datetime) -> int:
    first = now - timedelta(days=6, hours=3)
    today = connect.day_of(now)
    made = connect.start_challenge(
        community=community, text=CHALLENGE, by=starter, now=first, starts_on=connect.day_of(first), ends_on=today + timedelta(days=14),
        makeups=3, prizes=PRIZES,
    )  # fmt: skip
    said = 0
    days = sorted({d for mornings in MORNINGS for d in mornings}, reverse=True)
    for day in days:
        for n, (person, mornings) in enumerate(zip(others, MORNINGS, strict=False)):
            if day in mornings:
                then = now - timedelta(days=day) + timedelta(minutes=7 * n)
                connect.check_in(community=community, post_id=made.id, text=WORDS[said % len(WORDS)], by=person, now=then)  # fmt: skip
                said += 1
    return said
