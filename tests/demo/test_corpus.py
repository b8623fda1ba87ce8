"""What is written by hand keeps its own rules."""

import re
import unicodedata

import pytest

from kith.demo.corpus import OPENER, language_of, table, thread_from, threads
from kith.demo.data import BadWords

CHINESE = r"[\u4e00-\u9fff]"
# An ASCII sign of punctuation that touches a Chinese character; a decimal point or a clock never does.
HALF_WIDTH = re.compile(rf"{CHINESE}[,.!?;:\"'()]|[,!?;:\"'(]{CHINESE}")
CAST = {p["key"] for p in table("cast")["person"]}
PLACES = {"成都", "上海", "杭州", "重庆", "广州", "昆明"}
CIRCLES = set(table("cast")["space"]) - {"any", "en"}
KINDS = {"newcomer"}


def written() -> list[str]:
    return [line for t in threads() for line in (t.text, *(r.text for r in t.replies), *(w.text for w in t.thanks))]


def test_the_corpus_is_large_enough() -> None:
    tongues = [t.language for t in threads()]
    assert tongues.count("zh") >= 160
    assert tongues.count("en") >= 70
    assert sum(len(t.replies) for t in threads()) >= 1_200


def test_no_text_is_written_twice() -> None:
    said = [line for t in threads() for line in (t.text, *(r.text for r in t.replies))]
    assert sorted({s for s in said if said.count(s) > 1}) == []


def test_chinese_has_full_width_punctuation() -> None:
    assert [line for line in written() if HALF_WIDTH.search(line)] == []


def test_nothing_hidden_stands_in_the_texts() -> None:
    hidden = [line for line in written() for c in line if c != "\n" and unicodedata.category(c)[0] == "C"]
    assert hidden == []


def test_texts_are_short_and_without_signs_of_shouting() -> None:
    assert max(len(line) for line in written()) < 420
    assert [line for line in written() if re.search(r"[!！?？]{2}|[\U0001F300-\U0001FAFF]", line)] == []


def test_speakers_answer_only_who_has_spoken() -> None:
    for t in threads():
        spoken = {OPENER}
        for line in t.replies:
            assert not line.answers or line.answers in spoken, line
            spoken.add(line.speaker)
        assert {w.speaker for w in t.thanks} <= spoken, t.text
        assert set(t.cast) <= spoken, t.text


def test_only_asks_have_accepted_answers_and_only_one() -> None:
    for t in threads():
        accepted = [line for line in t.replies if line.accepted]
        assert len(accepted) <= (1 if t.kind == "ask" else 0), t.text
        assert all(line.speaker != OPENER for line in accepted), t.text


def test_every_name_place_and_craft_is_known() -> None:
    for t in threads():
        assert t.by in CAST | {""}, t.text
        assert t.city in PLACES | {""}, t.text
        assert t.circle in CIRCLES | {""}, t.text
        assert set(t.cast.values()) <= CAST | PLACES | CIRCLES | KINDS, t.text
        assert t.stage in {"", "late"}, t.text
        assert t.months <= set(range(1, 13)), t.text


def test_thanks_hold_in_the_space_given_to_them() -> None:
    assert max(len(w.text) for t in threads() for w in t.thanks) <= 140


def test_a_line_without_a_speaker_is_refused_by_name() -> None:
    with pytest.raises(BadWords, match="talk_x: thread 3: no speaker in '没有人'"):
        thread_from({"text": "好", "replies": ["没有人"]}, "", "talk_x", 3)


def test_an_unknown_field_is_refused_by_name() -> None:
    with pytest.raises(BadWords, match="talk_x: thread 1: unknown field autor"):
        thread_from({"text": "好", "autor": "lin"}, "", "talk_x", 1)


def test_a_line_says_who_to_whom_when_and_whether_it_is_the_answer() -> None:
    line = thread_from({"text": "好", "replies": ["a 早", "b!>a+3 三天以后"]}, "", "x", 1).replies[1]
    assert (line.speaker, line.accepted, line.answers, line.days_later, line.text) == ("b", True, "a", 3, "三天以后")


def test_a_text_is_chinese_when_it_holds_a_chinese_character() -> None:
    assert (language_of("Market English 也行"), language_of("Café")) == ("zh", "en")
