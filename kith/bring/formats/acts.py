"""Tables of acts without text: `time,from,to,kind[,weight]`, by the names of the first line or by place."""

import csv
import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import chain, islice
from pathlib import Path

from kith.bring.data import ActLine, BadLine, EmptyFile, Item, NotText, UnknownColumns
from kith.bring.formats.source.columns import FROM_NAMES, TIME_NAMES, header_of
from kith.bring.formats.source.lines import numbered_lines
from kith.bring.formats.source.times import EARLIEST, parse_time
from kith.bring.formats.source.words import clean_id, digest
from kith.lib.text import clean_line

NAMES = {
    "time": TIME_NAMES,
    "from": FROM_NAMES,
    "to": ("to", "dst", "target", "other", "receiver", "recipient", "to_id"),
    "kind": ("kind", "type", "action"),
    "weight": ("weight", "value"),
}
NEEDED = ("time", "from", "to")
BY_PLACE = {"time": 0, "from": 1, "to": 2, "kind": 3, "weight": 4}
# As public data sets of interactions write them: source, target, time.
BY_PLACE_TIME_LAST = {"from": 0, "to": 1, "time": 2, "kind": 3, "weight": 4}
BLANKS = ""
DELIMITERS = ("\t", ",", ";", BLANKS)
SAMPLE = 50
KIND_WHEN_SILENT = "message"

Split = Callable[[str], list[str]]
Numbered = tuple[int, str]


def read(path: Path) -> Iterator[Item]:
    """Yield an ActLine or a BadLine for every line that is not blank, the header or a leading # comment."""
    decoded = _decoded(path)
    sample = list(islice(decoded, SAMPLE))
    lines = [line for line in sample if not isinstance(line, BadLine)]
    if not lines:
        raise (NotText if sample else EmptyFile)(name=path.name)
    split = _splitter(_delimiter([text for _, text in lines]))
    places, header = _layout([split(text) for _, text in lines])
    for line in chain(sample, decoded):
        if isinstance(line, BadLine):
            yield line
        elif not (header and line[0] == lines[0][0]):
            yield _act(line, split, places)


def _decoded(path: Path) -> Iterator[Numbered | BadLine]:
    begun = False
    for number, raw in numbered_lines(path):
        begun = begun or not raw.startswith((b"#", b"%"))
        if not begun and not _is_header(raw):
            continue
        begun = True
        try:
            text = raw.decode().strip(" \r\n\v\f")
        except UnicodeDecodeError:
            yield BadLine(number, "not_utf8")
            continue
        if text:
            yield number, text


def _is_header(raw: bytes) -> bool:
    words = re.split(r"[\s,;]+", raw.decode("utf-8", "replace").lstrip("# %"))
    return len(header_of(words, {key: NAMES[key] for key in NEEDED})) == len(NEEDED)


def _delimiter(texts: Sequence[str]) -> str:
    """Return the delimiter that gives most lines three fields; on a draw the stricter one."""

    def fitting(delimiter: str) -> int:
        split = _splitter(delimiter)
        return sum(len(split(text)) >= 3 for text in texts)

    return max(DELIMITERS, key=fitting)


def _splitter(delimiter: str) -> Split:
    if delimiter == BLANKS:
        return str.split

    def split(text: str) -> list[str]:
        if '"' not in text:
            return text.split(delimiter)
        try:
            return next(csv.reader([text], delimiter=delimiter, strict=True))
        except (csv.Error, StopIteration):
            return []

    return split


def _layout(rows: Sequence[list[str]]) -> tuple[Mapping[str, int], bool]:
    """Return the place of each column and whether the first row is a header."""
    named = header_of(rows[0], NAMES)
    if all(key in named for key in NEEDED):
        return named, True
    rows = [row for row in rows if len(row) >= 3] or list(rows)
    first, third = _times(rows, 0), _times(rows, 2)
    if third > first:
        return BY_PLACE_TIME_LAST, False
    if first == 0 and not any(parse_time(field) for field in rows[0]):
        needed = ", ".join("/".join(NAMES[key][:3]) for key in NEEDED)
        raise UnknownColumns(columns=clean_line(", ".join(rows[0])[:200]) or "…", needed=needed)
    return BY_PLACE, False


def _times(rows: Sequence[list[str]], place: int) -> int:
    times = (parse_time(row[place]) for row in rows if len(row) > place)
    return sum(at is not None and at >= EARLIEST for at in times)


def _act(line: Numbered, split: Split, places: Mapping[str, int]) -> Item:
    number, text = line
    fields = split(text)
    if not fields:
        return BadLine(number, "bad_csv")
    if len(fields) <= max(places[key] for key in NEEDED):
        return BadLine(number, "few_columns", f"{len(fields)}")
    actor, other = clean_id(fields[places["from"]]), clean_id(fields[places["to"]])
    raw_time, raw_weight = fields[places["time"]], _field(fields, places, "weight")
    at, weight = parse_time(raw_time), _weight(raw_weight)
    fault = _fault(actor, other, at, weight)
    if fault or at is None:
        return BadLine(number, fault, (raw_time if fault == "bad_time" else raw_weight)[:80])
    kind = clean_id(_field(fields, places, "kind")).lower() or KIND_WHEN_SILENT
    given = weight if raw_weight else None
    return ActLine(number, digest(at.isoformat(), actor, other, kind, given), at, actor, other, kind, given)


def _field(fields: list[str], places: Mapping[str, int], key: str) -> str:
    place = places.get(key, len(fields))
    return fields[place].strip() if place < len(fields) else ""


def _weight(raw: str) -> float:
    """Return the weight, 0 when the column is empty, -1 when it is no weight."""
    try:
        weight = float(raw or 0)
    except ValueError:
        return -1
    return weight if math.isfinite(weight) and 0 <= weight <= 1e6 else -1


def _fault(actor: str, other: str, at: datetime | None, weight: float) -> str:
    if not actor:
        return "no_from"
    if not other:
        return "no_to"
    if at is None:
        return "bad_time"
    return "bad_weight" if weight < 0 else ""
