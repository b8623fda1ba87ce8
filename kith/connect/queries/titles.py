"""The beginnings of texts, for lists of what is not a text itself."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from kith.connect import rules
from kith.connect.models import Post
from kith.connect.queries.gates import GATED, NO_GATES, gates, thread_of, threads_of
from kith.people.api import Community, Person


def covered() -> str:
    """Return what stands, in the active language, where the beginning of a flagged text would."""
    return _("flagged, not decided yet")


def begin(row: Post, characters: int, reader_id: int | None = None) -> str:
    """Return the beginning of a text; of one that flags cover only its author is shown it."""
    if row.blurred_at is not None and row.author_id != reader_id:
        return covered()
    return rules.excerpt(row.text, characters)


def titles(community: Community, post_ids: Iterable[int], *, reader: Person | None = None) -> dict[int, str]:
    """Return the beginning of each post's text, for lists of acts; what is closed to the reader is left out, what flags cover says so. Three queries at most."""
    rows = list(Post.objects.filter(community=community, pk__in=list(post_ids), deleted_at=None).only("pk", "text", "root", "space", "is_free", "author", "blurred_at"))  # fmt: skip
    threads = threads_of(rows)
    met = gates(community, reader.pk if reader else 0, asked=GATED) if any(s for s, _ in threads.values()) else NO_GATES
    return {
        r.pk: begin(r, 60, reader.pk if reader else None)
        for r in rows
        if not met.lock(thread_of(threads, r), r.author_id)
    }
