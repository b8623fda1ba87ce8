"""Asking whether somebody may write now: gather decides, connect counts; and keeping what is to be read first."""

from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import connection

from kith.connect.data import NotWhileNew
from kith.connect.models import Draft, Held, Post, Space
from kith.gather import api as gather
from kith.gather.api import Pace
from kith.people.api import Community, Person, Standing

# Held texts count for the pace, or a flood of them would fill the queue; a space's slow mode looks back a day at most.
PACE = """
    WITH lately AS (
        SELECT p.at, COALESCE(p.space_id, r.space_id) AS space_id FROM connect_post p LEFT JOIN connect_post r ON r.id = p.root_id
        WHERE p.author_id = %(author)s AND p.community_id = %(community)s AND p.at > %(day)s AND p.at <= %(now)s
        UNION ALL
        SELECT h.at, COALESCE(h.space_id, r.space_id) FROM connect_held h LEFT JOIN connect_post r ON r.id = h.root_id
        WHERE h.author_id = %(author)s AND h.community_id = %(community)s AND h.at > %(day)s AND h.at <= %(now)s
    )
    SELECT (SELECT count(*) FROM (SELECT 1 FROM connect_post WHERE author_id = %(author)s AND community_id = %(community)s
            AND deleted_at IS NULL LIMIT 50) first),
        max(at), max(at) FILTER (WHERE space_id = %(space)s), count(*) FILTER (WHERE at > %(minute)s), count(*) FILTER (WHERE at > %(hour)s)
    FROM lately
"""


def _pace(community: Community, person_id: int, space: Space | None, now: datetime) -> Pace:
    back = {"minute": timedelta(minutes=1), "hour": timedelta(hours=1), "day": timedelta(days=1)}
    values: dict[str, int | datetime] = {
        "now": now,
        "author": person_id,
        "community": community.pk,
        "space": space.pk if space else 0,
    }
    with connection.cursor() as cursor:
        cursor.execute(PACE, values | {name: now - ago for name, ago in back.items()})
        texts, last_at, here_at, in_minute, in_hour = cursor.fetchone()
    return Pace(texts, last_at, here_at, in_minute, in_hour, space.slow_seconds if space else 0)


def must_be_read(community: Community, place: Standing, text: str, space: Space | None, now: datetime) -> bool:
    """Let a new text pass, or refuse as `gather.checked_to_write`; returns whether somebody is to read it first."""
    pace = _pace(community, place.person_id, space, now)
    return gather.checked_to_write(community, place, text=text, pace=pace, now=now)


def check_change(community: Community, place: Standing, text: str, now: datetime) -> None:
    """Let a change of one's words pass: at any pace, but a newcomer's not past those who read first texts.

    Raises:
        NotWhileNew: it would have to be read first.

    """
    pace = Pace(texts=_pace(community, place.person_id, None, now).texts)
    if gather.checked_to_write(community, place, text=text, pace=pace, now=now):
        raise NotWhileNew


class NewText(NamedTuple):
    """A text and where it is to stand."""

    text: str
    key: str
    kind: str
    space: Space | None
    root: Post | None
    quoted: Post | None


def hold(*, community: Community, by: Person, words: NewText, now: datetime) -> Held:
    """Keep a text until it is read; the same draft again is the same text."""
    Draft.objects.filter(community=community, person=by, key=words.key).delete()
    where = words._asdict()
    return Held.objects.get_or_create(
        author=by, key=where.pop("key"), defaults={"community": community, "at": now, **where}
    )[0]
