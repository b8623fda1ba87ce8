"""One mail taken apart: whoever wrote it, when, and what a person would read of it."""

import re
from datetime import UTC, datetime
from email.header import decode_header
from email.message import Message
from email.utils import parsedate_to_datetime
from html.parser import HTMLParser

from kith.bring.formats.source.times import parse_time

AT_WORD = re.compile(r"([\w.+\-=/~]+)\s+(?:at|AT|\(at\)|\[at\]|_at_)\s+([\w.\-]+)")
ADDRESS = re.compile(r"[^\s<>()\"',;:]+@[^\s<>()\"',;:]+")
QUOTED_LINES_KEPT = 3
ORIGINAL = re.compile(r"^-{2,}\s*(Original Message|Forwarded message|原始邮件)\s*-{2,}", re.IGNORECASE)
FOOTER = re.compile(r"^_{30,}\s*$")
HIDDEN_TAGS = frozenset({"script", "style", "head", "title"})
BREAKING_TAGS = frozenset({"p", "br", "div", "tr", "li", "h1", "h2", "h3", "blockquote"})


def header(mail: Message, name: str) -> str:
    """Return a header decoded, whatever its fault; empty when there is none."""
    raw = next((str(value) for key, value in mail.raw_items() if key.lower() == name.lower()), "")
    text = raw if raw.isascii() else decode(raw.encode("utf-8", "surrogateescape"), "utf-8")
    try:
        parts = decode_header(text)
    except (ValueError, LookupError):
        return " ".join(text.split())
    return " ".join("".join(_decoded(part, charset) for part, charset in parts).split())


def _decoded(part: bytes | str, charset: str | None) -> str:
    return part if isinstance(part, str) else decode(part, charset)


def decode(raw: bytes, charset: str | None) -> str:
    """Decode by the charset named, else UTF-8, else the eight-bit western one that never fails."""
    for name in (charset, "utf-8", "gb18030" if charset and charset.lower().startswith("gb") else None):
        try:
            if name and name != "unknown-8bit":
                return raw.decode(name)
        except (LookupError, UnicodeDecodeError):
            continue
    return raw.decode("latin-1")


def author(mail: Message) -> tuple[str, str]:
    """Return (address in small letters, real name); the address may be written “user at host”."""
    line = header(mail, "From") or header(mail, "Sender")
    spelled = AT_WORD.sub(r"\1@\2", line)
    found = ADDRESS.search(spelled)
    if not found:
        return "", line
    rest = spelled.replace(found.group(), " ")
    name = " ".join(re.sub(r"[<>()\"]", " ", rest).split())
    return found.group().lower().strip("."), name


def moment(mail: Message, envelope: str) -> datetime | None:
    """Return when it was sent: by its Date, mended if need be, else by the line that starts it."""
    for raw in (header(mail, "Date"), envelope):
        tidy = re.sub(r"\([^)]*\)|[^\x20-\x7e]", " ", raw).strip()
        for text in (tidy, re.sub(r"\s+\S+$", "", tidy)):
            if text and (at := _date(text)):
                return at
    return None


def _date(text: str) -> datetime | None:
    try:
        return _in_utc(parsedate_to_datetime(text))
    except (ValueError, TypeError, IndexError, OverflowError):
        return parse_time(text)


def _in_utc(at: datetime) -> datetime:
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)


def body(mail: Message) -> str:
    """Return the plain text part, else the HTML part as text."""
    html = ""
    for part in mail.walk():
        kind = part.get_content_type()
        if part.is_multipart() or part.get_content_disposition() == "attachment" or not kind.startswith("text/"):
            continue
        text = _part(part)
        if kind == "text/html":
            html = html or without_tags(text)
        elif text.strip():
            return text
    return html


def _part(part: Message) -> str:
    payload = part.get_payload(decode=True)
    raw = payload if isinstance(payload, bytes) else str(payload).encode("utf-8", "surrogateescape")
    return decode(raw, part.get_content_charset())


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.hidden += tag in HIDDEN_TAGS
        if tag in BREAKING_TAGS:
            self.words.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self.hidden -= self.hidden > 0 and tag in HIDDEN_TAGS
        if tag == "p":
            self.words.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.words.append(data)


def without_tags(html: str) -> str:
    """Return what a person would read of HTML."""
    words = _Words()
    words.feed(html)
    words.close()
    lines = (" ".join(line.split()) for line in "".join(words.words).splitlines())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines))


def readable(text: str) -> str:
    """Return the text without signature, footer and full copies; of each quotation the first lines stay."""
    kept: list[str] = []
    quoted = 0
    for line in text.replace("\r\n", "\n").split("\n"):
        if line == "-- " or line.rstrip() == "--" or ORIGINAL.match(line) or FOOTER.match(line):
            break
        quoted = quoted + 1 if line.lstrip().startswith(">") else 0
        if quoted <= QUOTED_LINES_KEPT:
            kept.append(line)
        elif quoted == QUOTED_LINES_KEPT + 1:
            kept.append("> …")
    return "\n".join(kept).strip()
