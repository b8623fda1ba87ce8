"""What crosses the door of see: a simulation of what might come. It is no forecast of anybody in particular."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from kith.lib.errors import NotFound, Refusal

SIMULATED = ("active", "acts", "pairs")
LEAST_WEEKS, MOST_WEEKS = 4, 104
LEAST_RUNS, MOST_RUNS = 20, 1000
MOST_HOSTS = 100
MOST_GONE = 20
MOST_SEED = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Choices:
    """What is done otherwise than now: every newcomer is answered within a day, so many more welcome newcomers, the best so many leave."""

    answer_newcomers: bool = False
    hosts: int = 0
    lose_top: int = 0

    def each(self) -> "tuple[Choices, ...]":
        """Return every choice alone, and where there are several all of them together."""
        alone = [
            Choices(answer_newcomers=self.answer_newcomers),
            Choices(hosts=self.hosts),
            Choices(lose_top=self.lose_top),
        ]
        made = tuple(choice for choice in alone if choice != Choices())
        return (*made, self) if len(made) > 1 else made


@dataclass(frozen=True, slots=True)
class WhatIf:
    """What is to be simulated: how many weeks ahead, in how many runs, from which seed."""

    choices: Choices = Choices()
    weeks: int = 26
    runs: int = 200
    seed: int = 1


@dataclass(frozen=True, slots=True)
class Span:
    """The 10th, 50th and 90th of a hundred."""

    low: float
    middle: float
    high: float


@dataclass(frozen=True, slots=True)
class Foretold:
    """One number if nothing is changed: what it was at `Simulated.past_weeks`, and the band at each of the points.

    `by` says what foretold best on the own past ("month": stays as in the last four weeks, "quarter": as in the last twelve,
    "simulation", or half of each) at `cuts` moments; `errors` are the mean errors there, of the logarithm, and `held` the share
    of truths inside bands made without them. Without enough moments the band is that of other communities: `errors` is empty.
    """

    past: tuple[float, ...]
    spans: tuple[Span, ...]
    by: str
    cuts: int
    errors: Mapping[str, float]
    held: float | None


@dataclass(frozen=True, slots=True)
class Scenario:
    """A choice: by measure, how it differs from changing nothing (same runs, same luck), and what it comes to, at each of the points."""

    choices: Choices
    changes: Mapping[str, tuple[Span, ...]]
    spans: Mapping[str, tuple[Span, ...]]


@dataclass(frozen=True, slots=True)
class Grounds:
    """What the choices rest on.

    Of `newcomers` within 26 weeks the share `answered` got an act within a day. `back_answered` of `n_answered` came back within
    `back_days`, and `back_unanswered` of `n_unanswered`; `pull` is by how much an answer multiplies the chance to return in the runs.
    A host turns to `host_answers` newcomers a week. `gone` are the people (ids) who leave, and `missed` which part of the
    attention lost with them is missed, learnt here if from `departures`.
    """

    newcomers: int
    answered: float
    back_answered: int
    n_answered: int
    back_unanswered: int
    n_unanswered: int
    back_days: int
    pull: Span
    host_answers: int
    gone: tuple[int, ...]
    missed: Span
    departures: int


@dataclass(frozen=True, slots=True)
class Simulated:
    """A simulation as of a moment: the last midnight (UTC), or the last act when nobody acted for 30 days.

    `runs` were made: as many as wanted, or among very many people fewer (0 in what was kept before that was told). Every number is of the four weeks before its point: people who acted, acts, pairs in touch. `points` are weeks after, `past_weeks` weeks before.
    """

    at: datetime
    wanted: WhatIf
    people: int
    points: tuple[int, ...]
    past_weeks: tuple[int, ...]
    base: Mapping[str, Foretold]
    scenarios: tuple[Scenario, ...]
    facts: Grounds
    runs: int = 0


@dataclass(frozen=True, slots=True)
class Simulation:
    """A simulation that was asked for: `found` when it is made, `is_too_little` when the community is too young or too quiet for one."""

    id: int
    asked_at: datetime
    made_at: datetime | None
    took_seconds: float
    wanted: WhatIf
    is_too_little: bool
    found: Simulated | None


class TooLittle(Refusal):
    sentence = (
        "There is too little to simulate from yet: nine weeks of life, five people active in the last four weeks and thirty"
        " acts in the last twelve are needed."
    )
    status = 409


class BadSimulation(Refusal):
    sentence = (
        "Weeks go from 4 to 104, runs from 20 to 1000, hosts from 0 to 100, those who leave from 0 to 20, the seed from 0 to"
        " 2147483647; all are whole numbers."
    )


class NoSuchSimulation(NotFound):
    sentence = "There is no such simulation here, or it is forgotten: the newest fifty are kept."
