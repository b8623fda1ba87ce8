"""Spaces with their gates, and columns, as a reader meets them."""

from collections import defaultdict
from collections.abc import Sequence

from django.db.models import Count

from kith.connect import rules
from kith.connect.data import Author, Column, Entry, Gate, GatedSpace, NoSuchSpace
from kith.connect.models import Post, Space, SpaceAuthor
from kith.connect.queries.authors import author_of
from kith.connect.queries.gates import Gates, gates
from kith.connect.queries.titles import covered
from kith.people.api import Community, Person, standings

LISTED = 500  # posts of a column


def gated_spaces(community: Community, *, reader: Person | None) -> list[GatedSpace]:
    """Return all spaces, columns first, then by name. Five queries."""
    met = gates(community, reader.pk if reader else 0)
    return _values(community, sorted(met.gates.values(), key=lambda g: (not g.is_column, g.name)), met)


def _values(community: Community, chosen: Sequence[Gate], met: Gates) -> list[GatedSpace]:
    ids = [g.space_id for g in chosen]
    rows = {s.pk: s for s in Space.objects.filter(pk__in=ids)}
    many = Post.objects.filter(community=community, space__in=ids, root=None, deleted_at=None).values("space")
    posts = {row["space"]: row["n"] for row in many.annotate(n=Count("pk"))}
    authors = _authors(community, ids)
    return [
        GatedSpace(g, rows[g.space_id].about, rows[g.space_id].archived_at is not None, tuple(authors[g.space_id]), posts.get(g.space_id, 0), met.barred(g.space_id), may_write(g, met))
        for g in chosen
    ]  # fmt: skip


def may_write(gate: Gate, met: Gates) -> bool:
    """Tell whether the reader may open a thread there: in a column its authors, elsewhere whoever may read and is a member."""
    if gate.is_column:
        return met.rights.is_member and (gate.is_author or met.rights.is_staff)
    return met.rights.is_member and met.is_open(gate)


def _authors(community: Community, ids: list[int]) -> dict[int, list[Author]]:
    rows = list(SpaceAuthor.objects.filter(space__in=ids).select_related("person").order_by("pk"))
    places = standings(community, [a.person_id for a in rows])
    found: dict[int, list[Author]] = defaultdict(list)
    for row in rows:
        found[row.space_id].append(author_of(places, row.person))
    return found


def gated_space(community: Community, space_id: int, *, reader: Person | None) -> GatedSpace:
    """Return one space.

    Raises:
        NoSuchSpace: it is not here.

    """
    met = gates(community, reader.pk if reader else 0)
    if (gate := met.gates.get(space_id)) is None:
        raise NoSuchSpace
    return _values(community, [gate], met)[0]


def column(community: Community, space_id: int, *, reader: Person | None) -> Column:
    """Return a space with its posts in order, the first first, each by its title; what is closed shows its preview. Eight queries.

    Raises:
        NoSuchSpace: it is not here.

    """
    found = gated_space(community, space_id, reader=reader)
    rows = list(
        Post.objects.filter(community=community, space=space_id, root=None, deleted_at=None)
        .select_related("author").defer("html").order_by("at", "pk")[:LISTED]
    )  # fmt: skip
    places = standings(community, {r.author_id for r in rows})
    reader_id = reader.pk if reader else 0
    return Column(found, tuple(_entry(n, r, found, author_of(places, r.author), reader_id) for n, r in enumerate(rows, 1)))  # fmt: skip


def _entry(n: int, row: Post, found: GatedSpace, author: Author, reader_id: int) -> Entry:
    is_locked = found.lock is not None and not row.is_free and row.author_id != reader_id
    if row.blurred_at is not None and row.author_id != reader_id:
        title, shown = covered(), ""
    elif is_locked:
        title, shown = rules.preview(row.text, found.gate.preview_chars)
    else:
        first, _, rest = row.text.strip().partition("\n")
        title, shown = rules.excerpt(first, rules.TITLE_LIMIT), rules.excerpt(rest, 120)
    return Entry(n, row.pk, title, shown, author, row.at, row.is_free, is_locked, row.replies, row.thanks)
