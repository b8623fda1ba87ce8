"""An organisation's export of Zulip: realm.json and messages-*.json, as the tarball it comes in, a zip or a folder.

A topic is a thread: who writes in it stands in the thread and answers whom they quote. What is known of every message
stands on the disk.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path, PurePosixPath

from kith.bring.data import ActLine, BadLine, Item, MemberLine, MessageLine, NotAnExport
from kith.bring.formats import zulip_archive
from kith.bring.formats.source.archive import Archive, unpacked
from kith.bring.formats.source.entries import Skipped, flag, member, reaction, word
from kith.bring.formats.source.objects import members
from kith.bring.formats.source.shelf import Shelf
from kith.bring.formats.source.times import from_epoch
from kith.bring.formats.source.words import clean_id, clean_label, digest, shown_text
from kith.bring.formats.source.zulip_words import calls, taken_up, text_of

REALM, MESSAGES = "realm.json", re.compile(r"messages-\d+\.json")
CHANNEL_RECIPIENT, NOTICE = "2", "2"
RAW_LIMIT = 128_000
PART = "\x1f"


@dataclass
class Realm:
    """What realm.json tells, and what was left out."""

    shelf: Shelf
    names: dict[str, str] = field(default_factory=dict)
    by_name: dict[str, str] = field(default_factory=dict)
    bots: set[str] = field(default_factory=set)
    robots: set[str] = field(default_factory=set)
    channels: dict[str, tuple[str, bool]] = field(default_factory=dict)
    recipients: dict[str, str] = field(default_factory=dict)
    skipped: Skipped = field(default_factory=Skipped)

    def channel(self, entry: object) -> tuple[str, bool]:
        """Return (name, whether everybody may read it); letters between people have no channel."""
        return self.channels.get(self.recipients.get(word(entry, "recipient"), ""), ("", False))


def read(path: Path) -> Iterator[Item]:
    """Yield the roster, then messages, quotations and reactions; line numbers count within a file."""
    with unpacked(path) as archive, Shelf() as shelf:
        roots = sorted((n for n in archive.names if PurePosixPath(n).name == REALM), key=len)
        if not roots:
            yield from zulip_archive.told(archive, path)
            return
        root = roots[0].removesuffix(REALM)
        files = [n for n in archive.names if n.startswith(root) and MESSAGES.fullmatch(n.removeprefix(root))]
        yield from _export(archive, roots[0], files, Realm(shelf))


def _export(archive: Archive, home: str, files: list[str], realm: Realm) -> Iterator[Item]:
    yield from _learn(archive, home, realm)
    if not realm.names:
        raise NotAnExport(name=home, system="Zulip")
    for _, _, entry in _rows(archive, files, "zerver_message"):
        _learn_message(entry, realm)
    for name, number, entry in _rows(archive, files, "zerver_message"):
        for item in _message(number, entry, realm):
            yield BadLine(number, item, name) if isinstance(item, str) else item
    for _, number, entry in _rows(archive, [home, *files], "zerver_reaction"):
        yield from _reaction(number, entry, realm)
    yield from realm.skipped.notes()


def _rows(archive: Archive, files: list[str], table: str) -> Iterator[tuple[str, int, object]]:
    """Yield (file, number from 1, row); who has read what, the longest table, stands last and is not gone through."""
    for name in files:
        number = 0
        with archive.open(name) as source:
            for key, value in members(source, name):
                if key == "zerver_usermessage":
                    break
                if key == table:
                    number += 1
                    yield name, number, value


def _learn(archive: Archive, home: str, realm: Realm) -> Iterator[Item]:
    number = 0
    with archive.open(home) as source:
        for key, row in members(source, home):
            if key == "zerver_stream":
                name, is_private = clean_label(word(row, "name")), flag(row, "invite_only")
                realm.channels[word(row, "id")] = (name, not is_private)
            elif key == "zerver_recipient" and word(row, "type") == CHANNEL_RECIPIENT:
                realm.recipients[word(row, "id")] = word(row, "type_id")
            elif key.startswith("zerver_userprofile"):
                number += 1
                yield from _learn_user(number, key, row, realm)


def _learn_user(number: int, table: str, row: object, realm: Realm) -> Iterator[Item]:
    """Yield a member; who left or is a machine is none, but may have spoken."""
    external_id, name = clean_id(word(row, "id")), clean_label(word(row, "full_name"))
    if not external_id:
        yield BadLine(number, "bad_entry", REALM)
        return
    realm.names[external_id] = name or clean_label(word(row, "email").partition("@")[0])
    if table == "zerver_userprofile_crossrealm":
        realm.robots.add(external_id)
        return
    known = realm.by_name.setdefault(name.casefold(), external_id)
    realm.by_name[name.casefold()] = external_id if known == external_id else ""
    realm.bots.update({external_id} if flag(row, "is_bot") else ())
    if member(row, "is_active") is not False and not flag(row, "is_bot") and table == "zerver_userprofile":
        yield MemberLine(number, external_id, name, joined_at=_moment(row, "date_joined"))


def _moment(row: object, *keys: str) -> datetime | None:
    stamp = next((value for key in keys if isinstance(value := member(row, key), int | float)), None)
    return from_epoch(stamp) if stamp is not None else None


def _topic(entry: object) -> str:
    return f"topic:{word(entry, 'recipient')}:{word(entry, 'subject').casefold()}"


def _learn_message(entry: object, realm: Realm) -> None:
    """Keep who wrote a message when, and which is the first of its topic: ids are given in order."""
    number, (channel, is_open) = word(entry, "id"), realm.channel(entry)
    if not is_open or not number.isdecimal():
        return
    at = _moment(entry, "date_sent", "pub_date")
    realm.shelf.put(f"message:{number}", PART.join((word(entry, "sender"), str(at.timestamp() if at else ""), channel)))
    if word(entry, "subject"):
        first = realm.shelf.get(_topic(entry))
        realm.shelf.put(_topic(entry), min(first or number, number, key=int))


def _message(number: int, entry: object, realm: Realm) -> Iterator[Item | str]:
    """Yield what a message says, or the reason why it is none."""
    author, key, (channel, is_open) = clean_id(word(entry, "sender")), word(entry, "id"), realm.channel(entry)
    if not isinstance(entry, dict) or not key.isdecimal():
        yield "bad_entry"
    elif not is_open:
        realm.skipped.add("private_skipped")
    elif author in realm.robots or word(entry, "type") == NOTICE:
        realm.skipped.add("events_skipped")
    else:
        yield from _said(number, entry, author, channel, realm)


def _said(number: int, entry: object, author: str, channel: str, realm: Realm) -> Iterator[Item | str]:
    content, at, key = word(entry, "content"), _moment(entry, "date_sent", "pub_date"), clean_id(word(entry, "id"))
    if not author or at is None or len(content) > RAW_LIMIT:
        yield "no_from" if not author else "bad_time" if at is None else "too_long"
        return
    first = realm.shelf.get(_topic(entry)) if word(entry, "subject") else ""
    text = text_of(content)
    if not text:
        yield "no_text"
        return
    (answered, *others) = taken_up(content) or [("", "")]
    yield MessageLine(
        line=number,
        key=key,
        at=at,
        author=author,
        text=realm.skipped.cut(f"**{shown_text(word(entry, 'subject'))}**\n\n{text}" if first == key else text),
        author_name=realm.names.get(author, ""),
        reply_to=clean_id(answered[1]),
        mentions=calls(content, realm.by_name),
        channel=channel,
        is_bot=author in realm.bots,
        thread=first if first != key else "",
        is_markdown=True,
    )
    for who in sorted(({who for who, _ in others} & realm.names.keys()) - {author, answered[0]}):
        yield ActLine(number, digest(key, who, "quote"), at, author, who, "quote", channel=channel)


def _reaction(number: int, row: object, realm: Realm) -> Iterator[Item]:
    """Yield a reaction, one for each person and message; Zulip exports no time, so it has that of the message."""
    message, who = word(row, "message"), clean_id(word(row, "user_profile"))
    author, _, rest = realm.shelf.get(f"message:{message}").partition(PART)
    stamp, _, channel = rest.partition(PART)
    if (
        stamp
        and who in realm.names
        and who not in realm.bots | realm.robots
        and realm.shelf.is_first(f"sign:{message}:{who}")
    ):
        at = from_epoch(float(stamp))
        if at is not None:
            yield from reaction(number, at, who, clean_id(author), message, channel)
