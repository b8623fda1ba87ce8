"""Writes on tiers: the ladder, moving members on it, holding somebody where they are."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta

from django.db import transaction

from kith.energy import api as energy
from kith.gather import rules
from kith.gather.actions.entering import check_runs
from kith.gather.data import (
    Climb,
    DayLimitReached,
    LadderValue,
    NoSuchTier,
    OperatorsOnly,
    TierDraft,
    TierTooLow,
    TooManyCircles,
    WhyMissing,
)
from kith.gather.models import Ladder, TierState, TierTerms
from kith.gather.queries.tiers import DOWN, HELD, RELEASED, UP, had, ladder, measured, why
from kith.lib.text import clean_line
from kith.people import api as people
from kith.people.api import Community, NotAMember, Person, Standing

AT_ONCE = 500  # who was touched since the last look; more are measured together with everybody
LOT = 20_000
SMALL = 2_000  # members of a community that is settled while its founder waits


@transaction.atomic
def write_ladder(
    *,
    community: Community,
    tiers: Sequence[TierDraft],
    by: Person,
    now: datetime,
    window_days: int = 100,
    grace_days: int = 14,
    rights: Mapping[str, int] | None = None,
    base_limits: Mapping[str, int] | None = None,
) -> LadderValue:
    """Write what tiers there are, lowest first, what each needs and what begins with it; members are placed anew.

    Raises:
        OperatorsOnly: `by` does not run the community.
        NoName, NoSuchTier, TooManyTiers, TierTwice, UnknownMeasure, UnknownRight, BadNeed, BadWindow: as they say.

    """
    check_runs(community, by)
    drafts = rules.checked_drafts(tiers)
    rules.check_days(window_days, grace_days)
    if not {d.id for d in drafts if d.id} <= {t.pk for t in people.tiers(community)}:
        raise NoSuchTier
    facts = {
        "window_days": window_days, "grace_days": grace_days, "rights": rules.checked_rights(rights or {}, len(drafts)),
        "base_limits": rules.checked_limits(base_limits or {}), "settled_at": None, "read_id": energy.last_id(community),
    }  # fmt: skip
    Ladder.objects.update_or_create(community=community, defaults=facts)
    _write_terms(community, drafts)
    people.note_deed(community=community, kind="gather.ladder_written", by=by, now=now, detail={"tiers": len(drafts)})
    if people.count(community) <= SMALL:
        settle(community=community, now=now)
    return ladder(community)


def _write_terms(community: Community, drafts: Sequence[TierDraft]) -> None:
    made = people.write_tiers(community=community, tiers=[(d.id, d.name) for d in drafts])
    TierTerms.objects.filter(community=community).delete()
    TierTerms.objects.bulk_create(
        TierTerms(community=community, tier=tier, needs=dict(d.needs), limits=dict(d.limits), by_hand=d.by_hand)
        for tier, d in zip(made, drafts, strict=True)
    )


@transaction.atomic
def settle(*, community: Community, now: datetime, ids: Sequence[int] | None = None) -> int:
    """Measure members, all or some, and move who is to be moved, each with a deed that says why; returns how many moved.

    Up at once; down below 0.9 of the needs for longer than the grace. Who refuses measures, programs and who is held by
    hand stay where they are. Seven statements, whatever the number.
    """
    found = ladder(community)
    if not found.tiers:
        return 0
    states = {s.person_id: s for s in _states(community, ids)}
    rows = [r for r in measured(community, ids) if r[0] not in states or states[r[0]].held_by_id is None]
    have = had(community, found, {person: at for person, _, at in rows}, now=now, everybody=ids is None)
    place = {t.id: t.position for t in found.tiers}
    moves: dict[int, tuple[int | None, int | None]] = {}
    slips: dict[int, datetime | None] = {}
    for person, tier_id, _ in rows:
        below = states[person].below_since if person in states else None
        decided = rules.decide(found, place.get(tier_id or 0, 0), have[person], below_since=below, now=now)
        after = found.at(decided.position)
        if (after.id if after else None) != tier_id:
            moves[person] = (tier_id, after.id if after else None)
        if below != decided.below_since:
            slips[person] = decided.below_since
    _remember(community, slips)
    if ids is None:
        Ladder.objects.filter(pk=community.pk).update(settled_at=now)
    return _move(community, found, moves, have, now)


def _states(community: Community, ids: Sequence[int] | None) -> list[TierState]:
    rows = TierState.objects.filter(community=community)
    return list(rows if ids is None else rows.filter(person_id__in=ids))


def _remember(community: Community, slips: Mapping[int, datetime | None]) -> None:
    TierState.objects.bulk_create(
        (TierState(community=community, person_id=person, below_since=since) for person, since in slips.items()),
        update_conflicts=True, unique_fields=["community", "person"], update_fields=["below_since"], batch_size=2000,
    )  # fmt: skip


def _move(
    community: Community,
    found: LadderValue,
    moves: Mapping[int, tuple[int | None, int | None]],
    have: Mapping[int, Mapping[str, int]],
    now: datetime,
) -> int:
    place = {t.id: t.position for t in found.tiers}
    moved = people.set_tiers(community=community, moves=moves)
    for kind, is_up in ((UP, True), (DOWN, False)):
        told = []
        for person in sorted(moved):
            before, after = (place.get(pk or 0, 0) for pk in moves[person])
            if (after > before) == is_up:
                tier = found.at(after) if is_up else found.at(before)
                numbers: dict[str, str | int | bool] = {
                    line.measure: line.have for line in rules.lines(have[person], tier)
                }
                told.append((person, f"tier:{moves[person][1] or 0}", _detail(found, before, after) | numbers))
        if told:
            people.note_deeds(community=community, kind=kind, now=now, of=told)
    return len(moved)


def _detail(found: LadderValue, before: int, after: int) -> dict[str, str | int | bool]:
    ids = [tier.id if (tier := found.at(position)) else 0 for position in (before, after)]
    return {"before": ids[0], "after": ids[1], "before_position": before, "after_position": after}


def settle_touched(*, now: datetime) -> int:
    """Move, everywhere, those who gave or received since the last look; everybody where the ladder is new. For the worker."""
    return sum(_settle_touched(row, now) for row in Ladder.objects.select_related("community"))


def _settle_touched(row: Ladder, now: datetime) -> int:
    touched, last = energy.touched_since(row.community, row.read_id, LOT)
    count = 0
    if row.settled_at is None or len(touched) > AT_ONCE:
        count = settle(community=row.community, now=now)
    elif touched:
        count = settle(community=row.community, now=now, ids=sorted(touched))
    if last != row.read_id:
        Ladder.objects.filter(pk=row.pk).update(read_id=last)
    return count


def settle_everybody(*, now: datetime) -> int:
    """Measure everybody everywhere: what went by, and who fell below. For the night."""
    return sum(settle(community=row.community, now=now) for row in Ladder.objects.select_related("community"))


def climb(*, community: Community, person_id: int, now: datetime) -> Climb:
    """Return where somebody stands on the ladder and what is missing; who has earned the next tier meanwhile has it.

    Raises:
        NotAMember: nobody here has this id.

    """
    found = ladder(community)
    place = people.standings(community, [person_id]).get(person_id)
    if place is None:
        raise NotAMember
    if found.tiers and not place.refuses_measures:
        settle(community=community, now=now, ids=[person_id])
        place = people.standings(community, [person_id])[person_id]
    return _climb(community, found, place, now)


def _climb(community: Community, found: LadderValue, place: Standing, now: datetime) -> Climb:
    state = TierState.objects.filter(community=community, person_id=place.person_id).first() or TierState()
    ahead = rules.following(found, place.tier_position)
    is_measured = not (place.refuses_measures or place.is_bot)
    have: Mapping[str, int] = {}
    if is_measured and found.tiers:
        joined = {place.person_id: place.joined_at}
        have = had(community, found, joined, now=now, everybody=False)[place.person_id]
    rose = people.last_deed_to(community, place.person_id, (UP,))
    is_of_now = bool(rose and rose.detail["after_position"] == place.tier_position)
    return Climb(
        tier=found.at(place.tier_position), next=ahead, lines=rules.lines(have, ahead) if is_measured else (),
        is_measured=is_measured, held_reason=state.held_reason if state.held_by_id else None,
        falls_at=state.below_since + timedelta(days=found.grace_days) if state.below_since else None,
        rose_at=rose.at if rose and is_of_now else None,
        why=why(rose, found.at(place.tier_position)) if rose and is_of_now else (),
    )  # fmt: skip


@transaction.atomic
def hold(
    *, community: Community, person_id: int, tier_id: int | None, reason: str, by: Person, now: datetime
) -> Standing:
    """Set somebody's tier by hand, None for none, and keep it whatever they do, until it is released.

    Raises:
        OperatorsOnly, NotAMember, NoSuchTier, WhyMissing: as they say.

    """
    place, found = _checked_member(community, by, person_id), ladder(community)
    if tier_id and tier_id not in {t.id for t in found.tiers}:
        raise NoSuchTier
    if not (said := clean_line(reason)[:300].strip()):
        raise WhyMissing
    before = next((t.id for t in found.tiers if t.position == place.tier_position), None)
    people.set_tiers(community=community, moves={person_id: (before, tier_id)})
    facts = {"held_by": by, "held_reason": said, "held_at": now, "below_since": None}
    TierState.objects.update_or_create(community=community, person_id=person_id, defaults=facts)
    after = people.standings(community, [person_id])[person_id]
    _note(community, HELD, by, place, now, tier_id or 0, _detail(found, place.tier_position, after.tier_position))
    return after


@transaction.atomic
def release(*, community: Community, person_id: int, by: Person, now: datetime) -> Standing:
    """Let what somebody does decide again; they keep their tier for the days of grace.

    Raises:
        OperatorsOnly, NotAMember: as they say.

    """
    place = _checked_member(community, by, person_id)
    TierState.objects.filter(community=community, person_id=person_id).update(
        held_by=None, held_at=None, held_reason="", below_since=None
    )
    _note(community, RELEASED, by, place, now, 0, {})
    return place


def _checked_member(community: Community, by: Person, person_id: int) -> Standing:
    check_runs(community, by)
    place = people.standings(community, [person_id]).get(person_id)
    if place is None:
        raise NotAMember
    return place


def _note(
    community: Community, kind: str, by: Person, place: Standing, now: datetime, tier_id: int,
    detail: Mapping[str, str | int | bool],
) -> None:  # fmt: skip
    people.note_deed(
        community=community, kind=kind, by=by, person=Person(pk=place.person_id), subject=f"tier:{tier_id}", now=now,
        detail=detail,
    )  # fmt: skip


def may(community: Community, place: Standing, right: str) -> bool:
    """Tell whether a member may do something that a tier may be needed for (RIGHTS)."""
    return rules.has_right(ladder(community), right, position=place.tier_position, is_staff=place.is_staff)


def checked_right(community: Community, place: Standing, right: str) -> None:
    """Let pass who may do something. Every action that a tier may be needed for asks here.

    Raises:
        TierTooLow: it begins with a higher tier.
        OperatorsOnly: no tier is named for what is otherwise staff's.

    """
    found = ladder(community)
    if not rules.has_right(found, right, position=place.tier_position, is_staff=place.is_staff):
        tier = found.at(found.rights.get(right, 0))
        raise TierTooLow(tier=tier.name) if tier else OperatorsOnly


def checked_limit(community: Community, place: Standing, limit: str, used: Callable[[], int]) -> None:
    """Let pass who has not yet done something as often as their tier allows (LIMITS); `used` is asked only where there is a limit.

    Raises:
        DayLimitReached, TooManyCircles: they have.

    """
    most = rules.limit_of(ladder(community), limit, position=place.tier_position, is_staff=place.is_staff)
    if most is not None and used() >= most:
        raise DayLimitReached(most=most) if limit.endswith("_a_day") else TooManyCircles(most=most)
