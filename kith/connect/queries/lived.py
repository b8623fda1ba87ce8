"""Which values were lived, by whom, and in which texts."""

from collections import Counter, defaultdict
from datetime import datetime

from kith.connect.data import LivedTag, LivedValue
from kith.connect.models import Lived
from kith.connect.queries.titles import titles
from kith.people.api import Community, Person, Value

EXAMPLES = 3
ASKED = 12  # texts looked at for examples, of which some may be closed to the reader


def lived_of(community: Community, post_id: int) -> list[LivedTag]:
    """Return which values somebody said a text lived, the earliest first. One query."""
    rows = Lived.objects.filter(community=community, post=post_id).select_related("post").order_by("pk")
    return [LivedTag(r.post_id, r.word, r.by_id, r.by_id == r.post.author_id, r.at) for r in rows]


def lived_values(community: Community, *, since: datetime, until: datetime, reader: Person | None) -> list[LivedValue]:
    """Return how each value was lived from a moment to before another, most people first; those nobody lived too, last.

    A person counts once for a value, however many texts: whose text it is lived it, not who says so. Programs and texts that
    were taken back count for nothing. Examples are those the reader may read. Five queries at most.
    """
    rows = list(
        Lived.objects.filter(community=community, at__gte=since, at__lt=until, post__deleted_at=None, post__author__is_bot=False)
        .values_list("word", "post_id", "post__author_id", "by_id")
    )  # fmt: skip
    by_word: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
    for word, post, author, by in rows:
        by_word[word].append((post, author, by))
    held = dict(Value.objects.filter(community=community).order_by("position").values_list("word", "sentence"))
    most = {word: Counter(post for post, _, _ in said).most_common(ASKED) for word, said in by_word.items()}
    shown = titles(community, {post for found in most.values() for post, _ in found}, reader=reader)
    values = [
        _value(word, held, by_word.get(word, []), [(p, shown[p], n) for p, n in most.get(word, []) if p in shown])
        for word in dict.fromkeys([*held, *sorted(by_word)])
    ]
    return sorted(values, key=lambda v: (-v.people, -v.sayers, not v.is_held))


def _value(
    word: str, held: dict[str, str], said: list[tuple[int, int, int]], examples: list[tuple[int, str, int]]
) -> LivedValue:
    return LivedValue(
        word, held.get(word, ""), len({a for _, a, _ in said}), len({p for p, _, _ in said}), len({b for _, _, b in said}),
        len({b for _, a, b in said if a != b}), tuple(examples[:EXAMPLES]), word in held,
    )  # fmt: skip
