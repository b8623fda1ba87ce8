"""Reads of chains."""

from collections.abc import Sequence
from datetime import datetime

from kith.connect.data import ChainColumn, ChainPage, ChainValue, NotAChain
from kith.connect.data import ChainLine as LineValue
from kith.connect.models import Chain, ChainLine
from kith.connect.queries.gates import check_open
from kith.connect.rules import chains as rules
from kith.people.api import Community, Person, standing, standings


def chain_value(row: Chain) -> ChainValue:
    columns = tuple(ChainColumn(*column) for column in row.columns)
    return ChainValue(
        columns, row.example, row.cap, row.counts_quantity, row.closes_at, row.closed_at, row.seen_by, row.taken
    )


def chains(community: Community, post_ids: Sequence[int], reader_id: int | None) -> dict[int, ChainValue]:
    """Return what chains have besides their text, by post. One query."""
    return {c.pk: chain_value(c) for c in Chain.objects.filter(community=community, post__in=post_ids)}


def title_of(text: str) -> tuple[str, str]:
    """Return the title and the note of a chain: its first line, without the signs of a heading, and the others."""
    first, _, rest = text.strip().partition("\n")
    return first.lstrip("#").strip().strip("*").strip(), rest.strip()


def chain_row(community: Community, post_id: int) -> Chain:
    """Return the chain of a standing post.

    Raises:
        NotAChain: it is none, or is gone.

    """
    row = Chain.objects.select_related("post").filter(community=community, post=post_id, post__deleted_at=None).first()
    if row is None:
        raise NotAChain
    return row


def chain(community: Community, post_id: int, *, reader: Person | None, now: datetime) -> ChainPage:
    """Return a chain with the lines its reader may see. Four queries.

    Raises:
        NotAChain: the post is none, or is gone.
        Locked: it stands in a space that is closed to them.

    """
    row = chain_row(community, post_id)
    check_open(community, row.post, reader)
    place = standing(community, reader)
    runs = place is not None and (place.is_staff or row.post.author_id == place.person_id)
    me = reader.pk if reader else 0
    sees_all = runs or row.seen_by == "all" or (row.seen_by == "members" and place is not None)
    rows = list(ChainLine.objects.select_related("by").filter(chain=row).order_by("at", "pk"))
    names = {p: s.name for p, s in standings(community, {r.by_id for r in rows}).items()}
    is_open = chain_value(row).is_open(now)
    lines = tuple(
        LineValue(
            r.pk, n, tuple(r.values), r.person_id, names.get(r.by_id, r.by.name), r.at,
            place is not None and (runs or (is_open and me in {r.person_id, r.by_id})),
        )
        for n, r in enumerate(rows, 1) if sees_all or me in {r.person_id, r.by_id}
    )  # fmt: skip
    value = chain_value(row)
    is_covered = row.post.blurred_at is not None and row.post.author_id != me
    title, note = ("", "") if is_covered else title_of(row.post.text)
    text = rules.written(title, note, value.columns, [line.values for line in lines], value.example)
    return ChainPage(row.pk, title, value, lines, not sees_all, runs, is_open, text)
