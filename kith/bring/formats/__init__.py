"""The formats that can be read, one module each; a new one is a module with `read` and a line here."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from pathlib import Path

from kith.bring.data import ActLine, BadLine, Item, MessageLine, UnknownFormat
from kith.bring.formats import acts, discord, mbox, messages, slack, telegram, wechat
from kith.bring.formats.source.times import time_fault

Read = Callable[[Path], Iterator[Item]]

READERS: Mapping[str, Read] = {
    "acts": acts.read,
    "messages": messages.read,
    "mbox": mbox.read,
    "slack": slack.read,
    "wechat": wechat.read,
    "discord": discord.read,
    "telegram": telegram.read,
}


def read(format_name: str, path: Path, *, now: datetime) -> Iterator[Item]:
    """Yield what the file holds; lines of impossible times as bad lines."""
    if format_name not in READERS:
        raise UnknownFormat(format=format_name, known=", ".join(READERS))
    return (_fenced(item, now) for item in READERS[format_name](path))


def _fenced(item: Item, now: datetime) -> Item:
    if isinstance(item, ActLine | MessageLine) and (fault := time_fault(item.at, now)):
        return BadLine(item.line, fault, item.at.isoformat())
    return item
