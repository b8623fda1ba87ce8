"""Names and handles of people, made safe to show anywhere."""

import re
import unicodedata

NAME_LIMIT = 60
# Bidirectional marks turn the text around them; zero-width characters make two names look the same.
HIDDEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
)


def clean_line(raw: str) -> str:
    """Return one visible line: NFC, no control, bidi or zero-width characters, blanks folded; may be empty."""
    text = HIDDEN.sub("", unicodedata.normalize("NFC", raw))
    visible = "".join(" " if unicodedata.category(c)[0] == "C" else c for c in text)
    return " ".join(visible.split())


def clean_name(raw: str) -> str:
    """Return a name of at most 60 characters, empty when nothing visible is left."""
    return clean_line(raw)[:NAME_LIMIT].strip()


def clean_text(raw: str) -> str:
    """Return text for a post: NFC, line feeds only, no control or bidi characters but tab and newline."""
    text = unicodedata.normalize("NFC", raw.replace("\r\n", "\n").replace("\r", "\n"))
    # The zero-width joiner holds family emoji together; it stays.
    return "".join(c for c in text if c in "\n\t\u200d" or unicodedata.category(c)[0] != "C")


def handle_from(name: str) -> str:
    """Return the letters and digits of a name joined by hyphens, at most 40, never empty."""
    words = re.findall(r"\w+", clean_line(name).replace("_", " "))
    return "-".join(words)[:40].strip("-") or "member"
