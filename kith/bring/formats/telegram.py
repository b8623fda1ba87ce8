"""Chats as Telegram Desktop exports them in JSON: result.json of one chat, or of an account with all its chats."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from kith.bring.data import BadLine, Item, MemberLine, MessageLine, NotAnExport
from kith.bring.formats.source.archive import documents
from kith.bring.formats.source.entries import Faces, Skipped, member, reaction, word
from kith.bring.formats.source.lines import Bounded
from kith.bring.formats.source.objects import walk
from kith.bring.formats.source.telegram_words import called, is_marked, joined, reactors, text_of
from kith.bring.formats.source.times import parse_time
from kith.bring.formats.source.words import clean_id, clean_label

ONE, MANY = "messages[]", ("chats.list[]", "left_chats.list[]")
INTO = frozenset(
    {"", "messages", "contacts", "contacts.list", "profile_pictures", "stories"}
    | {place for kind in ("chats", "left_chats") for place in (kind, f"{kind}.list", f"{kind}.list[]", f"{kind}.list[].messages")}
)  # fmt: skip
PRIVATE = frozenset({"personal_chat", "bot_chat", "saved_messages", "verification_codes", "replies"})
RAW_LIMIT = 128_000
Entry = Mapping[str, object]


@dataclass
class Chat:
    """The chat that is being told, and what is known by then."""

    facts: dict[str, str] = field(default_factory=dict)
    faces: Faces = field(default_factory=Faces)
    skipped: Skipped = field(default_factory=Skipped)
    messages: int = 0

    @property
    def channel(self) -> str:
        return clean_label(self.facts.get("name", ""))

    def key(self, number: str) -> str:
        return clean_id(f"{self.facts.get('id') or self.channel}:{number}")

    def met(self, number: int, external_id: str, name: str) -> Iterator[MemberLine]:
        return self.faces.met(MemberLine(number, external_id, clean_label(name), channel=self.channel))


def read(path: Path) -> Iterator[Item]:
    """Yield people as they appear, messages and reactions; line numbers count all messages of a file."""
    chat = Chat()
    with documents(path) as archive:
        for name in archive.names:
            with archive.open(name) as source:
                yield from _file(source, name, chat)
    if not chat.messages:
        raise NotAnExport(name=path.name, system="Telegram Desktop")
    yield from chat.skipped.notes()


def _file(source: Bounded, name: str, chat: Chat) -> Iterator[Item]:
    number, chat.facts = 0, {}
    for place, value in walk(source, name, INTO):
        if place in MANY:
            chat.facts = {}
        elif place == ONE or place.endswith(f"].{ONE}"):
            number += 1
            for item in _entry(number, value, chat):
                yield BadLine(number, item, chat.channel) if isinstance(item, str) else item
        elif (key := place.rpartition(".")[2]) in {"name", "type", "id"} and place in {
            key,
            *(f"{m}.{key}" for m in MANY),
        }:
            chat.facts[key] = word({key: value}, key)


def _entry(number: int, entry: object, chat: Chat) -> Iterator[Item | str]:
    """Yield what a message says and whom it names, or the reason why it is none."""
    chat.messages += isinstance(entry, Mapping) and "type" in entry
    if not isinstance(entry, Mapping):
        yield "bad_entry"
    elif chat.facts.get("type") in PRIVATE:
        chat.skipped.add("private_skipped")
    elif word(entry, "type") == "message":
        yield from _said(number, entry, chat)
    else:
        yield from _arrived(number, entry, chat)
        chat.skipped.add("events_skipped")


def _arrived(number: int, entry: Entry, chat: Chat) -> Iterator[Item]:
    """Yield who came in by a link: they may never have spoken."""
    who, at = clean_id(word(entry, "actor_id")), _at(entry)
    if at and joined(entry):
        yield from chat.faces.met(
            MemberLine(number, who, clean_label(word(entry, "actor")), joined_at=at, channel=chat.channel)
        )


def _at(entry: Entry) -> datetime | None:
    """Return when it was: older exports have only the clock of the computer that wrote them."""
    return parse_time(word(entry, "date_unixtime") or word(entry, "date"))


def _said(number: int, entry: Entry, chat: Chat) -> Iterator[Item | str]:
    author, at, key = clean_id(word(entry, "from_id")), _at(entry), chat.key(word(entry, "id"))
    text = text_of(entry)
    if at is None or (fault := _fault(entry, author, text)):
        yield fault if at else "bad_time"
        return
    name = word(entry, "from")
    calls = list(called(entry))
    for who, shown in ((author, name), *(call for call in calls if call[1])):
        yield from chat.met(number, who, shown)
    if text:
        yield MessageLine(
            line=number,
            key=key,
            at=at,
            author=author,
            text=chat.skipped.cut(text),
            author_name=clean_label(name),
            reply_to=_answered(entry, chat),
            mentions=tuple(dict.fromkeys(who for who, _ in calls)),
            channel=chat.channel,
            is_markdown=is_marked(entry),
        )
    else:
        chat.skipped.add("media_skipped")
    for who, shown, when in reactors(entry, at):
        yield from chat.met(number, who, shown)
        yield from reaction(number, when, who, author, key, chat.channel)


def _fault(entry: Entry, author: str, text: str) -> str:
    if not author:
        return "no_from"
    if not word(entry, "id"):
        return "bad_entry"
    return "too_long" if len(text) > RAW_LIMIT else ""


def _answered(entry: Entry, chat: Chat) -> str:
    """Return the message answered, unless it stands in another chat."""
    number = word(entry, "reply_to_message_id")
    return chat.key(number) if number and not member(entry, "reply_to_peer_id") else ""
