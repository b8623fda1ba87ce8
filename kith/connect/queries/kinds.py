"""What each kind of post that is more than a text shows on its card: the place where a new kind is entered, one line each."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from kith.connect.models import Post
from kith.connect.queries import events, ideas
from kith.connect.queries.announcing import announcements
from kith.connect.queries.chains import chains
from kith.connect.queries.checkins import challenges
from kith.people.api import Community

Shown = Callable[[Community, Sequence[int], int | None], Mapping[int, object]]


@dataclass(frozen=True, slots=True)
class KindReads:
    """`shown` returns what posts of the kind have besides their text, by post, in a fixed number of queries.

    `mark` is an SQL expression on a post `p` and %(reader)s for what the reader did that shows on the card ("" or NULL
    for nothing): kept cards are told apart by it. All else that changes a card must raise the post's version.
    """

    shown: Shown
    mark: str = ""


READS: dict[str, KindReads] = {
    "announcement": KindReads(announcements),
    "chain": KindReads(chains),
    "checkin": KindReads(challenges),
    "event": KindReads(events.event_extras, events.MARK),
    "idea": KindReads(ideas.idea_extras, ideas.MARK),
}
MARKED = {kind: reads.mark for kind, reads in READS.items() if reads.mark}
WHENS = " ".join(f"WHEN '{kind}' THEN ({sql})" for kind, sql in MARKED.items())
MARK = f"CASE p.kind {WHENS} END" if MARKED else "''"


def extras(community: Community, rows: Iterable[Post], reader_id: int | None) -> dict[int, object]:
    """Return what posts have besides their text, by id: a few queries for each kind among them, none for talk."""
    by_kind: dict[str, list[int]] = {}
    for row in rows:
        if row.kind in READS and row.deleted_at is None:
            by_kind.setdefault(row.kind, []).append(row.pk)
    found: dict[int, object] = {}
    for kind, ids in by_kind.items():
        found |= READS[kind].shown(community, ids, reader_id)
    return found
