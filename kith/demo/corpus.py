"""Reads the hand-written texts of `words/`: conversations, the cast, thanks."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from kith.demo.data import BadWords

LINE = re.compile(r"([a-z])(!?)(?:>([a-z]))?(?:\+(\d+))? (\S.*)", re.DOTALL)
CHINESE = re.compile(r"[\u4e00-\u9fff]")
KNOWN = {
    "kind",
    "circle",
    "by",
    "city",
    "who",
    "cast",
    "months",
    "stage",
    "day",
    "minutes_ago",
    "text",
    "replies",
    "thanks",
}
OPENER = "o"


@dataclass(frozen=True, slots=True)
class Line:
    """A reply as written: `b!>a+3 text` is what b says to a three days later, and it is the accepted answer."""

    speaker: str
    accepted: bool
    answers: str
    days_later: int
    text: str


@dataclass(frozen=True, slots=True)
class Thread:
    """A conversation as written. Speakers are letters, `o` the one who opened it.

    `by` names the opener, `city` where they live, `who` their kind; `cast` says the same of other speakers.
    `months` are the calendar months it belongs to, `stage` is late or "";
    `day` of the story and `minutes_ago` of its end place it exactly.
    """

    text: str
    kind: str
    circle: str
    replies: tuple[Line, ...]
    thanks: tuple[Line, ...]
    by: str
    city: str
    who: str
    cast: Mapping[str, str]
    months: frozenset[int]
    stage: str
    day: float | None
    minutes_ago: int | None

    @property
    def language(self) -> str:
        return language_of(self.text)


def language_of(text: str) -> str:
    return "zh" if CHINESE.search(text) else "en"


def _lines(raw: list[str], file: str, number: int) -> Iterator[Line]:
    for text in raw:
        if not (m := LINE.fullmatch(text)):
            raise BadWords(file=file, number=number, reason=f"no speaker in {text!r}")
        yield Line(m[1], bool(m[2]), m[3] or "", int(m[4] or 0), m[5].strip())


def thread_from(raw: Mapping[str, Any], circle: str, file: str, number: int) -> Thread:
    """Return one conversation.

    Raises:
        BadWords: an unknown field, or a line without a speaker.
    """
    if unknown := raw.keys() - KNOWN:
        raise BadWords(file=file, number=number, reason=f"unknown field {min(unknown)}")
    return Thread(
        text=raw["text"].strip(),
        kind=raw.get("kind", "talk"),
        circle=raw.get("circle", circle),
        replies=tuple(_lines(raw.get("replies", []), file, number)),
        thanks=tuple(_lines(raw.get("thanks", []), file, number)),
        by=raw.get("by", ""),
        city=raw.get("city", ""),
        who=raw.get("who", ""),
        cast=raw.get("cast", {}),
        months=frozenset(raw.get("months", ())),
        stage=raw.get("stage", ""),
        day=raw.get("day"),
        minutes_ago=raw.get("minutes_ago"),
    )


@cache
def table(name: str) -> dict[str, Any]:
    """Return a file of `words/` as it stands; read once, so leave it as it is."""
    return tomllib.loads(resources.files("kith.demo").joinpath("words", f"{name}.toml").read_text(encoding="utf-8"))


@cache
def threads() -> tuple[Thread, ...]:
    """Return every conversation, in the order of files and lines."""
    folder = resources.files("kith.demo").joinpath("words")
    names = sorted(f.name.removesuffix(".toml") for f in folder.iterdir() if f.name.startswith("talk_"))
    return tuple(
        thread_from(raw, content.get("circle", ""), name, number)
        for name in names
        for content in [table(name)]
        for number, raw in enumerate(content["thread"], start=1)
    )
