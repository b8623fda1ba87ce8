"""Reads of the daily report: a day's lines, the days before it, and a report with names and titles as they are now."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import connection
from django.db.models import Q
from django.utils import timezone

from kith.connect.data import LEAST_MESSAGES, Author, Daily, DayNumbers, NoSuchDay, OpenAsk, PersonOfTheDay, Topic
from kith.connect.models import DailyReport, Post
from kith.connect.queries.authors import author_of
from kith.connect.rules import daily as rules
from kith.connect.rules import excerpt
from kith.connect.rules.daily import DayLine
from kith.people.api import Community, Person, programs, standings, unranked

USUAL_DAYS = 28
WORDS_DAYS, WORDS_LINES = 7, 3000
ASKED_DAYS = 7
TEXT = 400  # letters of a line that are read for words

# What is closed to some is in no report: a report is for everybody who sees the community, and pasted into groups outside.
OPEN = """(COALESCE(r.space_id, p.space_id) IS NULL OR COALESCE(r.is_free, p.is_free)
    OR EXISTS (SELECT 1 FROM connect_space s WHERE s.id = COALESCE(r.space_id, p.space_id) AND s.reads = 'all'))"""
IS_OPEN = Q(space=None) | Q(space__reads="all") | Q(is_free=True)
# Whom a line answers: what it quotes, else its thread.
LINES = f"""
    SELECT p.id, COALESCE(p.root_id, p.id), p.author_id, COALESCE(q.author_id, r.author_id, 0),
        CASE WHEN p.blurred_at IS NULL THEN left(p.text, {TEXT}) ELSE '' END, p.thanks
    FROM connect_post p LEFT JOIN connect_post r ON r.id = p.root_id LEFT JOIN connect_post q ON q.id = p.quoted_id
    WHERE p.community_id = %(community)s AND p.at >= %(since)s AND p.at < %(until)s AND p.deleted_at IS NULL
        AND p.author_id <> ALL(%(bots)s) AND {OPEN}
    ORDER BY p.at, p.id
"""
DAYS = f"""
    SELECT (p.at AT TIME ZONE %(zone)s)::date, count(*), count(DISTINCT p.author_id),
        count(*) FILTER (WHERE COALESCE(q.author_id, r.author_id, p.author_id) <> p.author_id)
    FROM connect_post p LEFT JOIN connect_post r ON r.id = p.root_id LEFT JOIN connect_post q ON q.id = p.quoted_id
    WHERE p.community_id = %(community)s AND p.at >= %(since)s AND p.at < %(until)s AND p.deleted_at IS NULL
        AND p.author_id <> ALL(%(bots)s) AND {OPEN}
    GROUP BY 1 ORDER BY 1
"""
BEFORE = f"""
    SELECT left(p.text, {TEXT}) FROM connect_post p LEFT JOIN connect_post r ON r.id = p.root_id
    WHERE p.community_id = %(community)s AND p.root_id IS NULL AND p.deleted_at IS NULL AND p.blurred_at IS NULL
        AND p.at >= %(since)s AND p.at < %(until)s AND {OPEN} ORDER BY p.at DESC LIMIT {WORDS_LINES}
"""
THANKED = """
    SELECT t.by_id, p.author_id FROM connect_post p JOIN connect_thank t ON t.post_id = p.id
    WHERE p.community_id = %(community)s AND p.at >= %(month)s AND p.at < %(until)s AND t.at >= %(since)s AND t.at < %(until)s
"""


def day_of(at: datetime) -> date:
    """Return the date of a moment, in the time zone of the server."""
    return timezone.localdate(at, timezone.get_default_timezone())


def bounds(on: date, days: int = 1) -> tuple[datetime, datetime]:
    """Return when a day begins and when it is over; with `days` so many before it, until it begins."""
    zone = timezone.get_default_timezone()
    start = datetime.combine(on, time.min, zone)
    if days == 1:
        return start, datetime.combine(on + timedelta(days=1), time.min, zone)
    return datetime.combine(on - timedelta(days=days), time.min, zone), start


def _values(community: Community, on: date, days: int = 1) -> dict[str, Any]:
    since, until = bounds(on, days)
    return {
        "community": community.pk, "since": since, "until": until, "zone": timezone.get_default_timezone_name(),
        "bots": [s.person_id for s in programs(community)], "month": since - timedelta(days=USUAL_DAYS),
    }  # fmt: skip


def _rows(sql: str, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())


def checked_day(community: Community, on: date, now: datetime) -> date:
    """Return a day of which there can be a report.

    Raises:
        NoSuchDay: it lies in the future, or before the community's first line and founding.

    """
    if not has_day(community, on, now=now):
        raise NoSuchDay
    return on


def has_day(community: Community, on: date, *, now: datetime) -> bool:
    """Tell whether there can be a report of a day. One query."""
    first = Post.objects.filter(community=community, root=None).order_by("at").values_list("at", flat=True).first()
    began = min(first or community.founded_at, community.founded_at)
    return day_of(began) <= on <= day_of(now)


def count_lines(community: Community, on: date) -> int:
    since, until = bounds(on)
    return Post.objects.filter(community=community, at__gte=since, at__lt=until).count()


def findings(community: Community, on: date) -> dict[str, Any]:
    """Read a day's lines and what came before it; return what the report is made of, as plain values by ids. Five queries."""
    values = _values(community, on)
    lines = [DayLine(*row) for row in _rows(LINES, values)]
    numbers = rules.numbers_of(lines)
    found: dict[str, Any] = {"numbers": _plain(numbers), "topics": [], "people": [], "usual": None}
    if past := rules.usual(_past(community, on)):
        found["usual"] = _plain(past)
    if numbers.messages >= LEAST_MESSAGES:
        before = [text for (text,) in _rows(BEFORE, _values(community, on, WORDS_DAYS))]
        found["topics"] = [[t.post_id, t.word, t.people, t.messages, t.heat] for t in rules.topics(lines, before)]
        # Twice as many as are shown: who hides from rankings later leaves room for the next.
        touched = rules.people(lines, _rows(THANKED, values), unranked(community), most=2 * rules.MOST)
        found["people"] = [[t.person_id, t.others, t.messages] for t in touched]
    return found


def _plain(numbers: DayNumbers) -> list[int]:
    return [numbers.messages, numbers.people, numbers.replies]


def _past(community: Community, on: date) -> list[DayNumbers]:
    """Return the days before, from the first with a word on; days without one count as such."""
    said = {day: DayNumbers(*rest) for day, *rest in _rows(DAYS, _values(community, on, USUAL_DAYS))}
    if not said:
        return []
    many = (on - min(said)).days
    return [said.get(on - timedelta(days=n), DayNumbers(0, 0, 0)) for n in range(1, many + 1)]


def told(community: Community, on: date, found: Mapping[str, Any], now: datetime) -> Daily:
    """Put names and titles to findings, as they are now: what was deleted, what flags cover and who hides are left out. Five queries."""
    numbers = DayNumbers(*found["numbers"])
    usual = DayNumbers(*found["usual"]) if found["usual"] else None
    hidden = unranked(community)
    people = [row for row in found["people"] if row[0] not in hidden][: rules.MOST]
    asks, many = _asks(community, on, now)
    authors = _authors(community, [*(row[0] for row in people), *(a.author_id for a in asks)])
    return Daily(
        on=on,
        numbers=numbers,
        usual=usual,
        level=rules.level(numbers, usual),
        topics=_topics(community, found["topics"]),
        people=tuple(PersonOfTheDay(authors[row[0]], row[1], row[2]) for row in people if row[0] in authors),
        asks=tuple(OpenAsk(a.pk, excerpt(a.text, 60), authors[a.author_id], a.at, a.replies) for a in asks),
        asks_open=many,
        is_over=on < day_of(now),
    )


def _topics(community: Community, found: Iterable[list[Any]]) -> tuple[Topic, ...]:
    rows = list(found)
    stand = Post.objects.filter(
        IS_OPEN, community=community, pk__in=[r[0] for r in rows], deleted_at=None, blurred_at=None
    )
    texts = dict(stand.values_list("pk", "text"))
    return tuple(Topic(r[0], excerpt(texts[r[0]], 40), *r[1:]) for r in rows if r[0] in texts)


def _asks(community: Community, on: date, now: datetime) -> tuple[list[Post], int]:
    """Return the asks of a week that wait longest without any reply, then the others; and how many there are."""
    since, until = bounds(on - timedelta(days=ASKED_DAYS - 1))[0], bounds(on)[1]
    rows = Post.objects.filter(
        IS_OPEN,
        community=community,
        root=None,
        kind="ask",
        answer=None,
        deleted_at=None,
        blurred_at=None,
        at__gte=since,
        at__lt=min(until, now),
    )
    return list(rows.order_by("replies", "at", "pk")[: rules.MOST]), rows.count()


def _authors(community: Community, ids: Iterable[int]) -> dict[int, Author]:
    wanted = set(ids)
    places = standings(community, wanted)
    return {p.pk: author_of(places, p) for p in Person.objects.filter(pk__in=wanted)}


def kept(community: Community, on: date) -> DailyReport | None:
    return DailyReport.objects.filter(community=community, on=on).first()


def settled(on: date) -> set[int]:
    """Return the communities whose report of a day was told of, or had too little to tell. One query."""
    rows = DailyReport.objects.filter(Q(told_at__isnull=False) | Q(counted__lt=LEAST_MESSAGES), on=on)
    return set(rows.values_list("community_id", flat=True))
