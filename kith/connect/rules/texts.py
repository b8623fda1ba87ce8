"""Decisions on texts: what may be sent, how markdown becomes safe HTML, who is called by name. Pure."""

import html
import re
from collections.abc import Mapping, MutableMapping, Sequence
from functools import cache
from typing import Any

import nh3
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from kith.connect.data import KINDS, PLAIN, TEXT_LIMIT, EmptyText, NeedsItsForm, TextTooLong, UnknownKindOfPost
from kith.lib.text import clean_text

# Not in an address (ann@example.org, /@ann); Chinese needs no blank before it.
MENTION = re.compile(r"(?<![0-9A-Za-z/@.])@([\w-]{1,48})")
MENTIONS_LIMIT = 20
WHOLE = TEXT_LIMIT + 1  # an excerpt of this length is the whole text on one line
# What markdown may begin with or end by; a number with a dot or bracket, four blanks or a tab only where a line begins.
SIGNS = re.compile(r"[*_`~#>\[\]<!|\\&=+-]|^\s*\d+[.)]|^ {4}|^ *\t", re.MULTILINE)
PICTURE = re.compile(r"\w[\w.-]*", re.ASCII)
HEADINGS = {"h1": "h2", "h5": "h4", "h6": "h4"}  # the page's own heading is the only h1
TAGS = {
    "a", "blockquote", "br", "code", "del", "em", "h2", "h3", "h4", "hr", "img", "li", "ol", "p", "pre", "s", "strong",
    "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
ATTRIBUTES = {
    "a": {"href", "title", "class"},
    "img": {"src", "alt", "title", "loading"},
    "code": {"class"},
    "ol": {"start"},
}


def checked_text(raw: str) -> str:
    """Return the text without control characters.

    Raises:
        EmptyText: nothing visible is left.
        TextTooLong: over 20,000 characters.

    """
    text = clean_text(raw).strip()
    if not text:
        raise EmptyText
    if len(text) > TEXT_LIMIT:
        raise TextTooLong(limit=f"{TEXT_LIMIT:,}")
    return text


def checked_kind(kind: str) -> str:
    """Return the kind of a post.

    Raises:
        UnknownKindOfPost: there is no such kind.

    """
    if kind not in KINDS:
        raise UnknownKindOfPost(kind=kind[:20])
    return kind


def checked_plain(kind: str) -> str:
    """Return the kind of a post that is a text alone.

    Raises:
        UnknownKindOfPost, NeedsItsForm: there is no such kind, or it is more than a text.

    """
    if checked_kind(kind) not in PLAIN:
        raise NeedsItsForm
    return kind


def possible_handles(text: str) -> list[str]:
    """Return what may be handles after an @: Chinese runs on without a blank, so every beginning of a word counts."""
    words = [m[1] for m in MENTION.finditer(text)][:MENTIONS_LIMIT]
    return list(dict.fromkeys(word[:end] for word in words for end in range(len(word), 0, -1)))


def mentioned(word: str, known: Mapping[str, Any]) -> str | None:
    """Return the longest beginning of a word that is somebody's handle (keys of `known` are case-folded).

    A beginning ends where a reader sees an end: @Ann对 calls Ann, @Annette does not.
    """
    ends = (end for end in range(len(word), 0, -1) if word[:end].casefold() in known)
    return next((word[:end] for end in ends if not (_latin(word[end - 1]) and _latin(word[end : end + 1]))), None)


def _latin(letter: str) -> bool:
    return letter.isascii() and letter.isalnum()


def called(text: str, known: Mapping[str, Any]) -> list[str]:
    """Return the case-folded handles a text calls by name, each once, in order; in code and in links nobody is called."""
    env: dict[str, Any] = {"people": dict.fromkeys(known, ""), "media": "", "called": []}
    _markdown().parse(text, env)
    return list(dict.fromkeys(env["called"]))


@cache
def _markdown() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "linkify": False, "breaks": True}).enable(
        ["table", "strikethrough"]
    )
    parser.core.ruler.push("kith", _shape)
    return parser


def _shape(state: StateCore) -> None:
    """Fit headings below the page's own, link @handle in running text, and turn images from elsewhere into links."""
    for block in state.tokens:
        block.tag = HEADINGS.get(block.tag, block.tag)
        if block.type == "inline" and block.children:
            block.children = _shown(block.children, state.env)


def _shown(children: Sequence[Token], env: MutableMapping[str, Any]) -> list[Token]:
    out: list[Token] = []
    depth = 0
    for token in children:
        depth += {"link_open": 1, "link_close": -1}.get(token.type, 0)
        if token.type == "text" and not depth:
            out += _split(token, env)
        elif token.type == "image" and not _is_ours(str(token.attrs["src"]), env["media"]):
            label = token.content or str(token.attrs["src"])
            out += [_text(label)] if depth else _link(label, str(token.attrs["src"]))
        else:
            out.append(token)
    return out


def _split(token: Token, env: MutableMapping[str, Any]) -> list[Token]:
    out: list[Token] = []
    known: Mapping[str, str] = env["people"]
    start = 0
    for m in MENTION.finditer(token.content):
        if (handle := mentioned(m[1], known)) is None:
            continue
        end = m.start() + 1 + len(handle)
        opening, *rest = _link(f"@{handle}", known[handle.casefold()])
        opening.attrs["class"] = "mention"
        out += [_text(token.content[start : m.start()]), opening, *rest]
        env["called"].append(handle.casefold())
        start = end
    return [*out, _text(token.content[start:])]


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)


def _link(label: str, href: str) -> list[Token]:
    return [Token("link_open", "a", 1, attrs={"href": href}), _text(label), Token("link_close", "a", -1)]


def _is_ours(address: str, media: str) -> bool:
    """Tell whether an address is that of a picture of this community and of nothing else below or above it."""
    return address.startswith(media) and PICTURE.fullmatch(address.removeprefix(media)) is not None


def rendered(text: str, *, people: Mapping[str, str], media: str) -> str:
    """Return clean HTML for markdown. `people` maps case-folded handles to addresses; `media` begins our images' addresses.

    Images from elsewhere become links: they would tell a stranger who reads. Scripts, styles and raw HTML never pass.
    """
    return nh3.clean(
        _markdown().render(text, {"people": people, "media": media, "called": []}),
        tags=TAGS,
        attributes=ATTRIBUTES,
        attribute_filter=lambda tag, name, value: _kept(tag, name, value, media),
        url_schemes={"http", "https", "mailto"},
        link_rel="nofollow ugc noopener",
    )


def _kept(tag: str, name: str, value: str, media: str) -> str | None:
    if tag == "img" and name == "src":
        return value if _is_ours(value, media) else None
    if name == "class":
        return value if value == "mention" or value.startswith("language-") else None
    return value


def plain(text: str) -> str:
    """Return clean HTML for a text that is not markdown: paragraphs and line breaks only."""
    paragraphs = re.split(r"\n{2,}", html.escape(text.strip(), quote=False))
    return "".join(f"<p>{p.replace(chr(10), '<br>')}</p>" for p in paragraphs if p)


def is_plain(text: str) -> bool:
    """Tell cheaply that markdown would change nothing: no sign of it is there."""
    return not SIGNS.search(text)


def excerpt(text: str, length: int = 120) -> str:
    """Return the beginning of a text on one line, without markdown's signs."""
    line = " ".join(re.sub(r"!\[[^\]]*\]\([^)]*\)|[*_`>#]|\]\([^)]*\)|\[", " ", text).split())
    return line if len(line) <= length else line[: length - 1].rstrip() + "…"
