"""Lists of people: the roster of a group, and members with what a list knows of them."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kith.bring import formats
from kith.bring.data import (
    ASpreadsheet,
    BadLine,
    Columns,
    EmptyFile,
    Item,
    LineTooLong,
    MemberLine,
    NoSuchColumn,
    NotATable,
    NothingToMap,
    NotText,
    Options,
    UnknownColumns,
    UnknownEncoding,
)
from kith.lib.errors import Refusal
from tests.bring.files import NOW, bad, members, notes, read, survived, written

JOINED = datetime(2024, 1, 5, tzinfo=UTC)


def mapped(format_name: str, path: Path, **columns: str) -> list[Item]:
    return list(formats.read(format_name, path, now=NOW, options=Options(columns=columns)))


@pytest.mark.parametrize(
    "text",
    [
        "id,name,joined\nw1,Ann,2024-01-05\n",
        "wxid;昵称;入群时间\nw1;Ann;2024/1/5\n",
        "\ufeff微信号\t群昵称\t加入日期\r\nw1\tAnn\t2024年1月5日\r\n",
        'joined,member_id,name,phone\n2024-01-05T00:00:00Z,w1,"Ann",13800000000\n\n,,,\n',
    ],
)
def test_a_roster_is_read_by_its_headers_in_two_languages(tmp_path: Path, text: str) -> None:
    assert read("roster", written(tmp_path, text)) == [MemberLine(2, "w1", "Ann", joined_at=JOINED)]


def test_a_roster_needs_identifiers_and_members_do_not(tmp_path: Path) -> None:
    path = written(tmp_path, "姓名,城市,职业,入会时间\n安,重庆,种茶的人,2024-01-05\n\u202e\n博,,,\n")
    with pytest.raises(UnknownColumns, match="needed are: id"):
        read("roster", path)
    assert members(read("members", path)) == [
        MemberLine(2, "安", "安", chapter="重庆", headline="种茶的人", joined_at=JOINED),
        MemberLine(4, "博", "博"),
    ]


def test_who_has_no_identifier_is_known_by_address_and_the_address_is_not_shown(tmp_path: Path) -> None:
    path = written(tmp_path, "id,name,email\n,Ann,Ann@Tea.org\n7,Bo,bo@tea.org\n,,cy@tea.org\n")
    assert members(read("members", path)) == [
        MemberLine(2, "ann@tea.org", "Ann"),
        MemberLine(3, "7", "Bo"),
        MemberLine(4, "cy@tea.org", ""),
    ]


def test_columns_can_be_named_and_left_away(tmp_path: Path) -> None:
    path = written(tmp_path, "Who,title,City,id\nAnn,Tea,Yard,w1\n")
    items = mapped("members", path, name="who", headline="", chapter="City")
    assert items == [MemberLine(2, "w1", "Ann", chapter="Yard")]
    with pytest.raises(NoSuchColumn, match="no column “姓名”; it has: Who, title, City, id"):
        mapped("members", path, name="姓名")
    with pytest.raises(NothingToMap, match="not for “phone”"):
        mapped("members", path, phone="title")
    with pytest.raises(NotATable, match="Only of roster, members"):
        mapped("acts", path, name="Who")


def test_what_each_column_is_taken_for_is_told_before(tmp_path: Path) -> None:
    path = written(tmp_path, "Who,职业,City,City\nAnn,Tea,Yard,\n")
    told = formats.columns_of("members", path, Options(columns={"name": "Who"}))
    assert told == Columns(
        ("Who", "职业", "City"),
        {"id": "", "name": "Who", "handle": "", "joined": "", "chapter": "City", "headline": "职业", "email": ""},
    )
    assert formats.columns_of("acts", path, Options()) is None


def test_the_encoding_of_excel_in_china_is_read_and_said(tmp_path: Path) -> None:
    items = read("members", written(tmp_path, "姓名,城市\n安,重庆\n".encode("gb18030")))
    assert members(items) == [MemberLine(2, "安", "安", chapter="重庆")]
    assert notes(items) == {"gb18030": None}


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be"])
@pytest.mark.parametrize("rows", [1, 9_000])
def test_the_unicode_text_of_excel_is_read(tmp_path: Path, encoding: str, rows: int) -> None:
    mark = "\ufeff" if encoding == "utf-16-be" else ""
    text = "编号\t姓名\t城市\r\n" + "".join(f"w{n}\t安𠮷\t重庆\r\n" for n in range(rows))
    items = read("members", written(tmp_path, (mark + text).encode(encoding)))
    assert items == [MemberLine(n + 2, f"w{n}", "安𠮷", chapter="重庆") for n in range(rows)]


@pytest.mark.parametrize(
    ("said", "handle"),
    [("ann", "ann"), ("@Ann_Lee ", "Ann-Lee"), ("安然", "安然"), ("@_ !", ""), ("", ""), ("a" * 50, "a" * 40)],
)
def test_a_handle_is_read_as_it_can_be_given(tmp_path: Path, said: str, handle: str) -> None:
    path = written(tmp_path, f"id,name,handle\nw1,Ann,{said}\n")
    assert [m.handle for m in members(read("members", path))] == [handle]
    assert [m.handle for m in members(read("roster", path))] == [handle]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (",,", "no_member"),
        ("\u202e,\u200b,2024-01-05", "no_member"),
        ("w1,Ann again,", "twice"),
        ("w2,Bo,soon", "bad_time"),
        ("w2,Bo,1985-01-01", "before_1990"),
        ("w2,Bo,45123", "before_1990"),
        ("w2,Bo,2126-01-01", "in_future"),
        ('w2,"Bo' + "o" * 140_000 + '",', "bad_csv"),
    ],
)
def test_a_bad_row_is_named_and_the_rest_is_kept(tmp_path: Path, row: str, reason: str) -> None:
    items = read("roster", written(tmp_path, f"id,name,joined\nw1,Ann,\n{row},x\nw9,Zoe,\n"))
    assert bad(items) == [(3, reason)]
    assert [m.external_id for m in members(items)] == ["w1", "w9"]


def test_equal_names_without_identifiers_are_not_taken_for_one(tmp_path: Path) -> None:
    items = read("members", written(tmp_path, "name\nAnn\nAnn\n"))
    assert bad(items) == [(3, "same_name")]


def test_a_line_that_is_no_text_is_skipped(tmp_path: Path) -> None:
    items = read("roster", written(tmp_path, "id,name\nw1,安\n".encode() + b"w2,\xff\xff\n"))
    assert [(i.line, i.reason) for i in items if isinstance(i, BadLine)] == [(3, "not_utf8")]


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"", EmptyFile),
        (b"\n,,\n", EmptyFile),
        (b"PK\x03\x04\x14\0\0", ASpreadsheet),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", ASpreadsheet),
        ("id,name\n1,2\n".encode("utf-16-le"), NotText),
        ("id,name\n1,2\n".encode("utf-16")[:-1], NotText),
        ("id,name\n1,\0\n".encode("utf-16"), NotText),
        ("id,name\n1,2\n".encode("utf-32"), NotText),
        ("姓名,城市\n1,2\n".encode("euc-jp") + b"\xff\xff", UnknownEncoding),
        (("id,name\n1," + "o" * 1_000_001).encode("utf-16"), LineTooLong),
        ("电话,备注\n1,2\n".encode(), UnknownColumns),
    ],
)
def test_what_is_no_list_of_people_is_refused(tmp_path: Path, content: bytes, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        read("members", written(tmp_path, content))


@given(st.binary(max_size=400))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_random_bytes_give_lines_or_a_refusal_never_a_crash(tmp_path: Path, content: bytes) -> None:
    for prefix in (b"", b"id,name,joined,email\n"):
        for name in ("roster", "members"):
            survived(name, written(tmp_path, prefix + content))
