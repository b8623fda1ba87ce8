"""Chats as Telegram Desktop exports them: one chat, a whole account, and what is neither."""

import json
import tracemalloc
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kith.bring.data import BrokenJson, EmptyFile, MemberLine, NotAnExport
from kith.lib.errors import Refusal
from tests.bring.files import acts, bad, members, messages, notes, read, survived, tarred, told, written, zipped

Entry = dict[str, object]
AT = datetime(2024, 1, 5, 9, 7, tzinfo=UTC)
NAMES = {"user1": "Ann", "user2": "Bo Li", "channel9": "Tea news"}


def said(text: object, number: int = 501, by: str = "user1", **more: object) -> Entry:
    parts = [{"type": "plain", "text": text}] if isinstance(text, str) else text
    return {
        "id": number, "type": "message", "date": "2024-01-05T17:07:00", "date_unixtime": "1704445620",
        "from": NAMES[by], "from_id": by, "text": text, "text_entities": parts if text else [], **more,
    }  # fmt: skip


def notice(action: str, by: str = "user2", **more: object) -> Entry:
    return {
        "id": 1, "type": "service", "date": "2024-01-05T17:07:00", "date_unixtime": "1704445620", "actor": NAMES[by],
        "actor_id": by, "action": action, "text": "", "text_entities": [], **more,
    }  # fmt: skip


def chat(*entries: object, **more: object) -> Entry:
    return {"name": "茶友群", "type": "private_supergroup", "id": 1234, **more, "messages": list(entries)}


def account(*chats: Entry, left: tuple[Entry, ...] = ()) -> Entry:
    person = {"user_id": 1, "first_name": "Ann", "last_name": "", "phone_number": "+1", "username": "@ann"}
    return {
        "about": "Here is the data you requested.", "personal_information": person,
        "contacts": {"about": "…", "list": [{"first_name": "Zoe", "phone_number": "+2"}]},
        "chats": {"about": "…", "list": list(chats)}, "left_chats": {"about": "…", "list": list(left)},
    }  # fmt: skip


def file(tmp_path: Path, content: object) -> Path:
    return written(tmp_path, json.dumps(content, ensure_ascii=False), "result.json")


def test_a_message_has_its_writer_chat_time_and_id(tmp_path: Path) -> None:
    items = read("telegram", file(tmp_path, chat(said("早\u202e上好"))))
    (line,) = messages(items)
    assert (line.key, line.author, line.author_name, line.text) == ("1234:501", "user1", "Ann", "早上好")
    assert (line.at, line.channel, line.is_markdown) == (AT, "茶友群", False)
    assert members(items) == [MemberLine(1, "user1", "Ann", channel="茶友群")]


def test_older_exports_have_neither_pieces_nor_a_clock_of_the_world(tmp_path: Path) -> None:
    old = said(["see ", {"type": "link", "text": "x.org"}, " and ", {"type": "bold", "text": "buy"}])
    del old["date_unixtime"], old["text_entities"]
    (line,) = messages(read("telegram", file(tmp_path, chat(old))))
    assert (line.text, line.at) == ("see x.org and **buy**", AT + timedelta(hours=8))


@pytest.mark.parametrize(
    ("part", "text", "is_marked"),
    [
        ({"type": "plain", "text": "2*3*4"}, "2*3*4", False),
        ({"type": "bold", "text": " big "}, "**big**", True),
        ({"type": "italic", "text": "a"}, "*a*", True),
        ({"type": "text_link", "text": "the page", "href": "https://x.org"}, "[the page](https://x.org)", True),
        ({"type": "text_link", "text": "bad", "href": "javascript:alert(1)"}, "bad", True),
        ({"type": "pre", "text": "x = 1", "language": "python"}, "```python\nx = 1\n```", True),
        ({"type": "blockquote", "text": "one\ntwo"}, "> one\n> two", True),
        ({"type": "hashtag", "text": "#tea"}, "#tea", False),
        ({"type": "custom_emoji", "text": "🙂", "document_id": "1"}, "🙂", False),
        ({"type": "spoiler", "text": "he dies"}, "he dies", False),
    ],
)
def test_entities_become_markdown(tmp_path: Path, part: Entry, text: str, is_marked: bool) -> None:  # noqa: FBT001 -- a case
    (line,) = messages(read("telegram", file(tmp_path, chat(said([part])))))
    assert (line.text, line.is_markdown) == (text, is_marked)


def test_an_answer_ties_within_its_chat_only(tmp_path: Path) -> None:
    entries = [
        said("seeds?"),
        said("here", 502, "user2", reply_to_message_id=501),
        said("there", 503, "user2", reply_to_message_id=501, reply_to_peer_id="channel9"),
    ]
    lines = messages(read("telegram", file(tmp_path, chat(*entries))))
    assert [m.reply_to for m in lines] == ["", "1234:501", ""]


def test_who_is_called_is_known_by_number_or_by_the_name_after_the_sign(tmp_path: Path) -> None:
    text = [{"type": "mention_name", "text": "Old Wang", "user_id": 77}, {"type": "plain", "text": " "}, {"type": "mention", "text": "@bo"}]  # fmt: skip
    items = read("telegram", file(tmp_path, chat(said(text))))
    assert messages(items)[0].mentions == ("user77", "bo")
    assert [(m.external_id, m.name) for m in members(items)] == [("user1", "Ann"), ("user77", "Old Wang")]


def test_who_reacts_is_an_act_at_its_own_time(tmp_path: Path) -> None:
    signs = [
        {"type": "emoji", "count": 9, "emoji": "👍", "recent": [{"from": "Bo Li", "from_id": "user2", "date": "2024-01-05T17:09:00"}]},
        {"type": "emoji", "count": 2, "emoji": "🎉", "recent": [
            {"from": "Bo Li", "from_id": "user2", "date": "2024-01-05T18:09:00"},
            {"from": "Ann", "from_id": "user1", "date": "2024-01-05T18:09:00"}]},
        {"type": "custom_emoji", "count": 5, "document_id": "7"},
    ]  # fmt: skip
    items = read("telegram", file(tmp_path, chat(said("look", reactions=signs))))
    assert [(a.actor, a.other, a.kind, a.at, a.channel) for a in acts(items)] == [
        ("user2", "user1", "react", AT + timedelta(minutes=2), "茶友群")
    ]


def test_notices_are_left_out_but_tell_who_came_and_never_spoke(tmp_path: Path) -> None:
    entries = [
        notice("join_group_by_link"),
        notice("pin_message", "user1"),
        said("hi"),
        {"id": 3, "type": "unsupported"},
    ]
    items = read("telegram", file(tmp_path, chat(*entries)))
    assert members(items) == [
        MemberLine(1, "user2", "Bo Li", joined_at=AT, channel="茶友群"),
        MemberLine(3, "user1", "Ann", channel="茶友群"),
    ]
    assert notes(items) == {"events_skipped": 3}


def test_pictures_are_counted_and_polls_have_words(tmp_path: Path) -> None:
    poll = {"question": "When?", "closed": False, "total_voters": 0, "answers": [{"text": "now", "voters": 0}, {"text": "later", "voters": 0}]}  # fmt: skip
    items = read("telegram", file(tmp_path, chat(said("", photo="photos/1.jpg"), said("", 502, poll=poll))))
    assert [m.text for m in messages(items)] == ["When?\n\n- now\n- later"]
    assert notes(items) == {"media_skipped": 1}


def test_of_an_account_the_groups_are_told_and_talks_between_two_are_not(tmp_path: Path) -> None:
    content = account(
        chat(said("one")),
        chat(said("secret", 7), name="Bo Li", type="personal_chat", id=2),
        chat(said("two", 501, "channel9"), name="News", type="public_channel", id=9),
        left=(chat(said("three"), name=None, id=8),),
    )
    items = read("telegram", file(tmp_path, content))
    assert [(m.key, m.channel, m.text) for m in messages(items)] == [
        ("1234:501", "茶友群", "one"),
        ("9:501", "News", "two"),
        ("8:501", "", "three"),
    ]
    assert notes(items) == {"private_skipped": 1}


def test_a_chat_that_does_not_say_what_it_is_has_nothing_of_the_one_before(tmp_path: Path) -> None:
    content = account(chat(said("secret"), type="personal_chat"), {"messages": [said("hi")]})
    assert [(m.key, m.channel) for m in messages(read("telegram", file(tmp_path, content)))] == [(":501", "")]


def test_a_zip_and_a_tar_of_the_export_are_read(tmp_path: Path) -> None:
    for path in (zipped(tmp_path, {"ChatExport/result.json": chat(said("hi"))}), tarred(tmp_path, {"result.json": chat(said("hi"))})):  # fmt: skip
        assert [m.text for m in messages(read("telegram", path))] == ["hi"]


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        (None, "bad_entry"),
        (7, "bad_entry"),
        (said("x") | {"from_id": None}, "no_from"),
        (said("x") | {"id": None}, "bad_entry"),
        (said("x") | {"date_unixtime": "1e99", "date": 3}, "bad_time"),
        (said("x") | {"date_unixtime": "5"}, "before_1990"),
        (said("x") | {"date_unixtime": "4102444800"}, "in_future"),
        (said("字" * 130_000), "too_long"),
    ],
)
def test_a_bad_message_is_named_and_the_rest_is_kept(tmp_path: Path, entry: object, reason: str) -> None:
    items = read("telegram", file(tmp_path, chat(entry, said("fine", 502))))
    assert bad(items) == [(1, reason)]
    assert [(m.line, m.text) for m in messages(items)] == [(2, "fine")]


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        ("", EmptyFile),
        ("[]", NotAnExport),
        ("{}", NotAnExport),
        (json.dumps(account()), NotAnExport),
        ('{"messages": [1, 2]}', NotAnExport),
        ("hello", BrokenJson),
        (json.dumps(chat(said("hi")))[:-9], BrokenJson),
        ('{"messages": [' + "[" * 100_000, BrokenJson),
        ('{"chats": {"list": [{"messages": ["' + "x" * 5_000_000 + '"]}]}}', BrokenJson),
    ],
)
def test_what_is_no_export_is_refused(tmp_path: Path, content: str, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        read("telegram", written(tmp_path, content))


def test_memory_does_not_grow_with_the_number_of_messages_deep_in_an_account(tmp_path: Path) -> None:
    path = file(tmp_path, account(chat(*(said(f"words {i}", i) for i in range(20_000)))))
    tracemalloc.start()
    count = sum(1 for _ in told("telegram", path))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 20_001
    assert peak < 3 * 2**20


keys = st.sampled_from(
    ["id", "type", "date", "date_unixtime", "from_id", "from", "text", "text_entities", "reactions", "recent", "poll", "user_id", "action"]
)  # fmt: skip
shapes = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.sampled_from(["message", "mention_name", "bold", "pre"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=6),
    max_leaves=10,
)  # fmt: skip


@given(st.lists(shapes, max_size=4), st.booleans())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_entries_of_any_shape_never_crash_it(tmp_path: Path, entries: list[object], inside: bool) -> None:  # noqa: FBT001 -- drawn
    entries = [said("x") | entry if isinstance(entry, dict) and inside else entry for entry in entries]
    survived(
        "telegram", file(tmp_path, {"chats": {"list": entries, "messages": entries}} if inside else chat(*entries))
    )
    survived("telegram", file(tmp_path, account(chat(*entries), {"name": entries, "messages": entries})))
