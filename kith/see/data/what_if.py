"""What crosses the door of see: what is only thought of, to be drawn on the map."""

from dataclasses import dataclass

from kith.lib.errors import Refusal
from kith.see.data.meeting import Introduction
from kith.see.data.pictures import Somebody


@dataclass(frozen=True, slots=True)
class Without:
    """If `gone` left together: `loss` 0..1 of the live energy and `ties` warm ties go with them, what holds together falls into
    `parts` more, and of `connected` people with a warm tie `cut_off` (ids) lose the largest part.
    """

    gone: tuple[Somebody, ...]
    loss: float
    ties: int
    parts: int
    connected: int
    cut_off: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class With:
    """If `pairs` met: `joined` people (ids) come to the largest part, `across` of the pairs link two circles."""

    pairs: tuple[Introduction, ...]
    joined: tuple[int, ...]
    across: int


@dataclass(frozen=True, slots=True)
class Seed:
    """Somebody to begin a launch with: `adds` people expected to turn to them who turn to nobody before them; `total` so far."""

    who: Somebody
    adds: float
    total: float


@dataclass(frozen=True, slots=True)
class LaunchSeeds:
    """Whom to begin a launch with, the best first, among `people` members."""

    seeds: tuple[Seed, ...]
    people: int

    def first(self, count: int) -> "LaunchSeeds":
        return LaunchSeeds(self.seeds[:count], self.people)

    @property
    def reach(self) -> float:
        """Return how many people are expected to turn to one of the seeds."""
        return self.seeds[-1].total if self.seeds else 0.0

    @property
    def share(self) -> float:
        return self.reach / self.people if self.people else 0.0


class TooManyAtOnce(Refusal):
    sentence = "At most %(limit)s people can be taken away at once."
