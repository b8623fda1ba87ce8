"""Messages with text, as tables and as one JSON object per line."""

import json
import tracemalloc
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kith.bring.data import TEXT_LIMIT, EmptyFile, LineTooLong, UnknownColumns
from kith.lib.errors import Refusal
from tests.bring.files import bad, gzipped, messages, notes, read, survived, written

AT = datetime(2024, 1, 5, 9, 7, tzinfo=UTC)
HEAD = "id,time,from,text,reply_to,channel\n"


@pytest.mark.parametrize(
    "text",
    [
        HEAD + 'm1,1704445620,ann,"hello, you",m0,tea\n',
        "channel;text;from;time;id;reply_to\ntea;hello, you;ann;2024-01-05T09:07:00Z;m1;m0\n",
        'm1,1704445620,ann,"hello, you",m0,tea\n',
        '{"id":"m1","time":1704445620,"from":"ann","text":"hello, you","reply_to":"m0","channel":"tea"}\n',
        '\ufeff{"msg_id":"m1","timestamp":"2024-01-05T09:07Z","author":"ann","body":"hello, you","parent":"m0","room":"tea"}\r\n',
    ],
)
def test_a_table_and_json_lines_say_the_same(tmp_path: Path, text: str) -> None:
    items = read("messages", written(tmp_path, text))
    assert bad(items) == []
    (line,) = messages(items)
    assert (line.key, line.at, line.author, line.text) == ("m1", AT, "ann", "hello, you")
    assert (line.reply_to, line.channel, line.mentions) == ("m0", "tea", ())


def test_a_text_may_span_lines_and_numbers_stay_those_of_the_file(tmp_path: Path) -> None:
    path = written(tmp_path, HEAD + 'm1,1704445620,ann,"one\ntwo\r\nthree",,\nm2,oops,bo,x,,\nm3,1704445621,bo,y,m1,\n')
    items = read("messages", path)
    assert bad(items) == [(5, "bad_time")]
    assert [(m.line, m.key, m.text) for m in messages(items)] == [(2, "m1", "one\ntwo\nthree"), (6, "m3", "y")]


def test_mentions_are_found_in_the_text_or_given_in_a_column(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "id,time,from,text,mentions\nm1,1704445620,ann,hi @bo and @小王! mail a@b.org @bo.,\n"
        "m2,1704445620,ann,bo: hi @nobody,bo cy\n",
    )
    assert [m.mentions for m in messages(read("messages", path))] == [("bo", "小王"), ("bo", "cy")]


def test_without_an_id_equal_messages_have_equal_keys(tmp_path: Path) -> None:
    path = written(tmp_path, "time,from,text\n1704445620,ann,a\n1704445620,ann,a\n1704445620,ann,b\n")
    first, second, third = (m.key for m in messages(read("messages", path)))
    assert first == second != third


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("m1,1704445620,,hi,,", "no_from"),
        ("m1,1704445620,\u200e\u202e,hi,,", "no_from"),
        ("m1,soon,ann,hi,,", "bad_time"),
        ("m1,0,ann,hi,,", "before_1990"),
        ("m1,4102444800,ann,hi,,", "in_future"),
        ('m1,1704445620,ann," \u200b\x07 ",,', "no_text"),
        ("m1,1704445620", "few_columns"),
    ],
)
def test_a_bad_record_is_named_and_the_rest_is_kept(tmp_path: Path, line: str, reason: str) -> None:
    items = read("messages", written(tmp_path, HEAD + line + "\nm9,1704445620,bo,fine,,\n"))
    assert bad(items) == [(2, reason)]
    assert [m.key for m in messages(items)] == ["m9"]


def test_bad_json_lines_are_named(tmp_path: Path) -> None:
    good = json.dumps({"id": 1, "time": 1704445620, "from": "ann", "text": "hi"})
    items = read("messages", written(tmp_path, f'{good}\n{{"id":\n[1]\n{"[" * 100_000}\n{{"id":2}}\n{good}\n'))
    assert bad(items) == [(2, "bad_json"), (3, "bad_json"), (4, "bad_json"), (5, "no_from")]
    assert [m.line for m in messages(items)] == [1, 6]


def test_a_quotation_mark_left_open_costs_its_record_only(tmp_path: Path) -> None:
    stray = 'm1,1704445620,ann,"open\n' + "m2,1704445620,bo,swallowed,,\n" * 6000 + "m3,1704445620,bo,last,,\n"
    items = read("messages", written(tmp_path, HEAD + stray))
    assert bad(items)[0] == (2, "bad_csv")
    assert messages(items)[-1].text == "last"


def test_bytes_that_are_not_utf8_cost_their_record(tmp_path: Path) -> None:
    items = read(
        "messages", written(tmp_path, HEAD.encode() + b"m1,1704445620,ann,\xc4\xe3,,\nm2,1704445620,bo,ok,,\n")
    )
    assert bad(items) == [(2, "not_utf8")]
    assert [m.text for m in messages(items)] == ["ok"]


def test_a_very_long_text_is_cut_and_said_so(tmp_path: Path) -> None:
    items = read("messages", written(tmp_path, HEAD + f"m1,1704445620,ann,{'字' * 30_000},,\n"))
    assert [len(m.text) for m in messages(items)] == [TEXT_LIMIT]
    assert notes(items) == {"text_cut": 1}


@pytest.mark.parametrize(
    ("content", "refusal"),
    [("", EmptyFile), ("a,b,c\n1,2,3\n", UnknownColumns), (HEAD + "x" * 1_500_000, LineTooLong)],
)
def test_a_file_of_another_kind_is_refused(tmp_path: Path, content: str, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        read("messages", written(tmp_path, content))


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    path = gzipped(
        tmp_path, HEAD.encode() + b"".join(b"m%d,1704445620,ann,%d words,,\n" % (i, i) for i in range(60_000))
    )
    tracemalloc.start()
    from kith.bring import formats  # noqa: PLC0415 -- nothing but the reading is to be measured

    count = sum(1 for _ in formats.read("messages", path, now=datetime(2026, 1, 1, tzinfo=UTC)))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 60_000
    assert peak < 2 * 2**20


@given(st.binary(max_size=500))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_random_bytes_never_crash_it(tmp_path: Path, content: bytes) -> None:
    for prefix in (b"", HEAD.encode(), b'{"id":1,"time":1704445620,"from":"a","text":"b"}\n'):
        survived("messages", written(tmp_path, prefix + content))
