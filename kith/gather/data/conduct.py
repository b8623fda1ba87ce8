"""What crosses the door about conduct: agreements, limits on writing, mutes and bans, and their refusals."""

from dataclasses import dataclass
from datetime import datetime

from kith.lib.errors import NotAllowed, NotFound, Refusal

SANCTIONS = ("mute", "ban")
TITLE_LIMIT = 80
AGREEMENT_LIMIT = 8000
MOST_AGREEMENTS = 20
REASON_LIMIT = 300


@dataclass(frozen=True, slots=True)
class AgreementValue:
    """One version of an agreement. `number` names it within the community, `id` this version of it."""

    id: int
    number: int
    version: int
    title: str
    text: str
    made_at: datetime
    replaced_at: datetime | None = None

    @property
    def is_current(self) -> bool:
        return self.replaced_at is None


@dataclass(frozen=True, slots=True)
class OpenAgreement:
    """An agreement a member has still to accept; `before` is the version they accepted, None for one that is new to them."""

    agreement: AgreementValue
    before: AgreementValue | None = None


@dataclass(frozen=True, slots=True)
class SanctionValue:
    """A mute or a ban: until a moment, None for one without an end; `lifted_at` when somebody ended it."""

    id: int
    person_id: int
    name: str
    kind: str
    reason: str
    made_at: datetime
    until_at: datetime | None
    by_id: int
    by: str
    lifted_at: datetime | None = None
    lifted_by: str = ""

    def runs(self, now: datetime) -> bool:
        return self.lifted_at is None and (self.until_at is None or self.until_at > now)


@dataclass(frozen=True, slots=True)
class Limits:
    """How fast, and how, members may write; staff and core figures are bound by none of it.

    A *newcomer* is whose standing texts are fewer than `first_texts`: those may be held for approval (`holds_first`) and
    hold at most `first_links` links (None: as many as they like). `invites` is how many people a member may have invited
    at a time where their tier says nothing; where `needs_sponsor`, an application names one.
    """

    slow_seconds: int = 0
    first_texts: int = 3
    holds_first: bool = False
    first_links: int | None = None
    per_minute: int = 30
    per_hour: int = 300
    flags_to_blur: int = 2
    invites: int = 0
    needs_sponsor: bool = False


# What each limit may be: the least and the most.
BOUNDS = {
    "slow_seconds": (0, 86_400),
    "first_texts": (0, 50),
    "first_links": (0, 100),
    "per_minute": (1, 1000),
    "per_hour": (1, 10_000),
    "flags_to_blur": (1, 100),
    "invites": (0, 1000),
}


@dataclass(frozen=True, slots=True)
class Pace:
    """How somebody has been writing here, as the part that keeps the texts counts it.

    `texts` need not be counted beyond fifty. `last_here_at` is their last text in the space they write in, whose own slow mode
    is `slow_seconds`.
    """

    texts: int = 0
    last_at: datetime | None = None
    last_here_at: datetime | None = None
    in_minute: int = 0
    in_hour: int = 0
    slow_seconds: int = 0


class FounderDecides(NotAllowed):
    sentence = "Only a founder may do this."


class BadAgreement(Refusal):
    sentence = "An agreement needs a title (at most %(title)s characters) and a text (at most %(text)s)."


class TooManyAgreements(Refusal):
    sentence = "%(limit)s agreements are as many as anybody will read. Join some, or take one back first."
    status = 409


class NoAgreement(NotFound):
    sentence = "There is no such agreement here."


class AgreementsMissing(Refusal):
    sentence = "Please read and accept every agreement of this community."


class AgreementsOpen(NotAllowed):
    sentence = "The agreements of this community have changed. Read and accept them, then write on; what you have written is kept."


class Muted(NotAllowed):
    sentence = "You may read here, but not write until %(until)s. The reason given: %(reason)s"


class MutedForGood(NotAllowed):
    sentence = "You may read here, but not write until somebody who runs the community lifts this. The reason given: %(reason)s"


class Banned(NotAllowed):
    sentence = "You may not come in until %(until)s. The reason given: %(reason)s"


class BannedForGood(NotAllowed):
    sentence = "You may not come in until somebody who runs the community lifts this. The reason given: %(reason)s"


class SlowMode(Refusal):
    sentence = "This place is in slow mode: you may write again in %(seconds)s seconds, at %(until)s."
    status = 429


class TooManyTexts(Refusal):
    sentence = "That is a lot at once: you may write again at %(until)s."
    status = 429


class TooManyLinks(Refusal):
    sentence = "One of your first %(texts)s texts here may hold at most %(limit)s links."


class NoReason(Refusal):
    sentence = "Say why in a sentence: whom it concerns will read it."


class UnknownSanction(Refusal):
    sentence = "There is no measure called “%(kind)s”."


class BadDays(Refusal):
    sentence = "A measure lasts from 1 to 3,650 days, or without an end."


class NotOverStaff(NotAllowed):
    sentence = "Only a founder may take measures against an operator, and nobody against a founder or themselves."


class BadLimit(Refusal):
    sentence = "“%(name)s” is a whole number from %(least)s to %(most)s."


class AlreadyLifted(Refusal):
    sentence = "This measure has ended already."
    status = 409
