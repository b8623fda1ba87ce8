"""Writes on treasures: declaring one, using it, handing it on, noticing that nobody uses it."""

from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import DurationField, ExpressionWrapper, F
from django.db.models.functions import Coalesce

from kith.energy.api import NewAct, record
from kith.gather import rules
from kith.gather.actions.entering import check_runs
from kith.gather.data import CustodianOnly, NoSuchTreasure
from kith.gather.models import Treasure, TreasureUse
from kith.lib.text import clean_line, clean_name
from kith.people import api as people
from kith.people.api import Community, NameTaken, NoName, NotAMember, Person, may_run, standing


def _row(community: Community, treasure_id: int) -> Treasure:
    """Return a treasure, held until the transaction ends."""
    rows = Treasure.objects.select_for_update(no_key=True).filter(community=community, retired_at=None)
    if (row := rows.filter(pk=treasure_id).first()) is None:
        raise NoSuchTreasure
    return row


def _check_keeps(community: Community, row: Treasure, by: Person) -> None:
    if row.custodian_id != by.pk and not may_run(standing(community, by)):
        raise CustodianOnly


def _member(community: Community, person_id: int | None) -> int | None:
    if person_id is not None and person_id not in people.standings(community, [person_id]):
        raise NotAMember
    return person_id


def _note(row: Treasure, kind: str, by: Person | None, now: datetime, person_id: int | None = None) -> None:
    people.note_deed(
        community=row.community, kind=kind, by=by, person=Person(pk=person_id) if person_id else None,
        subject=f"treasure:{row.pk}", now=now,
    )  # fmt: skip


@transaction.atomic
def declare_treasure(  # noqa: PLR0913 -- what a treasure is
    *,
    community: Community,
    kind: str,
    name: str,
    by: Person,
    now: datetime,
    about: str = "",
    person_id: int | None = None,
    custodian_id: int | None = None,
    alarm_days: int = 60,
) -> int:
    """Declare a treasure; returns its id. A person as treasure is named by `person_id` and may be their own custodian.

    Raises:
        OperatorsOnly, NoName, NotAMember, NameTaken, UnknownTreasure, BadAlarm: as they say.

    """
    check_runs(community, by)
    if not (shown := clean_name(name)[:60]):
        raise NoName
    if rules.checked_treasure(kind, alarm_days) == "person" and person_id is None:
        raise NotAMember
    row = Treasure(
        community=community, kind=kind, name=shown, about=clean_line(about)[:500].strip(), made_by=by, made_at=now,
        person_id=_member(community, person_id) if kind == "person" else None,
        custodian_id=_member(community, custodian_id), alarm_days=alarm_days,
    )  # fmt: skip
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        raise NameTaken(name=shown) from None
    _note(row, "gather.treasure_declared", by, now, row.custodian_id)
    return row.pk


@transaction.atomic
def use_treasure(*, community: Community, treasure_id: int, by: Person, now: datetime, today: date) -> bool:
    """Mark that one used a treasure; once a day, False when it was marked already today.

    What comes of a person, or of a ritual somebody holds, is attention between two: an act in the energy book (thanks to the
    person, having come to who holds the ritual). A tool or text is nobody's attention; the count alone grows.

    Raises:
        NoSuchTreasure, NotAMember: as they say.

    """
    row = _row(community, treasure_id)
    _member(community, by.pk)
    _, is_new = TreasureUse.objects.get_or_create(
        treasure=row, person=by, on=today, defaults={"community": community, "at": now}
    )
    if not is_new:
        return False
    Treasure.objects.filter(pk=row.pk).update(uses=F("uses") + 1, last_used_at=now, alarmed_at=None)
    toward, kind = (row.person_id, "thank") if row.kind == "person" else (row.custodian_id, "attend")
    if row.kind in {"person", "ritual"} and toward and toward != by.pk:
        key = f"treasure:{row.pk}:{by.pk}:{today}"
        record(community=community, acts=[NewAct(by.pk, kind, now, key, f"treasure:{row.pk}", other_id=toward)])
    return True


@transaction.atomic
def entrust_treasure(
    *, community: Community, treasure_id: int, person_id: int | None, by: Person, now: datetime
) -> None:
    """Hand the keeping of a treasure to somebody, or to nobody.

    Raises:
        NoSuchTreasure, CustodianOnly, NotAMember: as they say.

    """
    row = _row(community, treasure_id)
    _check_keeps(community, row, by)
    Treasure.objects.filter(pk=row.pk).update(custodian_id=_member(community, person_id))
    _note(row, "gather.treasure_entrusted", by, now, person_id)


@transaction.atomic
def retire_treasure(*, community: Community, treasure_id: int, by: Person, now: datetime) -> None:
    """Take a treasure from the list; what was done with it stays in the record.

    Raises:
        NoSuchTreasure, CustodianOnly: as they say.

    """
    row = _row(community, treasure_id)
    _check_keeps(community, row, by)
    Treasure.objects.filter(pk=row.pk).update(retired_at=now)
    _note(row, "gather.treasure_retired", by, now)


@transaction.atomic
def sound_alarms(*, now: datetime) -> int:
    """Note of every treasure that has lain unused for its days that it does, once a silence; returns how many. For the night."""
    unused = ExpressionWrapper(now - Coalesce("last_used_at", "made_at"), output_field=DurationField())
    due = (
        Treasure.objects.select_for_update(no_key=True).filter(retired_at=None, alarmed_at=None).annotate(unused=unused)
    )
    rows = [t for t in due if t.unused >= timedelta(days=t.alarm_days)]
    for row in rows:
        _note(row, "gather.treasure_unused", None, now, row.custodian_id)
    Treasure.objects.filter(pk__in=[t.pk for t in rows]).update(alarmed_at=now)
    return len(rows)
