"""What a day's lines come to, without a database."""

from hypothesis import given
from hypothesis import strategies as st

from kith.connect.data import DayNumbers
from kith.connect.rules import daily
from kith.connect.rules.daily import DayLine

LINES = st.lists(
    st.builds(
        DayLine,
        id=st.integers(1, 60),
        root_id=st.integers(1, 9),
        author_id=st.integers(1, 9),
        to_id=st.integers(0, 9),
        text=st.text("热水器漏气的雨天 boiler", max_size=12),
        thanks=st.integers(0, 3),
    ),
    max_size=40,
    unique_by=lambda line: line.id,
)


def line(n: int, author: int, text: str = "", root: int = 0, to: int = 0) -> DayLine:
    return DayLine(n, root or n, author, to, text)


def test_a_thread_of_many_is_warmer_than_one_of_a_talker() -> None:
    many = [line(1, 1), *(line(n, n, root=1, to=1) for n in range(2, 6))]
    talker = [line(11, 1), *(line(n, 9, root=11, to=1) for n in range(12, 21))]
    found = daily.topics([*many, *talker])
    assert [(t.post_id, t.people, t.messages) for t in found] == [(1, 5, 5), (11, 2, 10)]
    assert [t.heat for t in found] == [45.5, 40.0]  # Σ√ = 5 and 1 + 3


def test_lines_outside_of_threads_are_a_topic_when_three_use_a_word() -> None:
    said = ["热水器坏了", "我家热水器也漏水", "换个热水器吧", "天气真好", "天气不错"]
    found = daily.topics([line(n, n, text) for n, text in enumerate(said, 1)])
    assert [(t.word, t.people, t.messages) for t in found] == [("热水器", 3, 3)]


def test_a_word_that_was_said_as_often_before_is_no_topic() -> None:
    lines = [line(n, n, f"报名的人{n}") for n in range(1, 5)]
    assert daily.topics(lines)[0].word == "报名的人"
    assert daily.topics(lines, ["报名的人"] * 5 + ["别的"]) == []


def test_people_stand_in_the_order_of_whom_they_were_in_touch_with() -> None:
    lines = [*(line(n, 1, root=1) for n in range(1, 8)), line(11, 2, to=3, root=9), line(12, 2, to=4, root=9)]
    found = daily.people(lines, [(2, 5), (3, 3)], hidden=set())
    assert [(t.person_id, t.others, t.messages) for t in found] == [(2, 3, 2)]
    assert daily.people(lines, [], hidden={2}) == []


def test_the_tone_counts_people_before_words() -> None:
    usual = daily.usual([DayNumbers(20, 10, 5)] * 7)
    assert usual == DayNumbers(20, 10, 5)
    tones = [daily.level(DayNumbers(m, p, 0), usual) for m, p in ((20, 15), (90, 10), (40, 11), (20, 6))]
    assert tones == ["lively", "usual", "lively", "quiet"]
    assert daily.level(DayNumbers(9, 9, 9), None) == ""
    assert daily.usual([DayNumbers(1, 1, 1)] * 6) is None


@given(LINES)
def test_any_day_gives_a_short_report_and_the_same_again(lines: list[DayLine]) -> None:
    found = daily.topics(lines)
    assert found == daily.topics(lines)
    assert len(found) <= daily.MOST
    assert {t.post_id for t in found} <= {n for one in lines for n in (one.id, one.root_id)}
    assert all(0 < t.heat < 100 and t.people >= 2 for t in found)
    assert all(t.others for t in daily.people(lines, [], set()))
