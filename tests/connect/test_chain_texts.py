"""Chains as texts: what people paste is read, and what is written is read back the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.connect import api as connect
from kith.connect.rules import chains

PATTERN = chains.columns("姓名-数量-备注")
WORDS = st.text("苏杭赵穗 an-–·12份+,，.:#例、()", min_size=1, max_size=12)
REAL = """#接龙
周六采摘报名，满 20 人发车
早上八点西门集合
例 姓名 数量

1. 苏杭 2
2、赵穗 1份
３．何以南+3
4) Ann Lee-两份-不吃辣
5️⃣ 罗，4，带孩子
7: 林 2
要靠窗
"""


def read_all(text: str, pattern: str = "姓名-数量-备注") -> list[tuple[str, ...]]:
    wanted = chains.columns(pattern)
    return [chains.checked_values(chains.fields(line.raw, wanted), wanted) for line in chains.read(text).lines]


def test_a_text_of_a_group_is_read_with_all_its_separators() -> None:
    found = chains.read(REAL)
    assert (found.title, found.note, found.example) == ("周六采摘报名，满 20 人发车", "早上八点西门集合", "姓名 数量")
    assert read_all(REAL)[:5] == [
        ("苏杭", "2", ""), ("赵穗", "1", ""), ("何以南", "3", ""), ("Ann Lee", "2", "不吃辣"), ("罗", "4", "带孩子"),
    ]  # fmt: skip
    assert [line.raw for line in found.lines][5] == "林 2 要靠窗"  # a wrapped line is one
    assert found.gaps == (6,)


def test_a_text_without_an_example_begins_where_the_numbers_do() -> None:
    found = chains.read("#Group Note\nPotluck\nbring a dish\n1. Ann soup\n2 Bo rice\n\n3. Cy")
    assert (found.title, found.note) == ("Potluck", "bring a dish")
    assert [line.raw for line in found.lines] == ["Ann soup", "Bo rice", "Cy"]
    assert chains.read("谁来？\n我来").lines == ()


def test_a_pattern_says_what_must_be_filled_and_what_is_a_number() -> None:
    found = chains.columns("序号-姓名-数量*-备注")
    assert [(c.name, c.must, c.is_number) for c in found] == [
        ("姓名", True, False),
        ("数量", True, True),
        ("备注", False, False),
    ]
    for bad in ("", "-", "a-a", "-".join("abcdefghi")):
        with pytest.raises(connect.BadPattern):
            chains.columns(bad)


@pytest.mark.parametrize(
    ("raw", "many"), [("2", 2), ("+1", 1), ("两份", 2), ("3 盒", 3), ("十", 10), ("x5", 5), ("半", None), ("1.5", None)]
)
def test_numbers_are_read_as_people_write_them(raw: str, many: int | None) -> None:
    assert chains.number(raw) == many


def test_a_line_that_does_not_fit_says_which_field() -> None:
    wanted = chains.columns("姓名-数量*")
    with pytest.raises(connect.FieldMissing, match="数量"):
        chains.checked_values(["苏杭"], wanted)
    for bad in ("很多", "0"):
        with pytest.raises(connect.NotANumber, match="数量"):
            chains.checked_values(["苏杭", bad], wanted)


@given(
    st.lists(
        st.tuples(WORDS, st.one_of(st.just(""), st.integers(1, 999).map(str)), st.one_of(st.just(""), WORDS)),
        max_size=6,
    ),
    WORDS,
    st.one_of(st.just(""), WORDS),
)
def test_what_is_written_is_read_back_the_same(rows: list[tuple[str, str, str]], title: str, note: str) -> None:
    kept = []
    for row in rows:
        try:
            kept.append(chains.checked_values(row, PATTERN))
        except connect.FieldMissing:
            continue  # a name of blanks
    title, note = " ".join(title.split()), " ".join(note.split())
    text = chains.written(title, note, PATTERN, kept)
    assert read_all(text) == kept
    if title and not chains.HEAD.fullmatch(title):
        assert (chains.read(text).title, chains.read(text).note) == (title, note)
