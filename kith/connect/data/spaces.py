"""What crosses the door about spaces."""

from dataclasses import dataclass
from datetime import datetime

from kith.lib.errors import NotAllowed, NotFound, Refusal

ABOUT_LIMIT = 200
SPACE_NAME_LIMIT = 60
SLOW_LIMIT = 86_400  # a day


@dataclass(frozen=True, slots=True)
class SpaceValue:
    """A space. `kinds` are the kinds of post it takes, all of them when empty; an archived one takes no new post.

    A member writes there every `slow_seconds` at most; 0 is no slow mode.
    """

    id: int
    name: str
    about: str = ""
    kinds: tuple[str, ...] = ()
    is_archived: bool = False
    slow_seconds: int = 0

    def takes(self, kind: str) -> bool:
        """Tell whether a post of a kind may be written here."""
        return not self.is_archived and (not self.kinds or kind in self.kinds)


@dataclass(frozen=True, slots=True)
class SpaceCount:
    """How much was said in a space: its threads, and when the latest began."""

    threads: int = 0
    last_at: datetime | None = None


class NoSuchSpace(NotFound):
    sentence = "There is no such space here."


class NoSpaceName(Refusal):
    sentence = "A space needs a name."


class BadSlowMode(Refusal):
    sentence = "Slow mode takes whole seconds, from 0 to %(limit)s."


class SpaceTaken(Refusal):
    sentence = "There is a space called “%(name)s” already."
    status = 409


class SpaceArchived(Refusal):
    sentence = "The space “%(space)s” is archived: it can be read, and takes no new post."
    status = 409


class KindNotHere(Refusal):
    sentence = "The space “%(space)s” does not take this kind of post. Choose another space or another kind."


class SpaceStaffOnly(NotAllowed):
    sentence = "Only the founder and operators may do this."
