"""Who may read what."""

from dataclasses import dataclass

READS = ("all", "members", "plan", "tier")
PREVIEW_LIMIT = 1000


@dataclass(frozen=True, slots=True)
class Gate:
    """Who may read a space: everybody (`all`), members, who holds the grant `needs`, or members of a tier from the position `tier_from` up.

    `called` is what people know that by; so many characters of a text are shown to others.
    """

    space_id: int
    name: str
    is_column: bool
    reads: str
    needs: str
    tier_from: int
    called: str
    preview_chars: int
    is_author: bool = False


@dataclass(frozen=True, slots=True)
class Lock:
    """A text is closed to its reader: by which space, and what it takes (`reads`, and `called` for people)."""

    space_id: int
    space: str
    reads: str
    needs: str
    called: str
