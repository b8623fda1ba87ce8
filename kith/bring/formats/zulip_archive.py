"""What the public archive of a Zulip organisation keeps: stream_index.json and a file for every topic in a folder a stream.

It has no ids of people: they are known by their full names.
"""

import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from kith.bring.data import BadLine, Item, MessageLine, NotAnExport
from kith.bring.formats.source.archive import Archive
from kith.bring.formats.source.entries import Skipped, member, word
from kith.bring.formats.source.mail import without_tags
from kith.bring.formats.source.objects import members
from kith.bring.formats.source.times import from_epoch
from kith.bring.formats.source.words import clean_id, clean_label, shown_text

INDEX = "stream_index.json"
CALL = re.compile(r"<span class=\"user-mention\"[^>]*>@([^<]+)</span>")
NUMBER = re.compile(r"^\d+-")
RAW_LIMIT = 128_000


def told(archive: Archive, path: Path) -> Iterator[Item]:
    roots = sorted((n.removesuffix(INDEX) for n in archive.names if PurePosixPath(n).name == INDEX), key=len)
    if not roots:
        raise NotAnExport(name=path.name, system="Zulip")
    skipped = Skipped()
    for name in archive.names:
        folders = PurePosixPath(name.removeprefix(roots[0])).parts
        if name.startswith(roots[0]) and len(folders) == 2:
            yield from _topic(archive, name, clean_label(NUMBER.sub("", folders[0])), skipped)
    yield from skipped.notes()


def _topic(archive: Archive, name: str, channel: str, skipped: Skipped) -> Iterator[Item]:
    first, number = "", 0
    with archive.open(name) as source:
        for _, entry in members(source, name):
            number += 1
            item = _message(number, entry, first, channel, skipped)
            first = first or (item.key if isinstance(item, MessageLine) else "")
            yield BadLine(number, item, name) if isinstance(item, str) else item


def _message(number: int, entry: object, first: str, channel: str, skipped: Skipped) -> MessageLine | str:
    """Return the message, or the reason why it is none."""
    author, content, stamp = (
        clean_id(word(entry, "sender_full_name")),
        word(entry, "content"),
        member(entry, "timestamp"),
    )
    at = from_epoch(stamp) if isinstance(stamp, int | float) else None
    if not author or at is None or not word(entry, "id"):
        return "no_from" if not author else "bad_time" if at is None else "bad_entry"
    if len(content) > RAW_LIMIT:
        return "too_long"
    if not (text := shown_text(without_tags(content))):
        return "no_text"
    return MessageLine(
        line=number,
        key=clean_id(word(entry, "id")),
        at=at,
        author=author,
        text=skipped.cut(text),
        author_name=clean_label(author),
        mentions=tuple(dict.fromkeys(clean_id(name) for name in CALL.findall(content))),
        channel=channel,
        thread=first,
    )
