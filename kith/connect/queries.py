"""Reads of connect: feed, thread, thanks, drafts, news. Every list has a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from django.db.models import QuerySet, Window
from django.db.models.functions import RowNumber

from kith.connect import rules
from kith.connect.data import Author, Draft, Feed, Happening, PostGone, Quoted, Said, Thanked, Thread
from kith.connect.models import Draft as DraftRow
from kith.connect.models import Image, News, Post, Space, Thank
from kith.people.api import Community, Person, Standing, standings

PAGE = 30
LATEST = 2
GONE = Author(0, "", "")


def author_of(places: dict[int, Standing], person: Person) -> Author:
    """Return how an author is shown; somebody who left keeps the name and has no page."""
    place = places.get(person.pk)
    if place is None:
        return Author(person.pk, person.name, "", is_bot=person.is_bot)
    return Author(person.pk, place.name, place.handle, place.chapter, place.headline, place.is_bot)


class Reader:
    """Turns rows into what a reader is shown, loading what they have in common at once (3 queries)."""

    def __init__(self, community: Community, rows: Sequence[Post], person_id: int | None) -> None:
        self.person_id = person_id
        self.places = standings(community, {r.author_id for r in rows} | {r.quoted.author_id for r in rows if r.quoted})
        self.spaces: dict[int, str] = {}
        if any(r.space_id for r in rows):
            self.spaces = dict(Space.objects.filter(community=community).values_list("pk", "name"))
        mine = (
            Thank.objects.filter(post__in=[r.pk for r in rows], by_id=person_id) if person_id else Thank.objects.none()
        )
        self.thanked = set(mine.values_list("post_id", flat=True))

    def quoted(self, row: Post) -> Quoted | None:
        if row.quoted is None or row.quoted.deleted_at:
            return None
        return Quoted(row.quoted.pk, author_of(self.places, row.quoted.author).name, rules.excerpt(row.quoted.text))

    def said(self, row: Post, latest: tuple[Said, ...] = ()) -> Said:
        gone = row.deleted_at is not None
        return Said(
            id=row.pk,
            root_id=row.root_id,
            kind=row.kind,
            author=GONE if gone else author_of(self.places, row.author),
            text="" if gone else row.text,
            html="" if gone else row.html,
            at=row.at,
            edited_at=row.edited_at,
            is_deleted=gone,
            version=row.version,
            replies=row.replies,
            thanks=row.thanks,
            space=self.spaces.get(row.space_id or 0, ""),
            answer_id=row.answer_id,
            quoted=self.quoted(row),
            thanked=row.pk in self.thanked,
            mine=not gone and row.author_id == self.person_id,
            latest=latest,
        )


def _rows(community: Community) -> "QuerySet[Post]":
    return Post.objects.filter(community=community).select_related("author", "quoted__author")


def _cursor(row: Post) -> str:
    return f"{int(row.at.timestamp() * 1_000_000)}-{row.pk}"


def _before(rows: "QuerySet[Post]", cursor: str) -> "QuerySet[Post]":
    """Return the rows after a cursor; one that cannot be read is as good as none."""
    micros, _, pk = cursor.partition("-")
    if not (micros.isdecimal() and pk.isdecimal() and len(micros) < 18 and len(pk) < 18):
        return rows
    at = datetime.fromtimestamp(int(micros) / 1_000_000, UTC)
    return rows.filter(at__lte=at).exclude(at=at, pk__gte=int(pk))


def feed(
    community: Community, *, reader: Person | None, kind: str = "", space: str = "", author_id: int | None = None,
    unanswered: bool = False, before: str = "", limit: int = PAGE,
) -> Feed:  # fmt: skip
    """Return posts, newest first, each with its two latest replies. Six queries at most."""
    rows = _rows(community).filter(root=None, deleted_at=None)
    if kind:
        rows = rows.filter(kind=kind)
    if space:
        rows = rows.filter(space__name=space)
    if author_id:
        rows = rows.filter(author_id=author_id)
    if unanswered:
        rows = rows.filter(kind="ask", answer=None)
    if before:
        rows = _before(rows, before)
    page = list(rows.order_by("-at", "-pk")[: limit + 1])
    more, page = page[limit:], page[:limit]
    replies = _latest_replies(community, page)
    shown = Reader(community, [*page, *replies], reader.pk if reader else None)
    latest: dict[int, list[Said]] = defaultdict(list)
    for reply in replies:
        latest[reply.root_id or 0].append(shown.said(reply))
    return Feed([shown.said(r, tuple(latest[r.pk])) for r in page], _cursor(page[-1]) if more else "")


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
    """Return a post with its replies, oldest first. A reply's id finds the thread it stands in.

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
    return Thread(shown.said(found), [shown.said(r) for r in replies])


def one(community: Community, post_id: int, *, reader: Person | None) -> Said:
    """Return one post as in the feed, or one reply.

    Raises:
        PostGone: it is not here.

    """
    found = row(community, post_id)
    replies = [] if found.root_id else _latest_replies(community, [found])
    shown = Reader(community, [found, *replies], reader.pk if reader else None)
    return shown.said(found, tuple(shown.said(r) for r in replies))


def thanks(community: Community, post_id: int, *, limit: int = 100) -> list[Thanked]:
    """Return who thanked for a post, newest first."""
    rows = Thank.objects.select_related("by").filter(post=row(community, post_id)).order_by("-at", "-pk")[:limit]
    places = standings(community, [t.by_id for t in rows])
    return [Thanked(author_of(places, t.by), t.why, t.at) for t in rows]


def spaces(community: Community) -> list[str]:
    """Return the names of spaces, by name."""
    return list(Space.objects.filter(community=community).order_by("name").values_list("name", flat=True))


def draft(community: Community, person: Person, place: str) -> Draft | None:
    """Return the draft somebody has begun at a place."""
    found = DraftRow.objects.filter(community=community, person=person, place=place).first()
    return Draft(place, found.text, found.kind, str(found.key), found.saved_at) if found else None


def has_image(community: Community, digest: str) -> bool:
    """Tell whether a picture belongs to the community."""
    return Image.objects.filter(community=community, digest=digest).exists()


def news_since(community_id: int, last_id: int, *, limit: int = 200) -> list[Happening]:
    """Return what happened after an id, oldest first: what a page that was away missed."""
    rows = News.objects.filter(community_id=community_id, pk__gt=last_id).order_by("pk")[:limit]
    return [Happening(n.pk, n.kind, n.root_id, n.post_id) for n in rows]


def titles(community: Community, post_ids: Iterable[int]) -> dict[int, str]:
    """Return the beginning of each post's text, for lists of acts. One query."""
    rows = Post.objects.filter(community=community, pk__in=list(post_ids), deleted_at=None)
    return {pk: rules.excerpt(text, 60) for pk, text in rows.values_list("pk", "text")}


def count(community: Community) -> int:
    """Return how many posts and replies stand."""
    return Post.objects.filter(community=community, deleted_at=None).count()
