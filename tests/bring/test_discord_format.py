"""Channels of Discord as DiscordChatExporter writes them, well-meant and hostile."""

import gzip
import json
import tracemalloc
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kith.bring.data import ActLine, BrokenJson, EmptyFile, MemberLine, NotAnExport, UnsafeArchive
from kith.lib.errors import Refusal
from tests.bring.files import acts, bad, members, messages, notes, read, survived, tarred, told, written, zipped

Entry = dict[str, object]
AT = datetime(2024, 1, 5, 9, 7, tzinfo=UTC)
NAMES = {"11": ("ann", "Ann"), "12": ("bo", "Bo Li"), "13": ("helper", "Helper"), "14": ("silent", "")}


def user(number: str) -> Entry:
    name, nickname = NAMES[number]
    return {"id": number, "name": name, "discriminator": "0000", "nickname": nickname, "isBot": number == "13"}


def said(content: str, number: str = "501", by: str = "11", **more: object) -> Entry:
    return {
        "id": number, "type": "Default", "timestamp": "2024-01-05T17:07:00+08:00", "timestampEdited": None,
        "callEndedTimestamp": None, "isPinned": False, "content": content,
        "author": user(by) | {"color": None, "roles": [], "avatarUrl": ""},
        "attachments": [], "embeds": [], "stickers": [], "reactions": [], "mentions": [], **more,
    }  # fmt: skip


def reaction(*by: str, sign: str = "👍") -> Entry:
    emoji = {"id": "", "name": sign, "code": "thumbsup", "isAnimated": False, "imageUrl": ""}
    return {"emoji": emoji, "count": len(by), "users": [user(number) for number in by]}


def channel(*entries: object, **more: object) -> Entry:
    place = {"id": "77", "type": "GuildTextChat", "categoryId": "7", "category": "Yard", "name": "tea", "topic": None}
    return {
        "guild": {"id": "1", "name": "Tea friends", "iconUrl": ""}, "channel": place | more,
        "dateRange": {"after": None, "before": None}, "exportedAt": "2024-02-01T00:00:00+00:00",
        "messages": list(entries), "messageCount": len(entries),
    }  # fmt: skip


def file(tmp_path: Path, *entries: object, **more: object) -> Path:
    return written(tmp_path, json.dumps(channel(*entries, **more), ensure_ascii=False), "tea.json")


def test_a_message_has_its_writer_channel_time_and_id(tmp_path: Path) -> None:
    items = read("discord", file(tmp_path, said("hi \u202eall")))
    (line,) = messages(items)
    assert (line.key, line.author, line.author_name, line.text) == ("501", "11", "Ann", "hi all")
    assert (line.at, line.channel, line.is_bot, line.is_markdown) == (AT, "tea", False, True)
    assert members(items) == [MemberLine(1, "11", "Ann", channel="tea")]


def test_an_answer_ties_and_its_ping_is_not_counted_again(tmp_path: Path) -> None:
    answer = said(
        "I have", "502", "12", type="Reply", mentions=[user("11")],
        reference={"messageId": "501", "channelId": "77", "guildId": "1"},
    )  # fmt: skip
    first, second = messages(read("discord", file(tmp_path, said("seeds?"), answer)))
    assert (first.reply_to, second.reply_to, second.mentions) == ("", "501", ())


def test_what_is_passed_on_answers_nobody(tmp_path: Path) -> None:
    passed = said("see", reference={"messageId": "9", "channelId": "1", "guildId": "1"})
    assert messages(read("discord", file(tmp_path, passed)))[0].reply_to == ""


@pytest.mark.parametrize(
    ("content", "text"),
    [("@Bo Li and @silent, come", "@Bo Li and @silent, come"), ("<@12> and <@!14>, come <:leaf:99>", "@Bo Li and @silent, come :leaf:")],
)  # fmt: skip
def test_who_is_called_by_name_is_known_even_if_silent(tmp_path: Path, content: str, text: str) -> None:
    items = read("discord", file(tmp_path, said(content, mentions=[user("12"), user("14")])))
    (line,) = messages(items)
    assert (line.mentions, line.text) == (("12", "14"), text)
    assert [(m.external_id, m.name) for m in members(items)] == [("11", "Ann"), ("12", "Bo Li"), ("14", "silent")]


def test_who_reacts_is_one_act_a_message_and_bots_and_oneself_are_none(tmp_path: Path) -> None:
    entry = said("look", reactions=[reaction("12", "13", "11"), reaction("12", "14", sign="🎉")])
    first = acts(read("discord", file(tmp_path, entry)))
    assert [(a.actor, a.other, a.kind, a.at, a.channel) for a in first] == [
        ("12", "11", "react", AT, "tea"),
        ("14", "11", "react", AT, "tea"),
    ]
    assert len({a.key for a in first}) == 2
    assert acts(read("discord", file(tmp_path, entry))) == first


def test_reactions_to_a_picture_count_though_it_has_no_words(tmp_path: Path) -> None:
    picture = said("", attachments=[{"id": "1", "url": "x", "fileName": "x.png"}], reactions=[reaction("12")])
    items = read("discord", file(tmp_path, picture))
    assert messages(items) == []
    assert [type(item) for item in acts(items)] == [ActLine]
    assert notes(items) == {"media_skipped": 1}


def test_a_card_is_read_where_a_bot_writes_no_words(tmp_path: Path) -> None:
    entry = said("", by="13", embeds=[{"title": "Built", "description": "in 3 s", "url": ""}])
    items = read("discord", file(tmp_path, entry))
    assert [(m.text, m.is_bot) for m in messages(items)] == [("Built\nin 3 s", True)]
    assert [m.is_bot for m in members(items)] == [True]


def test_notices_and_private_talks_are_left_out_and_counted(tmp_path: Path) -> None:
    joined = said("Joined the server.", type="GuildMemberJoin")
    assert notes(read("discord", file(tmp_path, joined, said("hi")))) == {"events_skipped": 1}
    items = read("discord", file(tmp_path, said("secret"), type="DirectTextChat"))
    assert (messages(items), members(items), notes(items)) == ([], [], {"private_skipped": 1})


def test_a_thread_belongs_to_the_channel_it_hangs_on(tmp_path: Path) -> None:
    path = file(tmp_path, said("hi"), type="GuildPublicThread", name="about seeds", category="tea")
    assert messages(read("discord", path))[0].channel == "tea"


def test_a_folder_a_zip_and_a_tar_of_channels_say_the_same(tmp_path: Path) -> None:
    files: dict[str, object] = {
        "b.json": channel(said("two", "502"), id="78", name="fire"),
        "in/a.json": channel(said("one"), "text"),
        "notes.json": {"messages": ["not of a channel"]},
    }
    whole = read("discord", zipped(tmp_path, files))
    assert [(m.text, m.channel) for m in messages(whole)] == [("two", "fire"), ("one", "tea")]
    assert bad(whole) == [(2, "bad_entry")]
    assert read("discord", tarred(tmp_path, files)) == whole
    for name, entry in files.items():
        (tmp_path / "folder" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "folder" / name).write_text(json.dumps(entry))
    assert read("discord", tmp_path / "folder") == whole


def test_a_gzipped_file_is_read(tmp_path: Path) -> None:
    path = written(tmp_path, gzip.compress(json.dumps(channel(said("hi"))).encode()), "tea.json.gz")
    assert [m.text for m in messages(read("discord", path))] == ["hi"]


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        (None, "bad_entry"),
        ("text", "bad_entry"),
        (said("x") | {"author": None}, "no_from"),
        (said("x") | {"author": {"name": "no id"}}, "no_from"),
        (said("x") | {"timestamp": "never"}, "bad_time"),
        (said("x") | {"timestamp": "1980-01-01T00:00:00Z"}, "before_1990"),
        (said("x") | {"timestamp": "2127-01-01T00:00:00Z"}, "in_future"),
        (said("字" * 130_000), "too_long"),
    ],
)
def test_a_bad_message_is_named_and_the_rest_is_kept(tmp_path: Path, entry: object, reason: str) -> None:
    items = read("discord", file(tmp_path, entry, said("fine", "502")))
    assert bad(items) == [(1, reason)]
    assert [(m.line, m.text) for m in messages(items)] == [(2, "fine")]


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        ("", EmptyFile),
        ("[]", NotAnExport),
        ('{"messages": [{"id": "1"}]}', NotAnExport),
        ("hello", BrokenJson),
        (json.dumps(channel(said("hi")))[:-20], BrokenJson),
        ('{"channel": {"id": "1"}, "messages": [' + "[" * 100_000, BrokenJson),
        ('{"channel": {"id": "1"}, "messages": ["' + "x" * 5_000_000 + '"]}', BrokenJson),
    ],
)
def test_what_is_no_export_is_refused(tmp_path: Path, content: str, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        read("discord", written(tmp_path, content))


@pytest.mark.parametrize("name", ["../x.json", "/etc/x.json", "a/../../x.json"])
def test_names_that_climb_out_are_refused_in_zips_and_tars(tmp_path: Path, name: str) -> None:
    for pack in (zipped, tarred):
        with pytest.raises(UnsafeArchive):
            read("discord", pack(tmp_path, {"tea.json": channel(said("hi")), name: {}}))


def test_memory_does_not_grow_with_the_number_of_messages(tmp_path: Path) -> None:
    path = file(tmp_path, *(said(f"words {i}", str(i)) for i in range(15_000)))
    packed = zipped(tmp_path, {"tea.json": path.read_bytes()})
    for one in (path, packed):
        tracemalloc.start()
        count = sum(1 for _ in told("discord", one))
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert count == 15_001
        assert peak < 3 * 2**20


keys = st.sampled_from(
    ["id", "type", "timestamp", "content", "author", "mentions", "reactions", "users", "name", "isBot", "reference", "embeds"]
)  # fmt: skip
shapes = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.sampled_from(["Default", "2024-01-05T00:00:00Z"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=6),
    max_leaves=10,
)  # fmt: skip


@given(st.lists(shapes, max_size=4), st.booleans())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_entries_of_any_shape_never_crash_it(tmp_path: Path, entries: list[object], whole: bool) -> None:  # noqa: FBT001 -- drawn
    content = [said("x") | entry if isinstance(entry, dict) and whole else entry for entry in entries]
    survived("discord", file(tmp_path, *content))
