"""What a message of Zulip says: its text as markdown, whom it calls, which message it takes up."""

import re
from collections.abc import Mapping

from kith.bring.formats.source.mail import QUOTED_LINES_KEPT
from kith.bring.formats.source.words import shown_text

# @**Ann** or @**Ann|11**; with _ in front nobody is told.
CALL = re.compile(r"@(_?)\*\*([^*|\n]+)(?:\|(\d+))?\*\*")
CHANNEL = re.compile(r"#\*\*([^*>\n]+)(?:>([^*\n]+?))?(?:@\d+)?\*\*")
QUOTED = re.compile(r"^(`{3,}) *quote *\n(.*?)\n?\1 *$", re.DOTALL | re.MULTILINE)
# Before a quotation stands who said it, with the address of the message.
TAKEN_UP = re.compile(r"@_\*\*[^*|\n]+\|(\d+)\*\* \[[^\]\n]*\]\([^)\s]*/near/(\d+)/?\)")
PICTURE = re.compile(r"!?\[([^\]\n]*)\]\(/user_uploads/[^)\s]*\)")


def text_of(content: str) -> str:
    text = PICTURE.sub(r"[\1]", QUOTED.sub(_as_lines, content))
    return shown_text(CHANNEL.sub(_channel, CALL.sub(r"@\2", text)))


def _channel(found: "re.Match[str]") -> str:
    return f"#{found[1]} › {found[2]}" if found[2] else f"#{found[1]}"


def _as_lines(found: "re.Match[str]") -> str:
    """Return a quotation as markdown has it, of which the first lines stay."""
    lines = [line for line in found[2].splitlines() if line.strip()]
    kept = lines[:QUOTED_LINES_KEPT] + ["…"] * (len(lines) > QUOTED_LINES_KEPT)
    return "\n".join(f"> {line}" for line in kept) + "\n"


def taken_up(content: str) -> list[tuple[str, str]]:
    """Return (person, message) of what is quoted, each once, in order."""
    return list(dict.fromkeys((found[1], found[2]) for found in TAKEN_UP.finditer(content)))


def calls(content: str, by_name: Mapping[str, str]) -> tuple[str, ...]:
    """Return the ids of whom a message calls and tells; a name without a number counts where one person has it."""
    own = QUOTED.sub("", content)
    found = (
        number or by_name.get(name.strip().casefold(), "") for silent, name, number in CALL.findall(own) if not silent
    )
    return tuple(dict.fromkeys(external_id for external_id in found if external_id))
