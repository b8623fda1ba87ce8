"""Introductions: proposed by night, asked by somebody both may trust, made when both say yes, judged after 90 days."""

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from kith.energy import api as energy
from kith.energy.api import NewAct
from kith.people import api as people
from kith.people.api import Community, Person, Standing
from kith.see.actions.reading import read_acts, read_roll
from kith.see.data import Introduction as IntroductionView
from kith.see.data import NoSuchIntroduction, NotBetweenThem, OneOfTheTwo, Question, QuestionClosed
from kith.see.models import Errand, Introduction, Node, Report
from kith.see.queries import introduction, question, ranking
from kith.see.rules.consent import AT_ONCE, JUDGED_AFTER, STANDS, held_out, state
from kith.see.rules.meeting import Meeting, candidates

LOOKED_AT = 400


@transaction.atomic
def propose_introductions(*, community: Community, now: datetime) -> int:
    """Propose the best introductions until ten wait to be asked; returns how many are new, the held out not counted.

    Each candidate is held out by lot: half of them are never shown to anybody. Costs a pass over the whole book.
    """
    Community.objects.select_for_update(no_key=True).get(pk=community.pk)
    room = AT_ONCE - _open(community, now).count()
    if room <= 0:
        return 0
    new = list(_drawn(community, now, room))
    Introduction.objects.bulk_create(new)
    return sum(not row.held_out for row in new)


def propose_every_introduction(*, now: datetime) -> int:
    """Judge and propose in every community with a report that is not silent; returns how many are new."""
    new = 0
    for report in Report.objects.select_related("community").defer("findings").order_by("pk"):
        judge_introductions(community=report.community, now=now)
        if report.at >= report.made_at:
            new += propose_introductions(community=report.community, now=now)
    return new


def _open(community: Community, now: datetime) -> "QuerySet[Introduction]":
    rows = Introduction.objects.filter(community=community, held_out=False, asked_at=None, judged_at=None)
    return rows.filter(proposed_at__gt=now - STANDS)


def _drawn(community: Community, now: datetime, room: int) -> Iterator[Introduction]:
    known = set(Introduction.objects.filter(community=community).values_list("a_id", "b_id"))
    for a_id, b_id, met, mutual in _candidates(community, now):
        if room <= 0:
            return
        if (a_id, b_id) in known:
            continue
        held = held_out(community.pk, a_id, b_id)
        room -= not held
        yield Introduction(
            community=community, a_id=a_id, b_id=b_id, score=met.score, mutual=mutual, held_out=held, proposed_at=now
        )


def _candidates(community: Community, now: datetime) -> Iterator[tuple[int, int, Meeting, list[int]]]:
    """Yield pairs with ids in order, the best first: members who may be asked, with acquaintances who may be named."""
    roll = read_roll(community)
    acts, _ = read_acts(community, roll)
    barred = roll.is_bot | roll.is_refusing
    found = candidates(
        acts, now.timestamp(), half_life_days=community.tie_half_life_days, limit=LOOKED_AT, barred=barred,
        by=ranking(community, "introductions")[0],
    )  # fmt: skip
    ids = roll.person.tolist()
    places = people.standings(community, {ids[row] for m in found for row in (m.a, m.b)})
    for m in found:
        a, b = ids[m.a], ids[m.b]
        mutual = [ids[row] for row in m.mutuals if not roll.is_hidden[row]]
        if a in places and b in places and mutual and _may_be_asked(places[a]) and _may_be_asked(places[b]):
            yield min(a, b), max(a, b), m, mutual


def _may_be_asked(place: Standing) -> bool:
    """Tell whether somebody may be introduced; staff is not, or all would hang on the centre even more."""
    return not (place.is_bot or place.is_imported or place.is_staff or place.hides_rank or place.declines_introductions)


@transaction.atomic
def ask(*, community: Community, introduction_id: int, by: Person, now: datetime) -> IntroductionView:
    """Ask both of the two whether they would like to meet; a second time changes nothing.

    Raises:
        NoSuchIntroduction: there is none to be shown, or one of them has left or wishes no introductions.
        OneOfTheTwo: the introducer is one of them.
        NotBetweenThem: they neither run the community nor are a super node in touch with both.
        QuestionClosed: it was proposed or asked too long ago.

    """
    row = _held(community, introduction_id)
    _check_may_introduce(community, row, by)
    places = people.standings(community, [row.a_id, row.b_id])
    if len(places) < 2 or not all(map(_may_be_asked, places.values())):
        raise NoSuchIntroduction
    if _state(row, now) == "past":
        raise QuestionClosed
    if row.asked_at is None:
        row.asked_at, row.by = now, by
        row.save(update_fields=["asked_at", "by"])
        key = f"introduce:{row.a_id}:{row.b_id}"
        waiting = Errand.objects.filter(community=community, key=key, state__in=("open", "taken"))
        waiting.update(state="done", owner=by, ended_at=now)
    return introduction(community, row.pk, now=now)


def _held(community: Community, introduction_id: int) -> Introduction:
    """Return an introduction and hold it: two answers at once make it once. What is held out by lot is not there."""
    rows = Introduction.objects.select_for_update(no_key=True).filter(community=community, held_out=False)
    if not (found := rows.filter(pk=introduction_id).first()):
        raise NoSuchIntroduction
    return found


def _state(row: Introduction, now: datetime) -> str:
    return state(proposed_at=row.proposed_at, asked_at=row.asked_at, made_at=row.made_at, now=now)


def _check_may_introduce(community: Community, row: Introduction, by: Person) -> None:
    place = people.standing(community, by)
    if place is None:
        raise NotBetweenThem
    if by.pk in {row.a_id, row.b_id}:
        raise OneOfTheTwo
    if not (place.is_staff or may_introduce(community, by.pk, row.a_id, row.b_id)):
        raise NotBetweenThem


def may_introduce(community: Community, by_id: int, a_id: int, b_id: int) -> bool:
    """Tell whether somebody is a super node in touch with both. Two queries."""
    if not Node.objects.filter(community=community, person_id=by_id, is_super=True).exists():
        return False
    return {a_id, b_id} <= energy.partners(community, by_id)


@transaction.atomic
def answer(*, community: Community, introduction_id: int, by: Person, yes: bool, now: datetime) -> Question:
    """Say whether one would like to meet the other; nobody learns of a no. With two yeses both are introduced.

    One may change one's mind until then. Introducing is an act of who asked, toward both.

    Raises:
        NoSuchIntroduction: nobody asked this person so.
        QuestionClosed: the two are introduced already, or it was asked more than 30 days ago.

    """
    row = _held(community, introduction_id)
    if row.asked_at is None or by.pk not in {row.a_id, row.b_id} or people.standing(community, by) is None:
        raise NoSuchIntroduction
    side = "a_says" if by.pk == row.a_id else "b_says"
    if _state(row, now) != "asked":
        if yes and row.made_at:
            return question(community, row.pk, by.pk)
        raise QuestionClosed
    setattr(row, side, yes)
    if row.a_says and row.b_says:
        row.made_at = now
    row.save(update_fields=[side, "made_at"])
    if row.made_at:
        energy.record(community=community, acts=_acts(row, now))
    return question(community, row.pk, by.pk)


def _acts(row: Introduction, now: datetime) -> list[NewAct]:
    if row.by_id is None:
        return []
    source = f"introduction:{row.pk}"
    return [NewAct(row.by_id, "introduce", now, f"{source}:{p}", source, other_id=p) for p in (row.a_id, row.b_id)]


def judge_introductions(*, community: Community, now: datetime) -> int:
    """Record which pairs, shown or held out, were in touch within 90 days of being proposed; returns how many were judged.

    Who met is recorded at once, who did not when the time is over.
    """
    waiting = list(Introduction.objects.filter(community=community, judged_at=None).order_by("pk"))
    spans = [(i.a_id, i.b_id, i.proposed_at, i.proposed_at + JUDGED_AFTER) for i in waiting]
    met = energy.met_within(community, spans)
    due = [i for i, found in zip(waiting, met, strict=True) if found or i.proposed_at + JUDGED_AFTER <= now]
    for row, found in zip(waiting, met, strict=True):
        row.judged_at, row.met = now, found
    Introduction.objects.bulk_update(due, ["judged_at", "met"], batch_size=500)
    return len(due)


def forget_introductions(*, community: Community, person_id: int) -> None:
    """Take back what was proposed or asked about somebody and has not come about; what was made stays."""
    about = Q(a_id=person_id) | Q(b_id=person_id)
    Introduction.objects.filter(about, community=community, made_at=None).delete()
