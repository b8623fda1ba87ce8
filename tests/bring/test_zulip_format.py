"""Exports of Zulip: the organisation's own, and the public archive."""

import json
import tracemalloc
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kith.bring.data import BrokenJson, Item, MemberLine, NotAnArchive, NotAnExport, UnsafeArchive
from kith.lib.errors import Refusal
from tests.bring.files import acts, bad, members, messages, notes, read, survived, tarred, told, written, zipped

Entry = dict[str, object]
AT = datetime(2024, 1, 5, 9, 7, tzinfo=UTC)
SENT = 1704445620.0
JOINED = datetime(2023, 5, 1, 8, tzinfo=UTC)


def user(number: int, name: str, **more: object) -> Entry:
    facts = {"delivery_email": f"u{number}@tea.org", "is_active": True, "is_bot": False, "date_joined": 1682928000.0}
    return {"id": number, "full_name": name, **facts, **more}


USERS = [
    user(11, "Ann Lee"), user(12, "Bo"), user(13, "Helper", is_bot=True), user(14, "Gone", is_active=False),
    user(15, "Silent"), user(16, "Bo"),
]  # fmt: skip
REALM: Entry = {
    "zerver_realm": [{"id": 2, "name": "Tea", "string_id": "tea"}],
    "zerver_userprofile": USERS,
    "zerver_userprofile_crossrealm": [{"id": 5, "email": "notification-bot@zulip.com"}],
    "zerver_stream": [{"id": 21, "name": "tea", "invite_only": False}, {"id": 22, "name": "staff", "invite_only": True}],
    "zerver_recipient": [
        {"id": 31, "type": 2, "type_id": 21}, {"id": 32, "type": 2, "type_id": 22}, {"id": 33, "type": 1, "type_id": 11},
        {"id": 34, "type": 3, "type_id": 77},
    ],
}  # fmt: skip


def said(
    number: int, content: str, sender: int = 11, topic: str = "seeds", recipient: int = 31, **more: object
) -> Entry:
    return {
        "id": number, "sender": sender, "recipient": recipient, "subject": topic, "content": content, "rendered_content": "",
        "date_sent": SENT + number, "type": 1, "edit_history": None, **more,
    }  # fmt: skip


def sign(message: int, by: int, name: str = "tea") -> Entry:
    return {"id": 1, "user_profile": by, "message": message, "emoji_name": name, "reaction_type": "unicode_emoji"}


def export(*entries: object, signs: tuple[Entry, ...] = (), **files: object) -> dict[str, object]:
    seen = [{"id": 1, "user_profile": 11, "message": 1, "flags_mask": 1}]
    return {
        "tea/realm.json": REALM | {"zerver_reaction": list(signs)},
        "tea/messages-000001.json": {"zerver_message": list(entries), "zerver_usermessage": seen},
        "tea/attachment.json": {"zerver_attachment": []},
        **files,
    }


def opened(tmp_path: Path, *entries: object, signs: tuple[Entry, ...] = ()) -> list[Item]:
    return read("zulip", tarred(tmp_path, export(*entries, signs=signs)))


def test_the_roster_is_told_and_who_left_or_is_a_machine_is_none_of_it(tmp_path: Path) -> None:
    assert members(opened(tmp_path)) == [
        MemberLine(1, "11", "Ann Lee", joined_at=JOINED),
        MemberLine(2, "12", "Bo", joined_at=JOINED),
        MemberLine(5, "15", "Silent", joined_at=JOINED),
        MemberLine(6, "16", "Bo", joined_at=JOINED),
    ]


def test_a_topic_is_a_thread_whatever_the_order_and_ties_nobody(tmp_path: Path) -> None:
    lines = messages(opened(tmp_path, said(103, "third"), said(101, "first"), said(102, "other", topic="Fire"), said(104, "Fourth", topic="SEEDS")))  # fmt: skip
    assert [(m.key, m.text, m.thread, m.reply_to) for m in lines] == [
        ("103", "third", "101", ""),
        ("101", "**seeds**\n\nfirst", "", ""),
        ("102", "**Fire**\n\nother", "", ""),
        ("104", "Fourth", "101", ""),
    ]
    assert (lines[1].author, lines[1].author_name, lines[1].channel, lines[1].at.timestamp()) == ("11", "Ann Lee", "tea", SENT + 101)  # fmt: skip


def test_messages_without_a_topic_stand_alone(tmp_path: Path) -> None:
    assert [(m.text, m.thread) for m in messages(opened(tmp_path, said(1, "a", topic=""), said(2, "b", topic="")))] == [("a", ""), ("b", "")]  # fmt: skip


def test_a_quotation_answers_its_message_and_more_of_them_tie_to_their_writers(tmp_path: Path) -> None:
    near = "https://tea.zulipchat.com/#narrow/channel/21-tea/topic/seeds/near"
    content = (
        f"@_**Ann Lee|11** [said]({near}/101):\n```quote\none\ntwo\n\nthree\nfour\n```\n"
        f"@_**Silent|15** [said]({near}/102):\n````quote\n@**Bo|12** x\n````\nboth"
    )
    items = opened(tmp_path, said(101, "one"), said(103, content, 12))
    answer = messages(items)[1]
    assert (answer.reply_to, answer.mentions) == ("101", ())
    assert answer.text.endswith("> one\n> two\n> three\n> …\n\n@Silent [said](" + near + "/102):\n> @Bo x\n\nboth")
    assert [(a.actor, a.other, a.kind) for a in acts(items)] == [("12", "15", "quote")]


@pytest.mark.parametrize(
    ("content", "text", "called"),
    [
        ("@**Ann Lee** and @**Bo|16**", "@Ann Lee and @Bo", ("11", "16")),
        ("@**Bo** may be two", "@Bo may be two", ()),
        ("@_**Ann Lee|11** is not told, nor @**all** or @*staff*", "@Ann Lee is not told, nor @all or @*staff*", ()),
        ("see #**tea>old seeds** and #**tea**", "see #tea › old seeds and #tea", ()),
        ("[a.png](/user_uploads/2/ab/a.png) **big**", "[a.png] **big**", ()),
    ],
)
def test_markup_becomes_markdown(tmp_path: Path, content: str, text: str, called: tuple[str, ...]) -> None:
    line = messages(opened(tmp_path, said(1, content, topic="")))[0]
    assert (line.text, line.mentions, line.is_markdown) == (text, called, True)


def test_signs_tie_once_for_each_person_and_message_at_its_time(tmp_path: Path) -> None:
    signs = (sign(1, 12), sign(1, 12, "heart"), sign(1, 11), sign(1, 13), sign(9, 12), sign(2, 12), sign(1, 99))
    entries = (said(1, "look"), said(2, "secret", recipient=33))
    items = opened(tmp_path, *entries, signs=signs)
    assert [(a.actor, a.other, a.kind, a.at.timestamp(), a.channel) for a in acts(items)] == [
        ("12", "11", "react", SENT + 1, "tea")
    ]
    beside = export(*entries)
    beside["tea/messages-000002.json"] = {"zerver_message": [], "zerver_reaction": list(signs)}
    assert [a.key for a in acts(read("zulip", zipped(tmp_path, beside)))] == [a.key for a in acts(items)]


def test_letters_private_channels_and_notices_are_left_out(tmp_path: Path) -> None:
    entries = [
        said(1, "staff", recipient=32), said(2, "letter", recipient=33), said(3, "letter to many", recipient=34),
        said(4, "moved here", sender=5), said(5, "resolved", type=2), said(6, "built", sender=13),
    ]  # fmt: skip
    items = opened(tmp_path, *entries)
    assert [(m.author, m.is_bot) for m in messages(items)] == [("13", True)]
    assert notes(items) == {"private_skipped": 3, "events_skipped": 2}


def test_a_folder_and_a_zip_say_the_same_as_the_tarball(tmp_path: Path) -> None:
    files = export(said(1, "a"), signs=(sign(1, 12),))
    whole = read("zulip", tarred(tmp_path, files))
    assert read("zulip", zipped(tmp_path, files)) == whole
    for name, entry in files.items():
        (tmp_path / "folder" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "folder" / name).write_text(json.dumps(entry))
    assert read("zulip", tmp_path / "folder") == whole


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        (None, "bad_entry"),
        (said(1, "x") | {"id": "x"}, "bad_entry"),
        (said(1, "x") | {"sender": None}, "no_from"),
        (said(1, "x") | {"date_sent": None}, "bad_time"),
        (said(1, "x") | {"date_sent": 10**400}, "bad_time"),
        (said(1, "x") | {"date_sent": 5.0}, "before_1990"),
        (said(1, "x") | {"date_sent": 4102444800}, "in_future"),
        (said(1, " \u200b"), "no_text"),
        (said(1, "字" * 130_000), "too_long"),
    ],
)
def test_a_bad_message_is_named_and_the_rest_is_kept(tmp_path: Path, entry: object, reason: str) -> None:
    items = opened(tmp_path, entry, said(2, "fine", topic="other"))
    assert bad(items) == [(1, reason)]
    assert [m.line for m in messages(items)] == [2]


def archive(*entries: object) -> dict[str, object]:
    return {
        "zulip_json/stream_index.json": {"time": 1, "streams": {"tea": {"id": 21, "latest_id": 2, "topic_data": {}}}},
        "zulip_json/21-tea/seeds.json": list(entries),
    }


def kept(number: int, content: str, by: str = "Ann Lee") -> Entry:
    return {"id": number, "content": content, "sender_full_name": by, "timestamp": int(SENT)}


def test_the_public_archive_knows_people_by_name(tmp_path: Path) -> None:
    call = '<p><span class="user-mention" data-user-id="11">@Ann Lee</span> <b>yes</b></p>'
    first, second = messages(read("zulip", zipped(tmp_path, archive(kept(1, "<p>who?</p>"), kept(2, call, "Bo")))))
    assert (first.key, first.author, first.author_name, first.text, first.channel) == (
        "1",
        "Ann Lee",
        "Ann Lee",
        "who?",
        "tea",
    )
    assert (second.text, second.mentions, second.thread, second.at) == ("@Ann Lee yes", ("Ann Lee",), "1", AT)
    entries = [None, kept(1, "x", ""), kept(2, "<p></p>"), kept(3, "x") | {"timestamp": "x"}, kept(4, "fine")]
    assert [reason for _, reason in bad(read("zulip", zipped(tmp_path, archive(*entries))))] == ["no_from", "no_from", "no_text", "bad_time"]  # fmt: skip


@pytest.mark.parametrize(
    ("files", "refusal"),
    [
        ({"users.json": []}, NotAnExport),
        ({"tea/realm.json": {}}, NotAnExport),
        ({"tea/realm.json": b"{"}, BrokenJson),
        ({"tea/realm.json": REALM, "../x.json": {}}, UnsafeArchive),
        ({"tea/realm.json": REALM, "tea/messages-000001.json": b'{"zerver_message": [' + b"[" * 100_000}, BrokenJson),
    ],
)
def test_what_is_no_export_is_refused(tmp_path: Path, files: dict[str, object], refusal: type[Refusal]) -> None:
    for pack in (zipped, tarred):
        with pytest.raises(refusal):
            read("zulip", pack(tmp_path, files))


def test_what_is_no_archive_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotAnArchive):
        read("zulip", written(tmp_path, "hello"))


def test_memory_does_not_grow_with_the_number_of_messages(tmp_path: Path) -> None:
    entries = (said(i, f"words {i}", topic=f"topic {i % 900}") for i in range(15_000))
    path = tarred(tmp_path, export(*entries, signs=tuple(sign(i, 12) for i in range(15_000))))
    tracemalloc.start()
    count = sum(1 for _ in told("zulip", path))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 30_004
    assert peak < 6 * 2**20


keys = st.sampled_from(
    ["id", "sender", "recipient", "subject", "content", "date_sent", "type", "message", "user_profile", "full_name"]
)
shapes = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.sampled_from([31, 11, "@**Bo**", "seeds"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=6),
    max_leaves=10,
)  # fmt: skip


@given(
    st.lists(shapes, max_size=4),
    st.sampled_from(["zerver_message", "zerver_reaction", "zerver_userprofile", "zerver_stream", "zerver_recipient"]),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_entries_of_any_shape_never_crash_it(tmp_path: Path, entries: list[object], table: str) -> None:
    mixed = [said(1, "x") | entry if isinstance(entry, dict) else entry for entry in entries]
    files = export(said(1, "x"), *mixed)
    files["tea/messages-000002.json"] = {table: entries}
    survived("zulip", zipped(tmp_path, files | {"tea/realm.json": REALM | {table: [*REALM.get(table, []), *entries]}}))  # type: ignore[misc]  # a list
    survived("zulip", zipped(tmp_path, archive(*entries)))
