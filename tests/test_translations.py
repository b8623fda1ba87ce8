"""Every text for people exists in both languages; the code says it in English, the catalog in Chinese."""

import re
from pathlib import Path

from tools import messages

HALF_WIDTH = re.compile(r"[\u3400-\u9fff][,;:!?]|[,;:!?][\u3400-\u9fff]")
CHINESE = re.compile(r"[\u3400-\u9fff]")


def catalog() -> Path:
    return messages.catalogs()[0]


def test_every_sentence_is_translated_and_none_is_left_over() -> None:
    assert list(messages.faults(catalog(), messages.gather())) == []


def test_sentences_in_code_are_english() -> None:
    ids = [str(m.id) for m in messages.gather() if m.id]
    assert [i for i in ids if CHINESE.search(i.replace("同道", ""))] == []


def test_chinese_sentences_use_full_width_punctuation() -> None:
    texts = [
        m.string if isinstance(m.string, str) else " ".join(m.string or ()) for m in messages.read(catalog()) if m.id
    ]
    assert [t for t in texts if HALF_WIDTH.search(t)] == []
