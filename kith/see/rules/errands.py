"""What there is to do today, and for whom: at most five things of different kinds, each with a name on it.

In the order of how much a hand helps (docs/see.md): newcomers nobody turned to, words nobody answered, people about to
leave who matter to others, two who might do each other good, help nobody answered, and what rests on the centre alone.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from kith.see.data import Reason

A_DAY = 5  # more is a list, not a day
ALIKE = 2  # of one kind: five newcomers are a task for the unheard list
UNHEARD_AFTER = timedelta(hours=12)
FORGOTTEN_AFTER = timedelta(
    days=7
)  # later an answer is none any more; a newcomer may be welcomed as long as they are one
HELP_DAYS = 30
LEAST_HELPED = 3
RISKY = 0.5
QUIET_DAYS = 7
LEANING = 0.25
RESTS = timedelta(days=30)
GIVEN_BACK_AFTER = timedelta(days=7)
JUDGED_AFTER = timedelta(days=14)
ORDER = ("welcome", "answer", "call", "introduce", "thank", "hand_over")


@dataclass(frozen=True, slots=True)
class Unheard:
    """Somebody nobody has turned to since `since_at`: since a word (`source`), or since they joined without one."""

    person_id: int
    since_at: datetime
    source: str
    is_newcomer: bool

    @property
    def has_spoken(self) -> bool:
        return self.source != ""

    def can_be_answered(self, now: datetime) -> bool:
        return self.is_newcomer or now - self.since_at <= FORGOTTEN_AFTER


@dataclass(frozen=True, slots=True)
class Helper:
    """Somebody who answered `people` within 30 days; `unanswered` of them never turned back to them since."""

    person_id: int
    people: int
    unanswered: int
    thanks: int


@dataclass(frozen=True, slots=True)
class Leaving:
    """Somebody likely to fall silent; `stake` is the chance times what they give, `people` with whom they are in touch.

    They acted in `weeks` of the last 13.
    """

    person_id: int
    risk: float
    stake: float
    silent_days: int
    weeks: int
    people: int

    @property
    def reason(self) -> Reason:
        facts = {"days": self.silent_days, "weeks": self.weeks, "people": self.people}
        return Reason("quiet" if self.silent_days >= QUIET_DAYS else "slowing", facts)


@dataclass(frozen=True, slots=True)
class Pair:
    """A proposed introduction: two who have not met, `mutual` the names of those both know, at least one."""

    id: int
    a_id: int
    b_id: int
    score: float
    mutual: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Burden:
    """What rests on the centre: `percent` of the energy touches `from_id` and their staff; `to_id` could carry some of it."""

    percent: int
    from_id: int
    to_id: int
    people: int


@dataclass(frozen=True, slots=True)
class Signs:
    """What was noticed, each by itself in no order."""

    unheard: Sequence[Unheard] = ()
    leaving: Sequence[Leaving] = ()
    pairs: Sequence[Pair] = ()
    helpers: Sequence[Helper] = ()
    burden: Burden | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """An errand as proposed. The same `key` is never open twice; `worth` orders those of one kind."""

    kind: str
    key: str
    person_id: int
    worth: float
    reason: Reason
    other_id: int | None = None
    source: str = ""


def proposals(signs: Signs, now: datetime) -> list[Proposal]:
    """Return all there is to do, by kind in ORDER, within a kind the worthiest first."""
    found = [
        *(_for_unheard(w, now) for w in signs.unheard if w.can_be_answered(now)),
        *(_for_leaving(one) for one in signs.leaving if one.risk >= RISKY and one.stake > 0),
        *(_for_pair(p) for p in signs.pairs),
        *(_for_helper(h) for h in signs.helpers if h.unanswered >= LEAST_HELPED and 2 * h.unanswered >= h.people),
        *([_for_burden(signs.burden)] if signs.burden and signs.burden.percent >= 100 * LEANING else []),
    ]
    return sorted(found, key=lambda p: (ORDER.index(p.kind), -p.worth, p.key))


def chosen(found: Iterable[Proposal], busy: Collection[str], kinds: Sequence[str], room: int) -> list[Proposal]:
    """Choose at most `room` of them, one of each kind in turn, ALIKE of a kind with those in hand (`kinds`) at most.

    `busy` are keys that are open or rest.
    """
    by_kind = {k: [p for p in found if p.kind == k and p.key not in busy][: ALIKE - kinds.count(k)] for k in ORDER}
    turns = [(turn + kinds.count(k), ORDER.index(k), p) for k in ORDER for turn, p in enumerate(by_kind[k])]
    return [p for _, _, p in sorted(turns, key=lambda t: t[:2])][: max(0, room)]


def _for_unheard(w: Unheard, now: datetime) -> Proposal:
    hours = (now - w.since_at) / timedelta(hours=1)
    facts = {"hours": int(hours), "days": int(hours // 24)}
    if not w.is_newcomer:
        return Proposal(
            "answer", f"answer:{w.person_id}:{w.source}", w.person_id, hours, Reason("unheard", facts), source=w.source
        )
    code = "newcomer_unheard" if w.has_spoken else "newcomer_alone"
    # The first day counts most, so the freshest first; who has only come in waits for less than who has said something.
    worth = (2 if w.has_spoken else 1) / hours
    return Proposal("welcome", f"welcome:{w.person_id}", w.person_id, worth, Reason(code, facts), source=w.source)


def _for_leaving(one: Leaving) -> Proposal:
    return Proposal("call", f"call:{one.person_id}", one.person_id, one.stake, one.reason)


def _for_pair(p: Pair) -> Proposal:
    known: dict[str, str | int] = {"one": p.mutual[0], "two": p.mutual[1 % len(p.mutual)], "people": len(p.mutual)}
    known["introduction"] = p.id
    reason = Reason("both_know_two" if len(p.mutual) > 1 else "both_know_one", known)
    return Proposal("introduce", f"introduce:{p.a_id}:{p.b_id}", p.a_id, p.score, reason, other_id=p.b_id)


def _for_helper(h: Helper) -> Proposal:
    reason = Reason("helped", {"people": h.people, "unanswered": h.unanswered})
    return Proposal("thank", f"thank:{h.person_id}", h.person_id, h.unanswered - h.thanks / 10, reason)


def _for_burden(b: Burden) -> Proposal:
    reason = Reason("rests_on_centre", {"percent": b.percent, "people": b.people})
    return Proposal("hand_over", f"hand_over:{b.to_id}", b.to_id, b.percent, reason, other_id=b.from_id)
