"""Names, lines and texts are made safe to show anywhere, and stay themselves when cleaned again."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.lib.text import HIDDEN, clean_line, clean_name, clean_text, handle_from

anything = st.text(st.characters(), max_size=120)


@pytest.mark.parametrize(
    ("raw", "line"),
    [
        ("  a \t b\n c ", "a b c"),
        ("a\u202eb", "ab"),
        ("\u200b\u200c\u200d\ufeff", ""),
        ("a\x00b", "a b"),
        ("e\u0301", "é"),
        ("\u3164", "\u3164"),
        ("苏 杭", "苏 杭"),
        ("a\u2028b\u0085c", "a b c"),
        ("\ue000private", "private"),
    ],
)
def test_a_line(raw: str, line: str) -> None:
    assert clean_line(raw) == line


@given(anything)
def test_a_clean_line_has_nothing_hidden_and_stays(raw: str) -> None:
    line = clean_line(raw)
    assert not HIDDEN.search(line)
    assert all(unicodedata.category(c)[0] != "C" for c in line)
    assert line == line.strip()
    assert "  " not in line
    assert "\n" not in line
    assert clean_line(line) == line


@given(anything)
def test_a_clean_name_has_at_most_sixty_characters_and_stays(raw: str) -> None:
    name = clean_name(raw)
    assert len(name) <= 60
    assert clean_name(name) == name


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("a\r\nb\rc", "a\nb\nc"),
        ("a\x00\x1b[31mb", "a[31mb"),
        ("\u202edesrever", "desrever"),
        ("tab\tstays", "tab\tstays"),
        ("👨\u200d👩\u200d👧", "👨\u200d👩\u200d👧"),
        ("half\ud83d", "half"),
        ("  indented", "  indented"),
    ],
)
def test_a_text(raw: str, text: str) -> None:
    assert clean_text(raw) == text


@given(anything)
def test_a_clean_text_can_be_stored_and_stays(raw: str) -> None:
    text = clean_text(raw)
    text.encode()
    assert "\x00" not in text
    assert "\r" not in text
    assert clean_text(text) == text


@pytest.mark.parametrize(
    ("name", "handle"),
    [
        ("Ann Lee", "Ann-Lee"),
        ("何以南", "何以南"),
        ("a_b", "a-b"),
        ("!!!", "member"),
        ("", "member"),
        ("x" * 90, "x" * 40),
        ("O'Neil, Jr.", "O-Neil-Jr"),
    ],
)
def test_a_handle(name: str, handle: str) -> None:
    assert handle_from(name) == handle


@given(anything)
def test_a_handle_fits_an_address(raw: str) -> None:
    handle = handle_from(raw)
    assert 1 <= len(handle) <= 40
    assert not handle.startswith("-")
    assert not handle.endswith("-")
    assert not set(handle) & set("/?#@%\\&\"'<> \n")
