"""An author deletes their account: their texts stay without a name, or are emptied; seats they held are given back."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.db.models import Q

from kith.connect.actions.events import answer_event
from kith.connect.actions.pictures import picture_path
from kith.connect.models import Answer, Image, ImageUse, Post, Poster
from kith.people.api import Community, Person

MINE = "community_id = %(community)s AND author_id = ANY(%(ids)s)"
GONE = f"SELECT id FROM connect_post WHERE {MINE} AND deleted_at IS NULL"
# In this order: what is counted in other texts first, while it still stands. Acts stay: the book holds numbers, no words.
EMPTY = (
    f"""UPDATE connect_post r SET replies = r.replies - n, version = r.version + 1 FROM (
        SELECT root_id, count(*) AS n FROM connect_post WHERE {MINE} AND deleted_at IS NULL AND root_id IS NOT NULL GROUP BY root_id
    ) AS counted WHERE r.id = counted.root_id""",
    f"UPDATE connect_post SET answer_id = NULL, version = version + 1 WHERE answer_id IN ({GONE})",
    f"DELETE FROM connect_thank WHERE post_id IN ({GONE})",
    f"DELETE FROM connect_notice WHERE community_id = %(community)s AND subject IN (SELECT 'post:' || id FROM ({GONE}) AS gone)",
    f"DELETE FROM connect_imageuse WHERE post_id IN ({GONE})",
    f"""UPDATE connect_post SET deleted_at = %(now)s, text = '', html = '', thanks = 0, answer_id = NULL, version = version + 1
        WHERE {MINE} AND deleted_at IS NULL""",
    f"UPDATE connect_case SET text = '', html = '', appeal = '' WHERE {MINE}",
    f"UPDATE connect_held SET text = '' WHERE {MINE}",
    """UPDATE connect_message SET text = '', html = '', deleted_at = %(now)s
        WHERE community_id = %(community)s AND by_id = ANY(%(ids)s) AND deleted_at IS NULL""",
    """UPDATE connect_thank t SET why = '' FROM connect_post p
        WHERE p.id = t.post_id AND p.community_id = %(community)s AND t.by_id = ANY(%(ids)s)""",
)
# Cards are kept by version: without a new one they would show the name a while longer.
RENAME = (
    f"UPDATE connect_post SET version = version + 1 WHERE {MINE}",
    f"DELETE FROM connect_held WHERE {MINE} AND state = 'waiting'",
)


@transaction.atomic
def forget_author(*, community: Community, person_ids: Sequence[int], empties: bool, now: datetime) -> None:
    """Empty what somebody said here, messages too, or have its cards drawn anew without their name. A fixed number of statements.

    Texts that wait to be read first go either way; posters are taken down. Pictures of theirs that stand nowhere any more go.
    """
    given: dict[str, Any] = {"community": community.pk, "ids": list(person_ids), "now": now}
    with connection.cursor() as cursor:
        for sql in (*(EMPTY if empties else ()), *RENAME):
            cursor.execute(sql, given)
    Poster.objects.filter(community=community, by__in=person_ids, closed_at=None).update(closed_at=now)
    if empties:
        _drop_pictures(community, person_ids)


def _drop_pictures(community: Community, person_ids: Sequence[int]) -> None:
    used = ImageUse.objects.filter(image__community=community).values("image")
    rows = Image.objects.filter(community=community, by__in=person_ids).exclude(pk__in=used)
    paths = [picture_path(community.pk, digest) for digest in rows.values_list("digest", flat=True)]
    rows.delete()
    transaction.on_commit(lambda: _remove(paths))


def _remove(paths: Sequence[Path]) -> None:
    for path in paths:
        path.unlink(missing_ok=True)


@transaction.atomic
def give_back_seats(*, community: Community, person: Person, now: datetime) -> int:
    """Give back the seats somebody has at events to come, and their places in lines; who waits moves up. Returns how many."""
    to_come = Q(event__ends_at__gt=now) | Q(event__ends_at=None, event__starts_at__gt=now)
    rows = Answer.objects.filter(
        to_come,
        person=person,
        answer__in=("yes", "maybe", "waiting"),
        event__community=community,
        event__cancelled_at=None,
    )
    posts = list(rows.order_by("event_id").values_list("event_id", flat=True))
    for post_id in posts:
        if Post.objects.filter(pk=post_id, deleted_at=None).exists():
            answer_event(community=community, post_id=post_id, answer="no", by=person, now=now)
    return len(posts)
