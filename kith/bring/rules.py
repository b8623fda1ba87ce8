"""What a file says, counted and translated: who appears in it, which acts it means. No database."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from kith.bring.data import ActLine, BadLine, Item, MemberLine, MessageLine, Note
from kith.bring.formats.source.words import digest
from kith.lib.text import clean_line, clean_name

BAD_SHOWN = 100
ROWS_SHOWN = 8
CHANNELS_SHOWN = 200
UNKNOWN_SHOWN = 50
OTHER = "other"
# What public data sets and other systems call the same acts.
SAME_KIND = {
    "a2q": "answer",
    "c2q": "comment",
    "c2a": "comment",
    "like": "react",
    "reaction": "react",
    "upvote": "react",
    "dm": "message",
    "thanks": "thank",
    "invite": "refer",
}


@dataclass
class Stranger:
    """Somebody the file names: `name` as it calls them first, or better as its roster does.

    `is_heard`: they are on the roster or speak, rather than appear in acts alone. The rest is what a roster says of them.
    """

    name: str = ""
    is_bot: bool = False
    is_heard: bool = False
    chapter: str = ""
    headline: str = ""
    joined_at: datetime | None = None
    handle: str = ""


@dataclass
class Survey:
    """What one pass over a file shows; as large as its number of people."""

    known_kinds: Collection[str]
    wanted: Collection[str] = ()
    people: dict[str, Stranger] = field(default_factory=dict)
    kinds: Counter[str] = field(default_factory=Counter)
    unknown_kinds: Counter[str] = field(default_factory=Counter)
    channels: Counter[str] = field(default_factory=Counter)
    first: list[MemberLine | BadLine] = field(default_factory=list)
    bad: list[BadLine] = field(default_factory=list)
    bad_reasons: Counter[str] = field(default_factory=Counter)
    notes: list[Note] = field(default_factory=list)
    acts: int = 0
    messages: int = 0
    quotes: int = 0
    first_at: datetime | None = None
    last_at: datetime | None = None

    def see(self, items: Iterable[Item]) -> "Survey":
        for item in items:
            if isinstance(item, MessageLine) and (len(self.channels) < CHANNELS_SHOWN or item.channel in self.channels):
                self.channels[item.channel] += 1
            if not is_wanted(item, self.wanted):
                continue
            if isinstance(item, ActLine):
                self._act(item)
            elif isinstance(item, MessageLine):
                self._message(item)
            else:
                self._beside(item)
        return self

    def _act(self, line: ActLine) -> None:
        self.acts += 1
        self._moment(line.at)
        self.people.setdefault(line.actor, Stranger())
        self.people.setdefault(line.other, Stranger())
        kind = kind_of(line.kind, self.known_kinds)
        self.kinds[kind] += 1
        if kind == OTHER != line.kind and (len(self.unknown_kinds) < UNKNOWN_SHOWN or line.kind in self.unknown_kinds):
            self.unknown_kinds[line.kind] += 1

    def _message(self, line: MessageLine) -> None:
        self.messages += 1
        self._moment(line.at)
        author = self.people.setdefault(line.author, Stranger())
        author.name = author.name or line.author_name
        author.is_bot = author.is_bot or line.is_bot
        author.is_heard = True
        if line.quotes:
            self.quotes += 1
            self.people.setdefault(line.quotes, Stranger())

    def _beside(self, item: MemberLine | BadLine | Note) -> None:
        if isinstance(item, MemberLine | BadLine) and len(self.first) < ROWS_SHOWN:
            self.first.append(item)
        if isinstance(item, MemberLine):
            self._member(item)
        elif isinstance(item, Note):
            self.notes.append(
                Note(item.code, {k: v if isinstance(v, int) else clean_line(str(v)) for k, v in item.facts.items()})
            )
        else:
            self.bad_reasons[item.reason] += 1
            if len(self.bad) < BAD_SHOWN:
                self.bad.append(replace(item, detail=clean_line(item.detail)[:120]))

    def _member(self, line: MemberLine) -> None:
        who = self.people.setdefault(line.external_id, Stranger())
        who.name, who.is_bot, who.is_heard = line.name or who.name, line.is_bot or who.is_bot, True
        who.chapter, who.headline = line.chapter or who.chapter, line.headline or who.headline
        who.joined_at, who.handle = line.joined_at or who.joined_at, line.handle or who.handle

    def _moment(self, at: datetime) -> None:
        self.first_at = at if self.first_at is None or at < self.first_at else self.first_at
        self.last_at = at if self.last_at is None or at > self.last_at else self.last_at


def is_wanted(item: Item, channels: Collection[str]) -> bool:
    """Tell whether an item belongs to the channels that are taken; people and acts without a channel belong to all."""
    if not channels or not isinstance(item, ActLine | MessageLine | MemberLine):
        return True
    return item.channel in channels or (not item.channel and not isinstance(item, MessageLine))


def kind_of(word: str, known: Collection[str]) -> str:
    """Return the kind an act is kept as."""
    kind = SAME_KIND.get(word, word)
    return kind if kind in known else OTHER


def shown_name(external_id: str, name: str) -> str:
    """Return what to call somebody: the name, else the identifier as the file has it; never an address."""
    if found := clean_name(name):
        return found
    local = external_id.partition("@")[0] or external_id
    return clean_name(local) or "?"


def act_key(origin: str, key: str) -> str:
    return f"{origin}:{key}"


def message_key(origin: str, key: str) -> str:
    return digest(origin, key) if key else ""


def callable_names(people: Mapping[str, Stranger], ids: Mapping[str, int]) -> dict[str, int]:
    """Return whom a word after @ may mean: an id, or a name that only one person has; without regard to case."""
    by_name: dict[str, set[int]] = {}
    for external_id, stranger in people.items():
        if stranger.name:
            by_name.setdefault(stranger.name.casefold(), set()).add(ids[external_id])
    found = {name: next(iter(who)) for name, who in by_name.items() if len(who) == 1}
    return found | {external_id.casefold(): person for external_id, person in ids.items()}


def of_messages(items: Iterable[Item]) -> Iterator[MessageLine]:
    return (item for item in items if isinstance(item, MessageLine))


def of_acts(items: Iterable[Item]) -> Iterator[ActLine]:
    return (item for item in items if isinstance(item, ActLine))
