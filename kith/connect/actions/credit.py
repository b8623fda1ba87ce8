"""Thanks and accepted answers by the thousand: row for row what `thank` and `accept` write one at a time."""

from collections.abc import Sequence

from django.db import connection

from kith.connect.data import WHY_LIMIT, BroughtAnswer, BroughtThanks
from kith.connect.models import Post
from kith.energy.api import NewAct, append_staged, stage, staging, withdraw
from kith.lib.text import clean_line
from kith.people.api import Community

THANKS = """
    INSERT INTO connect_thank (post_id, by_id, why, at)
    SELECT * FROM unnest(%s::bigint[], %s::bigint[], %s::text[], %s::timestamptz[])
    ON CONFLICT DO NOTHING RETURNING post_id, by_id
"""
COUNT = """
    UPDATE connect_post p SET thanks = p.thanks + n.many, version = p.version + n.many
    FROM (SELECT post, count(*) AS many FROM unnest(%s::bigint[]) post GROUP BY post) n WHERE n.post = p.id
"""
# A thread shows the thanks of its replies.
COUNT_ROOTS = """
    UPDATE connect_post p SET version = p.version + n.many
    FROM (SELECT r.root_id, count(*) AS many FROM unnest(%s::bigint[]) post JOIN connect_post r ON r.id = post GROUP BY 1) n
    WHERE n.root_id = p.id
"""
ANSWERS = """
    UPDATE connect_post p SET answer_id = a.reply, version = p.version + 1
    FROM unnest(%s::bigint[], %s::bigint[]) AS a(ask, reply), connect_post was
    WHERE p.id = a.ask AND was.id = p.id AND p.community_id = %s AND p.answer_id IS DISTINCT FROM a.reply
    RETURNING p.id, COALESCE(was.answer_id, 0)
"""


def brought_ids(*, community: Community, origin: str) -> dict[str, int]:
    """Return the ids of what an origin brought in, by the keys of its lines."""
    rows = Post.objects.filter(community=community, origin=origin)
    return dict(rows.values_list("foreign_key", "pk"))


def bring_thanks(*, community: Community, thanks: Sequence[BroughtThanks]) -> int:
    """Give thanks in bulk, in the caller's transaction; returns how many are new.

    Left alone is who thanked for a post already, and who would thank themselves.
    """
    given = {(t.post_id, t.by_id): t for t in reversed(thanks) if t.by_id != t.author_id}
    with connection.cursor() as cursor:
        cursor.execute(
            THANKS,
            [
                [t.post_id for t in given.values()],
                [t.by_id for t in given.values()],
                [clean_line(t.why)[:WHY_LIMIT] for t in given.values()],
                [t.at for t in given.values()],
            ],
        )
        fresh = sorted(cursor.fetchall())
        for grown in (COUNT, COUNT_ROOTS):
            cursor.execute(grown, [[post for post, _ in fresh]])
    _append(community, [_thanks_act(given[pair]) for pair in fresh])
    return len(fresh)


def _thanks_act(t: BroughtThanks) -> NewAct:
    return NewAct(t.by_id, "thank", t.at, f"thank:{t.post_id}:{t.by_id}", f"post:{t.post_id}", other_id=t.author_id)


def bring_answers(*, community: Community, answers: Sequence[BroughtAnswer]) -> None:
    """Accept answers in bulk, in the caller's transaction; of several to one ask the last holds, in place of any before."""
    last = {a.ask_id: a for a in answers}
    with connection.cursor() as cursor:
        cursor.execute(ANSWERS, [list(last), [a.reply_id for a in last.values()], community.pk])
        changed = sorted(cursor.fetchall())
    before = [f"answer:{ask}:{reply}" for ask, reply in changed if reply]
    if before:
        withdraw(community=community, at=max(last[ask].at for ask, _ in changed), keys=before)
    _append(community, [_answers_act(last[ask]) for ask, _ in changed if last[ask].author_id != last[ask].asker_id])


def _answers_act(a: BroughtAnswer) -> NewAct:
    key, source = f"answer:{a.ask_id}:{a.reply_id}", f"post:{a.reply_id}"
    return NewAct(a.author_id, "answer", a.at, key, source, other_id=a.asker_id)


def _append(community: Community, acts: Sequence[NewAct]) -> None:
    with staging():
        stage(acts)
        append_staged(community=community)
