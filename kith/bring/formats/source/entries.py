"""What readers of JSON exports share: fields of any type, lines of reactions, counts of what is left out."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from kith.bring.data import TEXT_LIMIT, ActLine, MemberLine, Note
from kith.bring.formats.source.words import clean_id, digest

REACT = "react"


def member(entry: object, key: str) -> object:
    return entry.get(key) if isinstance(entry, dict) else None


def word(entry: object, key: str) -> str:
    """Return a text or a number as text; empty for everything else."""
    value = entry.get(key) if isinstance(entry, dict) else None
    if isinstance(value, str):
        return value.strip()
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else ""


def flag(entry: object, key: str) -> bool:
    return member(entry, key) is True


def things(entry: object, key: str) -> list[object]:
    value = member(entry, key)
    return value if isinstance(value, list) else []


@dataclass
class Skipped:
    """Counts what is left out, by the code of the note that tells of it."""

    counts: dict[str, int] = field(default_factory=dict)

    def add(self, code: str) -> None:
        self.counts[code] = self.counts.get(code, 0) + 1

    def cut(self, text: str) -> str:
        """Return a text of the length that is kept."""
        if len(text) > TEXT_LIMIT:
            self.add("text_cut")
        return text[:TEXT_LIMIT]

    def notes(self) -> Iterator[Note]:
        for code, count in sorted(self.counts.items()):
            yield Note(code, {"count": count, "limit": TEXT_LIMIT})


@dataclass
class Faces:
    """Who was met where already: an export without a roster names people wherever they appear."""

    known: set[tuple[str, str]] = field(default_factory=set)

    def met(self, person: MemberLine) -> Iterator[MemberLine]:
        """Yield a person who is met in a channel for the first time."""
        where = (person.channel, person.external_id)
        if person.external_id and where not in self.known:
            self.known.add(where)
            yield person


def reaction(line: int, at: datetime, who: str, to: str, key: str, channel: str) -> Iterator[ActLine]:
    """Yield that somebody reacted to a message, `key`, of somebody else; whatever the sign, it is one act."""
    if who and to and who != to:
        yield ActLine(line, digest(key, who, REACT), at, clean_id(who), to, REACT, channel=channel)
