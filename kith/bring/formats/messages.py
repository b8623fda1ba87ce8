"""Messages with text: CSV `id,time,from,text[,name,reply_to,channel,mentions]` or a JSON object per line."""

import json
import re
from collections.abc import Iterator, Mapping
from itertools import chain
from pathlib import Path

from kith.bring.data import TEXT_LIMIT, BadLine, EmptyFile, Item, MessageLine, Note, UnknownColumns
from kith.bring.formats.source.columns import FROM_NAMES, TIME_NAMES, header_of
from kith.bring.formats.source.lines import numbered_lines
from kith.bring.formats.source.tables import NOT_DECODED, records
from kith.bring.formats.source.times import parse_time
from kith.bring.formats.source.words import clean_id, clean_label, digest, shown_text
from kith.lib.text import clean_line

NAMES = {
    "id": ("id", "message_id", "msg_id", "key", "ref"),
    "time": TIME_NAMES,
    "from": FROM_NAMES,
    "text": ("text", "content", "message", "body", "内容"),
    "name": ("name", "author_name", "from_name", "from_nickname", "nickname", "昵称"),
    "reply_to": ("reply_to", "in_reply_to", "parent", "parent_id", "reply", "thread"),
    "channel": ("channel", "group", "room", "list", "group_name", "topic"),
    "mentions": ("mentions",),
}
NEEDED = ("time", "from", "text")
BY_PLACE = {"id": 0, "time": 1, "from": 2, "text": 3, "reply_to": 4, "channel": 5}
MENTION = re.compile(r"(?<![\w@.])@([\w][\w.\-]{0,63})")
Fields = Mapping[str, str]


def read(path: Path) -> Iterator[Item]:
    """Yield a MessageLine or a BadLine per record; mentions are what the text calls @name, people or not."""
    lines = numbered_lines(path)
    first = next(((number, line) for number, line in lines if line.strip()), None)
    if first is None:
        raise EmptyFile(name=path.name)
    every = chain([first], lines)
    cut = 0
    for item in _json(every) if first[1].lstrip().startswith(b"{") else _csv(every):
        if isinstance(item, MessageLine):
            cut += len(item.text) >= TEXT_LIMIT
        yield item
    if cut:
        yield Note("text_cut", {"count": cut, "limit": TEXT_LIMIT})


def _json(lines: Iterator[tuple[int, bytes]]) -> Iterator[Item]:
    for number, line in lines:
        if not line.strip():
            continue
        try:
            entry = json.loads(line)
        except UnicodeDecodeError:
            yield BadLine(number, "not_utf8")
        except (ValueError, RecursionError):
            yield BadLine(number, "bad_json")
        else:
            yield (_message(number, _json_fields(entry)) if isinstance(entry, dict) else BadLine(number, "bad_json"))


def _json_fields(entry: Mapping[str, object]) -> Fields:
    places = header_of(list(entry), NAMES)
    values = list(entry.values())
    return {key: _plain(values[place]) for key, place in places.items()}


def _plain(value: object) -> str:
    if isinstance(value, list):
        return " ".join(map(_plain, value))
    return "" if value is None or isinstance(value, dict) else str(value)


def _csv(lines: Iterator[tuple[int, bytes]]) -> Iterator[Item]:
    places: Mapping[str, int] | None = None
    for number, row in records(lines):
        if isinstance(row, str):
            yield BadLine(number, "bad_csv", row)
        elif places is None:
            places, is_header = _layout(row)
            if not is_header:
                yield _row(number, row, places)
        elif row:
            yield _row(number, row, places)


def _layout(row: list[str]) -> tuple[Mapping[str, int], bool]:
    named = header_of(row, NAMES)
    if all(key in named for key in NEEDED):
        return named, True
    if len(row) >= 4 and parse_time(row[BY_PLACE["time"]]):
        return BY_PLACE, False
    raise UnknownColumns(columns=clean_line(", ".join(row)[:200]) or "…", needed=", ".join(NEEDED))


def _row(number: int, row: list[str], places: Mapping[str, int]) -> Item:
    if len(row) <= max(places[key] for key in NEEDED):
        return BadLine(number, "few_columns", f"{len(row)}")
    fields = {key: row[place] for key, place in places.items() if place < len(row)}
    if NOT_DECODED.search("".join(fields.values())):
        return BadLine(number, "not_utf8")
    return _message(number, fields)


def _message(number: int, fields: Fields) -> Item:
    author, raw_time = clean_id(fields.get("from", "")), fields.get("time", "")
    text, at = shown_text(fields.get("text", "")), parse_time(raw_time)
    channel = clean_label(fields.get("channel", ""))
    if not author or not text or at is None:
        reason = "no_from" if not author else "bad_time" if at is None else "no_text"
        return BadLine(number, reason, raw_time[:80] if reason == "bad_time" else "")
    called = fields.get("mentions", "").replace(",", " ").split() or [m.rstrip(".-") for m in MENTION.findall(text)]
    return MessageLine(
        line=number,
        key=clean_id(fields.get("id", "")) or digest(channel, at.isoformat(), author, text),
        at=at,
        author=author,
        text=text[:TEXT_LIMIT],
        author_name=clean_label(fields.get("name", "")),
        reply_to=clean_id(fields.get("reply_to", "")),
        mentions=tuple(dict.fromkeys(clean_id(m) for m in called)),
        channel=channel,
    )
