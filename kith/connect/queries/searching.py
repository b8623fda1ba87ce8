"""Searching posts, replies and people. A fixed number of queries."""

import re
from datetime import datetime
from typing import Any

from django.db import connection

from kith.connect import rules
from kith.connect.data import Author, Found, Hit, NothingToLookFor, Search
from kith.connect.queries.talk import EPOCH, MICROSECOND, Reader, _rows
from kith.connect.rules.searching import Sought
from kith.lib.text import clean_line
from kith.people.api import Community, Person, members

PAGE = 20
PEOPLE = 6
CURSOR = re.compile("([01])-(-?[0-9]{1,18})-([0-9]{1,18})")  # in the space or not, microseconds since 1970, and the id
HITS = """
    SELECT p.id, (extract(epoch FROM p.at) * 1000000)::bigint, {first} AS here
    FROM connect_words w JOIN connect_post p ON p.id = w.post_id LEFT JOIN connect_post r ON r.id = p.root_id
    WHERE w.words @@ %(query)s::tsquery AND p.community_id = %(community)s AND p.deleted_at IS NULL AND p.blurred_at IS NULL {filters}
    ORDER BY here DESC, p.at DESC, p.id DESC LIMIT %(limit)s
"""
# A reply stands in the space of its thread.
SPACE = "COALESCE(r.space_id, p.space_id) = (SELECT id FROM connect_space WHERE community_id = %(community)s AND name = %(space)s)"
FIRST = f"(CASE WHEN {SPACE} THEN 1 ELSE 0 END)"
FILTERS = {
    "author": "AND p.author_id = (SELECT person_id FROM people_membership WHERE community_id = %(community)s AND lower(handle) = lower(%(author)s))",
    "only_space": f"AND {SPACE}",
    "since": "AND p.at >= %(since)s",
    "until": "AND p.at < %(until)s",
}


def search(
    community: Community, wanted: Search, *, reader: Person | None, before: str = "", limit: int = PAGE
) -> Found:
    """Return what holds every word, the space's first, then the newest; what the reader may not read, and what flags cover, is no hit.

    Raises:
        NothingToLookFor: no word is in it.

    """
    terms = rules.sought(clean_line(wanted.words))
    if not terms.words:
        raise NothingToLookFor
    rows = _hits(community, wanted, terms, before, limit)
    page = rows[:limit]
    people = [] if before or wanted.kind or wanted.author else _people(community, wanted.words)
    cursor = f"{page[-1][2]}-{page[-1][1]}-{page[-1][0]}" if len(rows) > limit else ""
    return Found(_read(community, [r[0] for r in page], terms, reader), people, cursor)


def _hits(community: Community, wanted: Search, terms: Sought, before: str, limit: int) -> list[tuple[int, int, int]]:
    values: dict[str, Any] = {
        "community": community.pk, "query": rules.tsquery(terms, community.pk), "limit": limit + 1, "since": wanted.since,
        "until": wanted.until, "author": clean_line(wanted.author), "space": clean_line(wanted.space), "kind": wanted.kind,
    }  # fmt: skip
    first = FIRST if values["space"] else "0"
    chosen = [sql for name, sql in FILTERS.items() if getattr(wanted, name) and (name != "only_space" or wanted.space)]
    filters = [*chosen, *_of_kind(wanted.kind), *_whole(terms, values), *_after(before, first, values)]
    with connection.cursor() as cursor:
        cursor.execute(HITS.format(first=first, filters=" ".join(filters)), values)
        return list(cursor.fetchall())


def _of_kind(kind: str) -> list[str]:
    if not kind:
        return []
    return ["AND p.root_id IS NOT NULL"] if kind == "reply" else ["AND p.kind = %(kind)s AND p.root_id IS NULL"]


def _whole(terms: Sought, values: dict[str, Any]) -> list[str]:
    """Ask that words of three and more characters stand in one piece: their pairs alone may be strewn over a text."""
    values |= {f"run{n}": run for n, run in enumerate(terms.runs)}
    return [f"AND strpos(lower(normalize(p.text, NFKC)), %(run{n})s) > 0" for n in range(len(terms.runs))]


def _after(before: str, first: str, values: dict[str, Any]) -> list[str]:
    """Go on after a cursor; one that cannot be read is as good as none."""
    found = CURSOR.fullmatch(before)
    moment = _moment(int(found[2])) if found else None
    if found is None or moment is None:
        return []
    values |= {"here": int(found[1]), "before_at": moment, "before_id": int(found[3])}
    return [f"AND ({first}, p.at, p.id) < (%(here)s, %(before_at)s, %(before_id)s)"]


def _moment(microseconds: int) -> datetime | None:
    try:
        return EPOCH + microseconds * MICROSECOND
    except OverflowError:
        return None


def _read(community: Community, ids: list[int], terms: Sought, reader: Person | None) -> list[Hit]:
    rows = {r.pk: r for r in _rows(community).filter(pk__in=ids)} if ids else {}
    page = [rows[i] for i in ids if i in rows]
    shown = Reader(community, page, reader.pk if reader else None)
    said = [(row, shown.said(row)) for row in page]
    # What the Reader holds back, wholly or in part, may not be found by what it says.
    return [
        Hit(s.id, s.root_id, s.kind, s.author, s.at, s.space, rules.marked(_plain(s.text), terms))
        for row, s in said
        if s.text == row.text
    ]


def _people(community: Community, words: str) -> list[Author]:
    found = members(community, search=words, by_headline=True, limit=PEOPLE)
    return [Author(m.person_id, m.name, m.handle, m.chapter, m.headline, m.is_bot) for m in found]


def _plain(text: str) -> str:
    return rules.excerpt(text, rules.WHOLE)
