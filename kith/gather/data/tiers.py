"""What crosses the door of gather about tiers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from kith.lib.errors import NotAllowed, NotFound, Refusal

# What may be asked of a member: different people and days within the window, never how much. `days_here` is since joining.
MEASURES = ("givers", "giver_days", "thankers", "sponsors", "reached", "weeks", "answers", "days_here")
RIGHTS = ("invite", "start_circle", "picture", "link")
LIMITS = ("posts_a_day", "circles", "invites")
STAFF_ONLY = frozenset({"invite"})  # rights that nobody but staff has where no tier is named
MOST_TIERS = 9
MOST_NEEDED = 10_000
WINDOW_DAYS = (7, 730)
GRACE_DAYS = (0, 365)


@dataclass(frozen=True, slots=True)
class TierDraft:
    """A tier as it is written: `id` of one there is, what it needs by measure, or that it is given by hand alone.

    `limits` says how often what may be done by its members; what is not named has no limit.
    """

    name: str
    needs: Mapping[str, int] = field(default_factory=dict)
    by_hand: bool = False
    limits: Mapping[str, int] = field(default_factory=dict)
    id: int | None = None


@dataclass(frozen=True, slots=True)
class TierValue:
    id: int
    name: str
    position: int
    needs: Mapping[str, int]
    by_hand: bool
    limits: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class LadderValue:
    """The tiers of a community, lowest first, and what they give: `rights` names the position from which each is had.

    `base_limits` are of those who stand in no tier.
    """

    tiers: tuple[TierValue, ...] = ()
    window_days: int = 100
    grace_days: int = 14
    rights: Mapping[str, int] = field(default_factory=dict)
    base_limits: Mapping[str, int] = field(default_factory=dict)

    def at(self, position: int) -> TierValue | None:
        return self.tiers[position - 1] if 0 < position <= len(self.tiers) else None


@dataclass(frozen=True, slots=True)
class Decision:
    """Where somebody stands from now on, and since when they have been below what their tier needs."""

    position: int
    below_since: datetime | None


@dataclass(frozen=True, slots=True)
class Progress:
    """One requirement: what somebody has, and needs."""

    measure: str
    have: int
    need: int

    @property
    def is_met(self) -> bool:
        return self.have >= self.need


@dataclass(frozen=True, slots=True)
class Climb:
    """Where somebody stands on the ladder: their tier, the next with each requirement, and what they would lose when.

    `is_measured` is false for who refuses measures; `held_reason` says why staff set the tier by hand, None where they did not.
    `why` are the requirements met when they last rose.
    """

    tier: TierValue | None
    next: TierValue | None
    lines: Sequence[Progress]
    is_measured: bool
    held_reason: str | None = None
    falls_at: datetime | None = None
    rose_at: datetime | None = None
    why: Sequence[Progress] = ()


@dataclass(frozen=True, slots=True)
class TierMove:
    """Somebody moved: names of tiers as they are today, empty for none and for one that is gone."""

    person_id: int
    before: str
    after: str
    is_up: bool
    by_hand: bool
    at: datetime


class UnknownMeasure(Refusal):
    sentence = "There is no measure called “%(measure)s”."


class UnknownRight(Refusal):
    sentence = "There is no right or limit called “%(right)s”."


class BadNeed(Refusal):
    sentence = "What a tier needs or allows is a whole number from 1 to %(most)s."


class TooManyTiers(Refusal):
    sentence = "A community has at most %(most)s tiers."


class TierTwice(Refusal):
    sentence = "Two tiers cannot be the same one, or have the same name."


class BadWindow(Refusal):
    sentence = "The window is %(least)s to %(most)s days, the grace at most %(grace)s."


class NoSuchTier(NotFound):
    sentence = "There is no such tier here."


class TierTooLow(NotAllowed):
    sentence = "This begins with the tier “%(tier)s”. Your page “You here” says what is missing."


class DayLimitReached(Refusal):
    sentence = "In your tier this may be done %(most)s times a day; it goes on tomorrow."
    status = 429


class TooManyCircles(Refusal):
    sentence = "In your tier at most %(most)s at a time."
    status = 409


class WhyMissing(Refusal):
    sentence = "Say why, so that it can be read later."
