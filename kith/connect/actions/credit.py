"""Thanks and accepted answers by the thousand: row for row what `thank` and `accept` write one at a time."""

from collections.abc import Sequence

from django.db import connection

from kith.connect.data import BroughtAnswer, BroughtThanks
from kith.connect.models import Post
from kith.energy.api import NewAct, append_staged, stage, staging
from kith.people.api import Community


def brought_ids(*, community: Community, origin: str) -> dict[str, int]:
    """Return the ids of what an origin brought in, by the keys of its lines."""
    rows = Post.objects.filter(community=community, origin=origin)
    return dict(rows.values_list("foreign_key", "pk"))


def bring_thanks(*, community: Community, thanks: Sequence[BroughtThanks]) -> int:
    """Give thanks in bulk, in the caller's transaction; who thanked for a post already is left alone. Returns how many are new."""
    with connection.cursor() as cursor:
        cursor.execute(
            """WITH fresh AS (
                INSERT INTO connect_thank (post_id, by_id, why, at)
                SELECT * FROM unnest(%s::bigint[], %s::bigint[], %s::text[], %s::timestamptz[])
                ON CONFLICT DO NOTHING RETURNING post_id),
            counted AS (SELECT post_id, count(*) AS many FROM fresh GROUP BY post_id),
            told AS (UPDATE connect_post p SET thanks = p.thanks + n.many, version = p.version + n.many
                FROM counted n WHERE n.post_id = p.id)
            SELECT count(*) FROM fresh""",
            [[t.post_id for t in thanks], [t.by_id for t in thanks], [t.why for t in thanks], [t.at for t in thanks]],
        )
        new = int(cursor.fetchone()[0])
    _append(
        community,
        [
            NewAct(t.by_id, "thank", t.at, f"thank:{t.post_id}:{t.by_id}", f"post:{t.post_id}", other_id=t.author_id)
            for t in thanks
        ],
    )
    return new


def bring_answers(*, community: Community, answers: Sequence[BroughtAnswer]) -> None:
    """Accept answers in bulk, in the caller's transaction."""
    with connection.cursor() as cursor:
        cursor.execute(
            """UPDATE connect_post p SET answer_id = a.reply, version = version + 1
            FROM unnest(%s::bigint[], %s::bigint[]) AS a(ask, reply) WHERE p.id = a.ask AND p.community_id = %s""",
            [[a.ask_id for a in answers], [a.reply_id for a in answers], community.pk],
        )
    acts = []
    for a in answers:
        key, source = f"answer:{a.ask_id}:{a.reply_id}", f"post:{a.reply_id}"
        acts.append(NewAct(a.author_id, "answer", a.at, key, source, other_id=a.asker_id))
    _append(community, acts)


def _append(community: Community, acts: Sequence[NewAct]) -> None:
    with staging():
        stage(acts)
        append_staged(community=community)
