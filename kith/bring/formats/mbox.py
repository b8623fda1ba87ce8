"""Archives of mailing lists in mbox form, one mail at a time, also with “user at host” for addresses."""

import re
from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message
from pathlib import Path

from kith.bring.data import TEXT_LIMIT, BadLine, Item, MessageLine, NotAnArchive, Note
from kith.bring.formats.source import mail as mails
from kith.bring.formats.source.lines import numbered_lines
from kith.bring.formats.source.words import clean_id, clean_label, digest, shown_text

# A mail begins with a line “From somebody Sat Jan  3 01:05:34 1998”, after an empty line.
START = re.compile(rb"From \S.*\d{1,2}:\d\d.*\d{4}")
MAIL_LIMIT = 2_000_000
REFERENCE = re.compile(r"<([^<>\s]+)>")
TAG = re.compile(r"^(?:(?:re|fwd?|aw|回复)\s*[:：]\s*)*\[([^\]]{2,60})\]", re.IGNORECASE)
ENVELOPE_DATE = re.compile(r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun).*$")


def read(path: Path) -> Iterator[Item]:
    """Yield a MessageLine or a BadLine per mail, numbered by the line it begins on."""
    cut = 0
    for number, lines in _mails(path):
        try:
            item = _message(number, lines)
        except RecursionError:
            item = BadLine(number, "bad_entry")
        cut += isinstance(item, MessageLine) and len(item.text) >= TEXT_LIMIT
        yield item
    if cut:
        yield Note("text_cut", {"count": cut, "limit": TEXT_LIMIT})


def _mails(path: Path) -> Iterator[tuple[int, list[bytes]]]:
    """Yield (line number, lines) of each mail; of a very large one (an attachment) only the beginning."""
    begun, lines, size, blank = 0, list[bytes](), 0, True
    for number, line in numbered_lines(path):
        if blank and line.startswith(b"From ") and START.match(line):
            if begun:
                yield begun, lines
            begun, lines, size = number, [], 0
        if not begun and line.strip():
            raise NotAnArchive(name=path.name, reason="it does not begin with a “From ” line")
        blank = not line
        size += len(line) + 1
        if size <= MAIL_LIMIT:
            lines.append(line)
    if not begun:
        raise NotAnArchive(name=path.name, reason="it holds no mail")
    yield begun, lines


def _message(number: int, lines: list[bytes]) -> Item:
    envelope = lines[0].decode("latin-1")
    mail = message_from_bytes(b"\n".join(lines[1:]))
    address, name = mails.author(mail)
    date = ENVELOPE_DATE.search(envelope)
    at = mails.moment(mail, date.group() if date else "")
    author = clean_id(address or name).lower()
    if not author or at is None:
        return BadLine(number, "no_from" if not author else "bad_time", mails.header(mail, "Date")[:80])
    text, reply_to = _text(mail), _reply_to(mail)
    subject = mails.header(mail, "Subject")
    text = text if reply_to else shown_text(f"{subject}\n\n{text}")
    if not text:
        return BadLine(number, "no_text")
    return MessageLine(
        line=number,
        key=_own_id(mail) or digest(author, at.isoformat(), subject, text),
        at=at,
        author=author,
        text=text[:TEXT_LIMIT],
        author_name=clean_label(name),
        reply_to=reply_to,
        channel=_list(mail, subject),
    )


def _text(mail: Message) -> str:
    return shown_text(mails.readable(mails.body(mail).replace("\n>From ", "\nFrom ")))


def _own_id(mail: Message) -> str:
    raw = mails.header(mail, "Message-ID")
    found = REFERENCE.search(raw)
    return clean_id(found.group(1) if found else raw)


def _reply_to(mail: Message) -> str:
    """Return the id of the mail answered: In-Reply-To, else the last of References."""
    for name, place in (("In-Reply-To", 0), ("References", -1)):
        if found := REFERENCE.findall(mails.header(mail, name)):
            return clean_id(found[place])
    return ""


def _list(mail: Message, subject: str) -> str:
    """Return the name of the list: its id up to the first dot, else the [tag] of the subject."""
    if found := REFERENCE.search(mails.header(mail, "List-Id")):
        return clean_label(found.group(1).split(".")[0])
    tag = TAG.match(subject)
    return clean_label(tag.group(1)) if tag else ""
