"""Thanks and accepted answers by the thousand.

Connect gives them one at a time, fifteen statements each; a demo of 1,600 would take most of a minute. What is written here
is row for row what `connect.thank` and `connect.accept` write. When connect has a bulk door for them, this module goes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from kith.energy.api import NewAct, append_staged, stage, staging
from kith.people.api import Community


@dataclass(frozen=True, slots=True)
class Thanks:
    post_id: int
    author_id: int
    by_id: int
    why: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Answer:
    ask_id: int
    asker_id: int
    reply_id: int
    author_id: int
    at: datetime


def ids(*, community: Community, origin: str) -> dict[str, int]:
    """Return the ids of what was brought in, by key."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT foreign_key, id FROM connect_post WHERE community_id = %s AND origin = %s", [community.pk, origin]
        )
        return dict(cursor.fetchall())


def thank(*, community: Community, thanks: Sequence[Thanks]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO connect_thank (post_id, by_id, why, at) VALUES (%s, %s, %s, %s)",
            [(t.post_id, t.by_id, t.why, t.at) for t in thanks],
        )
        cursor.execute(
            """UPDATE connect_post p SET thanks = n.many, version = p.version + n.many
            FROM (SELECT t.post_id, count(*) AS many FROM connect_thank t GROUP BY t.post_id) n
            WHERE n.post_id = p.id AND p.community_id = %s""",
            [community.pk],
        )
    _append(
        community,
        [
            NewAct(t.by_id, "thank", t.at, f"thank:{t.post_id}:{t.by_id}", f"post:{t.post_id}", other_id=t.author_id)
            for t in thanks
        ],
    )


def accept(*, community: Community, answers: Sequence[Answer]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(
            "UPDATE connect_post SET answer_id = %s, version = version + 1 WHERE id = %s",
            [(a.reply_id, a.ask_id) for a in answers],
        )
    _append(
        community,
        [
            NewAct(
                a.author_id,
                "answer",
                a.at,
                f"answer:{a.ask_id}:{a.reply_id}",
                f"post:{a.reply_id}",
                other_id=a.asker_id,
            )
            for a in answers
        ],
    )


def _append(community: Community, acts: Sequence[NewAct]) -> None:
    with staging():
        stage(acts)
        append_staged(community=community)
