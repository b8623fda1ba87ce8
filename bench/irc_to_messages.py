"""Turn the IRC disentanglement archive (Kummerfeld et al. 2019, CC-BY-4.0) into a table for `kith import messages`.

    python bench/irc_to_messages.py irc_disentanglement.tar.xz irc.csv
    kith import messages irc.csv --community irc --create IRC

In `<name>.ascii.txt` a line is one message or a notice (=== …), counted from 0; in `<name>.annotation.txt` a line
`a b -` says that b answers a, `a a -` that a begins something. Only the last lines of most files are annotated;
elsewhere a text that begins with a nick of the same file (“bo: yes”) calls that person.
"""

import csv
import re
import sys
import tarfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path, PurePosixPath

LINE = re.compile(
    r"^(?:(?P<channel>\S+) (?P<date>\d{4}-\d\d-\d\d) )?\[(?P<time>\d\d:\d\d(?::\d\d)?)\]\s+"
    r"(?:<(?P<nick>[^>\s]+)>|\* (?P<actor>\S+))\s(?P<text>.*)$"
)
DATE = re.compile(r"^\d{4}-\d\d-\d\d")
CALL = re.compile(r"^([^\s:,]+)[:,]\s")
# The archive does not say when the #linux log was written; Elsner and Charniak published it in 2008.
LINUX_DAY = "2007-01-01"
COLUMNS = ("id", "time", "from", "text", "reply_to", "channel", "mentions")


@dataclass
class Log:
    """One file of the archive: its messages by line number, and what answers what."""

    name: str
    channel: str
    day: str
    messages: dict[int, tuple[datetime, str, str]] = field(default_factory=dict)
    answers: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))


def main(archive: Path, table: Path) -> None:
    rows = links = 0
    with table.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for log in logs(archive):
            for row in told(log):
                rows, links = rows + 1, links + bool(row[4])
                writer.writerow(row)
    print(f"{rows} messages, {links} of them answers")


def logs(archive: Path) -> Iterator[Log]:
    """Yield the logs by name; of #linux only the file that holds all the others."""
    texts: dict[str, str] = {}
    with tarfile.open(archive) as tar:
        for member in tar:
            content = tar.extractfile(member) if member.name.endswith(".txt") else None
            if content:
                texts[member.name] = content.read().decode("utf-8", "replace")
    for name in sorted(texts):
        stem = name.removesuffix(".ascii.txt")
        if stem == name or ("channel-two" in name and not stem.endswith(".all")):
            continue
        yield log_of(stem, texts[name], texts.get(f"{stem}.annotation.txt", ""))


def log_of(stem: str, text: str, annotation: str) -> Log:
    name = PurePosixPath(stem).name
    day = DATE.match(name)
    log = Log(name, "#linux" if name.startswith("channel-two") else "#ubuntu", day.group() if day else LINUX_DAY)
    read_messages(log, text)
    for line in annotation.splitlines():
        first, second = sorted(int(number) for number in line.split()[:2])
        if first != second and first in log.messages and second in log.messages:
            log.answers[second].add(first)
    return log


def read_messages(log: Log, text: str) -> None:
    """Read the messages; a clock that goes back has passed midnight, and within a minute order makes the seconds."""
    last, days, within = "", 0, 0
    for number, line in enumerate(text.splitlines()):
        found = LINE.match(line)
        if not found or not found["text"].strip():
            continue
        if found["channel"]:
            log.channel, log.day, days = f"#{found['channel']}", found["date"], 0
        elif found["time"] < last:
            days += 1
        within = within + 1 if found["time"] == last else 0
        last = found["time"]
        at = datetime.fromisoformat(f"{log.day}T{last}").replace(tzinfo=UTC)
        at += timedelta(days=days, milliseconds=min(within * 100, 59_000))
        log.messages[number] = (at, found["nick"] or found["actor"], found["text"].strip())


def told(log: Log) -> Iterator[tuple[str, ...]]:
    nicks = {nick.casefold(): nick for _, nick, _ in log.messages.values()}
    for number, (at, nick, text) in log.messages.items():
        answered = sorted(log.answers.get(number, ()))
        others = [log.messages[a][1] for a in answered]
        call = CALL.match(text)
        called = [*others[:-1], *([nicks[call[1].casefold()]] if call and call[1].casefold() in nicks else [])]
        mentions = dict.fromkeys(who for who in called if who not in {nick, *others[-1:]})
        reply_to = f"{log.name}:{answered[-1]}" if answered else ""
        yield f"{log.name}:{number}", at.isoformat(), nick, text, reply_to, log.channel, " ".join(mentions)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(Path(sys.argv[1]), Path(sys.argv[2]))
