"""What crosses the door of connect about values that were lived."""

from dataclasses import dataclass
from datetime import datetime

from kith.lib.errors import NotAllowed, NotFound


@dataclass(frozen=True, slots=True)
class LivedTag:
    """Somebody says that a text lived a value; `is_authors` where it is their own."""

    post_id: int
    word: str
    by_id: int
    is_authors: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class LivedValue:
    """How a value was lived within a span: by how many different `people`, in how many `texts`, said by how many (`sayers`), of
    whom others than the author (`witnesses`). `examples` are the texts most people said it of, by id with a beginning.

    `is_held` is false for a value that is no longer among those of the community.
    """

    word: str
    sentence: str
    people: int
    texts: int
    sayers: int
    witnesses: int
    examples: tuple[tuple[int, str, int], ...]
    is_held: bool = True


class NoSuchValue(NotFound):
    sentence = "This community holds no value called “%(word)s”."


class NotYoursToTag(NotAllowed):
    sentence = "Who wrote it, and who thanks for it, says which value it lived."
