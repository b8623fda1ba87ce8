"""What a search looks for, and how its hits are shown. Pure."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

# Scripts without blanks between words: kana, Han and Hangul. The database cuts texts by the same ranges
# (migration search: connect_lexemes); a change here is a change there.
UNSPACED = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003134f"
RUN = re.compile(f"[{UNSPACED}]+|[^\\W{UNSPACED}]+")
WORDS_LIMIT = 12
LETTERS_LIMIT = 100
LEAD = 40  # characters before the first hit


@dataclass(frozen=True, slots=True)
class Sought:
    """What was typed: `words` as they are compared, folded; empty when nothing in it can be looked for."""

    words: tuple[str, ...] = ()

    @property
    def runs(self) -> list[str]:
        """Return the words of three and more characters without blanks: their pairs may stand apart in a text."""
        return [w for w in self.words if len(w) > 2 and is_unspaced(w)]


def is_unspaced(word: str) -> bool:
    return re.match(f"[{UNSPACED}]", word) is not None


def sought(raw: str) -> Sought:
    """Read what somebody typed: words in any order, all of which must be there."""
    folded = unicodedata.normalize("NFKC", raw[:LETTERS_LIMIT]).lower()
    return Sought(tuple(dict.fromkeys(RUN.findall(folded)))[:WORDS_LIMIT])


def tsquery(wanted: Sought, shelf: int) -> str:
    """Return the tsquery for it. Every lexeme begins with the community's number: so one index serves each by itself.

    A word of Chinese is its pairs of characters, exactly; one character is the beginning of a pair. Latin words may go on.
    """
    return " & ".join(part for word in wanted.words for part in _parts(word, shelf))


def _parts(word: str, shelf: int) -> Iterator[str]:
    if len(word) > 1 and is_unspaced(word):
        yield from (f"'{shelf}:{word[i : i + 2]}'" for i in range(len(word) - 1))
    else:
        yield f"'{shelf}:{word}':*"


def marked(text: str, wanted: Sought, length: int = 160) -> tuple[tuple[str, bool], ...]:
    """Return an excerpt around the first hit as pieces (words, is a hit): whoever shows them escapes each by itself."""
    spots = _spots(text, wanted.words)
    start = max(0, (spots[0][0] if spots else 0) - LEAD)
    end = min(len(text), start + length)
    pieces, at = [("…", False)] if start else [], start
    for a, b in spots:
        if b > end:
            break
        pieces += [(text[at:a], False), (text[a:b], True)]
        at = b
    pieces += [(text[at:end], False), ("…" if end < len(text) else "", False)]
    return tuple((words, hit) for words, hit in pieces if words)


def _spots(text: str, words: Sequence[str]) -> list[tuple[int, int]]:
    """Return where words stand in a text, from left to right, none over another; Latin ones where a word begins."""
    if not words:
        return []
    longest = sorted(words, key=len, reverse=True)
    ways = [re.escape(w) if is_unspaced(w) else rf"(?<![^\W{UNSPACED}]){re.escape(w)}" for w in longest]
    return [m.span() for m in re.finditer("|".join(ways), text, re.IGNORECASE)]
