"""Things to do for somebody by name: proposed, taken, done or dropped, and judged later."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from kith.energy import api as energy
from kith.lib.text import clean_line
from kith.people import api as people
from kith.people.api import Community, Person
from kith.see.data import AlreadyEnded, AlreadyTaken, NoSuchErrand, RunnersOnly
from kith.see.data import Errand as ErrandView
from kith.see.models import Errand, GivenBack, Report
from kith.see.queries import errand
from kith.see.queries.noticing import leaving, notice
from kith.see.rules.errands import A_DAY, GIVEN_BACK_AFTER, JUDGED_AFTER, RESTS, Proposal, Signs, chosen, proposals

LOCK = 0x657272  # "err": the first half of the advisory lock, the community is the second
BY_HAND = ("welcome", "answer", "thank", "call")  # turning to somebody is doing it


def take(*, community: Community, errand_id: int, by: Person, now: datetime) -> ErrandView:
    """Take an errand in hand; again by the same person changes nothing.

    Raises:
        RunnersOnly, NoSuchErrand: as they say.
        AlreadyTaken: somebody else has it.
        AlreadyEnded: it was done, dropped or has lapsed.

    """
    return _moved(community, errand_id, by, ["open"], state="taken", taken_at=now)


def finish(*, community: Community, errand_id: int, by: Person, now: datetime, note: str = "") -> ErrandView:
    """Say that an errand is done, with a note for the other operators; again changes nothing.

    Raises:
        RunnersOnly, NoSuchErrand, AlreadyTaken: as in `take`.
        AlreadyEnded: it was dropped or has lapsed.

    """
    return _moved(community, errand_id, by, ["open", "taken"], state="done", ended_at=now, note=clean_line(note)[:300])


def drop(*, community: Community, errand_id: int, by: Person, now: datetime, note: str = "") -> ErrandView:
    """Leave an errand undone; it is not proposed again for a month. Again changes nothing.

    Raises:
        RunnersOnly, NoSuchErrand, AlreadyTaken: as in `take`.
        AlreadyEnded: it was done or has lapsed.

    """
    return _moved(
        community, errand_id, by, ["open", "taken"], state="dropped", ended_at=now, note=clean_line(note)[:300]
    )


@transaction.atomic
def take_call(*, community: Community, person_id: int, by: Person, now: datetime) -> ErrandView:
    """Take it in hand to call somebody from the list of those at risk, whether an errand of the day or not.

    Raises:
        RunnersOnly, AlreadyTaken: as in `take`.
        NoSuchErrand: they are not on the list.

    """
    if not people.may_run(people.standing(community, by)):
        raise RunnersOnly
    _alone(community)
    running = _running(community).filter(key=f"call:{person_id}").values_list("pk", flat=True).first()
    if running is None:
        apart, at = people.unranked(community), _moment(community, now)
        one = next((p for p in leaving(community, at=at, apart=apart) if p.person_id == person_id), None)
        if one is None:
            raise NoSuchErrand
        [call] = proposals(Signs(leaving=[one]), at)
        running = Errand.objects.bulk_create([_row(community, call, now)])[0].pk
    return take(community=community, errand_id=running, by=by, now=now)


def note(*, community: Community, errand_id: int, by: Person, note: str) -> ErrandView:
    """Write down what came of an errand one has ended oneself, in at most 300 characters.

    Raises:
        RunnersOnly: they do not run the community.
        NoSuchErrand: there is none that they have ended.

    """
    if not people.may_run(people.standing(community, by)):
        raise RunnersOnly
    mine = Errand.objects.filter(community=community, pk=errand_id, owner=by, ended_at__isnull=False)
    if not mine.update(note=clean_line(note)[:300]):
        raise NoSuchErrand
    return errand(community, errand_id)


@transaction.atomic
def _moved(community: Community, errand_id: int, by: Person, from_states: Sequence[str], **to: Any) -> ErrandView:
    """Move an errand that is open, or this person's own, by one conditional statement."""
    if not people.may_run(people.standing(community, by)):
        raise RunnersOnly
    mine = Errand.objects.filter(community=community, pk=errand_id, state__in=from_states)
    if not mine.filter(Q(state="open") | Q(owner=by)).update(owner=by, **to):
        _check_was_mine(community, errand_id, by, to["state"])
    return errand(community, errand_id)


def _check_was_mine(community: Community, errand_id: int, by: Person, state: str) -> None:
    """Let pass who comes a second time; tell the others what happened meanwhile."""
    found = Errand.objects.select_related("owner").filter(community=community, pk=errand_id).first()
    if found is None:
        raise NoSuchErrand
    if found.owner_id == by.pk and found.state == state:
        return
    if found.state == "taken" and found.owner:
        raise AlreadyTaken(name=found.owner.name)
    raise AlreadyEnded


@transaction.atomic
def propose_errands(*, community: Community, now: datetime) -> int:
    """Bring what there is to do up to date; returns how many errands are new.

    What was taken and then done with the hands (the owner turned to the person) is done; what lay in hand for a week is
    given back; what is no longer needed lapses; then the day is filled up to five.
    """
    _alone(community)
    at = _moment(community, now)
    _settle(community, now)
    found = proposals(notice(community, at=at), at)
    _lapse(community, {p.key: p for p in found}, now)
    busy = set(_running(community).values_list("key", flat=True)) | _resting(community, now)
    today = _of_today(community, now)
    new = chosen(found, busy, [kind for kind, _ in today], A_DAY - len(today))
    Errand.objects.bulk_create(_row(community, p, now) for p in new)
    return len(new)


def propose_every_errand(*, now: datetime) -> int:
    """Do so in every community that has a report, and judge what can be judged; returns how many errands are new."""
    new = 0
    for report in Report.objects.select_related("community").defer("findings").order_by("pk"):
        new += propose_errands(community=report.community, now=now)
        judge_errands(community=report.community, now=now)
    return new


def judge_errands(*, community: Community, now: datetime) -> int:
    """Record who came back within two weeks after an errand was done, or was made and left; returns how many were judged."""
    due = list(
        Errand.objects.filter(community=community, judged_at=None, ended_at__lte=now - JUDGED_AFTER)
        .exclude(state__in=("open", "taken"))
        .order_by("pk")
    )
    spans = [(e.person_id, since, since + JUDGED_AFTER) for e in due for since in [_since(e)]]
    for row, came in zip(due, energy.acted_within(community, spans), strict=True):
        row.judged_at, row.came_back = now, came
    Errand.objects.bulk_update(due, ["judged_at", "came_back"], batch_size=500)
    return len(due)


def follow(*, community: Community, from_id: int, to_id: int) -> None:
    """Have the errands about an imported person be about who claimed their lines."""
    Errand.objects.filter(community=community, person_id=from_id).update(person_id=to_id)
    Errand.objects.filter(community=community, other_id=from_id).update(other_id=to_id)


def _alone(community: Community) -> None:
    """Let nobody else propose here until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK, community.pk & 0x7FFFFFFF])


def _since(row: Errand) -> datetime:
    return row.ended_at if row.state == "done" and row.ended_at else row.made_at


def _moment(community: Community, now: datetime) -> datetime:
    """Return when to look: now, or the last act of a community that fell silent."""
    report = Report.objects.filter(community=community).values_list("made_at", "at").first()
    return report[1] if report and report[1] < report[0] else now


def _running(community: Community) -> Any:
    return Errand.objects.filter(community=community, state__in=("open", "taken"))


def _resting(community: Community, now: datetime) -> set[str]:
    """Return the keys that somebody did or dropped within a month."""
    ended = Errand.objects.filter(community=community, owner__isnull=False, ended_at__gt=now - RESTS)
    return set(ended.values_list("key", flat=True))


def _of_today(community: Community, now: datetime) -> list[tuple[str, str]]:
    """Return kind and state of what makes the day: what runs, and what somebody ended since midnight."""
    midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    today = Q(state__in=("open", "taken")) | Q(owner__isnull=False, ended_at__gte=midnight)
    return list(Errand.objects.filter(today, community=community).values_list("kind", "state"))


def _settle(community: Community, now: datetime) -> None:
    taken = list(Errand.objects.filter(community=community, state="taken", owner__isnull=False).order_by("pk"))
    spans = [(e.owner_id or 0, e.person_id, e.taken_at or e.made_at, now) for e in taken]
    met = energy.met_within(community, spans)
    done = [e.pk for e, found in zip(taken, met, strict=True) if found and e.kind in BY_HAND]
    Errand.objects.filter(pk__in=done, state="taken").update(state="done", ended_at=now)
    _give_back(community, now)


def _give_back(community: Community, now: datetime) -> None:
    """Free what lay in hand for a week, and keep that it did: the report counts what was promised."""
    late = Errand.objects.select_for_update().filter(
        community=community, state="taken", taken_at__lte=now - GIVEN_BACK_AFTER
    )
    rows = [
        GivenBack(community=community, errand=e, owner_id=e.owner_id, taken_at=e.taken_at, given_back_at=now)
        for e in late.order_by("pk")
        if e.taken_at
    ]
    GivenBack.objects.bulk_create(rows)
    Errand.objects.filter(pk__in=[r.errand_id for r in rows]).update(state="open", owner=None, taken_at=None)


def _lapse(community: Community, found: Mapping[str, Proposal], now: datetime) -> None:
    """End what nobody took and nobody needs any more; say of the rest how it stands today."""
    waiting = list(Errand.objects.filter(community=community, state="open").order_by("pk"))
    gone = [e.pk for e in waiting if e.key not in found]
    Errand.objects.filter(pk__in=gone, state="open").update(state="dropped", ended_at=now)
    kept = [e for e in waiting if e.key in found]
    for row in kept:
        row.worth, row.reason = found[row.key].worth, _told(found[row.key])
    Errand.objects.bulk_update(kept, ["worth", "reason"], batch_size=500)


def _told(p: Proposal) -> dict[str, Any]:
    return {"code": p.reason.code, "facts": dict(p.reason.facts)}


def _row(community: Community, p: Proposal, now: datetime) -> Errand:
    return Errand(
        community=community, kind=p.kind, key=p.key, person_id=p.person_id, other_id=p.other_id, source=p.source,
        reason=_told(p), worth=p.worth, made_at=now,
    )  # fmt: skip
