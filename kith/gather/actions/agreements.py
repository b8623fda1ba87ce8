"""Agreements: written and changed by founders, accepted by everybody; who declines leaves."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from kith.gather import rules
from kith.gather.data import MOST_AGREEMENTS, AgreementValue, FounderDecides, NoAgreement, TooManyAgreements
from kith.gather.models import Acceptance, Agreement
from kith.gather.queries import agreements, as_agreement
from kith.people.api import Community, NotAMember, Person, note_deed, remove_members, standing


def _check_founder(community: Community, by: Person) -> None:
    place = standing(community, by)
    if place is None or place.role != "founder":
        raise FounderDecides


def _hold(community: Community) -> None:
    """Let nobody else change agreements until the transaction ends."""
    Community.objects.select_for_update(no_key=True).get(pk=community.pk)


@transaction.atomic
def write_agreement(
    *, community: Community, title: str, text: str, by: Person, now: datetime, number: int | None = None
) -> AgreementValue:
    """Write an agreement, or with `number` a new version of one: everybody is asked anew before they write again.

    The same words again are no new version. Who writes it has accepted it.

    Raises:
        FounderDecides, BadAgreement, TooManyAgreements: as they say.
        NoAgreement: there is none of this number, or it was taken back.

    """
    _check_founder(community, by)
    title, text = rules.checked_agreement(title, text)
    _hold(community)
    old = _current(community, number) if number is not None else None
    if old and (old.title, old.text) == (title, text):
        return as_agreement(old)
    if old is None and len(agreements(community)) >= MOST_AGREEMENTS:
        raise TooManyAgreements(limit=MOST_AGREEMENTS)
    if old:
        Agreement.objects.filter(pk=old.pk).update(replaced_at=now)
    made = Agreement.objects.create(
        community=community, number=old.number if old else _next(community), version=old.version + 1 if old else 1,
        title=title, text=text, by=by, made_at=now,
    )  # fmt: skip
    Acceptance.objects.create(community=community, person=by, agreement=made, at=now)
    detail = {"number": made.number, "version": made.version}
    note_deed(community=community, kind="gather.agreement_written", by=by, now=now, subject=f"agreement:{made.pk}", detail=detail)  # fmt: skip
    return as_agreement(made)


def _current(community: Community, number: int) -> Agreement:
    found = Agreement.objects.filter(community=community, number=number, replaced_at=None).first()
    if found is None:
        raise NoAgreement
    return found


def _next(community: Community) -> int:
    last = Agreement.objects.filter(community=community).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


@transaction.atomic
def retire_agreement(*, community: Community, number: int, by: Person, now: datetime) -> None:
    """Take an agreement back; its versions stay readable.

    Raises:
        FounderDecides, NoAgreement: as they say.

    """
    _check_founder(community, by)
    _hold(community)
    old = _current(community, number)
    Agreement.objects.filter(pk=old.pk).update(replaced_at=now)
    note_deed(community=community, kind="gather.agreement_retired", by=by, now=now, subject=f"agreement:{old.pk}", detail={"number": number})  # fmt: skip


@transaction.atomic
def accept_agreements(*, community: Community, person: Person, accepted: Collection[int], now: datetime) -> None:
    """Accept every agreement that holds, by the ids of the versions that were read.

    Raises:
        AgreementsMissing: one is left out, or was changed meanwhile: it must be read first.

    """
    current = [a.id for a in agreements(community)]
    rules.check_accepted(current, accepted)
    Acceptance.objects.bulk_create(
        [Acceptance(community=community, person=person, agreement_id=i, at=now) for i in current], ignore_conflicts=True
    )


@transaction.atomic
def decline_agreements(*, community: Community, person: Person, now: datetime) -> None:
    """Leave, because one does not agree: the place goes, what was said and given stays. Coming back is open.

    Raises:
        NotAMember: they have no place here.
        LastFounder: nobody else would be left to run the community.

    """
    if standing(community, person) is None:
        raise NotAMember
    remove_members(community=community, person_ids=[person.pk])
    note_deed(community=community, kind="gather.declined_agreements", by=person, now=now, person=person)
