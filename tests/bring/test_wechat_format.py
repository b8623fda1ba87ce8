"""Histories of WeChat groups, as two exporters write them."""

import json
import tracemalloc
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kith.bring import formats
from kith.bring.data import BrokenJson, EmptyFile, MemberLine, NotAnArchive, NotText
from kith.lib.errors import Refusal
from tests.bring.files import bad, members, messages, notes, read, survived, written

ROOM = "123@chatroom"
AT = datetime(2025, 4, 1, 9, 0, tzinfo=UTC)
Entry = dict[str, object]


def chatlog(seq: int, sender: str, content: str, **more: object) -> Entry:
    at = (AT + timedelta(minutes=seq)).astimezone().isoformat()
    return {
        "seq": seq, "time": at, "talker": ROOM, "talkerName": "山野群", "isChatRoom": True, "sender": sender,
        "senderName": {"wxid_a": "小王", "wxid_b": "小王吧", "wxid_c": "李 雷"}.get(sender, ""), "isSelf": False, "type": 1,
        "subType": 0, "content": content, **more,
    }  # fmt: skip


def quoting(seq: int, sender: str, content: str, refer: Entry) -> Entry:
    return chatlog(seq, sender, content, type=49, subType=57, contents={"refer": refer})


def wx(local_id: int, sender: str, content: str, kind: str = "文本", minute: int = 0) -> Entry:
    return {
        "timestamp": int((AT + timedelta(minutes=minute)).timestamp()), "time": "2026-04-01 17:00", "sender": f"备注{sender}",
        "sender_username": sender, "sender_group_nickname": f"昵称{sender}", "content": content, "type": kind, "local_id": local_id,
    }  # fmt: skip


def wx_file(*entries: Entry, status: str = "ok", **more: object) -> Entry:
    return {
        "chat": "山野群",
        "is_group": True,
        "messages": list(entries),
        "meta": {"status": status},
        "username": ROOM,
        **more,
    }


def file(tmp_path: Path, content: object) -> Path:
    return written(tmp_path, json.dumps(content, ensure_ascii=False), "group.json")


def test_chatlog_gives_texts_with_people_group_and_time(tmp_path: Path) -> None:
    (line,) = messages(read("wechat", file(tmp_path, [chatlog(1, "wxid_a", "早\u202e上好")])))
    assert (line.key, line.author, line.author_name) == (f"{ROOM}:1", "wxid_a", "小王")
    assert (line.text, line.channel, line.at) == ("早上好", "山野群", AT + timedelta(minutes=1))


def test_wx_cli_gives_the_same_with_its_roster(tmp_path: Path) -> None:
    roster = [{"username": "wxid_z", "display": "静", "group_nickname": "静静", "is_owner": True}]
    items = read("wechat", file(tmp_path, wx_file(wx(7, "wxid_a", "早"), members=roster)))
    (line,) = messages(items)
    assert (line.author, line.author_name, line.channel, line.at) == ("wxid_a", "昵称wxid_a", "山野群", AT)
    assert line.key == f"{ROOM}:7:{AT.timestamp()}"
    assert members(items) == [MemberLine(1, "wxid_z", "静静")]


def test_a_roster_alone_gives_the_silent(tmp_path: Path) -> None:
    silent = {"username": "wxid_z", "display": "静", "contact_display": "", "is_owner": False}
    for content in ({"chat": "群", "count": 1, "members": [silent], "username": ROOM}, [silent]):
        assert members(read("wechat", file(tmp_path, content))) == [MemberLine(1, "wxid_z", "静")]


def test_a_local_id_that_repeats_is_another_message_at_another_time(tmp_path: Path) -> None:
    path = file(tmp_path, wx_file(wx(7, "wxid_a", "早"), wx(7, "wxid_a", "早", minute=5), wx(7, "wxid_a", "早")))
    first, second, again = (m.key for m in messages(read("wechat", path)))
    assert first == again != second


def test_a_quotation_answers_the_message_it_repeats(tmp_path: Path) -> None:
    refer = {"type": 1, "sender": "wxid_a", "senderName": "小王", "content": "谁有种子？", "seq": 0}
    path = file(tmp_path, [chatlog(1, "wxid_a", "谁有种子？"), quoting(2, "wxid_b", "我有", refer)])
    answer = messages(read("wechat", path))[1]
    assert (answer.text, answer.reply_to, answer.quotes) == ("我有", f"{ROOM}:1", "")


def test_a_quotation_of_a_message_not_in_the_file_is_a_tie_to_its_writer(tmp_path: Path) -> None:
    refer = {"type": 1, "sender": "wxid_a", "content": "很久以前"}
    (answer,) = messages(read("wechat", file(tmp_path, [quoting(2, "wxid_b", "我有", refer)])))
    assert (answer.reply_to, answer.quotes) == ("", "wxid_a")


def test_quoting_oneself_ties_nobody(tmp_path: Path) -> None:
    (answer,) = messages(
        read("wechat", file(tmp_path, [quoting(2, "wxid_b", "我有", {"sender": "wxid_b", "content": "x"})]))
    )
    assert (answer.reply_to, answer.quotes) == ("", "")


def test_the_shortened_quotation_of_wx_cli_is_found_also_when_the_newest_comes_first(tmp_path: Path) -> None:
    long = "谁有种子？" * 20
    quote = wx(9, "wxid_b", f"[引用] 我有\n  ↳ {long[:40]}...", "链接/文件", minute=5)
    answer, _ = messages(read("wechat", file(tmp_path, wx_file(quote, wx(7, "wxid_a", long)))))
    assert (answer.text, answer.reply_to) == ("我有", f"{ROOM}:7:{AT.timestamp()}")


def test_words_that_several_people_said_identify_nobody(tmp_path: Path) -> None:
    quote = wx(9, "wxid_c", "[引用] 对\n  ↳ 好的", "链接/文件", minute=5)
    items = read("wechat", file(tmp_path, wx_file(wx(7, "wxid_a", "好的"), wx(8, "wxid_b", "好的"), quote)))
    assert (messages(items)[2].reply_to, messages(items)[2].quotes) == ("", "")
    assert notes(items) == {"quotes_unknown": 1}


@pytest.mark.parametrize(
    ("text", "called"),
    [
        ("@小王\u2005早", ("wxid_a",)),
        ("@小王吧\u2005早", ("wxid_b",)),
        ("@小王吧早", ("wxid_b",)),
        ("@小王早", ("wxid_a",)),
        ("@李 雷\u2005@小王\u2005来", ("wxid_c", "wxid_a")),
        ("@小王\u2005@小王\u2005", ("wxid_a",)),
        ("@所有人\u2005开会", ()),
        ("a@b.org", ()),
        ("没有", ()),
    ],
)
def test_whom_a_text_calls_is_found_by_the_longest_nickname(tmp_path: Path, text: str, called: tuple[str, ...]) -> None:
    others = [chatlog(i, sender, "在") for i, sender in enumerate(("wxid_a", "wxid_b", "wxid_c"), 2)]
    line = messages(read("wechat", file(tmp_path, [chatlog(1, "wxid_d", text), *others])))[0]
    assert line.mentions == called


@pytest.mark.parametrize(
    ("more", "text"),
    [
        ({"type": 49, "subType": 5, "content": "", "contents": {"title": "一篇文章", "url": "https://x.org"}}, "[一篇文章](https://x.org)"),
        ({"type": 49, "subType": 5, "content": "", "contents": {"title": "坏", "url": "javascript:alert(1)"}}, "坏"),
        ({"type": 49, "subType": 87, "content": "明天聚会"}, "明天聚会"),
        ({"type": 49, "subType": 57, "content": "我有"}, "我有"),
        ({"type": 4294967297}, "早"),
    ],
)  # fmt: skip
def test_links_notices_and_quotations_without_source_keep_their_words(tmp_path: Path, more: Entry, text: str) -> None:
    (line,) = messages(read("wechat", file(tmp_path, [chatlog(1, "wxid_a", "早") | more])))
    assert line.text == text


def test_what_has_no_words_is_left_out_and_counted(tmp_path: Path) -> None:
    kinds = [(3, 0), (34, 0), (42, 0), (43, 0), (47, 0), (49, 6), (49, 2000), (49, 2001)]
    entries = [chatlog(i, "wxid_a", "x", type=kind, subType=sub) for i, (kind, sub) in enumerate(kinds, 1)]
    entries += [
        chatlog(20, "系统消息", "小王加入了群聊", type=10000),
        chatlog(21, "wxid_a", "拍了拍", type=49, subType=62),
    ]
    items = read("wechat", file(tmp_path, [*entries, chatlog(30, "wxid_a", "早")]))
    assert [m.text for m in messages(items)] == ["早"]
    assert notes(items) == {"media_skipped": 8, "events_skipped": 2}


def test_a_file_that_may_lack_the_newest_messages_is_said_to(tmp_path: Path) -> None:
    items = read("wechat", file(tmp_path, wx_file(wx(1, "wxid_a", "早"), status="possibly_stale_unknown_shards")))
    assert "possibly_stale" in notes(items)


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        ("text", "bad_entry"),
        (None, "bad_entry"),
        (chatlog(1, "", "x"), "no_from"),
        (chatlog(1, "wxid_a", "x") | {"time": "never"}, "bad_time"),
        (chatlog(1, "wxid_a", "x") | {"time": "1970-01-01T08:00:00+08:00"}, "before_1990"),
        (wx(1, "wxid_a", "x") | {"timestamp": 4102444800}, "in_future"),
        (wx(1, "wxid_a", "x") | {"timestamp": 1e300}, "bad_time"),
        (chatlog(1, "wxid_a", " \u200b"), "no_text"),
        (chatlog(1, "wxid_a", "字" * 130_000), "too_long"),
    ],
)
def test_a_bad_entry_is_named_and_the_rest_is_kept(tmp_path: Path, entry: object, reason: str) -> None:
    items = read("wechat", file(tmp_path, [entry, chatlog(2, "wxid_a", "早")]))
    assert bad(items) == [(1, reason)]
    assert [m.line for m in messages(items)] == [2]


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        ("", EmptyFile),
        ("[]", NotAnArchive),
        ('{"a": 1}', NotAnArchive),
        ("hello", BrokenJson),
        ('[{"type": 1}', BrokenJson),
        ('[{"type": 1},, 2]', BrokenJson),
        ("[1] [2]", BrokenJson),
        ("[" * 100_000, BrokenJson),
        ('["' + "x" * 5_000_000 + '"]', BrokenJson),
        (b'["\xff\xfe"]', NotText),
    ],
)
def test_what_is_no_history_is_refused(tmp_path: Path, content: str | bytes, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        read("wechat", written(tmp_path, content))


def test_memory_does_not_grow_with_the_number_of_messages(tmp_path: Path) -> None:
    path = file(tmp_path, [chatlog(i, "wxid_a", f"第{i}句") for i in range(20_000)])
    tracemalloc.start()
    count = sum(1 for _ in formats.read("wechat", path, now=AT + timedelta(days=30)))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 20_000
    assert peak < 2 * 2**20


keys = st.sampled_from(
    ["seq", "time", "timestamp", "sender", "content", "type", "subType", "contents", "refer", "username"]
)
shapes = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.sampled_from([1, 49, 57, "[引用] a\n  ↳ b"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=6),
    max_leaves=10,
)  # fmt: skip


@given(st.lists(shapes, max_size=4), st.booleans())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_entries_of_any_shape_never_crash_it(tmp_path: Path, entries: list[object], inside: bool) -> None:  # noqa: FBT001 -- drawn
    survived(
        "wechat", file(tmp_path, {"messages": entries, "members": entries, "meta": entries} if inside else entries)
    )
