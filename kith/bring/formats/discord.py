"""Channels of a Discord server as DiscordChatExporter writes them in JSON: one file, or a folder or zip of them."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kith.bring.data import BadLine, Item, MemberLine, MessageLine, NotAnExport
from kith.bring.formats.source.archive import documents
from kith.bring.formats.source.entries import Faces, Skipped, flag, member, reaction, things, word
from kith.bring.formats.source.lines import Bounded
from kith.bring.formats.source.objects import members
from kith.bring.formats.source.times import parse_time
from kith.bring.formats.source.words import clean_id, clean_label, shown_text

# Names, or numbers where the exporter has no name: replies, commands, what starts a thread.
SAID = frozenset({"Default", "Reply", "0", "19", "20", "21", "23"})
ANSWERS = frozenset({"Reply", "19"})
PRIVATE = frozenset({"DirectTextChat", "DirectGroupTextChat", "1", "3"})
THREADS = frozenset({"GuildNewsThread", "GuildPublicThread", "GuildPrivateThread", "10", "11", "12"})
RAW_LIMIT = 128_000
CALL = re.compile(r"<@!?(\d+)>")
SIGN = re.compile(r"<a?:(\w+):\d+>")


@dataclass
class Told:
    """What is known while the files are gone through."""

    faces: Faces = field(default_factory=Faces)
    skipped: Skipped = field(default_factory=Skipped)
    channels: int = 0


@dataclass(frozen=True, slots=True)
class Channel:
    id: str = ""
    name: str = ""
    is_private: bool = False


def read(path: Path) -> Iterator[Item]:
    """Yield people as they appear, messages and reactions; line numbers count the messages of a file."""
    told = Told()
    with documents(path) as archive:
        for name in archive.names:
            with archive.open(name) as source:
                yield from _file(source, name, told)
    if not told.channels:
        raise NotAnExport(name=path.name, system="DiscordChatExporter")
    yield from told.skipped.notes()


def _file(source: Bounded, name: str, told: Told) -> Iterator[Item]:
    channel, number = Channel(), 0
    for key, value in members(source, name):
        if key == "channel":
            channel = _channel(value)
            told.channels += bool(channel.id)
        elif key == "messages" and channel.id:
            number += 1
            for item in _entry(number, value, channel, told):
                yield BadLine(number, item, name) if isinstance(item, str) else item


def _channel(value: object) -> Channel:
    """Return the channel; what is said in a thread belongs to the channel it hangs on, which stands as its category."""
    kind, name, above = word(value, "type"), word(value, "name"), word(value, "category")
    return Channel(word(value, "id"), clean_label(above if kind in THREADS and above else name), kind in PRIVATE)


def _entry(number: int, entry: object, channel: Channel, told: Told) -> Iterator[Item | str]:
    """Yield what a message says and whom it names, or the reason why it is none."""
    if not isinstance(entry, Mapping):
        yield "bad_entry"
    elif channel.is_private:
        told.skipped.add("private_skipped")
    elif word(entry, "type") not in SAID:
        told.skipped.add("events_skipped")
    else:
        yield from _said(number, entry, channel, told)


def _said(number: int, entry: Mapping[str, object], channel: Channel, told: Told) -> Iterator[Item | str]:
    raw, at, key = word(entry, "content") or _embedded(entry), parse_time(word(entry, "timestamp")), word(entry, "id")
    writer = member(entry, "author")
    author = clean_id(word(writer, "id"))
    if not author or at is None or len(raw) > RAW_LIMIT:
        yield "no_from" if not author else "bad_time" if at is None else "too_long"
        return
    mentioned = things(entry, "mentions")
    for who in (writer, *mentioned):
        yield from told.faces.met(_member(number, who, channel))
    if text := shown_text(_spelled(raw, mentioned)):
        yield MessageLine(
            line=number,
            key=clean_id(key or f"{channel.id}:{at.timestamp()}:{author}"),
            at=at,
            author=author,
            text=told.skipped.cut(text),
            author_name=clean_label(_name(writer)),
            reply_to=_answered(entry),
            mentions=tuple(clean_id(word(who, "id")) for who in mentioned if _is_called(who, raw)),
            channel=channel.name,
            is_bot=flag(writer, "isBot"),
            is_markdown=True,
        )
    else:
        told.skipped.add("media_skipped")
    for who in {word(who, "id"): who for sign in things(entry, "reactions") for who in things(sign, "users")}.values():
        if not flag(who, "isBot"):
            yield from told.faces.met(_member(number, who, channel))
            yield from reaction(number, at, clean_id(word(who, "id")), author, key, channel.name)


def _member(number: int, who: object, channel: Channel) -> MemberLine:
    external_id, name = clean_id(word(who, "id")), clean_label(_name(who))
    return MemberLine(number, external_id, name, is_bot=flag(who, "isBot"), channel=channel.name)


def _name(who: object) -> str:
    return word(who, "nickname") or word(who, "name")


def _answered(entry: Mapping[str, object]) -> str:
    return clean_id(word(member(entry, "reference"), "messageId")) if word(entry, "type") in ANSWERS else ""


def _is_called(who: object, raw: str) -> bool:
    """Tell whether the text calls somebody: the list of mentions also has whoever is answered."""
    return any(f"@{name}" in raw for name in (_name(who), word(who, "name")) if name) or word(
        who, "id"
    ) in CALL.findall(raw)


def _embedded(entry: Mapping[str, object]) -> str:
    """Return the titles and texts of cards, which bots write instead of words."""
    cards = things(entry, "embeds")
    return "\n".join(line for card in cards for key in ("title", "description") if (line := word(card, key)))


def _spelled(raw: str, mentioned: list[object]) -> str:
    """Return the text with names for the numbers that stand where the exporter was told to leave the markup."""
    names = {word(who, "id"): _name(who) for who in mentioned}
    return SIGN.sub(r":\1:", CALL.sub(lambda found: f"@{names.get(found[1]) or found[1]}", raw))
