"""What crosses the door of people."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from kith.lib.errors import NotAllowed, NotFound, Refusal

ROLES = ("founder", "operator", "core", "member")
STAFF = frozenset({"founder", "operator"})
VISIBLE_TO = ("public", "members")
ENTERED_BY = ("open", "application", "invitation")


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a person stands in one community. `role` is one of ROLES; tiers begin at position 1, 0 is none."""

    community_id: int
    person_id: int
    handle: str
    name: str
    role: str
    joined_at: datetime
    chapter: str = ""
    headline: str = ""
    is_imported: bool = False
    is_bot: bool = False
    hides_rank: bool = False
    refuses_measures: bool = False
    declines_introductions: bool = False
    declines_letters: bool = False
    tier: str = ""
    tier_position: int = 0
    chapter_id: int | None = None

    @property
    def is_staff(self) -> bool:
        return self.role in STAFF


@dataclass(frozen=True, slots=True)
class MemberColumns:
    """Members by rising id, a column each; `joined_at` in seconds of the epoch, `chapter` "" for none."""

    person: tuple[int, ...]
    name: tuple[str, ...]
    chapter: tuple[str, ...]
    joined_at: tuple[float, ...]
    is_bot: tuple[bool, ...]
    is_staff: tuple[bool, ...]
    hides_rank: tuple[bool, ...]
    refuses_measures: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class Details:
    """What a list may say of a member; empty: it says nothing."""

    chapter: str = ""
    headline: str = ""
    joined_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Described:
    """What a list changed: for each person (before, after) with the changed fields only; and the ids of chapters made."""

    changes: Mapping[int, tuple[Details, Details]]
    chapters: tuple[int, ...]


class TooManyChapters(Refusal):
    sentence = "Is the column the right one? It would make %(count)s chapters, such as “%(example)s”; at most %(limit)s at once."


class NameTaken(Refusal):
    sentence = "There is one called “%(name)s” already."
    status = 409


class NoName(Refusal):
    sentence = "A name needs at least one visible character."


class SlugTaken(Refusal):
    sentence = "The address “%(slug)s” is already taken."
    status = 409


class BadSlug(Refusal):
    sentence = "An address is 2 to 40 small letters, digits and hyphens."


class NoPursuit(Refusal):
    sentence = "Say in a sentence what the community pursues."


class UnknownBoundary(Refusal):
    sentence = "There is no boundary called “%(boundary)s”."


class BadHalfLife(Refusal):
    sentence = "A half-life is a number of days from 1 to 3,650."


class UnknownRole(Refusal):
    sentence = "There is no role called “%(role)s”."


class AlreadyMember(Refusal):
    sentence = "This person is already a member."
    status = 409


class NotAMember(NotFound):
    sentence = "There is no such member here."


class LastFounder(NotAllowed):
    sentence = "The last founder cannot be removed."


class NotADemo(NotAllowed):
    sentence = "Only an invented community may be removed in one stroke."


class BadLink(NotFound):
    sentence = "This link is not valid, or it has expired. Ask for a new one."


class CannotMerge(Refusal):
    sentence = "These two people cannot be made one: the lines belong to somebody who has an account."
    status = 409
