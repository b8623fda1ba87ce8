"""Chains (接龙) as texts: how a pattern, a line and a whole pasted chain are read, and how one is written. Pure.

WeChat writes `#接龙`, a title, a note, perhaps `例 姓名 数量`, and lines that begin with their number; people copy the whole, add a line
and send it again, so that texts come with lines wrapped, numbers skipped and every kind of separator.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kith.connect.data import (
    CAP_LIMIT,
    COLUMNS_LIMIT,
    PASTED_LIMIT,
    VALUE_LIMIT,
    BadCap,
    BadPattern,
    ChainColumn,
    FieldMissing,
    NotANumber,
)
from kith.lib.text import clean_line, clean_text

NUMBERED = re.compile(r"\s*(\d{1,4})\s*[.．、,，:：)）]\s*(.*)", re.DOTALL)
SPACED = re.compile(r"\s*(\d{1,4})\s+(\S.*)", re.DOTALL)
EXAMPLE = re.compile(r"\s*(?:例如|示例|例子|例|[Ee]\.g\.|[Ee]xample)\s*[:：]?\s*(.*)")
HEAD = re.compile(r"\s*(?:#\s*接龙|＃\s*接龙|【接龙】|#\s*Group Note|#\s*Solitaire|接龙)\s*", re.IGNORECASE)
IS_NUMBER = re.compile(r"数|份|件|quantity|qty|number|count|how many", re.IGNORECASE)
DASHES = re.compile(r"[-－–—]")
MARKS = re.compile(r"[,，、|｜/;；\t]")
SERIAL = {"序号", "编号", "no", "no.", "#"}
TRAILING = re.compile(
    r"(.*?)[\s+＋xX×*]*(\d{1,6}|[一二两三四五六七八九十])\s*(?:份|个|位|人|件|箱|盒|斤|袋|瓶|只|张)?(.*)", re.DOTALL
)
QUANTITY = re.compile(r"[+＋xX×*]?\s*(\d{1,6}|[一二两三四五六七八九十])\s*(?:份|个|位|人|件|箱|盒|斤|袋|瓶|只|张)?")
CHINESE_NUMBERS = {sign: n for n, sign in enumerate("一二三四五六七八九十", 1)} | {"两": 2}
# Digits of other widths, and the sign above which telephones put a digit (1️⃣).
WIDE = {ord("０") + n: str(n) for n in range(10)} | {0xFE0F: None, 0x20E3: "."}


@dataclass(frozen=True, slots=True)
class ReadLine:
    n: int
    raw: str


@dataclass(frozen=True, slots=True)
class ReadChain:
    title: str
    note: str
    example: str
    lines: tuple[ReadLine, ...]
    gaps: tuple[int, ...]


def columns(pattern: str) -> tuple[ChainColumn, ...]:
    """Read a pattern: names with hyphens between, `*` after what must be filled. The first always must; a number of the line is no column.

    A name with 数, 份 or 件 in it takes whole numbers.

    Raises:
        BadPattern: there is none, there are more than eight, or two are called the same.

    """
    names = [clean_line(part)[:20] for part in DASHES.split(pattern)]
    names = [name for name in names if name and name.rstrip("*＊").strip().casefold() not in SERIAL]
    plain = [name.rstrip("*＊").strip() for name in names]
    if not plain or len(plain) > COLUMNS_LIMIT or len(set(plain)) < len(plain) or not all(plain):
        raise BadPattern(limit=COLUMNS_LIMIT)
    return tuple(
        ChainColumn(name, not n or names[n] != name, bool(IS_NUMBER.search(name))) for n, name in enumerate(plain)
    )


def checked_cap(cap: int | None) -> int | None:
    if cap is not None and not 1 <= cap <= CAP_LIMIT:
        raise BadCap(limit=CAP_LIMIT)
    return cap


def number(raw: str) -> int | None:
    """Read 2, 2份, +1, 两份; None for what is no whole number."""
    found = QUANTITY.fullmatch(raw.strip().translate(WIDE))
    if found is None:
        return None
    return CHINESE_NUMBERS.get(found[1]) or int(found[1])


def checked_values(given: Sequence[str], wanted: Sequence[ChainColumn]) -> tuple[str, ...]:
    """Return the fields of a line, made fit to be written as one: hyphens in all but the last become dashes.

    Raises:
        FieldMissing, NotANumber: as they say.

    """
    values = []
    for n, column in enumerate(wanted):
        value = clean_line(given[n] if n < len(given) else "")[:VALUE_LIMIT].strip()
        if not value and column.must:
            raise FieldMissing(field=column.name)
        if value and column.is_number:
            many = number(value)
            if many is None or not 1 <= many <= CAP_LIMIT:
                raise NotANumber(field=column.name, limit=CAP_LIMIT)
            value = str(many)
        values.append(value if n == len(wanted) - 1 else DASHES.sub("‐", value).strip())
    return tuple(values)


def quantity(values: Sequence[str], wanted: Sequence[ChainColumn]) -> int:
    """Return how much a line takes of a cap that counts quantities: its first number, 1 where it gives none."""
    first = next((value for value, column in zip(values, wanted, strict=True) if column.is_number and value), "1")
    return int(first)


def fields(raw: str, wanted: Sequence[ChainColumn]) -> list[str]:
    """Divide a line by the separators people use: hyphens, else commas, else blanks, else where a number is stuck to a name."""
    text, most = raw.strip(), len(wanted) - 1
    if not most:
        return [text]
    for mark in (DASHES, MARKS):
        if mark.search(text):
            return [part.strip() for part in mark.split(text, maxsplit=most)]
    if re.search(r"\s", text):
        return text.split(None, most)
    stuck = TRAILING.fullmatch(text)
    if stuck and stuck[1] and wanted[1].is_number:
        return [stuck[1], stuck[2], *([stuck[3]] if stuck[3] and most > 1 else [])]
    return [text]


def written_line(values: Sequence[str], wanted: Sequence[ChainColumn]) -> str:
    """Write a line so that reading it gives the same values; hyphens at its end are left off where nothing is lost."""
    whole = "-".join(values)
    short = whole.rstrip("-")
    read = [*fields(short, wanted), *[""] * len(values)][: len(values)]
    return short if tuple(read) == tuple(values) else whole


def written(
    title: str, note: str, wanted: Sequence[ChainColumn], lines: Sequence[Sequence[str]], example: str = ""
) -> str:
    """Write a chain as WeChat does, to paste into a group."""
    head = ["#接龙", *([title] if title else []), *([note] if note else [])]
    shown = example or "-".join(column.name for column in wanted)
    body = [f"{n}. {written_line(values, wanted)}" for n, values in enumerate(lines, 1)]
    return "\n".join([*head, f"例 {shown}", "", *body]).rstrip() + "\n"


def read(text: str) -> ReadChain:
    """Read a pasted chain; what is not numbered and follows a numbered line belongs to it, for long lines are wrapped."""
    rows = [row.rstrip().translate(WIDE) for row in clean_text(text).split("\n")]
    start = next((n for n in range(len(rows) - 1, -1, -1) if EXAMPLE.match(rows[n])), None)
    first = (
        start + 1 if start is not None else next((n for n, row in enumerate(rows) if NUMBERED.match(row)), len(rows))
    )
    head = [row.strip() for row in rows[: first if start is None else start]]
    head = [row for n, row in enumerate(head) if not (n == 0 and HEAD.fullmatch(row))]
    while head and not head[0]:
        head.pop(0)
    found = EXAMPLE.match(rows[start]) if start is not None else None
    lines = _numbered(rows[first:])
    seen = {line.n for line in lines}
    gaps = tuple(n for n in range(1, max(seen, default=0)) if n not in seen)
    return ReadChain(
        head[0] if head else "", "\n".join(head[1:]).strip(), found[1].strip() if found else "", lines, gaps
    )


def _numbered(rows: Sequence[str]) -> tuple[ReadLine, ...]:
    lines: list[ReadLine] = []
    for row in rows:
        expected = lines[-1].n + 1 if lines else 1
        match = NUMBERED.fullmatch(row)
        if match is None and (loose := SPACED.fullmatch(row)) and int(loose[1]) == expected:
            match = loose
        if match:
            lines.append(ReadLine(int(match[1]), match[2].strip()))
        elif lines and row.strip():
            lines[-1] = ReadLine(lines[-1].n, f"{lines[-1].raw} {row.strip()}".strip())
    return tuple(line for line in lines if line.raw)[:PASTED_LIMIT]
