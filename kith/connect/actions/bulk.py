"""Bringing in texts from elsewhere, by the hundred thousand: flat in memory, set-based in the database."""

from collections.abc import Iterable
from datetime import datetime
from hashlib import md5
from itertools import count
from typing import Any

from django.db import connection

from kith.connect import rules
from kith.connect.data import Brought, Line
from kith.energy.api import stage_from, withdraw
from kith.people.api import Community

HANGING = (
    ("connect_notice", "root_id"),
    ("connect_mute", "root_id"),
    ("connect_bookmark", "post_id"),
)  # what hangs on posts, and goes with them
NO_MEDIA = "\n"  # no address begins so: pictures from elsewhere become links
CALLS = 50  # how many calls of one line are withdrawn at once
STAGED = """
    CREATE TEMPORARY TABLE connect_staged (id bigint DEFAULT nextval(pg_get_serial_sequence('connect_post', 'id')),
        key text NOT NULL, author bigint NOT NULL, text text NOT NULL, html text NOT NULL, kind text NOT NULL,
        at timestamptz NOT NULL, space text NOT NULL, to_key text NOT NULL, thread text NOT NULL, mentions bigint[] NOT NULL,
        parent bigint, root bigint) ON COMMIT DROP
"""
# What a line answers may have come in an earlier import, and may itself be an answer: the root is found by jumping
# from parent to parent, twice as far each time. A parent is never younger than its answer, so nothing goes round.
PARENTS = """
    UPDATE connect_staged s SET parent = p.id, root = p.id FROM connect_staged p
    WHERE p.key = s.to_key AND s.to_key <> '' AND (p.at, p.id) < (s.at, s.id)
"""
OLD_PARENTS = """
    UPDATE connect_staged s SET parent = p.id, root = COALESCE(p.root_id, p.id) FROM connect_post p
    WHERE p.community_id = %s AND p.foreign_key = s.to_key AND s.to_key <> '' AND s.parent IS NULL AND p.at <= s.at
"""
# Who stands in a thread and answers nobody, or nobody who was brought, stands under its beginning.
THREADS = """
    UPDATE connect_staged s SET root = p.id FROM connect_staged p
    WHERE p.key = s.thread AND s.thread <> '' AND s.parent IS NULL AND (p.at, p.id) < (s.at, s.id)
"""
OLD_THREADS = """
    UPDATE connect_staged s SET root = COALESCE(p.root_id, p.id) FROM connect_post p
    WHERE p.community_id = %s AND p.foreign_key = s.thread AND s.thread <> '' AND s.root IS NULL AND p.at <= s.at
"""
JUMP = "UPDATE connect_staged s SET root = p.root FROM connect_staged p WHERE p.id = s.root AND p.root IS NOT NULL"
INSERT = """
    INSERT INTO connect_post (id, community_id, space_id, author_id, root_id, quoted_id, kind, text, html, at,
        replies, thanks, version, key, origin, foreign_key)
    SELECT s.id, %(community)s, sp.id, s.author, s.root, NULLIF(s.parent, s.root),
        CASE WHEN s.root IS NULL THEN s.kind ELSE 'talk' END, s.text, s.html, s.at, 0, 0, 0, gen_random_uuid(), %(origin)s, s.key
    FROM connect_staged s LEFT JOIN connect_space sp ON sp.community_id = %(community)s AND sp.name = s.space ORDER BY s.root NULLS FIRST, s.at
"""
COUNT = """
    UPDATE connect_post p SET replies = p.replies + n.many, version = p.version + 1
    FROM (SELECT root, count(*) AS many FROM connect_staged WHERE root IS NOT NULL GROUP BY root) n WHERE n.root = p.id
"""
# The keys of acts: of one length, so that they fit, and never those of what was said here (reply:12). Calls are numbered
# without a gap, so that whoever deletes the line finds them all.
REPLIES = """
    SELECT s.author, p.author_id, 'reply', NULL::float8, s.at, %(origin)s, 'line:' || md5(s.key) || ':reply'
    FROM connect_staged s JOIN connect_post p ON p.id = s.parent WHERE p.author_id <> s.author
"""
MENTIONS = """
    SELECT author, m, 'mention', NULL::float8, at, %(origin)s,
        'line:' || md5(key) || ':mention:' || row_number() OVER (PARTITION BY key ORDER BY m)
    FROM (SELECT DISTINCT s.key, s.author, s.at, m FROM connect_staged s, unnest(s.mentions) m WHERE m <> s.author) called
"""
POSTS = """
    SELECT s.author, NULL::bigint, 'post', NULL::float8, s.at, %(origin)s, 'line:' || md5(s.key) || ':post' FROM connect_staged s WHERE s.parent IS NULL
"""


def bring_lines(*, community: Community, lines: Iterable[Line], origin: str) -> Brought:
    """Make posts and replies of lines and stage their acts (open `energy.staging` first, append after).

    A key the community has is left alone, repeats within the lines count once; a line whose `to_key` and
    `thread_key` nobody has opens a thread of its own. About twenty statements whatever the number; run it in the caller's transaction.
    """
    with connection.cursor() as cursor:
        cursor.execute(STAGED)
        staged = _copy(lines)
        cursor.execute(
            "DELETE FROM connect_staged s USING connect_post p WHERE p.community_id = %s AND p.foreign_key = s.key",
            [community.pk],
        )
        cursor.execute("DELETE FROM connect_staged s USING connect_staged t WHERE t.key = s.key AND t.id < s.id")
        cursor.execute("CREATE INDEX ON connect_staged (key)")
        cursor.execute("CREATE INDEX ON connect_staged (id)")
        cursor.execute("ANALYZE connect_staged")
        cursor.execute(PARENTS)
        cursor.execute(OLD_PARENTS, [community.pk])
        cursor.execute(THREADS)
        cursor.execute(OLD_THREADS, [community.pk])
        cursor.execute(JUMP)
        while cursor.rowcount:
            cursor.execute(JUMP)
        new = _insert(community, origin)
        cursor.execute("DROP TABLE connect_staged")
    return Brought(new=new, known=staged - new)


def _copy(lines: Iterable[Line]) -> int:
    columns = "key, author, text, html, kind, at, space, to_key, thread, mentions"
    many = 0
    with connection.cursor() as cursor, cursor.copy(f"COPY connect_staged ({columns}) FROM STDIN") as copy:
        for n in lines:
            copy.write_row(
                (
                    n.key,
                    n.author_id,
                    n.text,
                    _html(n),
                    n.kind,
                    n.at,
                    n.space,
                    n.to_key,
                    n.thread_key,
                    list(n.mentions),
                )
            )
            many += 1
    return many


def _html(line: Line) -> str:
    """Return the text as HTML; rendering takes fifty times as long, and most texts have no mark."""
    is_marked = line.is_markdown and not rules.is_plain(line.text)
    return rules.rendered(line.text, people={}, media=NO_MEDIA) if is_marked else rules.plain(line.text)


def _insert(community: Community, origin: str) -> int:
    values: dict[str, Any] = {"community": community.pk, "origin": origin}
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO connect_space (community_id, name) SELECT DISTINCT %s::bigint, space FROM connect_staged WHERE space <> ''"
            " ON CONFLICT DO NOTHING",
            [community.pk],
        )
        cursor.execute(INSERT, values)
        new = int(cursor.rowcount)
        cursor.execute(COUNT)
    for acts in (REPLIES, MENTIONS, POSTS):
        stage_from(acts, values)
    return new


def withdraw_line(*, community: Community, foreign_key: str, now: datetime) -> None:
    """Withdraw the acts of one imported text; their source is the import's, so they are found by their keys."""
    name = f"line:{md5(foreign_key.encode(), usedforsecurity=False).hexdigest()}"
    withdraw(community=community, at=now, keys=[f"{name}:post", f"{name}:reply"])
    for first in count(1, CALLS):
        keys = [f"{name}:mention:{n}" for n in range(first, first + CALLS)]
        if withdraw(community=community, at=now, keys=keys) < CALLS:
            return


def remove_lines(*, community: Community, origin: str) -> int:
    """Remove what an import brought, and the replies given to it since; returns how many lines of the import went.

    Its acts are withdrawn by the caller; those of later replies stay, because they were given.
    """
    with connection.cursor() as cursor:
        values: dict[str, Any] = {"community": community.pk, "origin": origin}
        mine = "SELECT id FROM connect_post WHERE community_id = %(community)s AND origin = %(origin)s"
        doomed = f"SELECT id FROM connect_post WHERE id IN ({mine}) OR root_id IN ({mine})"
        cursor.execute(
            f"""UPDATE connect_post p SET replies = p.replies - n.many, version = p.version + 1
            FROM (SELECT root_id, count(*) AS many FROM connect_post WHERE id IN ({mine}) AND deleted_at IS NULL GROUP BY root_id) n
            WHERE n.root_id = p.id AND p.id NOT IN ({mine})""",
            values,
        )
        cursor.execute(f"UPDATE connect_post SET quoted_id = NULL WHERE quoted_id IN ({doomed})", values)
        cursor.execute(f"UPDATE connect_post SET answer_id = NULL WHERE answer_id IN ({doomed})", values)
        cursor.execute(f"DELETE FROM connect_thank WHERE post_id IN ({doomed})", values)
        for table, column in HANGING:
            cursor.execute(f"DELETE FROM {table} WHERE {column} IN ({doomed})", values)
        cursor.execute(f"DELETE FROM connect_post WHERE root_id IN ({mine}) AND origin <> %(origin)s", values)
        cursor.execute(
            "DELETE FROM connect_post WHERE community_id = %(community)s AND origin = %(origin)s AND root_id IS NOT NULL",
            values,
        )
        many = cursor.rowcount
        cursor.execute("DELETE FROM connect_post WHERE community_id = %(community)s AND origin = %(origin)s", values)
        return int(many + cursor.rowcount)
