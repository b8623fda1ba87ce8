"""What a post of Discourse says: its text, whose words it takes up, whom it calls."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kith.bring.formats.source.entries import word
from kith.bring.formats.source.mail import QUOTED_LINES_KEPT, without_tags
from kith.bring.formats.source.words import shown_text

# [quote="ann, post:3, topic:12"] … [/quote], innermost first; names may hold dots, full names come after username.
QUOTE = re.compile(r"\[quote=[\"“]?([^\]\"”]*)[\"”]?\]((?:(?!\[quote=).)*?)\[/quote\]", re.DOTALL)
COOKED_QUOTE = re.compile(r"<aside class=\"quote[^>]*>")
SAID_BY = re.compile(r"data-(username|post|topic)=\"([^\"]*)\"")
PICTURE = re.compile(r"!\[([^\]|]*)[^\]]*\]\(upload://[^)]*\)")
CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)
CALL = re.compile(r"(?<![\w@./])@([\w][\w.\-]{0,59})")
NESTED = 5


@dataclass(frozen=True, slots=True)
class Quote:
    username: str
    post: str
    topic: str


def text_of(row: Mapping[str, object]) -> tuple[str, bool]:
    """Return (text, whether it is markdown): what was written, else what was shown."""
    if raw := word(row, "raw"):
        return shown_text(PICTURE.sub(r"[\1]", _quoted(raw))), True
    return shown_text(without_tags(word(row, "cooked"))), False


def quotes(row: Mapping[str, object]) -> list[Quote]:
    """Return whose words are taken up, of which post; each once."""
    raw = word(row, "raw")
    found = [_named(head[1]) for head in QUOTE.finditer(raw)] if raw else _cooked(word(row, "cooked"))
    return [quote for quote in dict.fromkeys(found) if quote.username]


def _named(head: str) -> Quote:
    name, *rest = (part.strip() for part in head.split(","))
    facts = dict(part.partition(":")[::2] for part in rest)
    return Quote(
        facts.get("username", name).strip().lower(), facts.get("post", "").strip(), facts.get("topic", "").strip()
    )


def _cooked(cooked: str) -> Iterator[Quote]:
    for aside in COOKED_QUOTE.findall(cooked):
        facts = dict(SAID_BY.findall(aside))
        yield Quote(facts.get("username", "").lower(), facts.get("post", ""), facts.get("topic", ""))


def calls(text: str, usernames: Mapping[str, str]) -> tuple[str, ...]:
    """Return the ids of whom a text calls; in quotations and in code nobody is called."""
    own = "\n".join(line for line in CODE.sub("", text).splitlines() if not line.startswith(">"))
    found = (usernames.get(name.rstrip(".-").lower(), "") for name in CALL.findall(own))
    return tuple(dict.fromkeys(external_id for external_id in found if external_id))


def _quoted(raw: str) -> str:
    """Return the text with quotations as markdown has them, of each the first lines; quotations in quotations first."""
    for _ in range(NESTED):
        raw, many = QUOTE.subn(_as_lines, raw)
        if not many:
            break
    return re.sub(r"\n{3,}", "\n\n", raw)


def _as_lines(found: "re.Match[str]") -> str:
    lines = [line for line in found[2].strip().splitlines() if line.strip()]
    kept = lines[:QUOTED_LINES_KEPT] + ["…"] * (len(lines) > QUOTED_LINES_KEPT)
    return "\n" + "\n".join(f"> {line}" for line in kept) + "\n\n"
