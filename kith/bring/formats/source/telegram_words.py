"""What a Telegram entry says: its text with its entities as markdown, and whom it names."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from kith.bring.formats.source.entries import member, things, word
from kith.bring.formats.source.times import parse_time
from kith.bring.formats.source.words import clean_id, shown_text

MARKS = {"bold": "**", "italic": "*", "strikethrough": "~~", "code": "`"}
MARKED = frozenset({*MARKS, "text_link", "pre", "blockquote"})
Named = tuple[str, str]


def parts(entry: object) -> list[object]:
    """Return the pieces of the text: newer exports list them all, older ones write plain pieces as bare strings."""
    listed = things(entry, "text_entities") or member(entry, "text")
    return listed if isinstance(listed, list) else [listed]


def text_of(entry: object) -> str:
    return shown_text("".join(map(_spelled, parts(entry))) or _poll(member(entry, "poll")))


def is_marked(entry: object) -> bool:
    """Tell whether the text is markdown: where nothing is marked, a star is a star."""
    return any(word(part, "type") in MARKED for part in parts(entry))


def _spelled(part: object) -> str:
    if isinstance(part, str):
        return part
    raw, kind = member(part, "text"), word(part, "type")
    text = raw if isinstance(raw, str) else ""
    if not text.strip():
        return text
    if kind == "text_link" and word(part, "href").startswith(("http://", "https://")) and "]" not in text:
        return f"[{text}]({word(part, 'href')})"
    if kind == "pre":
        return f"\n```{word(part, 'language')}\n{text.strip()}\n```\n"
    if kind == "blockquote":
        return "\n" + "\n".join(f"> {line}" for line in text.splitlines()) + "\n\n"
    return _marked(text, MARKS.get(kind, ""))


def _marked(text: str, mark: str) -> str:
    """Return the text between marks; markdown wants them at words, not at blanks."""
    if not mark or "\n" in text:
        return text
    kept = text.strip()
    return text.replace(kept, f"{mark}{kept}{mark}", 1)


def _poll(poll: object) -> str:
    answers = [f"- {line}" for answer in things(poll, "answers") if (line := word(answer, "text"))]
    return "\n".join([word(poll, "question"), "", *answers]) if word(poll, "question") else ""


def called(entry: object) -> Iterator[Named]:
    """Yield (id, name) of who is called: by a name that stands for an account, or by @username, which is its own id."""
    for part in parts(entry):
        if word(part, "type") == "mention_name" and (number := word(part, "user_id")):
            yield clean_id(f"user{number.removeprefix('user')}"), word(part, "text")
        elif word(part, "type") == "mention":
            yield clean_id(word(part, "text").removeprefix("@")), ""


def reactors(entry: object, at: datetime) -> Iterator[tuple[str, str, datetime]]:
    """Yield (id, name, time) of everybody whose reaction is named, once each; the export names the latest few.

    Their times have no zone; it is found from the message, which has its time both ways.
    """
    local, seen = parse_time(word(entry, "date")), set[str]()
    for sign in things(entry, "reactions"):
        for who in things(sign, "recent"):
            external_id = clean_id(word(who, "from_id"))
            if external_id and external_id not in seen:
                seen.add(external_id)
                yield external_id, word(who, "from"), _in_zone(parse_time(word(who, "date")), local, at)


def _in_zone(shown: datetime | None, local: datetime | None, at: datetime) -> datetime:
    return max(at, at + (shown - local)) if shown and local else at


def joined(entry: Mapping[str, object]) -> bool:
    """Tell whether a notice says that its actor came in."""
    return word(entry, "action") in {"join_group_by_link", "join_group_by_request"}
