"""What an audit tells: a promise with how many rows keep and break it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Promise:
    """`checked` rows were looked at, `broken` of them break the promise `name`."""

    name: str
    checked: int
    broken: int
