"""What a Discourse forum left behind, as rows by kind: from a backup's dump, or from JSON its API gave."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from kith.bring.data import NotAnExport
from kith.bring.formats.source.archive import documents
from kith.bring.formats.source.dump import opened_dump, rows
from kith.bring.formats.source.entries import member, word
from kith.bring.formats.source.lines import Bounded, opened
from kith.bring.formats.source.objects import walk
from kith.bring.formats.source.tar import is_tar, parts

CATEGORY, TOPIC, USER, POST, LIKE = "category", "topic", "user", "post", "like"
# A reaction of the plugin beside a like in its own table; both name who and which post.
TABLES = {
    "categories": CATEGORY, "topics": TOPIC, "users": USER, "posts": POST, "post_actions": LIKE,
    "discourse_reactions_reaction_users": LIKE,
}  # fmt: skip
PLACES = {
    "post_stream.posts[]": POST, "latest_posts[]": POST, "posts[]": POST, "topic_list.topics[]": TOPIC, "topics[]": TOPIC,
    "users[]": USER, "directory_items[]": USER, "category_list.categories[]": CATEGORY, "categories[]": CATEGORY, "[]": "",
}  # fmt: skip
INTO = frozenset(
    {""} | {begin for place in PLACES for begin in (place.split(".")[0].removesuffix("[]"), place.removesuffix("[]"))}
)
Row = Mapping[str, object]
# (kind, line or number in its file, name of the file, row or why it cannot be read)
Told = tuple[str, int, str, Row | str]


def is_dump(path: Path) -> bool:
    """Tell a dump from JSON by how it begins; in a tar by what it holds."""
    if path.is_dir():
        return False
    if is_tar(path):
        return any(name.endswith(("dump.sql", "dump.sql.gz")) for name, _ in parts(path))
    with opened(path) as source:
        begin = source.peek()
    return not begin.startswith(b"PK\x03\x04") and begin.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] not in {b"{", b"["}


def told(path: Path, *, dump: bool) -> Iterator[Told]:
    if dump:
        with opened_dump(path) as source:
            for table, number, row in rows(source, TABLES):
                yield TABLES[table], number, "", row
        return
    with documents(path) as archive:
        if not archive.names:
            raise NotAnExport(name=path.name, system="Discourse")
        for name in archive.names:
            with archive.open(name) as source:
                yield from _document(source, name)


def _document(source: Bounded, name: str) -> Iterator[Told]:
    """Yield what one answer of the API holds; of a topic its own facts stand beside its posts, after them."""
    top: dict[str, object] = {}
    number, has_posts = 0, False
    for place, value in walk(source, name, INTO):
        if place not in PLACES:
            top |= {place: value} if "." not in place else {}
            continue
        if place == "[]" and value == {}:
            continue
        number += 1
        has_posts = has_posts or place == "post_stream.posts[]"
        yield from _entry(number, name, PLACES[place] or _kind(value), value)
    if has_posts:
        yield TOPIC, number, name, top
    elif "post_number" in top:
        yield POST, 1, name, top
    elif isinstance(user := top.get("user"), Mapping):
        yield USER, 1, name, user


def _entry(number: int, name: str, kind: str, value: object) -> Iterator[Told]:
    inner = member(value, "user") if kind == USER else None
    row = inner if isinstance(inner, Mapping) else value
    if not isinstance(row, Mapping) or not kind:
        yield POST, number, name, "bad_entry"
        return
    yield kind, number, name, row
    if kind == POST and word(row, "topic_title"):
        yield (
            TOPIC,
            number,
            name,
            {"id": row.get("topic_id"), "title": row["topic_title"], "category_id": row.get("category_id")},
        )


def _kind(value: object) -> str:
    """Return what a member of a bare list is, by what only its kind has."""
    signs = {POST: "post_number", TOPIC: "archetype", USER: "username", CATEGORY: "read_restricted"}
    return next((kind for kind, sign in signs.items() if isinstance(value, Mapping) and sign in value), "")
