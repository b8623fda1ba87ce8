"""Keeping order: mutes, bans, and the limits on writing."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime

from django.db import transaction

from kith.gather import rules
from kith.gather.data import AlreadyLifted, Limits, OperatorsOnly, SanctionValue
from kith.gather.models import Invitation, Limit, Sanction
from kith.gather.queries import as_sanction, limits
from kith.lib.errors import NotFound
from kith.people.api import (
    Community,
    NotAMember,
    Person,
    Standing,
    note_deed,
    remove_members,
    standing,
    standings,
)


def _staff(community: Community, by: Person) -> Standing:
    place = standing(community, by)
    if place is None or not place.is_staff:
        raise OperatorsOnly
    return place


@transaction.atomic
def sanction(
    *, community: Community, person_id: int, kind: str, by: Person, now: datetime, reason: str, days: int | None = None
) -> SanctionValue:
    """Mute a member (they read, and may not write) or ban them (they leave and cannot come back), for days or without an end.

    A new one of the same kind replaces the one that runs. A ban uses up the invitations they made.

    Raises:
        OperatorsOnly, NotOverStaff: `by` does not run the community, or may not do this to them.
        NotAMember: nobody here has this id.
        NoReason, UnknownSanction, BadDays: as they say.

    """
    mine, theirs = _staff(community, by), standings(community, [person_id]).get(person_id)
    until, why = rules.checked_until(kind, days, now), rules.checked_reason(reason)
    if theirs is None:
        raise NotAMember
    rules.check_over(mine.role, theirs.role, is_self=person_id == by.pk)
    if kind == "ban":
        remove_members(community=community, person_ids=[person_id])
        Invitation.objects.filter(community=community, by=person_id).update(uses_left=0)
    Sanction.objects.filter(community=community, person=person_id, kind=kind, lifted_at=None).update(lifted_at=now, lifted_by=by)  # fmt: skip
    made = Sanction.objects.create(
        community=community, person_id=person_id, kind=kind, reason=why, by=by, made_at=now, until_at=until
    )
    _note(made, "gather.banned" if kind == "ban" else "gather.muted", by, now, days or 0)
    return as_sanction(Sanction.objects.select_related("person", "by", "lifted_by").get(pk=made.pk))


def _note(row: Sanction, kind: str, by: Person, now: datetime, days: int) -> None:
    note_deed(
        community=row.community, kind=kind, by=by, now=now, person=Person.objects.get(pk=row.person_id),
        subject=f"sanction:{row.pk}", detail={"days": days},
    )  # fmt: skip


@transaction.atomic
def lift(*, community: Community, sanction_id: int, by: Person, now: datetime) -> SanctionValue:
    """End a mute or a ban before its time.

    Raises:
        OperatorsOnly: `by` does not run the community.
        NotFound: there is no such measure here.
        AlreadyLifted: it has ended.

    """
    _staff(community, by)
    row = Sanction.objects.select_for_update(no_key=True).filter(community=community, pk=sanction_id).first()
    if row is None:
        raise NotFound
    if row.lifted_at or (row.until_at and row.until_at <= now):
        raise AlreadyLifted
    row.lifted_at, row.lifted_by = now, by
    row.save(update_fields=["lifted_at", "lifted_by"])
    _note(row, "gather.unbanned" if row.kind == "ban" else "gather.unmuted", by, now, 0)
    return as_sanction(Sanction.objects.select_related("person", "by", "lifted_by").get(pk=row.pk))


@transaction.atomic
def set_limits(*, community: Community, changes: Mapping[str, int | None], by: Person, now: datetime) -> Limits:
    """Change how members may write; what is not named stays.

    Raises:
        OperatorsOnly, BadLimit: as they say.

    """
    _staff(community, by)
    Community.objects.select_for_update(no_key=True).get(pk=community.pk)
    wanted = rules.changed_limits(limits(community), changes)
    Limit.objects.update_or_create(community=community, defaults=asdict(wanted))
    note_deed(
        community=community, kind="gather.limits_changed", by=by, now=now, detail={k: v for k, v in asdict(wanted).items() if v is not None}
    )  # fmt: skip
    return wanted
