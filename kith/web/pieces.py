"""Pieces of templates kept as HTML: what is the same on the next page, and for the next reader, is rendered once."""

from collections.abc import Callable
from hashlib import blake2b

from django.core.cache import cache
from django.utils.translation import get_language
from markupsafe import Markup

KEPT_SECONDS = 600


class NotPlain(TypeError):  # noqa: N818 -- named as our errors are
    """A piece was to be kept under something that does not name what it shows, as an undefined name of a template."""


def piece(name: str, *facts: object, caller: Callable[[], Markup]) -> Markup:
    """Return the piece a template encloses with `{% call %}` and `{% endcall %}`, rendered only when it is not at hand.

    `facts` are all that it shows of its community, its reader and the address: texts, whole numbers, tuples of them; the language is
    added. Whatever differs and is not among them would be shown to the wrong reader; so a piece never holds a token.

    Raises:
        NotPlain: a fact is something else.

    """
    if not _plain(facts):
        raise NotPlain(repr(facts))
    key = shelf(f"piece:{name}", facts)
    found: str | None = cache.get(key)
    if found is None:
        found = str(caller())
        cache.set(key, found, KEPT_SECONDS)
    return Markup(found)  # noqa: S704 -- a piece of a template, escaped when it was rendered


def shelf(name: str, facts: tuple[object, ...]) -> str:
    """Return the key under which HTML is kept that shows some facts, told by their `repr`, in the reader's language."""
    # Hashed because names of communities and people stand in it, which may be long and of any characters.
    return f"{name}:{get_language()}:{blake2b(repr(facts).encode(), digest_size=16).hexdigest()}"


def _plain(fact: object) -> bool:
    return all(map(_plain, fact)) if isinstance(fact, tuple) else isinstance(fact, str | int | None)
