"""Writes on core figures: offering a role, taking it up, its duties, handing it over with all of them."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import IntegrityError, transaction

from kith.gather import rules
from kith.gather.actions.entering import check_runs
from kith.gather.data import (
    AlreadyFigure,
    BadDuty,
    FigureDecided,
    FigureValue,
    NoSuchFigure,
    NotYourFigure,
)
from kith.gather.models import Duty, Figure, Treasure
from kith.gather.queries.figures import as_figure
from kith.lib.text import clean_line
from kith.people import api as people
from kith.people.api import Community, NotAMember, Person, may_run, standing

Duties = Sequence[tuple[str, int]]


def _row(community: Community, figure_id: int) -> Figure:
    """Return a role that has not ended, held until the transaction ends."""
    row = Figure.objects.select_for_update(no_key=True).filter(community=community, pk=figure_id, ended_at=None).first()
    if row is None:
        raise NoSuchFigure
    return row


def _check_holds(community: Community, row: Figure, by: Person) -> None:
    if row.person_id != by.pk and not may_run(standing(community, by)):
        raise NotYourFigure


def _note(row: Figure, kind: str, by: Person, now: datetime, **detail: str | int | bool) -> None:
    people.note_deed(
        community=row.community, kind=kind, by=by, person=row.person, subject=f"figure:{row.pk}", now=now,
        detail={"role": row.kind, **detail},
    )  # fmt: skip


def _offer(row: Figure) -> Figure:
    if row.person_id not in people.standings(row.community, [row.person_id]):
        raise NotAMember
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        raise AlreadyFigure from None
    return row


@transaction.atomic
def offer_figure(  # noqa: PLR0913 -- a role with its reasons and duties
    *,
    community: Community,
    person_id: int,
    kind: str,
    by: Person,
    now: datetime,
    title: str = "",
    why: str = "",
    reasons: Sequence[tuple[str, Mapping[str, object]]] = (),
    duties: Duties = (),
) -> FigureValue:
    """Offer a member a role; it is theirs when they accept. `reasons` are those of the suggestion.

    Raises:
        OperatorsOnly, NotAMember, UnknownFigure, FigureNameMissing, BadDuty, AlreadyFigure: as they say.

    """
    check_runs(community, by)
    kind, title = rules.checked_figure(kind, title)
    row = _offer(
        Figure(
            community=community,
            person_id=person_id,
            kind=kind,
            title=title,
            why=clean_line(why)[:300].strip(),
            reasons=[[code, dict(facts)] for code, facts in reasons],
            offered_by=by,
            offered_at=now,
        )
    )
    _write_duties(row, duties)
    _note(row, "gather.figure_offered", by, now)
    return as_figure(row)


@transaction.atomic
def answer_figure(*, community: Community, figure_id: int, yes: bool, by: Person, now: datetime) -> FigureValue | None:
    """Take up a role that was offered, or decline it (then None). What it takes over passes in this transaction, all of it.

    Raises:
        NoSuchFigure, NotYourFigure, FigureDecided: as they say.

    """
    row = _row(community, figure_id)
    if row.person_id != by.pk:
        raise NotYourFigure
    if row.accepted_at:
        raise FigureDecided
    row.accepted_at, row.ended_at = (now, None) if yes else (None, now)
    row.save(update_fields=["accepted_at", "ended_at"])
    if yes and row.after_id:
        _take_over(row, by, now)
    _note(row, "gather.figure_accepted" if yes else "gather.figure_declined", by, now)
    return as_figure(row) if yes else None


def _take_over(row: Figure, by: Person, now: datetime) -> None:
    """Move every duty of the role before, with the treasures it kept, and end that role."""
    before = Figure.objects.select_for_update(no_key=True).filter(pk=row.after_id or 0, ended_at=None).first()
    if before is None:
        return  # it ended meanwhile; the new role stands on its own
    moved = list(before.duties.values_list("kind", "thing_id"))
    before.duties.update(figure=row)
    kept = [thing for kind, thing in moved if kind == "treasure"]
    Treasure.objects.filter(community=row.community, pk__in=kept, custodian=before.person).update(custodian=row.person)
    before.ended_at = now
    before.save(update_fields=["ended_at"])
    _note(before, "gather.figure_handed", by, now, duties=len(moved), to=row.pk)


@transaction.atomic
def hand_over(*, community: Community, figure_id: int, to_person_id: int, by: Person, now: datetime) -> FigureValue:
    """Offer one's role to somebody else: until they accept it stays where it is, then all its duties are theirs at once.

    Raises:
        NoSuchFigure, NotYourFigure, NotAMember, AlreadyFigure: as they say.

    """
    row = _row(community, figure_id)
    _check_holds(community, row, by)
    made = _offer(
        Figure(
            community=community,
            person_id=to_person_id,
            kind=row.kind,
            title=row.title,
            offered_by=by,
            offered_at=now,
            after=row,
        )
    )
    _note(made, "gather.figure_offered", by, now, after=row.pk)
    return as_figure(made)


@transaction.atomic
def end_figure(*, community: Community, figure_id: int, by: Person, now: datetime) -> None:
    """Lay down a role, or take an offer back; its duties are nobody's then.

    Raises:
        NoSuchFigure, NotYourFigure: as they say.

    """
    row = _row(community, figure_id)
    _check_holds(community, row, by)
    row.ended_at = now
    row.save(update_fields=["ended_at"])
    row.duties.all().delete()
    _note(row, "gather.figure_ended", by, now)


@transaction.atomic
def write_duties(*, community: Community, figure_id: int, duties: Duties, by: Person, now: datetime) -> FigureValue:
    """Say what a role is there for, in place of what was said before.

    Raises:
        OperatorsOnly, NoSuchFigure, BadDuty: as they say.

    """
    check_runs(community, by)
    row = _row(community, figure_id)
    row.duties.all().delete()
    _write_duties(row, duties)
    _note(row, "gather.figure_duties", by, now, duties=len(duties))
    return as_figure(row)


def _write_duties(row: Figure, duties: Duties) -> None:
    kept = rules.checked_duties(duties)
    chapters = {c.pk for c in people.chapters(row.community)} if any(k == "chapter" for k, _ in kept) else set()
    treasures = {thing for kind, thing in kept if kind == "treasure"}
    known = Treasure.objects.filter(community=row.community, pk__in=treasures, retired_at=None)
    if any(k == "chapter" and thing not in chapters for k, thing in kept) or known.count() < len(treasures):
        raise BadDuty
    Duty.objects.bulk_create(
        Duty(community=row.community, figure=row, kind=kind, thing_id=thing) for kind, thing in kept
    )
    if row.accepted_at:
        known.update(custodian=row.person)
