"""Histories of WeChat groups as chatlog and wx-cli write them in JSON, and rosters of their members.

The file is gone through three times, so that memory depends on people and quotes, not on messages: once for
names and for what is quoted, once to find the messages quoted, once to tell.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from kith.bring.data import TEXT_LIMIT, BadLine, Item, MemberLine, MessageLine, NotAnArchive, Note
from kith.bring.formats.source.objects import pieces
from kith.bring.formats.source.times import from_epoch, parse_time
from kith.bring.formats.source.wechat_words import (
    Quote,
    fold,
    is_event,
    mentions,
    name_of,
    quote_of,
    text_of,
    word,
)
from kith.bring.formats.source.words import clean_id, clean_label, digest

MESSAGES, MEMBERS = ("", "messages", "items"), "members"
RAW_LIMIT = 128_000
CANDIDATES = 20
Entry = Mapping[str, object]


@dataclass
class Known:
    """What the first two passes learn; `said`: digest of quoted words -> (author, key) of who said them."""

    chat: str = ""
    chat_name: str = ""
    names: dict[str, str] = field(default_factory=dict)
    calls: dict[str, str] = field(default_factory=dict)
    said: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    entries: int = 0
    skipped: dict[str, int] = field(default_factory=dict)

    def skip(self, code: str) -> None:
        self.skipped[code] = self.skipped.get(code, 0) + 1


def read(path: Path) -> Iterator[Item]:
    """Yield the roster, then the messages, then notes; line numbers count the messages."""
    known = Known()
    yield from _learn(path, known)
    if not known.entries and not known.names:
        raise NotAnArchive(name=path.name, reason="it holds neither messages nor members")
    if known.said:
        _find_quoted(path, known)
    for number, entry in _entries(path):
        if not isinstance(entry, dict):
            yield BadLine(number, "bad_entry")
        elif not (skipped := is_event(entry)):
            yield _message(number, entry, known)
        else:
            known.skip(skipped)
    for code, count in sorted(known.skipped.items()):
        yield Note(code, {"count": count, "limit": TEXT_LIMIT})


def _entries(path: Path) -> Iterator[tuple[int, object]]:
    """Yield (number from 1, message); rosters inside or alone are not messages."""
    number = 0
    for key, value in pieces(path):
        if key in MESSAGES and not _is_member(value):
            number += 1
            yield number, value


def _is_member(value: object) -> bool:
    return isinstance(value, dict) and "username" in value and "content" not in value and "timestamp" not in value


def _learn(path: Path, known: Known) -> Iterator[Item]:
    members = 0
    for key, value in pieces(path):
        if key == "meta" and (status := word(value, "status")).startswith("possibly_stale"):
            yield Note("possibly_stale", {"status": status})
        elif key == MEMBERS or (key in MESSAGES and _is_member(value)):
            members += 1
            yield _member(members, value, known)
        elif key in MESSAGES:
            known.entries += 1
            _learn_message(value, known)
        elif key in {"username", "chat"} and isinstance(value, str):
            known.chat = value if key == "username" or not known.chat else known.chat
            known.chat_name = value if key == "chat" else known.chat_name


def _member(number: int, value: object, known: Known) -> Item:
    external_id = clean_id(word(value, "username"))
    if not external_id:
        return BadLine(number, "bad_entry", MEMBERS)
    names = [clean_label(word(value, key)) for key in ("group_nickname", "display", "contact_display")]
    shown = next((name for name in names if name), external_id)
    known.names[external_id] = shown
    for name in filter(None, names):
        known.calls.setdefault(name, external_id)
    return MemberLine(number, external_id, shown)


def _learn_message(entry: object, known: Known) -> None:
    author, name = _author(entry), name_of(entry)
    if author and name:
        known.names.setdefault(author, name)
        known.calls.setdefault(name, author)
    if quote := quote_of(entry):
        known.said.setdefault(_said(entry, quote.words), [])


def _find_quoted(path: Path, known: Known) -> None:
    for _, entry in _entries(path):
        if not isinstance(entry, dict) or is_event(entry):
            continue
        found = known.said.get(_said(entry, text_of(entry)))
        if found is not None and len(found) < CANDIDATES:
            found.append((_author(entry), _key(entry, known)))


def _said(entry: object, words: str) -> str:
    """Tell words apart by chat, as far as entries name it: what the file says of it may come after them."""
    return digest(word(entry, "talker") or word(entry, "username"), fold(words))


def _author(entry: object) -> str:
    return clean_id(word(entry, "sender_username") or word(entry, "sender"))


def _chat(entry: object, known: Known) -> str:
    return word(entry, "talker") or word(entry, "username") or known.chat


def _at(entry: object) -> datetime | None:
    stamp = entry.get("timestamp") if isinstance(entry, dict) else None
    return from_epoch(stamp) if isinstance(stamp, int | float) else parse_time(word(entry, "time"))


def _key(entry: Entry, known: Known) -> str:
    """Return seq, unique in a chat; else local_id with the time, because local_id alone repeats."""
    chat, at = _chat(entry, known), _at(entry)
    if seq := entry.get("seq"):
        return clean_id(f"{chat}:{seq}")
    if (local := entry.get("local_id")) is not None:
        return clean_id(f"{chat}:{local}:{at.timestamp() if at else ''}")
    return digest(chat, _author(entry), at, word(entry, "content"))


def _message(number: int, entry: Entry, known: Known) -> Item:
    at, author = _at(entry), _author(entry)
    if len(word(entry, "content")) > RAW_LIMIT:
        return BadLine(number, "too_long")
    text = text_of(entry)
    if not author or at is None or not text:
        reason = "no_from" if not author else "bad_time" if at is None else "no_text"
        return BadLine(number, reason)
    if len(text) > TEXT_LIMIT:
        known.skip("text_cut")
    key = _key(entry, known)
    reply_to, quotes = _tie(quote_of(entry), author, key, entry, known)
    return MessageLine(
        line=number,
        key=key,
        at=at,
        author=author,
        text=text[:TEXT_LIMIT],
        author_name=known.names.get(author, ""),
        reply_to=reply_to,
        mentions=mentions(text, known.calls),
        quotes=quotes,
        channel=clean_label(word(entry, "talkerName") or word(entry, "chat") or known.chat_name or _chat(entry, known)),
    )


def _tie(quote: Quote | None, author: str, key: str, entry: Entry, known: Known) -> tuple[str, str]:
    """Return (message answered, person quoted), at most one; words of several people identify nobody."""
    if quote is None:
        return "", ""
    said = known.said.get(_said(entry, quote.words), [])
    said = [(who, where) for who, where in said if where != key and quote.author in {"", who}]
    if len({who for who, _ in said}) == 1:
        return said[-1][1], ""
    if not quote.author:
        known.skip("quotes_unknown")
    return "", quote.author if quote.author != author else ""
