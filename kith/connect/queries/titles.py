"""The beginnings of texts, for lists of what is not a text itself."""

from collections.abc import Iterable

from kith.connect import rules
from kith.connect.models import Post
from kith.connect.queries.gates import GATED, NO_GATES, gates, thread_of, threads_of
from kith.people.api import Community, Person


def titles(community: Community, post_ids: Iterable[int], *, reader: Person | None = None) -> dict[int, str]:
    """Return the beginning of each post's text, for lists of acts; what is closed to the reader is left out. Three queries at most."""
    rows = list(Post.objects.filter(community=community, pk__in=list(post_ids), deleted_at=None).only("pk", "text", "root", "space", "is_free", "author"))  # fmt: skip
    threads = threads_of(rows)
    met = gates(community, reader.pk if reader else 0, asked=GATED) if any(s for s, _ in threads.values()) else NO_GATES
    return {r.pk: rules.excerpt(r.text, 60) for r in rows if not met.lock(thread_of(threads, r), r.author_id)}
