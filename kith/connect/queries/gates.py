"""Who may read what: the one place that decides whether a text is closed to a reader. Every read of a text asks here."""

from collections.abc import Iterable, Mapping
from typing import Any

from kith.connect import rules
from kith.connect.data import Gate, Lock, Locked
from kith.connect.models import ImageUse, Post
from kith.people.api import RIGHTS, Community, Person, Rights, ask_rows, rights_of

NO_RIGHTS = Rights()
GATES = """
    SELECT s.id, s.name, s.is_column, s.reads, s.needs, s.tier_from, s.called, s.preview_chars,
        EXISTS (SELECT 1 FROM connect_spaceauthor a WHERE a.space_id = s.id AND a.person_id = %(reader)s)
    FROM connect_space s WHERE s.community_id = %(community)s
"""
GATED = f"{GATES} AND s.reads <> 'all'"
Thread = tuple[int | None, bool]  # in which space a thread stands, and whether it is free for all


class Gates:
    """The spaces of a community as one reader meets them."""

    def __init__(self, rows: Iterable[tuple[Any, ...]], rights: Rights, reader_id: int) -> None:
        self.gates = {row[0]: Gate(*row) for row in rows}
        self.rights = rights
        self.reader_id = reader_id

    def name(self, space_id: int | None) -> str:
        gate = self.gates.get(space_id or 0)
        return gate.name if gate else ""

    def is_open(self, gate: Gate) -> bool:
        r = self.rights
        return rules.is_open(gate, is_staff=r.is_staff, is_member=r.is_member, position=r.position, grants=r.grants)

    def barred(self, space_id: int | None) -> Lock | None:
        """Return what closes a space to the reader."""
        gate = self.gates.get(space_id or 0)
        if gate is None or self.is_open(gate):
            return None
        return Lock(gate.space_id, gate.name, gate.reads, gate.needs, gate.called)

    def lock(self, thread: Thread, author_id: int) -> Lock | None:
        """Return what closes a text to the reader; one's own words are never closed, nor what is free."""
        space_id, is_free = thread
        return None if is_free or (author_id == self.reader_id and author_id) else self.barred(space_id)


NO_GATES = Gates((), NO_RIGHTS, 0)


def gates(community: Community, reader_id: int | None, *, asked: str = GATES) -> Gates:
    """Return the spaces of a community (GATED: those with a gate) as a reader meets them. One query."""
    values = {"community": community.pk, "reader": reader_id or 0}
    rows, [rights] = ask_rows(values, asked, RIGHTS)
    return Gates(rows, rights_of(rights), values["reader"])


def threads_of(rows: Iterable[Post]) -> dict[int, Thread]:
    """Return where the threads of posts and replies stand, by the id of the thread. A query only where its beginning is not at hand."""
    rows = list(rows)
    known: dict[int, Thread] = {r.pk: (r.space_id, r.is_free) for r in rows if r.root_id is None}
    if missing := {r.root_id for r in rows if r.root_id and r.root_id not in known}:
        found = Post.objects.filter(pk__in=missing).values_list("pk", "space_id", "is_free")
        known |= {pk: (space_id, is_free) for pk, space_id, is_free in found}
    return known


def thread_of(threads: Mapping[int, Thread], row: Post) -> Thread:
    return threads[row.root_id or row.pk]


def lock_of(community: Community, row: Post, reader: Person | None) -> Lock | None:
    """Return what closes a post or reply to a reader."""
    thread = thread_of(threads_of([row]), row)
    if thread[0] is None:
        return None
    reader_id = reader.pk if reader else 0
    return gates(community, reader_id, asked=GATED).lock(thread, row.author_id)


def check_open(community: Community, row: Post, reader: Person | None) -> None:
    """Let pass who may read a text.

    Raises:
        Locked: it is closed to them.

    """
    if lock := lock_of(community, row, reader):
        raise Locked(called=lock.called or lock.space)


def may_see_image(community: Community, digest: str, reader: Person | None) -> bool:
    """Tell whether a reader may see a picture: where it stands in texts, one of them must be open to them. At most two queries."""
    uses = ImageUse.objects.filter(image__community=community, image__digest=digest)
    found = uses.values_list(
        "post__author_id",
        "post__space_id",
        "post__is_free",
        "post__root",
        "post__root__space_id",
        "post__root__is_free",
    )
    stands = [(author, (root_space, root_free) if root else (space, free)) for author, space, free, root, root_space, root_free in found]  # fmt: skip
    if not any(space for _, (space, _) in stands):
        return True
    here = gates(community, reader.pk if reader else 0, asked=GATED)
    return any(here.lock(thread, author) is None for author, thread in stands)
