"""What the two books have in common: what they refuse, and what their audits tell."""

from dataclasses import dataclass

from kith.lib.errors import NotAllowed


@dataclass(frozen=True, slots=True)
class Promise:
    """`checked` rows were looked at, `broken` of them break the promise `name`."""

    name: str
    checked: int
    broken: int


class AppendOnly(NotAllowed):
    sentence = "The book is append-only: a correction is a new line."


class NotInvented(NotAllowed):
    sentence = "Only the book of an invented community may be dropped."
