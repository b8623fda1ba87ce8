"""Exports of Slack, as a folder and as a zip, well-meant and hostile."""

import json
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kith.bring.data import BadLine, DamagedFile, MemberLine, NotAnArchive, UnreadableFile, UnsafeArchive
from kith.lib.errors import Refusal
from tests.bring.files import bad, members, messages, notes, read, survived, written, zipped

USERS = [
    {"id": "U1", "name": "ann", "profile": {"display_name": "Ann \u202eLee", "email": "ann@tea.org"}},
    {"id": "U2", "name": "bo", "real_name": "Bo", "profile": {"display_name": ""}},
    {"id": "U3", "name": "helper", "is_bot": True},
    {"name": "no id"},
]
CHANNELS = [{"id": "C1", "name": "tea"}]


def said(text: str, ts: str = "1704445620.000100", **more: object) -> dict[str, object]:
    return {"type": "message", "user": "U1", "text": text, "ts": ts, **more}


def export(*day: object, **entries: object) -> dict[str, object]:
    return {"users.json": USERS, "channels.json": CHANNELS, "tea/2024-01-05.json": list(day), **entries}


def text_of(tmp_path: Path, raw: str) -> str:
    (line,) = messages(read("slack", zipped(tmp_path, export(said(raw)))))
    return line.text


def test_the_roster_is_told_with_bots_marked_and_entries_without_id_named(tmp_path: Path) -> None:
    items = read("slack", zipped(tmp_path, export()))
    assert members(items) == [
        MemberLine(1, "U1", "Ann Lee", "ann@tea.org"),
        MemberLine(2, "U2", "Bo"),
        MemberLine(3, "U3", "helper", is_bot=True),
    ]
    assert [item for item in items if isinstance(item, BadLine)] == [BadLine(4, "bad_entry", "users.json")]


def test_messages_know_channel_thread_and_whom_they_call(tmp_path: Path) -> None:
    day = [
        said("start", thread_ts="1704445620.000100"),
        said("<@U2> and <@U1|ann>, see", "1704445700.0", user="U2", thread_ts="1704445620.000100"),
    ]
    first, second = messages(read("slack", zipped(tmp_path, export(*day))))
    assert (first.key, first.reply_to, first.channel) == ("C1:1704445620.000100", "", "tea")
    assert first.at == datetime(2024, 1, 5, 9, 7, 0, 100, tzinfo=UTC)
    assert (second.reply_to, second.mentions) == ("C1:1704445620.000100", ("U2", "U1"))
    assert (second.author, second.author_name, second.text) == ("U2", "Bo", "@Bo and @Ann Lee, see")


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("a &amp; b &lt;c&gt;", "a & b <c>"),
        ("<https://x.org|the page>", "[the page](https://x.org)"),
        ("<https://x.org>", "https://x.org"),
        ("<#C1|tea> and <#C9>", "#tea and #C9"),
        ("<!here> <!subteam^S1|@staff> <!date^1^{x}|noon>", "@here @staff noon"),
        ("<mailto:a@b.org|a@b.org>", "a@b.org"),
        ("<@U9>", "@U9"),
        ("&lt;@U1&gt;", "<@U1>"),
    ],
)
def test_markup_becomes_words(tmp_path: Path, raw: str, text: str) -> None:
    assert text_of(tmp_path, raw) == text


def test_notices_are_left_out_and_counted_and_bots_are_marked(tmp_path: Path) -> None:
    day = [
        said("joined", subtype="channel_join"),
        said("new topic", "1704445621.0", subtype="channel_topic"),
        said("built", "1704445622.0", user=None, subtype="bot_message", bot_id="B1", username="CI"),
        said("", "1704445623.0", files=[{"title": "plan.pdf"}]),
    ]
    items = read("slack", zipped(tmp_path, export(*day)))
    assert notes(items) == {"events_skipped": 2}
    built, file = messages(items)
    assert (built.author, built.author_name, built.is_bot) == ("B1", "CI", True)
    assert (file.text, file.is_bot) == ("plan.pdf", False)


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        ("text", "bad_entry"),
        (said("x", user=None), "no_from"),
        (said("x", ts="noon"), "bad_time"),
        (said("x", ts="0000000000.0"), "before_1990"),
        (said("x", ts="4102444800.0"), "in_future"),
        (said(" \u200b"), "no_text"),
    ],
)
def test_a_bad_entry_is_named_and_the_rest_is_kept(tmp_path: Path, entry: object, reason: str) -> None:
    items = read("slack", zipped(tmp_path, export(entry, said("fine"))))
    assert bad(items)[1:] == [(1, reason)]
    assert [m.text for m in messages(items)] == ["fine"]


def test_a_folder_and_a_zip_packed_one_level_down_say_the_same(tmp_path: Path) -> None:
    flat = read("slack", zipped(tmp_path, export(said("hi"))))
    nested = {f"Team export/{name}": entry for name, entry in export(said("hi")).items()}
    assert read("slack", zipped(tmp_path, nested, "nested.zip")) == flat
    for name, entry in export(said("hi")).items():
        (tmp_path / "folder" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "folder" / name).write_text(json.dumps(entry))
    assert read("slack", tmp_path / "folder") == flat


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    outside = written(tmp_path, json.dumps([said("secret")]), "outside.json")
    folder = tmp_path / "folder"
    (folder / "tea").mkdir(parents=True)
    written(folder, json.dumps(USERS), "users.json")
    (folder / "tea" / "2024-01-05.json").symlink_to(outside)
    assert messages(read("slack", folder)) == []


@pytest.mark.parametrize("name", ["../users.json", "/etc/users.json", "tea/../../x.json", "..\\x.json", "C:\\x.json"])
def test_a_name_that_climbs_out_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(UnsafeArchive):
        read("slack", zipped(tmp_path, export(said("hi")) | {name: []}))


def test_a_zip_bomb_is_refused_unopened(tmp_path: Path) -> None:
    with pytest.raises(UnsafeArchive, match=r"tea/2024-01-06\.json"):
        read("slack", zipped(tmp_path, export(**{"tea/2024-01-06.json": b"0" * 40_000_000})))


def test_a_zip_that_lies_about_its_sizes_is_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path, export(said("x" * 5000)))
    raw = path.read_bytes()
    size = (json.dumps([said("x" * 5000)]).__len__()).to_bytes(4, "little")
    assert size in raw
    path.write_bytes(raw.replace(size, (50).to_bytes(4, "little")))
    with pytest.raises((NotAnArchive, DamagedFile)):
        read("slack", path)


@pytest.mark.parametrize(
    ("entries", "reason"),
    [
        ({"channels.json": []}, "users.json is missing"),
        ({"users.json": b"[{"}, "not JSON"),
        ({"users.json": {"a": 1}}, "not a list"),
        ({"users.json": b"[" * 100_000}, "not JSON"),
    ],
)
def test_an_export_without_its_parts_is_refused(tmp_path: Path, entries: dict[str, object], reason: str) -> None:
    with pytest.raises(NotAnArchive, match=reason):
        read("slack", zipped(tmp_path, entries))


def test_what_is_no_archive_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotAnArchive, match="neither a folder nor a zip"):
        read("slack", written(tmp_path, "hello"))
    with pytest.raises(UnreadableFile):
        read("slack", tmp_path / "nothing.zip")


def test_a_damaged_zip_is_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path, export(said("x" * 200)))
    with zipfile.ZipFile(path) as archive:
        at = archive.getinfo("users.json").header_offset + 45
    raw = bytearray(path.read_bytes())
    raw[at : at + 20] = b"\xff" * 20
    path.write_bytes(raw)
    with pytest.raises(Refusal):
        read("slack", path)


plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["user", "text", "ts", "files", "profile", "id"]), inner, max_size=4),
    max_leaves=8,
)  # fmt: skip


@given(users=st.lists(plain, max_size=3), day=st.lists(plain, max_size=4))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_entries_of_any_shape_never_crash_it(tmp_path: Path, users: list[object], day: list[object]) -> None:
    items = survived("slack", zipped(tmp_path, {"users.json": users, "tea/2024-01-05.json": day}))
    assert len(bad(items)) + len(messages(items)) + len(members(items)) <= len(users) + len(day)
