"""Writes on circles: members come together by themselves, within the rules."""

from datetime import UTC, datetime

from django.db import IntegrityError, transaction

from kith.gather import rules
from kith.gather.actions.tiers import checked_limit, checked_right
from kith.gather.data import (
    MOST_CIRCLES,
    CirclesFull,
    CircleValue,
    KeepersOnly,
    KeeperStays,
    NobodyAsked,
    NoSuchCircle,
    NotInCircle,
    OperatorsOnly,
)
from kith.gather.models import Circle, CirclePlace
from kith.gather.queries.circles import circle
from kith.lib.text import clean_name
from kith.people import api as people
from kith.people.api import Community, NameTaken, NoName, Person, Standing, may_run, standing

FOR_EVER = datetime(9000, 1, 1, tzinfo=UTC)


def _place(community: Community, by: Person) -> Standing:
    found = standing(community, by)
    if found is None:
        raise OperatorsOnly  # pages and API let nobody else come this far
    return found


def _row(community: Community, circle_id: int) -> Circle:
    """Return an open circle, held until the transaction ends."""
    row = (
        Circle.objects.select_for_update(no_key=True).filter(community=community, pk=circle_id, closed_at=None).first()
    )
    if row is None:
        raise NoSuchCircle
    return row


def _check_keeps(community: Community, row: Circle, by: Person) -> None:
    keeps = CirclePlace.objects.filter(circle=row, person=by, state="keeper").exists()
    if not keeps and not may_run(standing(community, by)):
        raise KeepersOnly


def _note(row: Circle, kind: str, by: Person, now: datetime, person: Person | None = None) -> None:
    people.note_deed(community=row.community, kind=kind, by=by, person=person, subject=f"circle:{row.pk}", now=now)


def _cause(place: CirclePlace) -> str:
    return f"circle:{place.pk}"


def _let_in(place: CirclePlace, now: datetime) -> None:
    """Grant what the space of a circle by request asks of its readers, for as long as the place lasts."""
    people.grant(
        community=place.community, person=place.person, what=f"circle-{place.circle_id}", from_at=now, until_at=FOR_EVER,
        cause=_cause(place),
    )  # fmt: skip


@transaction.atomic
def start_circle(
    *, community: Community, name: str, purpose: str, by: Person, now: datetime, entered_by: str = "open"
) -> CircleValue:
    """Start a circle and keep it; whoever may start one needs nobody's leave.

    Raises:
        TierTooLow, TooManyCircles: the starter's tier does not allow it, or not another.
        CirclesFull, NoName, NameTaken, PurposeMissing, UnknownDoor: as they say.

    """
    place = _place(community, by)
    checked_right(community, place, "start_circle")
    kept = CirclePlace.objects.filter(community=community, person=by, state="keeper", circle__closed_at=None)
    checked_limit(community, place, "circles", kept.count)
    if Circle.objects.filter(community=community, closed_at=None).count() >= MOST_CIRCLES:
        raise CirclesFull(most=MOST_CIRCLES)
    if not (shown := clean_name(name)[:40]):
        raise NoName
    row = Circle(
        community=community, name=shown, purpose=rules.checked_purpose(purpose), entered_by=rules.checked_door(entered_by),
        made_by=by, made_at=now,
    )  # fmt: skip
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        raise NameTaken(name=shown) from None
    _let_in(CirclePlace.objects.create(community=community, circle=row, person=by, state="keeper", at=now), now)
    _note(row, "gather.circle_started", by, now)
    return circle(community, row.pk, reader=by)


@transaction.atomic
def enter_circle(*, community: Community, circle_id: int, by: Person, now: datetime) -> CircleValue:
    """Come in, or ask to where the circle is entered by request; twice is once.

    Raises:
        NoSuchCircle: there is none, or it is closed.

    """
    _place(community, by)
    row = _row(community, circle_id)
    state = "in" if row.entered_by == "open" else "asked"
    place, is_new = CirclePlace.objects.get_or_create(
        circle=row, person=by, defaults={"community": community, "state": state, "at": now}
    )
    if is_new and state == "in":
        _let_in(place, now)
    if is_new:
        _note(row, "gather.circle_asked" if state == "asked" else "gather.circle_entered", by, now, by)
    return circle(community, circle_id, reader=by)


@transaction.atomic
def answer_asking(
    *, community: Community, circle_id: int, person_id: int, yes: bool, by: Person, now: datetime
) -> CircleValue:
    """Let somebody in who asked, or not; keepers and staff do.

    Raises:
        NoSuchCircle, KeepersOnly, NobodyAsked: as they say.

    """
    row = _row(community, circle_id)
    _check_keeps(community, row, by)
    asked = CirclePlace.objects.filter(circle=row, person_id=person_id, state="asked").first()
    if asked is None:
        raise NobodyAsked
    if yes:
        CirclePlace.objects.filter(pk=asked.pk).update(state="in", at=now)
        _let_in(asked, now)
    else:
        asked.delete()
    _note(row, "gather.circle_admitted" if yes else "gather.circle_declined", by, now, Person(pk=person_id))
    return circle(community, circle_id, reader=by)


@transaction.atomic
def leave_circle(*, community: Community, circle_id: int, by: Person, now: datetime) -> None:
    """Leave, or take back that one asked.

    Raises:
        NoSuchCircle, NotInCircle: as they say.
        KeeperStays: nobody else keeps it.

    """
    row = _row(community, circle_id)
    mine = CirclePlace.objects.filter(circle=row, person=by).first()
    if mine is None:
        raise NotInCircle
    others = CirclePlace.objects.filter(circle=row, state="keeper").exclude(person=by)
    if mine.state == "keeper" and not others.exists():
        raise KeeperStays
    people.cut_grant(community=community, cause=_cause(mine), at=now)
    mine.delete()
    _note(row, "gather.circle_left", by, now, by)


@transaction.atomic
def hand_circle(*, community: Community, circle_id: int, person_id: int, by: Person, now: datetime) -> CircleValue:
    """Make somebody who is in a circle its keeper, in the place of the keepers there were.

    Raises:
        NoSuchCircle, KeepersOnly, NotInCircle: as they say.

    """
    row = _row(community, circle_id)
    _check_keeps(community, row, by)
    heir = CirclePlace.objects.filter(circle=row, person_id=person_id).exclude(state="asked").first()
    if heir is None:
        raise NotInCircle
    CirclePlace.objects.filter(circle=row, state="keeper").update(state="in")
    CirclePlace.objects.filter(pk=heir.pk).update(state="keeper")
    _note(row, "gather.circle_handed", by, now, heir.person)
    return circle(community, circle_id, reader=by)


@transaction.atomic
def close_circle(*, community: Community, circle_id: int, by: Person, now: datetime) -> None:
    """End a circle; what was said in it stays.

    Raises:
        NoSuchCircle, KeepersOnly: as they say.

    """
    row = _row(community, circle_id)
    _check_keeps(community, row, by)
    row.closed_at = now
    row.save(update_fields=["closed_at"])
    _note(row, "gather.circle_closed", by, now)
