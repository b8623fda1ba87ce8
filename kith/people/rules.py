"""Who may see and who may enter: pure decisions on a community's boundary."""

import re

from kith.lib.text import clean_name, handle_from
from kith.people.data import STAFF, BadSlug, NoName, Standing

SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{1,38})[a-z0-9]")
RESERVED = frozenset({"new", "api", "static", "admin", "accounts", "live", "media", "kith"})


def may_see(*, visible_to: str, standing: Standing | None) -> bool:
    """Tell whether the pages of a community are open to this reader."""
    return visible_to == "public" or standing is not None


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


def free_handle(name: str, taken: set[str]) -> str:
    """Return the first of name, name2, name3 … that nobody has, and take it; compares without case."""
    base = handle_from(name)
    handle, count = base, 1
    while handle.casefold() in taken:
        count += 1
        handle = f"{base}{count}"
    taken.add(handle.casefold())
    return handle
