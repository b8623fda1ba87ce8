"""What the nightly report found. None stands where there is too little to say; no number is ever NaN or infinite.

Shares are 0..1, but for the turn-out of a launch, which may exceed what was expected; energy is in live acts; people are ids. Bots are in no number, who refuses measures in no list.
The definitions are those of `rules.report`, in words in docs/see.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from kith.lib.errors import Refusal
from kith.see.data.pictures import Reason
from kith.see.data.promises import Tally


@dataclass(frozen=True, slots=True)
class Numbers:
    """A community at a moment.

    `active` gave an act within 30 days, `silent` are the other members; `temperature` in degrees; `pairs` were ever in
    touch, `two_way_percent` of them both ways; `reciprocity` is the answered share of the energy. `newcomers` acted for
    the first time within 30 days; a day has passed since for `newcomers_judged` of them, and `newcomers_answered` of
    these got an act within that day. `gravity` is the change of Σ weight(level)² a member over the last whole month.
    """

    people: int
    active: int
    silent: int
    acts: int
    energy: float
    temperature: float
    pairs: int
    reciprocity: float | None
    two_way_percent: int | None
    joined_30: int
    newcomers: int
    newcomers_judged: int
    newcomers_answered: int
    gravity: float | None = None


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of the life: `n` acts toward somebody, `posts` messages of any kind; `stage` is broadcast, platform or community."""

    since: datetime
    until: datetime
    posts: int
    n: int
    directed_per_post: float | None
    top_touch: float | None
    reciprocity: float | None
    stage: str | None


@dataclass(frozen=True, slots=True)
class Stage:
    """From broadcast to community: the whole life, oldest window first; `now` is that of the newest."""

    now: str | None
    series: tuple[Window, ...]


@dataclass(frozen=True, slots=True)
class Quarter:
    """91 days from `start_at`: a value, and how many things it was counted from."""

    start_at: datetime
    value: float | None
    n: int


@dataclass(frozen=True, slots=True)
class Indicator:
    """One number over the quarters, oldest first. `z` is how far the newest lies from the eight before it, in their
    standard deviations; `alarm` when it and the quarter before it both lie more than two off on the bad side. `parts` are the
    same quarters by kind, where it is made of several."""

    name: str
    unit: str
    good: str
    quarters: tuple[Quarter, ...]
    z: float | None
    alarm: bool
    parts: Mapping[str, tuple[Quarter, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Crisis:
    """Cohesion, execution or efficiency against the community's own past; `n` quarters can be compared. Described, weakly predictive.

    `rows` are the newest things behind it that were counted one by one: events, challenges, launches, and what launches sold in a month.
    """

    alarm: bool
    n: int
    indicators: tuple[Indicator, ...]
    rows: tuple[Tally, ...] = ()


@dataclass(frozen=True, slots=True)
class Removal:
    """If they left: `loss` of the live energy goes with them, the rest falls into `components` more parts, `cut_off` people lose the largest.

    What of the sales would go, `launch` says (`sales_parts`).
    """

    person: int
    loss: float
    components: int
    cut_off: int


@dataclass(frozen=True, slots=True)
class Dependence:
    """`centre_share` of the live energy touches founder or staff; colour healthy, leaning or founder_centred.

    `absence_50` people, fewest first, hold half of all energy (of `people` who have any), `absence_80` four fifths.
    `top` are those whose leaving would cost most. `centre_share_before` was the share a quarter (91 days) earlier.
    """

    centre_share: float | None
    centre_colour: str | None
    absence_50: int
    absence_80: int
    people: int
    top: tuple[Removal, ...]
    centre_share_before: float | None = None


@dataclass(frozen=True, slots=True)
class Concentration:
    """The fewest people who gave half and four fifths of the acts of a year, are in half of the warm ties, hold half of the energy.

    `gini` of the acts among the `people` who gave any: 0 all the same, 1 one gave all. `acts_50_before` and `people_before` are of
    the year before; None where there was less than 30 acts.
    """

    acts_50: int
    acts_80: int
    ties_50: int
    energy_50: int
    gini: float | None
    people: int
    acts: int
    ties: int
    acts_50_before: int | None = None
    people_before: int | None = None


@dataclass(frozen=True, slots=True)
class Cohort:
    """Who came in a month ("2026-03"): the share of them active in each of the six months after; None: not over yet."""

    month: str
    joined: int
    active: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Levels:
    """A month: how many stand on each level, and moved since the month before. Who was silent in both is not counted."""

    month: str
    moved_up: int
    held: int
    moved_down: int
    by_level: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Waiting:
    """A newcomer nobody turned to yet, since their first act; `source` names it, "" where it is not known."""

    person: int
    since: datetime
    source: str


@dataclass(frozen=True, slots=True)
class Newcomers:
    """Of `n` newcomers `answered_24h` got an act within a day. They came back a day later or more, within 90 days: `return_answered`
    of the answered, `return_unanswered` of the others (of `n_answered` and `n_unanswered` whose 90 days are over)."""

    answered_24h: float | None
    n: int
    return_answered: float | None
    n_answered: int
    return_unanswered: float | None
    n_unanswered: int
    waiting: tuple[Waiting, ...]


@dataclass(frozen=True, slots=True)
class Side:
    """A quarter: the energy given in it, and the share of that on lines that touch staff."""

    start_at: datetime
    energy: float
    staff_share: float | None
    n: int


@dataclass(frozen=True, slots=True)
class HardSoft:
    """Hard: the share of the live energy on lines that touch staff. Soft: between members on their own initiative."""

    staff_share: float | None
    own_share: float | None
    series: tuple[Side, ...]


@dataclass(frozen=True, slots=True)
class Alive:
    """P(a tie of s live acts is used again within 90 days) = logistic(intercept + slope·ln s), fitted on `n` ties of this community's past."""

    slope: float
    intercept: float
    auc: float | None
    n: int


@dataclass(frozen=True, slots=True)
class Suspect:
    """Somebody who acts like a program: their share of the acts of 90 days, and why it looks so."""

    person: int
    share: float
    why: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Findings:
    """All of it. `too_little` names what is left out because too few acts stand behind it."""

    numbers: Numbers
    before: Numbers
    stage: Stage
    crises: Mapping[str, Crisis]
    dependence: Dependence
    concentration: Concentration | None
    cohorts: tuple[Cohort, ...]
    levels: tuple[Levels, ...]
    newcomers: Newcomers
    hard_soft: HardSoft
    alive: Alive | None
    bots: tuple[Suspect, ...]
    too_little: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """A community's report as of a moment: now, or the last act when nobody acted for 30 days."""

    made_at: datetime
    at: datetime
    took_seconds: float
    findings: Findings

    @property
    def is_silent(self) -> bool:
        """Nobody acted for so long that the findings are of the last act, not of now."""
        return self.at < self.made_at


@dataclass(frozen=True, slots=True)
class Measure:
    """What the report found of one member. `risk` of silence 0..1; `stake` is what would be lost, risk × Σ√ of what they give.

    `brokerage` 0..1; `cut_off` people hang on them alone; `loss` of the energy would go with them. `facts` are whole habits: silent_days,
    weeks, of, ties, energy_in, energy_out, and into how many `components` more the rest would fall (not in reports before it was told).
    """

    person_id: int
    first_at: datetime | None
    last_at: datetime | None
    acts: int
    risk: float | None
    stake: float
    brokerage: float | None
    cut_off: int
    loss: float
    facts: Mapping[str, float | int | None]


class NotReported(Refusal):
    sentence = "The first report of this community is being made. Look again in ten minutes."
    status = 404


class NotMeasured(Refusal):
    sentence = "There is nothing measured about this person here."
    status = 404
