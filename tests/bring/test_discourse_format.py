"""A Discourse forum: the dump of a backup, in three wrappings, and JSON its API gave."""

import gzip
import json
import tracemalloc
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kith.bring.data import DamagedFile, EmptyFile, Item, MemberLine, NotAnExport, NotPlainDump
from kith.lib.errors import Refusal
from tests.bring.files import (
    acts,
    bad,
    gzipped,
    members,
    messages,
    notes,
    read,
    survived,
    tarred,
    told,
    written,
    zipped,
)

AT = datetime(2024, 1, 5, 9, 7, 0, 123450, tzinfo=UTC)
Fact = str | int | bool | None
Row = dict[str, Fact]
JOINED = "2023-05-01 08:00:00"
USERS: list[Row] = [
    {"id": -1, "username": "system", "name": "system", "created_at": JOINED, "active": True, "staged": False},
    {"id": 1, "username": "ann", "name": "Ann Lee", "created_at": JOINED, "active": True, "staged": False},
    {"id": 2, "username": "Bo.Li", "name": None, "created_at": JOINED, "active": True, "staged": False},
    {"id": 3, "username": "silent", "name": "Silent", "created_at": JOINED, "active": True, "staged": False},
    {"id": 4, "username": "gone", "name": "Gone", "created_at": JOINED, "active": False, "staged": False},
    {"id": 5, "username": "mail", "name": "By mail", "created_at": JOINED, "active": True, "staged": True},
]
CATEGORIES: list[Row] = [
    {"id": 7, "name": "Tea", "read_restricted": False},
    {"id": 8, "name": "Staff", "read_restricted": True},
]
TOPICS: list[Row] = [
    {"id": 14, "title": "Who has\tseeds?", "category_id": 7, "archetype": "regular", "deleted_at": None},
    {"id": 15, "title": "Secret", "category_id": None, "archetype": "private_message", "deleted_at": None},
    {"id": 16, "title": "Salaries", "category_id": 8, "archetype": "regular", "deleted_at": None},
    {"id": 17, "title": "Gone", "category_id": 7, "archetype": "regular", "deleted_at": "2024-02-02 00:00:00"},
]


def post(number: int, raw: str, user: int | None = 1, nth: int = 1, topic: int = 14, **more: Fact) -> Row:
    row: Row = {
        "id": number, "user_id": user, "topic_id": topic, "post_number": nth, "raw": raw, "cooked": f"<p>{raw}</p>",
        "created_at": "2024-01-05 09:07:00.12345", "reply_to_post_number": None, "deleted_at": None, "post_type": 1,
        "hidden": False, "user_deleted": False,
    }  # fmt: skip
    return row | more


def like(number: int, user: int, **more: Fact) -> Row:
    row: Row = {"id": 1, "post_id": number, "user_id": user, "post_action_type_id": 2, "deleted_at": None, "created_at": "2024-01-06 00:00:00"}  # fmt: skip
    return row | more


def escaped(value: Fact) -> str:
    if value is None:
        return "\\N"
    if isinstance(value, bool):
        return "t" if value else "f"
    return str(value).replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t").replace("\r", "\\r")


def table(name: str, rows: list[Row]) -> str:
    if not rows:
        return ""
    lines = ["\t".join(map(escaped, row.values())) for row in rows]
    return "\n".join([f"COPY public.{name} ({', '.join(rows[0])}) FROM stdin;", *lines, "\\.", "", ""])


def dump(*posts: Row, likes: tuple[Row, ...] = (), signs: tuple[Row, ...] = ()) -> str:
    head = "--\n-- PostgreSQL database dump\n--\nSET client_encoding = 'UTF8';\nCREATE TABLE public.posts (id integer);\n\n"
    settings_of_no_interest = table("site_settings", [{"id": 1, "name": "x", "value": "y" * 1_200_000}])
    return head + "".join([
        table("categories", CATEGORIES), table("discourse_reactions_reaction_users", list(signs)),
        table("post_actions", list(likes)), table("posts", list(posts)), settings_of_no_interest,
        table("topics", TOPICS), table("users", USERS), "-- PostgreSQL database dump complete\n",
    ])  # fmt: skip


def file(tmp_path: Path, *posts: Row, **more: tuple[Row, ...]) -> Path:
    return written(tmp_path, dump(*posts, **more), "dump.sql")


def texts(items: list[Item]) -> list[str]:
    return [m.text for m in messages(items)]


def test_a_dump_gives_the_roster_and_posts_with_topic_category_and_time(tmp_path: Path) -> None:
    items = read("discourse", file(tmp_path, post(19, "I need \\ some\n\nplease", user=2), post(20, "here", nth=2)))
    joined = datetime(2023, 5, 1, 8, tzinfo=UTC)
    assert members(items) == [
        MemberLine(members(items)[0].line, "1", "Ann Lee", joined_at=joined),
        MemberLine(members(items)[1].line, "2", "Bo.Li", joined_at=joined),
        MemberLine(members(items)[2].line, "3", "Silent", joined_at=joined),
    ]
    first, second = messages(items)
    assert (first.key, first.author, first.author_name, first.at) == ("14:1", "2", "Bo.Li", AT)
    assert first.text == "Who has\tseeds?\n\nI need \\ some\n\nplease"
    assert (first.channel, first.reply_to, first.is_markdown) == ("Tea", "", True)
    assert (second.key, second.text, second.reply_to) == ("14:2", "here", "14:1")


def test_a_post_answers_the_one_it_names_else_the_first_quoted_else_the_first(tmp_path: Path) -> None:
    posts = [
        post(1, "a"),
        post(2, "b", user=2, nth=2),
        post(3, "c", nth=3, reply_to_post_number=2),
        post(4, '[quote="ann, post:3, topic:14"]\nc\n[/quote]\nd', user=2, nth=4),
        post(5, "e", nth=5),
    ]
    lines = messages(read("discourse", file(tmp_path, *posts)))
    assert [m.reply_to for m in lines] == ["", "14:1", "14:2", "14:3", "14:1"]


def test_words_taken_up_beside_the_answer_tie_to_whose_they_are(tmp_path: Path) -> None:
    raw = '[quote="ann, post:1, topic:14"]\nx\n[/quote]\n[quote="Silent, post:9, topic:16, username:silent"]\ny\n[/quote]\nboth'
    items = read("discourse", file(tmp_path, post(1, "a"), post(2, raw, user=2, nth=2, reply_to_post_number=1)))
    assert [(a.actor, a.other, a.kind, a.channel) for a in acts(items)] == [("2", "3", "quote", "Tea")]
    assert texts(items)[1] == "> x\n\n> y\n\nboth"


@pytest.mark.parametrize(
    ("raw", "text", "called"),
    [
        ("@ann and @bo.li.", "@ann and @bo.li.", ("1", "2")),
        ("a@ann.org `@ann` https://x.org/@ann @nobody", "a@ann.org `@ann` https://x.org/@ann @nobody", ()),
        ("![tea|690x388](upload://abc.jpeg) good", "[tea] good", ()),
        ('[quote="ann, post:1, topic:14"]\n@silent one\ntwo\n\nthree\nfour\n[/quote]\nyes', "> @silent one\n> two\n> three\n> …\n\nyes", ()),
        ('[quote="ann"]\n[quote="silent"]\nold\n[/quote]\nnew\n[/quote]\nyes', "> > old\n> new\n\nyes", ()),
        ("[quote]\nof nobody\n[/quote]", "[quote]\nof nobody\n[/quote]", ()),
    ],
)  # fmt: skip
def test_the_markup_of_the_forum_becomes_markdown(tmp_path: Path, raw: str, text: str, called: tuple[str, ...]) -> None:
    items = read("discourse", file(tmp_path, post(1, "a"), post(2, raw, user=2, nth=2)))
    assert (texts(items)[1], messages(items)[1].mentions) == (text, called)


def test_what_not_everybody_may_read_there_is_left_out(tmp_path: Path) -> None:
    posts = [
        post(1, "a"),
        post(2, "letter", topic=15), post(3, "staff", topic=16), post(4, "whisper", nth=2, post_type=4),
        post(5, "x", topic=17), post(6, "x", nth=3, deleted_at="2024-02-02 00:00:00"), post(7, "x", nth=4, hidden=True),
        post(8, "x", nth=5, user_deleted=True), post(9, "x", topic=99), post(10, "closed", nth=6, post_type=3),
    ]  # fmt: skip
    items = read("discourse", file(tmp_path, *posts))
    assert len(messages(items)) == 1
    assert notes(items) == {"private_skipped": 3, "deleted_skipped": 5, "events_skipped": 1}


def test_likes_and_signs_tie_once_for_each_person_and_post(tmp_path: Path) -> None:
    posts = (post(1, "a"), post(2, "letter", topic=15), post(3, "gone", nth=2, hidden=True))
    likes = (
        like(1, 2), like(1, 3, deleted_at="2024-01-07 00:00:00"), like(1, 1), like(1, -1), like(2, 2), like(3, 2), like(99, 2),
        like(1, 5, post_action_type_id=3),
    )  # fmt: skip
    sign: Row = {"id": 1, "reaction_id": 4, "user_id": 2, "created_at": "2024-01-05 10:00:00", "post_id": 1}
    items = read("discourse", file(tmp_path, *posts, likes=likes, signs=(sign, sign | {"user_id": 4})))
    assert [(a.actor, a.other, a.kind, a.channel) for a in acts(items)] == [
        ("2", "1", "react", "Tea"),
        ("4", "1", "react", "Tea"),
    ]
    assert acts(items)[0].at == datetime(2024, 1, 5, 10, tzinfo=UTC)


def test_the_forums_own_users_are_machines(tmp_path: Path) -> None:
    (line,) = messages(read("discourse", file(tmp_path, post(1, "Welcome", user=-1))))
    assert (line.is_bot, line.author_name) == (True, "system")


def test_a_dump_is_the_same_gzipped_and_inside_a_backup(tmp_path: Path) -> None:
    content = dump(post(1, "a"), likes=(like(1, 2),)).encode()
    whole = read("discourse", written(tmp_path, content))
    assert read("discourse", gzipped(tmp_path, content, "dump.sql.gz")) == whole
    assert (
        read(
            "discourse",
            tarred(tmp_path, {"dump.sql.gz": gzip.compress(content, mtime=0), "uploads/default/x.png": b"x"}),
        )
        == whole
    )
    assert read("discourse", tarred(tmp_path, {"meta.json": b"{}", "dump.sql": content})) == whole


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (post(9, "x", None, 9), "no_from"),
        (post(9, "x", nth=9, created_at="soon"), "bad_time"),
        (post(9, "x", nth=9, created_at="1970-01-01 00:00:00"), "before_1990"),
        (post(9, "x", nth=9, created_at="2127-01-01 00:00:00"), "in_future"),
        (post(9, "", nth=9, cooked=""), "no_text"),
        (post(9, "字" * 130_000, nth=9), "too_long"),
        (post(9, "x" * 1_200_000, nth=9), "too_long"),
        (post(9, "x") | {"post_number": None}, "bad_entry"),
    ],
)
def test_a_bad_post_is_named_by_its_line_and_the_rest_is_kept(tmp_path: Path, row: Row, reason: str) -> None:
    path = file(tmp_path, post(1, "a"), row)
    items = read("discourse", path)
    line = next(n for n, text in enumerate(path.read_text().splitlines(), 1) if text.startswith("9\t"))
    assert bad(items) == [(line, reason)]
    assert texts(items) == ["Who has\tseeds?\n\na"]


def test_lines_that_are_no_rows_are_named(tmp_path: Path) -> None:
    content = dump(post(1, "a")).encode().replace(b"\\.\n", b"too\tfew\nx\xff\n\\.\n")
    assert {reason for _, reason in bad(read("discourse", written(tmp_path, content)))} == {"few_columns", "not_utf8"}


def shown(row: Row, by: Row) -> Row:
    """Return a post as the API shows it: without its source, with the names of its writer."""
    kept: Row = {key: value for key, value in row.items() if value is not None and key != "raw"}
    return kept | {"username": by["username"], "name": by["name"], "created_at": "2024-01-05T09:07:00.123Z"}


def topic_file(*posts: Row, topic: int = 14) -> dict[str, object]:
    """Write an answer to /t/ID.json: the topic's own facts stand after its posts."""
    facts = next(row for row in TOPICS if row["id"] == topic)
    people: dict[Fact, Row] = {row["id"]: row for row in USERS}
    stream = [shown(row, people[row["user_id"]]) for row in posts]
    return {
        "post_stream": {"posts": stream, "stream": [row["id"] for row in posts]},
        "timeline_lookup": [[1, 3]],
        **facts,
    }


def test_answers_of_the_api_say_the_same_as_the_dump(tmp_path: Path) -> None:
    aside = '<aside class="quote no-group" data-username="silent" data-post="9" data-topic="16"><blockquote><p>x</p></blockquote></aside>'
    files: dict[str, object] = {
        "categories.json": {"category_list": {"categories": CATEGORIES}},
        "directory_items.json": {"directory_items": [{"id": 3, "user": {**USERS[3], "created_at": None}}]},
        "t/14.json": topic_file(post(1, "a"), post(2, "", user=2, nth=2, cooked=f"{aside}<p>@ann <b>yes</b></p>")),
        "t/15.json": topic_file(post(3, "letter"), topic=15),
        "t/16.json": topic_file(post(4, "staff", topic=16), topic=16),
    }
    items = read("discourse", zipped(tmp_path, files))
    first, second = messages(items)
    assert (first.key, first.author, first.author_name, first.text, first.channel) == (
        "14:1",
        "1",
        "Ann Lee",
        "Who has\tseeds?\n\na",
        "Tea",
    )
    assert (second.author, second.reply_to, second.mentions, second.is_markdown) == ("2", "14:1", ("1",), False)
    assert second.text.endswith("@ann yes")
    assert [(a.actor, a.other, a.kind) for a in acts(items)] == [("2", "3", "quote")]
    assert [(m.external_id, m.name) for m in members(items)] == [("3", "Silent")]
    assert notes(items) == {"private_skipped": 1}


def test_a_post_in_several_answers_counts_once_and_lists_are_told_by_their_members(tmp_path: Path) -> None:
    latest = post(1, "a", topic_title="Who has seeds?", category_id=7, username="ann", name="Ann Lee")
    files: dict[str, object] = {
        "posts.json": {"latest_posts": [latest, latest]},
        "dump/posts.json": [latest, post(2, "b", nth=2, username="ann")],
        "dump/users.json": USERS[1:3],
        "dump/categories.json": CATEGORIES,
        "one.json": post(3, "c", nth=3, username="ann", name="Ann Lee"),
        "u/silent.json": {"user_badges": [], "user": USERS[3]},
    }
    items = read("discourse", tarred(tmp_path, files))
    assert sorted((m.key, m.text, m.channel) for m in messages(items)) == [
        ("14:1", "Who has seeds?\n\na", "Tea"), ("14:2", "b", "Tea"), ("14:3", "c", "Tea"),
    ]  # fmt: skip
    assert {m.external_id for m in members(items)} == {"1", "2", "3"}


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"", EmptyFile),
        (b"SELECT 1;\n", NotAnExport),
        (b"{}", NotAnExport),
        (b"[]", NotAnExport),
        (b"PGDMP\x01\x0e", NotPlainDump),
        (gzip.compress(b"COPY public.posts (id) FROM stdin;\n" * 999, mtime=0)[:60], DamagedFile),
        (json.dumps([1, "x", {"a": 1}]).encode(), NotAnExport),
    ],
)
def test_what_is_no_forum_is_refused(tmp_path: Path, content: bytes, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        read("discourse", written(tmp_path, content))


def test_a_backup_without_its_dump_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotAnExport):
        read("discourse", tarred(tmp_path, {"uploads/x.png": b"x"}))


def test_memory_does_not_grow_with_the_number_of_posts(tmp_path: Path) -> None:
    path = file(
        tmp_path,
        *(post(i, f"words {i}", nth=i) for i in range(1, 15_001)),
        likes=tuple(like(i, 2) for i in range(1, 15_001)),
    )
    tracemalloc.start()
    count = sum(1 for _ in told("discourse", path))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 30_003
    assert peak < 8 * 2**20


@given(st.lists(st.text(max_size=30) | st.binary(max_size=30).map(lambda raw: raw.decode("latin-1")), max_size=8))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_lines_of_any_shape_never_crash_it(tmp_path: Path, lines: list[str]) -> None:
    begin = "COPY public.posts (id, user_id, topic_id, post_number, raw, created_at) FROM stdin;\n"
    survived("discourse", written(tmp_path, begin + "\n".join(lines)))
    survived("discourse", written(tmp_path, dump(post(1, "a")).replace("\\.\n", "\n".join(lines) + "\\.\n", 2)))


keys = st.sampled_from(
    ["id", "user_id", "username", "topic_id", "post_number", "raw", "cooked", "created_at", "active", "title", "posts"]
)
shapes = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=6),
    max_leaves=10,
)


@given(st.lists(shapes, max_size=4), st.sampled_from(["posts", "users", "topics", "categories", "post_stream", "user"]))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_entries_of_any_shape_never_crash_it(tmp_path: Path, entries: list[object], key: str) -> None:
    mixed = [post(1, "x") | entry if isinstance(entry, dict) else entry for entry in entries]
    for content in (entries, mixed, {key: mixed}, {"post_stream": {"posts": mixed}, "id": entries}):
        survived("discourse", written(tmp_path, json.dumps(content), "x.json"))


def test_a_time_is_read_as_the_dump_writes_it() -> None:
    assert AT - datetime(2024, 1, 5, 9, 7, tzinfo=UTC) == timedelta(microseconds=123450)
