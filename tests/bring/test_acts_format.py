"""Tables of acts: what is understood, what is skipped with a reason, what is refused."""

import gzip
import tracemalloc
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kith.bring.data import (
    ActLine,
    BadLine,
    DamagedFile,
    EmptyFile,
    FileTooBig,
    LineTooLong,
    NotText,
    UnknownColumns,
    UnknownFormat,
    UnreadableFile,
)
from kith.lib.errors import Refusal
from tests.bring.files import NOW, acts, bad, gzipped, read, survived, written

AT = datetime(2024, 1, 5, 9, 7, tzinfo=UTC)
ONE = (AT, "ann", "bo", "reply", 2.0)


def told(path: Path) -> list[tuple[datetime, str, str, str, float | None]]:
    items = read("acts", path)
    assert bad(items) == []
    return [(a.at, a.actor, a.other, a.kind, a.weight) for a in acts(items)]


@pytest.mark.parametrize(
    "text",
    [
        "time,from,to,kind,weight\n1704445620,ann,bo,reply,2\n",
        "ts\tsrc\tdst\ttype\tvalue\n2024-01-05T09:07:00Z\tann\tbo\tReply\t2.0\n",
        "weight;kind;target;source;date\n2;reply;bo;ann;2024-01-05 09:07\n",
        "\ufefftimestamp,actor,other,kind,weight\r\n2024-01-05T17:07:00+08:00,ann,bo,reply,2\r\n",
        'time,from,to,kind,weight\n"1704445620","ann","bo","reply","2"\n',
        "1704445620,ann,bo,reply,2\n",
        "1704445620000 ann bo reply 2\n",
        "ann bo 1704445620 reply 2\n",
        "# from public data\n1704445620.0,ann,bo,reply,2e0\n\n",
        "time,from,to,kind,weight\n2024/1/5 9:07,ann,bo,reply,2",
        "time,from,to,kind,weight\n1704445620, ann , bo ,reply, 2",
        "time,from,to,kind,weight\n1704445620,a\u200bnn,\u202ebo,reply,2",
    ],
)
def test_columns_are_found_by_name_or_by_place_however_they_are_parted(tmp_path: Path, text: str) -> None:
    assert told(written(tmp_path, text)) == [ONE]


def test_a_gzipped_file_is_read_as_it_is_whatever_its_name(tmp_path: Path) -> None:
    assert told(gzipped(tmp_path, b"1704445620,ann,bo,reply,2\n", "plain.csv")) == [ONE]


def test_without_kind_and_weight_an_act_is_a_message_of_the_usual_weight(tmp_path: Path) -> None:
    assert told(written(tmp_path, "1 2 1082040961\n3 4 1082155839\n")) == [
        (datetime(2004, 4, 15, 14, 56, 1, tzinfo=UTC), "1", "2", "message", None),
        (datetime(2004, 4, 16, 22, 50, 39, tzinfo=UTC), "3", "4", "message", None),
    ]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("1704445620,,bo,reply,1", "no_from"),
        ("1704445620,ann, ,reply,1", "no_to"),
        ("1704445620,ann,\u202e\u200b,reply,1", "no_to"),
        ("1704445620,ann,bo,reply,-1", "bad_weight"),
        ("1704445620,ann,bo,reply,nan", "bad_weight"),
        ("1704445620,ann,bo,reply,inf", "bad_weight"),
        ("1704445620,ann,bo,reply,much", "bad_weight"),
        ("1704445620,ann,bo,reply,1e300", "bad_weight"),
        ("0,ann,bo,reply,1", "before_1990"),
        ("1970-01-01,ann,bo,reply,1", "before_1990"),
        ("1989-12-31T23:59:59Z,ann,bo,reply,1", "before_1990"),
        ("9999999999,ann,bo,reply,1", "in_future"),
        ("2026-01-02T00:00:01Z,ann,bo,reply,1", "in_future"),
        ("yesterday,ann,bo,reply,1", "bad_time"),
        (",ann,bo,reply,1", "bad_time"),
        ("2024-13-01,ann,bo,reply,1", "bad_time"),
        ("99999999999999999999999999,ann,bo,reply,1", "bad_time"),
        ("1704445620,ann", "few_columns"),
        ('1704445620,"ann,bo,reply,1', "bad_csv"),
    ],
)
def test_a_bad_line_is_named_by_its_number_and_reason_and_the_others_are_kept(
    tmp_path: Path, line: str, reason: str
) -> None:
    good = "1704445620,ann,bo,reply,2"
    items = read("acts", written(tmp_path, f"time,from,to,kind,weight\n{good}\n{line}\n{good}\n"))
    assert bad(items) == [(3, reason)]
    assert [a.line for a in acts(items)] == [2, 4]


def test_a_line_that_is_not_utf8_is_skipped(tmp_path: Path) -> None:
    items = read("acts", written(tmp_path, b"time,from,to\n1704445620,\xff\xfe,bo\n1704445620,\xe7\x94\xb2,bo\n"))
    assert bad(items) == [(2, "not_utf8")]
    assert [a.actor for a in acts(items)] == ["甲"]


def test_a_time_one_day_ahead_is_still_believed(tmp_path: Path) -> None:
    (line,) = acts(read("acts", written(tmp_path, "2026-01-02T00:00:00Z,ann,bo,reply\n")))
    assert line.at == NOW + timedelta(days=1)


def test_equal_lines_have_equal_keys_in_every_spelling_and_other_lines_other_keys(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "time,from,to,kind\n1704445620,ann,bo,reply\n2024-01-05T09:07:00Z,ann,bo,REPLY\n1704445621,ann,bo,reply\n"
        "1704445620,bo,ann,reply\n1704445620,an,nbo,reply\n",
    )
    keys = [line.key for line in acts(read("acts", path))]
    assert keys[0] == keys[1]
    assert len(set(keys)) == 4
    assert keys == [line.key for line in acts(read("acts", path))]


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"", EmptyFile),
        (b"\n\n  \n", EmptyFile),
        (b"v1,v2,weight,when\n6,2,4,x\n", UnknownColumns),
        ("姓名,城市\n甲,重庆\n".encode(), UnknownColumns),
        ("time,from,to\n".encode("utf-16-le"), NotText),
        (b"\x89PNG\r\n\x1a\n\0\0\0", NotText),
        (gzip.compress(b"1704445620,ann,bo,reply\n" * 1000, mtime=0)[:40], DamagedFile),
        ("时间,甲,乙\n".encode("gb18030") * 3, NotText),
        (b"\x1f\x8bnot gzip at all", DamagedFile),
        (b"a" * 2_000_000, LineTooLong),
    ],
)
def test_a_file_that_cannot_be_read_at_all_is_refused_by_name(
    tmp_path: Path, content: bytes, refusal: type[Refusal]
) -> None:
    with pytest.raises(refusal):
        read("acts", written(tmp_path, content))


def test_a_missing_file_a_folder_and_an_unknown_format_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="No such file"):
        read("acts", tmp_path / "nothing.csv")
    with pytest.raises(UnreadableFile, match="directory"):
        read("acts", tmp_path)
    with pytest.raises(UnknownFormat, match="acts, messages, mbox, slack, wechat"):
        read("excel", tmp_path / "nothing.csv")


def test_one_endless_line_is_refused_before_memory_grows(tmp_path: Path) -> None:
    path = tmp_path / "sparse.csv"
    with path.open("wb") as file:
        file.write(b"time,from,to,kind\n" + b"1704445620,ann,bo,reply\n" * 200)
        file.truncate(10 * 2**30)  # ten gigabytes of NUL on one line; the disk holds none of it
    tracemalloc.start()
    with pytest.raises(LineTooLong, match="Line 202 "):
        read("acts", path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 8 * 2**20


def test_a_gzip_bomb_is_refused(tmp_path: Path) -> None:
    line = b"1704445620,ann,bo,reply," + b"0" * 400_000 + b"1\n"
    with pytest.raises(FileTooBig):
        read("acts", gzipped(tmp_path, line * 250))


people = st.from_regex(r"[a-z][a-z0-9_.]{0,8}", fullmatch=True)
moments = st.datetimes(datetime(1990, 1, 2), datetime(2025, 12, 31), timezones=st.just(UTC)).map(  # noqa: DTZ001 -- hypothesis wants naive bounds
    lambda at: at.replace(microsecond=0)
)
rows = st.tuples(moments, people, people, st.sampled_from(["reply", "thank"]), st.floats(0, 1e6))


@given(
    table=st.lists(rows.filter(lambda row: row[1] != row[2]), min_size=1),
    delimiter=st.sampled_from(",\t; "),
    epoch=st.booleans(),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_what_was_written_is_read_back(
    tmp_path: Path, table: list[tuple[datetime, str, str, str, float]], delimiter: str, *, epoch: bool
) -> None:
    lines = ["time,from,to,kind,weight".replace(",", delimiter)]
    for at, *rest in table:
        lines += [delimiter.join(map(str, [int(at.timestamp()) if epoch else at.isoformat(), *rest]))]
    assert told(written(tmp_path, "\n".join(lines))) == table


@given(st.binary(max_size=600))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_random_bytes_give_lines_or_a_refusal_never_a_crash(tmp_path: Path, content: bytes) -> None:
    for prefix in (b"", b"time,from,to,kind\n", b"\x1f\x8b"):
        items = survived("acts", written(tmp_path, prefix + content))
        lines = [item.line for item in items if isinstance(item, ActLine | BadLine)]
        assert all(a < b for a, b in pairwise(lines))
