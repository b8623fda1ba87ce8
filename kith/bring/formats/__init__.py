"""The formats that can be read, one module each; a new one is a module with `read` and a line here."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from functools import partial
from pathlib import Path

from kith.bring.data import (
    ActLine,
    BadLine,
    Columns,
    Item,
    MemberLine,
    MessageLine,
    NotATable,
    Options,
    UnknownFormat,
)
from kith.bring.formats import acts, discord, discourse, mbox, messages, roster, slack, telegram, wechat, zulip
from kith.bring.formats.source.times import time_fault

Read = Callable[[Path], Iterator[Item]]

READERS: Mapping[str, Read] = {
    "acts": acts.read,
    "messages": messages.read,
    "mbox": mbox.read,
    "slack": slack.read,
    "wechat": wechat.read,
    "discourse": discourse.read,
    "discord": discord.read,
    "telegram": telegram.read,
    "zulip": zulip.read,
}
# Tables of people: which column is which may be said.
TABLES = tuple(roster.TABLES)
FORMATS = (*READERS, *TABLES)


def read(format_name: str, path: Path, *, now: datetime, options: Options = Options()) -> Iterator[Item]:  # noqa: B008 -- frozen
    """Yield what the file holds; lines of impossible times as bad lines."""
    return (_fenced(item, now) for item in _reader(format_name, options)(path))


def columns_of(format_name: str, path: Path, options: Options) -> Columns | None:
    """Return the columns of a table of people; of other formats nothing."""
    return roster.columns_of(format_name, path, options.columns) if format_name in roster.TABLES else None


def _reader(format_name: str, options: Options) -> Read:
    if format_name in roster.TABLES:
        return partial(roster.read, format_name, columns=options.columns)
    if format_name not in READERS:
        raise UnknownFormat(format=format_name, known=", ".join(FORMATS))
    if options.columns:
        raise NotATable(formats=", ".join(roster.TABLES))
    return READERS[format_name]


def _fenced(item: Item, now: datetime) -> Item:
    if isinstance(item, ActLine | MessageLine) and (fault := time_fault(item.at, now)):
        return BadLine(item.line, fault, item.at.isoformat())
    if isinstance(item, MemberLine) and item.joined_at and (fault := time_fault(item.joined_at, now)):
        return BadLine(item.line, fault, item.joined_at.isoformat())
    return item
