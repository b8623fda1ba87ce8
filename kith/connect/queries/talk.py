"""Reads of connect: feed, thread, thanks, drafts, news. Every list has a fixed number of queries."""

import re
from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet, Window
from django.db.models.functions import RowNumber

from kith.connect import rules
from kith.connect.data import (
    Draft,
    Feed,
    Happening,
    Head,
    Heads,
    Lock,
    Opened,
    PostGone,
    Quoted,
    Said,
    Thanked,
    Thread,
)
from kith.connect.models import Image, News, Post, Thank
from kith.connect.queries.announcing import PINNED_LIMIT
from kith.connect.queries.authors import GONE, author_of
from kith.connect.queries.gates import (
    GATED,
    NO_GATES,
    Gates,
    gates,
    lock_of,
    may_see_image,
    thread_of,
    threads_of,
)
from kith.connect.queries.kinds import MARK, extras
from kith.connect.queries.spaces import SPACES, space_of
from kith.lib.text import clean_line
from kith.people.api import RIGHTS, Community, Person, Question, ask_rows, listed, rights_of, rows_of, standings

PAGE = 30
NEW = "new"  # the place of a new post's draft
LATEST = 2
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
CURSOR = re.compile("(-?[0-9]{1,18})-([0-9]{1,18})")  # microseconds since 1970, and the id


class Reader:
    """Turns rows into what a reader is shown, loading what they have in common at once: 3 queries, and those of each kind among them; what is closed to them stays closed."""

    def __init__(self, community: Community, rows: Sequence[Post], person_id: int | None) -> None:
        self.person_id = person_id
        self.places = standings(community, {r.author_id for r in rows} | {r.quoted.author_id for r in rows if r.quoted})
        self.threads = threads_of(rows)
        in_spaces = any(space for space, _ in self.threads.values())
        self.gates = gates(community, person_id) if in_spaces else NO_GATES
        mine = (
            Thank.objects.filter(post__in=[r.pk for r in rows], by_id=person_id) if person_id else Thank.objects.none()
        )
        self.thanked = set(mine.values_list("post_id", flat=True))
        self.extras = extras(community, rows, person_id)

    def lock(self, row: Post, author_id: int) -> Lock | None:
        return self.gates.lock(thread_of(self.threads, row), author_id)

    def quoted(self, row: Post) -> Quoted | None:
        if row.quoted is None or row.quoted.deleted_at or row.quoted.blurred_at or self.lock(row, row.quoted.author_id):
            return None
        return Quoted(row.quoted.pk, author_of(self.places, row.quoted.author).name, rules.excerpt(row.quoted.text))

    def texts(self, row: Post, lock: Lock | None) -> tuple[str, str]:
        """Return the text and its HTML as far as this reader may read it."""
        if row.deleted_at is not None:
            return "", ""
        if lock is None:
            return row.text, row.html
        shown = "" if row.root_id else rules.previewed(row.text, self.gates.gates[lock.space_id].preview_chars)
        return shown, rules.plain(shown)

    def said(self, row: Post, latest: tuple[Said, ...] = ()) -> Said:
        gone, lock = row.deleted_at is not None, self.lock(row, row.author_id)
        text, html = self.texts(row, lock)
        return Said(
            id=row.pk,
            root_id=row.root_id,
            kind=row.kind,
            author=GONE if gone else author_of(self.places, row.author),
            text=text,
            html=html,
            at=row.at,
            edited_at=row.edited_at,
            is_deleted=gone,
            version=row.version,
            replies=row.replies,
            thanks=row.thanks,
            space=self.gates.name(row.space_id),
            answer_id=row.answer_id,
            quoted=None if lock else self.quoted(row),
            thanked=row.pk in self.thanked,
            mine=not gone and row.author_id == self.person_id,
            latest=() if lock else latest,  # also the reader's own: a card is shared by all to whom it is closed
            extra=None if lock else self.extras.get(row.pk),
            lock=lock,
            space_id=row.space_id,
            is_free=row.is_free,
            is_blurred=row.blurred_at is not None,
        )


def _rows(community: Community) -> "QuerySet[Post]":
    return Post.objects.filter(community=community).select_related("author", "quoted__author")


def _cursor(head: Head) -> str:
    return f"{head.at_us}-{head.id}"


def _moment(cursor: str) -> tuple[datetime, int] | None:
    """Read a cursor; one that cannot be read is as good as none."""
    found = CURSOR.fullmatch(cursor)
    if not found:
        return None
    try:
        return EPOCH + int(found[1]) * MICROSECOND, int(found[2])
    except OverflowError:
        return None


HEAD = f"""
    SELECT p.id, p.version, p.author_id, (extract(epoch FROM p.at) * 1000000)::bigint,
        EXISTS (SELECT 1 FROM connect_thank t WHERE t.post_id = p.id AND t.by_id = %(reader)s), COALESCE({MARK}, ''), p.space_id, p.is_free
"""
HEADS = f"""{HEAD}
    FROM connect_post p WHERE p.community_id = %(community)s AND p.root_id IS NULL AND p.deleted_at IS NULL {{filters}}
    ORDER BY p.at DESC, p.id DESC LIMIT {{limit}}
"""
PINNED = f"""{HEAD}
    FROM connect_announcement a JOIN connect_post p ON p.id = a.post_id
    WHERE a.community_id = %(community)s AND a.pinned_until > %(now)s AND p.deleted_at IS NULL {{filters}}
    ORDER BY p.at DESC, p.id DESC LIMIT {PINNED_LIMIT}
"""
FILTERS = {
    "kind": "AND p.kind = %(kind)s",
    "space": "AND p.space_id = (SELECT id FROM connect_space WHERE community_id = %(community)s AND name = %(space)s)",
    "author_id": "AND p.author_id = %(author_id)s",
    "chapter_id": "AND p.space_id IN (SELECT space_id FROM connect_room WHERE community_id = %(community)s AND chapter_id = %(chapter_id)s)",
    "unanswered": "AND p.kind = 'ask' AND p.answer_id IS NULL",
    # What stands above the feed stands there only.
    "now": """AND (p.kind <> 'announcement' OR NOT EXISTS (
        SELECT 1 FROM connect_announcement a WHERE a.post_id = p.id AND a.pinned_until > %(now)s))""",
    "before": "AND (p.at, p.id) < (%(before_at)s, %(before_id)s)",
}


DRAFT = """
    SELECT text, kind, key::text, saved_at FROM connect_draft
    WHERE community_id = %(community)s AND person_id = %(reader)s AND place = %(place)s
"""
NEWEST = "SELECT COALESCE(max(id), 0) FROM connect_news WHERE community_id = %(community)s"


def heads(  # noqa: PLR0913 -- what a feed may be chosen by
    community: Community, *, reader: Person | None, kind: str = "", space: str = "", author_id: int | None = None,
    unanswered: bool = False, before: str = "", limit: int = PAGE, now: datetime | None = None,
    chapter_id: int | None = None,
) -> Heads:  # fmt: skip
    """Return the heads of posts, newest first; with `now` without what is pinned above them (`opened`).

    One query, written out because every visit to a feed begins with it.
    """
    chosen = {
        "kind": kind,
        "space": space,
        "author_id": author_id,
        "chapter_id": chapter_id,
        "unanswered": unanswered,
        "before": before,
        "now": now,
    }
    asked, values = _heads(community.pk, reader.pk if reader else 0, chosen, limit)
    gated, [rights], page = ask_rows(values, GATED, RIGHTS, asked)
    return _heads_found(Gates(gated, rights_of(rights), values["reader"]), page, limit)


def opening(
    community_id: int, reader_id: int | None, *, kind: str = "", space: str = "", unanswered: bool = False,
    before: str = "", limit: int = PAGE, now: datetime,
) -> Question:  # fmt: skip
    """Return what asks what a feed opens with, for `Opening`; to be asked together with something else.

    One statement sees one moment: what comes after it is news, and told.
    """
    chosen = {"kind": kind, "space": space, "unanswered": unanswered, "before": before, "now": now}
    heads, values = _heads(community_id, reader_id, chosen, limit)
    above = (
        listed(PINNED.format(filters=FILTERS["space"] if space else "")) if _has_top(chosen) and not before else "NULL"
    )
    columns = [f"({NEWEST})", *map(listed, (DRAFT, SPACES, GATED, RIGHTS, heads)), above]
    return Question(columns, "", values | {"place": NEW, "now": now})


class Opening:
    """What a feed opens with, as the database answered. A page that is kept under `raw` need not `read` it.

    `news` is the id of the latest news, `raw` all the rest as it came; they differ where anything differs.
    """

    def __init__(self, answer: tuple[Any, ...], reader_id: int | None, limit: int = PAGE) -> None:
        """Begin with the answer to `opening`, asked of that reader."""
        self.news, *rest = answer
        self.raw: tuple[str | None, ...] = tuple(rest)
        self.reader_id, self.limit = reader_id or 0, limit

    def read(self) -> Opened:
        draft, spaces, gated, [rights], page, pinned = map(rows_of, self.raw)
        met = Gates(gated, rights_of(rights), self.reader_id)
        return Opened(
            _heads_found(met, page, self.limit), _draft(NEW, draft), tuple(space_of(s) for s in spaces), tuple(_head(met, p) for p in pinned),
        )  # fmt: skip


def _draft(place: str, rows: list[tuple[Any, ...]]) -> Draft | None:
    """Read the one row of DRAFT, if there is one."""
    return next((Draft(place, text, kind, key, datetime.fromisoformat(at)) for text, kind, key, at in rows), None)


def _has_top(chosen: dict[str, Any]) -> bool:
    """Tell whether announcements stand above this feed: above all of it or of a space, not above asks and the like."""
    return not (chosen["kind"] or chosen["unanswered"])


def _heads(community_id: int, reader_id: int | None, chosen: dict[str, Any], limit: int) -> tuple[str, dict[str, Any]]:
    """Return the statement that asks for heads, and one more of them to know whether there are more, with its values."""
    moment = _moment(chosen["before"])
    chosen["now"] = chosen["now"] if _has_top(chosen) else None
    chosen |= {"kind": clean_line(chosen["kind"]), "space": clean_line(chosen["space"]), "before": moment}
    values = {k: v for k, v in chosen.items() if v and k in {"kind", "space", "author_id", "chapter_id", "now"}}
    if moment:
        values |= {"before_at": moment[0], "before_id": moment[1]}
    filters = " ".join(FILTERS[name] for name, value in chosen.items() if value)
    values |= {"community": community_id, "reader": reader_id or 0}
    # The number stands in the statement: by it the server sees that few posts are looked at.
    return HEADS.format(filters=filters, limit=limit + 1), values


def _head(met: Gates, row: tuple[Any, ...]) -> Head:
    pk, version, author_id, at_us, thanked, mark, space_id, is_free = row
    return Head(pk, version, author_id, at_us, thanked, mark, met.lock((space_id, is_free), author_id) is not None)


def _heads_found(met: Gates, rows: list[tuple[Any, ...]], limit: int) -> Heads:
    page = [_head(met, row) for row in rows[:limit]]
    return Heads(page, _cursor(page[-1]) if len(rows) > limit else "")


def feed(
    community: Community, *, reader: Person | None, kind: str = "", space: str = "", author_id: int | None = None,
    unanswered: bool = False, before: str = "", limit: int = PAGE,
) -> Feed:  # fmt: skip
    """Return posts, newest first, each with its two latest replies. Six queries at most."""
    found = heads(
        community, reader=reader, kind=kind, space=space, author_id=author_id, unanswered=unanswered, before=before, limit=limit
    )  # fmt: skip
    return Feed(some(community, [h.id for h in found.heads], reader=reader), found.next)


def some(community: Community, post_ids: Sequence[int], *, reader: Person | None) -> list[Said]:
    """Return the posts of some ids, in that order, each with its two latest replies; what is gone is left out."""
    if not post_ids:
        return []
    rows = {r.pk: r for r in _rows(community).filter(pk__in=post_ids, deleted_at=None)}
    page = [rows[i] for i in post_ids if i in rows]
    replies = _latest_replies(community, page)
    shown = Reader(community, [*page, *replies], reader.pk if reader else None)
    latest: dict[int, list[Said]] = defaultdict(list)
    for reply in replies:
        latest[reply.root_id or 0].append(shown.said(reply))
    return [shown.said(r, tuple(latest[r.pk])) for r in page]


def _latest_replies(community: Community, page: Sequence[Post]) -> list[Post]:
    roots = [r.pk for r in page if r.replies]
    if not roots:
        return []
    ranked = (
        _rows(community)
        .filter(root__in=roots, deleted_at=None)
        .annotate(nth=Window(RowNumber(), partition_by="root", order_by=["-at", "-pk"]))
        .filter(nth__lte=LATEST)
    )
    return sorted(ranked, key=lambda r: (r.at, r.pk))


def row(community: Community, post_id: int) -> Post:
    """Return a standing post or reply.

    Raises:
        PostGone: it never was here, or was deleted.

    """
    found = _rows(community).filter(pk=post_id, deleted_at=None).first()
    if found is None:
        raise PostGone
    return found


def thread(community: Community, post_id: int, *, reader: Person | None, limit: int = 500) -> Thread:
    """Return a post with its replies, oldest first; without them where it is closed. A reply's id finds the thread it stands in.

    Raises:
        PostGone: there is no such thread, or nothing of it is left.

    """
    found = _rows(community).filter(pk=post_id).first()
    if found and found.root_id:
        found = _rows(community).filter(pk=found.root_id).first()
    if found is None or (found.deleted_at and not found.replies):
        raise PostGone
    replies = list(_rows(community).filter(root=found).order_by("at", "pk")[:limit])
    shown = Reader(community, [found, *replies], reader.pk if reader else None)
    post = shown.said(found)
    return Thread(post, [] if post.lock else [shown.said(r) for r in replies])


def one(community: Community, post_id: int, *, reader: Person | None) -> Said:
    """Return one post as in the feed, or one reply.

    Raises:
        PostGone: it is not here.
    """
    found = some(community, [post_id], reader=reader)
    if not found:
        raise PostGone
    return found[0]


def thanks(community: Community, post_id: int, *, reader: Person | None = None, limit: int = 100) -> list[Thanked]:
    """Return who thanked for a post, newest first; nobody for one that is closed to the reader, because thanks have words.

    Raises:
        PostGone: it is not here.
    """
    found = row(community, post_id)
    return [] if lock_of(community, found, reader) else _thanked(community, Q(post=found), limit)


def thanks_in_thread(community: Community, root_id: int, *, limit: int = 12) -> list[Thanked]:
    """Return who thanked for a post or a reply to it, newest first; ask it only for a thread that is open to the reader."""
    return _thanked(community, Q(post_id=root_id) | Q(post__root_id=root_id), limit)


def _thanked(community: Community, where: Q, limit: int) -> list[Thanked]:
    rows = Thank.objects.select_related("by").filter(where, post__community=community).order_by("-at", "-pk")[:limit]
    places = standings(community, [t.by_id for t in rows])
    return [Thanked(author_of(places, t.by), t.why, t.at) for t in rows]


def draft(community: Community, person: Person, place: str) -> Draft | None:
    """Return the draft somebody has begun at a place. One query."""
    [rows] = ask_rows({"community": community.pk, "reader": person.pk, "place": place}, DRAFT)
    return _draft(place, rows)


def has_image(community: Community, digest: str, *, reader: Person | None = None) -> bool:
    """Tell whether a picture belongs to the community and may be seen by the reader."""
    there = Image.objects.filter(community=community, digest=digest).exists()
    return there and may_see_image(community, digest, reader)


def news_since(community_id: int, last_id: int, *, limit: int = 200) -> list[Happening]:
    """Return what happened after an id, oldest first: what a page that was away missed."""
    rows = News.objects.filter(community_id=community_id, pk__gt=last_id).order_by("pk")[:limit]
    return [Happening(n.pk, n.kind, n.root_id, n.post_id) for n in rows]


def newest_news(community: Community) -> int:
    """Return the id of the latest news, 0 when there is none: where a page stands when it is drawn. Cheap."""
    with connection.cursor() as cursor:
        cursor.execute(NEWEST, {"community": community.pk})
        return int(cursor.fetchone()[0])


def count(community: Community) -> int:
    """Return how many posts and replies stand."""
    return Post.objects.filter(community=community, deleted_at=None).count()
