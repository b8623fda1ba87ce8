"""Who stands where on the ladder, and what they may do. Pure.

From Discourse's trust levels: different givers and days instead of volume, loss only below 0.9 of what is needed and after
grace; and from its faults: one move a time says the level and why, and nobody is moved twice for the same acts.
"""

import math
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from kith.gather.data import (
    GRACE_DAYS,
    LIMITS,
    MEASURES,
    MOST_NEEDED,
    MOST_TIERS,
    RIGHTS,
    STAFF_ONLY,
    WINDOW_DAYS,
    BadNeed,
    BadWindow,
    Decision,
    LadderValue,
    Progress,
    TierDraft,
    TierTwice,
    TierValue,
    TooManyTiers,
    UnknownMeasure,
    UnknownRight,
)
from kith.lib.text import clean_line

KEPT = 0.9


def spread(times: int, window_days: int) -> tuple[int, int]:
    """Return (different givers, different days) that a number of acts received should at least come from.

    A quarter as many people on a third as many days, but never on more than three quarters of the window (Discourse, TL3).
    """
    return math.ceil(times / 4), min(math.ceil(times / 3), math.ceil(0.75 * window_days))


def proposed(names: Sequence[str], window_days: int = 100) -> list[TierDraft]:
    """Return three tiers to begin with: what 8, 24 and 60 acts received would come from, and presence to match."""
    drafts = []
    for name, times, weeks, answers in zip(names, (8, 24, 60), (2, 6, 10), (0, 1, 4), strict=True):
        givers, days = spread(times, window_days)
        needs = {"givers": givers, "giver_days": days, "weeks": weeks, "answers": answers}
        drafts.append(TierDraft(name, {measure: n for measure, n in needs.items() if n}))
    return drafts


def meets(have: Mapping[str, int], needs: Mapping[str, int], part: float = 1.0) -> bool:
    return all(have.get(measure, 0) >= part * need for measure, need in needs.items())


def reached(have: Mapping[str, int], tiers: Sequence[TierValue], part: float = 1.0) -> int:
    """Return the highest position whose needs, and those of all below it, are met; tiers given by hand are passed over."""
    position = 0
    for tier in tiers:
        if tier.by_hand:
            continue
        if not meets(have, tier.needs, part):
            break
        position = tier.position
    return position


def decide(
    ladder: LadderValue, position: int, have: Mapping[str, int], *, below_since: datetime | None, now: datetime
) -> Decision:
    """Return where somebody stands now: up at once, down only below 0.9 of the needs and after the days of grace."""
    up, kept = reached(have, ladder.tiers), reached(have, ladder.tiers, KEPT)
    if up > position:
        return Decision(up, None)
    tier = ladder.at(position)
    if kept >= position or tier is None or tier.by_hand:
        return Decision(position, None)
    since = below_since or now
    if now - since >= timedelta(days=ladder.grace_days) and (below_since or not ladder.grace_days):
        return Decision(kept, None)
    return Decision(position, since)


def lines(have: Mapping[str, int], tier: TierValue | None) -> list[Progress]:
    """Return each requirement of a tier with what somebody has of it."""
    return [Progress(m, have.get(m, 0), tier.needs[m]) for m in MEASURES if m in tier.needs] if tier else []


def following(ladder: LadderValue, position: int) -> TierValue | None:
    """Return the next tier somebody can reach by what they do."""
    return next((t for t in ladder.tiers if t.position > position and not t.by_hand), None)


def has_right(ladder: LadderValue, right: str, *, position: int, is_staff: bool) -> bool:
    """Tell whether somebody may do something: staff always, others from the tier it begins with."""
    if is_staff:
        return True
    least = ladder.rights.get(right)
    return right not in STAFF_ONLY if least is None else position >= least


def limit_of(ladder: LadderValue, limit: str, *, position: int, is_staff: bool) -> int | None:
    """Return how often somebody may do something, None for as often as they like."""
    tier = ladder.at(position)
    return None if is_staff else (tier.limits if tier else ladder.base_limits).get(limit)


def checked_drafts(drafts: Sequence[TierDraft]) -> list[TierDraft]:
    """Return the tiers as they are kept.

    Raises:
        TooManyTiers, TierTwice, UnknownMeasure, UnknownRight, BadNeed: as they say.

    """
    if len(drafts) > MOST_TIERS:
        raise TooManyTiers(most=MOST_TIERS)
    ids, names = [d.id for d in drafts if d.id], [clean_line(d.name) for d in drafts]
    if len(set(ids)) < len(ids) or len(set(names)) < len(names):
        raise TierTwice
    for draft in drafts:
        _check_keys(draft.needs, MEASURES, UnknownMeasure, "measure")
        checked_limits(draft.limits)
    return list(drafts)


def checked_limits(limits: Mapping[str, int]) -> dict[str, int]:
    _check_keys(limits, LIMITS, UnknownRight, "right")
    return dict(limits)


def _check_keys(
    numbers: Mapping[str, int], known: Sequence[str], fault: type[UnknownMeasure | UnknownRight], word: str
) -> None:
    for key, number in numbers.items():
        if key not in known:
            raise fault(**{word: clean_line(key)[:20]})
        if not 1 <= number <= MOST_NEEDED:
            raise BadNeed(most=MOST_NEEDED)


def checked_rights(rights: Mapping[str, int], tiers: int) -> dict[str, int]:
    """Return from which position each right is had; 0 leaves it to everybody.

    Raises:
        UnknownRight: there is none of that name, or no tier at that position.

    """
    for right, position in rights.items():
        if right not in RIGHTS or not 0 <= position <= tiers:
            raise UnknownRight(right=clean_line(right)[:20])
    return dict(rights)


def check_days(window_days: int, grace_days: int) -> None:
    """Refuse a window or grace nobody can mean.

    Raises:
        BadWindow: as it says.

    """
    if not (WINDOW_DAYS[0] <= window_days <= WINDOW_DAYS[1] and GRACE_DAYS[0] <= grace_days <= GRACE_DAYS[1]):
        raise BadWindow(least=WINDOW_DAYS[0], most=WINDOW_DAYS[1], grace=GRACE_DAYS[1])
