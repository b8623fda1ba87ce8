"""Exports of a Slack workspace, zip or folder: users.json, channels.json, <channel>/<day>.json."""

import html
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from kith.bring.data import TEXT_LIMIT, BadLine, Item, MemberLine, MessageLine, NotAnArchive, Note
from kith.bring.formats.source.archive import Archive, unpacked
from kith.bring.formats.source.times import from_epoch
from kith.bring.formats.source.words import clean_id, clean_label, shown_text

# What people said; every other subtype is a notice (joins, topics, pins, renames).
SAID = frozenset({"", "bot_message", "me_message", "thread_broadcast", "file_share", "file_comment", "reply_broadcast"})
DAY = re.compile(r"\d{4}-\d{2}-\d{2}\.json")
TOKEN = re.compile(r"<([^<>\n]+)>")
MENTION = re.compile(r"<@([UWB][A-Z0-9]+)(?:\|[^>]*)?>")
Entry = Mapping[str, object]


@dataclass
class Seen:
    """What the files beside the messages tell, and what was left out."""

    names: dict[str, str] = field(default_factory=dict)
    bots: set[str] = field(default_factory=set)
    channels: dict[str, str] = field(default_factory=dict)
    skipped: int = 0
    cut: int = 0


def read(path: Path) -> Iterator[Item]:
    """Yield the roster, then the messages channel by channel; line numbers count within a day's file."""
    with unpacked(path) as archive:
        root = _root(archive, path)
        seen = Seen()
        yield from _members(archive, root, seen)
        seen.channels = _channels(archive, root)
        for name in archive.names:
            parts = PurePosixPath(name).relative_to(root).parts if name.startswith(root) else ()
            if len(parts) == 2 and DAY.fullmatch(parts[1]):
                yield from _day(archive, name, parts[0], seen)
        if seen.skipped:
            yield Note("events_skipped", {"count": seen.skipped})
        if seen.cut:
            yield Note("text_cut", {"count": seen.cut, "limit": TEXT_LIMIT})


def _root(archive: Archive, path: Path) -> str:
    """Return the folder of users.json with its slash; some exports are packed one level down."""
    roots = sorted((n.removesuffix("users.json") for n in archive.names if n.split("/")[-1] == "users.json"), key=len)
    if not roots:
        raise NotAnArchive(name=path.name, reason="users.json is missing")
    return roots[0]


def _entries(archive: Archive, name: str) -> list[object]:
    try:
        entries = json.loads(archive.read(name))
    except (ValueError, RecursionError) as fault:
        raise NotAnArchive(name=name, reason="it is not JSON") from fault
    if not isinstance(entries, list):
        raise NotAnArchive(name=name, reason="it is not a list")
    return entries


def _members(archive: Archive, root: str, seen: Seen) -> Iterator[Item]:
    for number, user in enumerate(_entries(archive, root + "users.json"), 1):
        external_id = _word(user, "id")
        if not isinstance(user, dict) or not external_id:
            yield BadLine(number, "bad_entry", "users.json")
            continue
        profile, name = user.get("profile"), clean_label(_display(user)) or external_id
        is_bot = user.get("is_bot") is True or external_id == "USLACKBOT"
        seen.names[external_id] = name
        seen.bots.update({external_id} if is_bot else ())
        yield MemberLine(number, clean_id(external_id), name, _word(profile, "email"), is_bot)


def _display(user: Entry) -> str:
    profile = user.get("profile")
    own = (
        _word(profile, "display_name"),
        _word(profile, "real_name"),
        _word(user, "real_name"),
        _word(user, "name"),
    )
    return next((name for name in own if clean_label(name)), "")


def _channels(archive: Archive, root: str) -> dict[str, str]:
    """Return the id of every channel by the name of its folder: names change, ids do not."""
    found = {}
    for listing in ("channels.json", "groups.json"):
        if root + listing in archive.names:
            for entry in _entries(archive, root + listing):
                found[_word(entry, "name")] = _word(entry, "id")
    return found


def _day(archive: Archive, name: str, channel: str, seen: Seen) -> Iterator[Item]:
    for number, entry in enumerate(_entries(archive, name), 1):
        if not isinstance(entry, dict):
            yield BadLine(number, "bad_entry", name)
        elif _word(entry, "subtype") not in SAID or entry.get("hidden") is True:
            seen.skipped += 1
        else:
            item = _message(number, entry, channel, seen)
            yield BadLine(number, item, name) if isinstance(item, str) else item


def _message(number: int, entry: Entry, channel: str, seen: Seen) -> MessageLine | str:
    """Return the message, or the reason why it is none."""
    stamp, thread = _word(entry, "ts"), _word(entry, "thread_ts")
    at = from_epoch(float(stamp)) if re.fullmatch(r"\d{9,10}(\.\d+)?", stamp) else None
    author = _word(entry, "user") or _word(entry, "bot_id") or _word(entry, "username")
    raw = _word(entry, "text")
    text = shown_text(_spelled(raw, seen.names) or _beside(entry))
    if not author or at is None or not text:
        return "no_from" if not author else "bad_time" if at is None else "no_text"
    place = seen.channels.get(channel) or channel
    seen.cut += len(text) > TEXT_LIMIT
    is_bot = _word(entry, "subtype") == "bot_message" or "bot_id" in entry or author in seen.bots
    profile = entry.get("user_profile")
    return MessageLine(
        line=number,
        key=clean_id(f"{place}:{stamp}"),
        at=at,
        author=clean_id(author),
        text=text[:TEXT_LIMIT],
        author_name=clean_label(seen.names.get(author) or _word(profile, "real_name") or _word(entry, "username")),
        reply_to=clean_id(f"{place}:{thread}") if thread and thread != stamp else "",
        mentions=tuple(dict.fromkeys(MENTION.findall(raw))),
        channel=clean_label(channel),
        is_bot=is_bot,
    )


def _word(entry: object, key: str) -> str:
    value = entry.get(key) if isinstance(entry, dict) else None
    return value.strip() if isinstance(value, str) else ""


def _beside(entry: Entry) -> str:
    """Return the titles of files and the texts of attachments, where there are no words."""
    found = []
    for key, words in (("files", ("title", "name")), ("attachments", ("fallback", "text", "title"))):
        things = entry.get(key)
        for thing in things if isinstance(things, list) else []:
            found += [next((w for w in (_word(thing, word) for word in words) if w), "")]
    return html.unescape("\n".join(word for word in found if word))


def _spelled(raw: str, names: Mapping[str, str]) -> str:
    """Return Slack's markup as markdown: people and channels by name, links as links, no entities."""
    return html.unescape(TOKEN.sub(lambda found: _token(found.group(1), names), raw))


def _token(token: str, names: Mapping[str, str]) -> str:
    target, _, label = token.partition("|")
    spell: Mapping[str, Callable[[], str]] = {
        "@": lambda: "@" + (names.get(target[1:]) or label or target[1:]),
        "#": lambda: "#" + (label or target[1:]),
        "!": lambda: label or "@" + target[1:].partition("^")[0],
    }
    if target[:1] in spell:
        return spell[target[0]]()
    if target.startswith(("mailto:", "tel:")):
        return label or target.partition(":")[2]
    return f"[{label}]({target})" if label and label != target and "]" not in label else target
