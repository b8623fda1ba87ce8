"""Who may see and who may enter: pure decisions on a community's boundary."""

import re
from collections.abc import Sequence

from kith.lib.text import clean_line, clean_name, handle_from
from kith.people.data import (
    ENTERED_BY,
    ROLES,
    STAFF,
    VISIBLE_TO,
    BadHalfLife,
    BadSlug,
    NoName,
    NoPursuit,
    Standing,
    UnknownBoundary,
    UnknownRole,
)

SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38})[a-z0-9]")
RESERVED = frozenset({"new", "api", "static", "admin", "accounts", "live", "media", "kith"})


def may_see(*, visible_to: str, standing: Standing | None) -> bool:
    """Tell whether the pages of a community are open to this reader."""
    return visible_to == "public" or standing is not None


def role_runs(role: str) -> bool:
    """Tell whether who has this role may do the operators' work."""
    return role in STAFF


def may_run(standing: Standing | None) -> bool:
    """Tell whether somebody may do the operators' work."""
    return standing is not None and standing.role in STAFF


def checked_slug(raw: str) -> str:
    """Return the address of a community.

    Raises:
        BadSlug: it is not 3-40 small letters, digits and inner hyphens, or is a word Kith needs itself.

    """
    slug = raw.strip().lower()
    if not SLUG.fullmatch(slug) or slug in RESERVED:
        raise BadSlug
    return slug


def checked_name(raw: str) -> str:
    """Return the visible name.

    Raises:
        NoName: nothing visible is left.

    """
    name = clean_name(raw)
    if not name:
        raise NoName
    return name


def checked_pursuit(raw: str) -> str:
    """Return what a community pursues, in one line.

    Raises:
        NoPursuit: nothing visible is left.

    """
    pursuit = clean_line(raw)[:200]
    if not pursuit:
        raise NoPursuit
    return pursuit


def checked_boundary(visible_to: str, entered_by: str) -> None:
    """Refuse a boundary nobody knows.

    Raises:
        UnknownBoundary: as it says.

    """
    for boundary, known in ((visible_to, VISIBLE_TO), (entered_by, ENTERED_BY)):
        if boundary not in known:
            raise UnknownBoundary(boundary=clean_line(boundary)[:20])


def checked_role(role: str) -> str:
    """Return the role.

    Raises:
        UnknownRole: there is none of that name.

    """
    if role not in ROLES:
        raise UnknownRole(role=clean_line(role)[:20])
    return role


def checked_half_life(days: float) -> float:
    """Return in how many days attention fades by half.

    Raises:
        BadHalfLife: it is no number from 1 to 3,650.

    """
    if not 1 <= days <= 3650:  # false for NaN too
        raise BadHalfLife
    return float(days)


def kept_lines(lines: Sequence[str], length: int) -> list[str]:
    """Return the lines in which something visible is left, cut to a length."""
    return [line for raw in lines if (line := clean_line(raw)[:length].strip())]


def kept_values(values: Sequence[tuple[str, str]]) -> dict[str, str]:
    """Return sentences by word, in order; empty words and repeats are left out."""
    kept: dict[str, str] = {}
    for raw, sentence in values:
        if word := clean_line(raw)[:20].strip():
            kept.setdefault(word, clean_line(sentence)[:200])
    return kept


def folded(handle: str) -> str:
    """Return a handle as it is compared. PostgreSQL lowers İ to i, Python to two characters: the narrower rule counts."""
    return handle.replace("İ", "i").casefold()


def free_handle(name: str, taken: set[str], counted: dict[str, int] | None = None) -> str:
    """Return the first of name, name2, name3 … that nobody has, and take it; compares without case.

    `counted` remembers from call to call how far a name was counted: ten thousand of one name cost no more than others.
    """
    counted = {} if counted is None else counted
    base = handle_from(name)
    count = counted.get(folded(base), 1)
    while folded(handle := base if count == 1 else f"{base}{count}") in taken:
        count += 1
    counted[folded(base)] = count
    taken.add(folded(handle))
    return handle
