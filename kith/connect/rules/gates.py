"""Who may read a space, and what others see of its texts."""

import re
from collections.abc import Collection

from kith.connect.data import TEXT_LIMIT, Gate
from kith.connect.rules.texts import excerpt

TITLE_LIMIT = 60
GRANT = re.compile(r"[a-z][a-z0-9-]{0,19}")
DIGESTS = re.compile("/([0-9a-f]{64})[.]webp")


def is_open(gate: Gate, *, is_staff: bool, is_member: bool, position: int, grants: Collection[str]) -> bool:
    """Tell whether somebody may read a space: who runs the community and who writes there always may."""
    if is_staff or gate.is_author or gate.reads == "all":
        return True
    if gate.reads == "plan":
        return gate.needs in grants
    return is_member and (gate.reads == "members" or position >= gate.tier_from)


def is_grant(name: str) -> bool:
    """Tell whether something can be the name of a grant: small letters, digits and hyphens."""
    return GRANT.fullmatch(name) is not None


def preview(text: str, characters: int) -> tuple[str, str]:
    """Return the title and the beginning of a text for those who may not read it.

    The title is its first line where more follows; of the rest so many characters, and at most a third: a short text would
    else be told whole. Pictures and addresses are left out.
    """
    first, _, rest = text.strip().partition("\n")
    title, body = (
        (excerpt(first, TITLE_LIMIT), excerpt(rest, TEXT_LIMIT)) if rest.strip() else ("", excerpt(first, TEXT_LIMIT))
    )
    most = min(characters, len(body) // 3)
    return title, excerpt(body, most) if most > 1 else ""


def previewed(text: str, characters: int) -> str:
    """Return the preview as one text."""
    return "\n\n".join(filter(None, preview(text, characters)))


def pictures(html_: str) -> set[str]:
    """Return the digests of our pictures that a rendered text shows."""
    return set(DIGESTS.findall(html_))
