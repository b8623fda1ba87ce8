"""What a WeChat entry says: its text, whom it calls, which words it takes up."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from kith.bring.formats.source.words import clean_id, clean_label, shown_text
from kith.lib.text import clean_line

TEXT, SHARE, SYSTEM, RECALLED = 1, 49, 10000, 10002
LINK, FORWARD, MINI_APP, QUOTE, PAT, NOTICE = 5, 19, 33, 57, 62, 87
# wx-cli names the types, in Chinese or in English.
NAMED = {
    "文本": TEXT, "text": TEXT, "链接/文件": SHARE, "link": SHARE, "app": SHARE, "file": SHARE,
    "系统": SYSTEM, "system": SYSTEM, "撤回": RECALLED, "revoke": RECALLED,
}  # fmt: skip
# wx-cli shows a quotation as “[引用] words”, then “↳” and at most 40 characters of what is quoted.
ARROW = re.compile(r"^\[引用\]\s?(?P<own>.*?)(?:\n\s*↳\s?(?P<quoted>.*))?$", re.DOTALL)
FOLD_LIMIT = 40
# WeChat closes a nickname that was called by a four-per-em space.
CALL_ENDS = "\u2005"


@dataclass(frozen=True, slots=True)
class Quote:
    words: str
    author: str


def word(entry: object, key: str) -> str:
    value = entry.get(key) if isinstance(entry, dict) else None
    return value if isinstance(value, str) else ""


def kind_of(entry: object) -> tuple[int, int]:
    """Return (type, subtype) as numbers."""
    raw = entry.get("type") if isinstance(entry, dict) else None
    sub = entry.get("subType") if isinstance(entry, dict) else None
    kind = raw if isinstance(raw, int) else NAMED.get(str(raw), 0)
    return kind & 0xFFFFFFFF, sub if isinstance(sub, int) else 0


def is_event(entry: object) -> str:
    """Return the note under which an entry is left out, or nothing when it carries words."""
    kind, sub = kind_of(entry)
    if kind in {SYSTEM, RECALLED} or (kind, sub) == (SHARE, PAT):
        return "events_skipped"
    if kind == TEXT or (kind == SHARE and text_of(entry)):
        return ""
    return "media_skipped"


def text_of(entry: object) -> str:
    """Return the words of a text, a quotation, a link or a notice; empty for everything else."""
    kind, sub = kind_of(entry)
    content = word(entry, "content")
    if kind == SHARE and sub in {LINK, FORWARD, MINI_APP}:
        content = content or _link(entry)
    elif kind == SHARE and sub not in {0, QUOTE, NOTICE}:
        content = ""
    if found := ARROW.match(content):
        content = found["own"]
    return shown_text("" if content.startswith("<") and kind == SHARE else content)


def _link(entry: object) -> str:
    contents = entry.get("contents") if isinstance(entry, dict) else None
    title, url = clean_line(word(contents, "title")), word(contents, "url")
    return f"[{title}]({url})" if title and url.startswith(("http://", "https://")) else title


def name_of(entry: object) -> str:
    """Return the name the writer has in the group, else the one the exporter knows."""
    shown = word(entry, "sender") if word(entry, "sender_username") else ""
    names = (
        word(entry, "sender_group_nickname"),
        word(entry, "senderName"),
        shown,
        word(entry, "sender_contact_display"),
    )
    return next((clean_label(name) for name in names if clean_label(name)), "")


def quote_of(entry: object) -> Quote | None:
    """Return what is taken up: chatlog repeats the message, wx-cli only its beginning."""
    contents = entry.get("contents") if isinstance(entry, dict) else None
    refer = contents.get("refer") if isinstance(contents, dict) else None
    if isinstance(refer, dict):
        return Quote(word(refer, "content"), clean_id(word(refer, "sender")))
    found = ARROW.match(word(entry, "content"))
    return Quote(found["quoted"], "") if found and found["quoted"] else None


def fold(words: str) -> str:
    """Return the beginning of a text as a quotation shows it, to compare by."""
    return " ".join(words.removesuffix("...").split())[:FOLD_LIMIT]


def mentions(text: str, calls: Mapping[str, str]) -> tuple[str, ...]:
    """Return the ids called by @nickname: up to the closing space, else the longest nickname that fits."""
    found = dict.fromkeys(_called(after, calls) for after in text.split("@")[1:])
    return tuple(external_id for external_id in found if external_id)


def _called(after: str, calls: Mapping[str, str]) -> str:
    name, closed, _ = after.partition(CALL_ENDS)
    if closed and (exact := calls.get(clean_label(name))):
        return exact
    line = clean_label(after.partition("\n")[0])
    return next((calls[line[:end]] for end in range(len(line), 0, -1) if line[:end] in calls), "")
