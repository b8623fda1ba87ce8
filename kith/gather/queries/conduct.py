"""Reads on conduct: agreements, limits, mutes and bans; and the one place that says who may write now."""

from dataclasses import fields
from datetime import datetime

from django.db.models import Q
from django.utils import timezone

from kith.gather import rules
from kith.gather.data import (
    AgreementsOpen,
    AgreementValue,
    Banned,
    BannedForGood,
    Limits,
    Muted,
    MutedForGood,
    NoAgreement,
    OpenAgreement,
    Pace,
    SanctionValue,
    SlowMode,
    TooManyTexts,
)
from kith.gather.models import Acceptance, Agreement, Limit, Sanction
from kith.people.api import Community, Person, Standing

SHOWN = 200


def as_agreement(row: Agreement) -> AgreementValue:
    return AgreementValue(row.pk, row.number, row.version, row.title, row.text, row.made_at, row.replaced_at)


def agreements(community: Community) -> list[AgreementValue]:
    """Return the agreements that hold, in their order."""
    return [as_agreement(a) for a in Agreement.objects.filter(community=community, replaced_at=None).order_by("number")]


def agreement_versions(community: Community, number: int) -> list[AgreementValue]:
    """Return every version of one agreement, newest first.

    Raises:
        NoAgreement: there is none of this number here.

    """
    rows = Agreement.objects.filter(community=community, number=number).order_by("-version")
    if not (found := [as_agreement(a) for a in rows]):
        raise NoAgreement
    return found


def open_agreements(community: Community, person: Person) -> list[OpenAgreement]:
    """Return what somebody has still to accept, each with the version they accepted before. Two queries."""
    current = agreements(community)
    rows = Acceptance.objects.select_related("agreement").filter(community=community, person=person)
    accepted = {a.agreement_id: a.agreement for a in rows}
    before: dict[int, Agreement] = {}
    for row in accepted.values():
        if row.number not in before or before[row.number].version < row.version:
            before[row.number] = row
    return [
        OpenAgreement(a, as_agreement(before[a.number]) if a.number in before else None)
        for a in current
        if a.id not in accepted
    ]


def accepted_at(community: Community, person: Person) -> dict[int, datetime]:
    """Return when somebody accepted which versions, by the ids of the versions."""
    return dict(Acceptance.objects.filter(community=community, person=person).values_list("agreement_id", "at"))


def limits(community: Community) -> Limits:
    """Return how members may write."""
    row = Limit.objects.filter(community=community).first()
    if row is None:
        return rules.default_limits(community.entered_by)
    return Limits(**{f.name: getattr(row, f.name) for f in fields(Limits)})


def as_sanction(row: Sanction) -> SanctionValue:
    return SanctionValue(
        row.pk, row.person_id, row.person.name, row.kind, row.reason, row.made_at, row.until_at, row.by_id, row.by.name,
        row.lifted_at, row.lifted_by.name if row.lifted_by else "",
    )  # fmt: skip


def sanctions(community: Community, *, person_id: int | None = None, limit: int = SHOWN) -> list[SanctionValue]:
    """Return mutes and bans, newest first; of one person, or of all."""
    rows = Sanction.objects.select_related("person", "by", "lifted_by").filter(community=community)
    rows = rows.filter(person=person_id) if person_id else rows
    return [as_sanction(s) for s in rows.order_by("-pk")[:limit]]


def running(community: Community, person_id: int, kind: str, now: datetime) -> Sanction | None:
    """Return the mute or ban that holds somebody now."""
    rows = Sanction.objects.filter(community=community, person=person_id, kind=kind, lifted_at=None)
    return rows.filter(Q(until_at=None) | Q(until_at__gt=now)).first()


def moment(at: datetime) -> str:
    return timezone.localtime(at).strftime("%Y-%m-%d %H:%M:%S")


def check_not_banned(community: Community, person: Person, now: datetime) -> None:
    """Let pass who may come in.

    Raises:
        Banned, BannedForGood: a ban holds, until the moment they say.

    """
    if (ban := running(community, person.pk, "ban", now)) is None:
        return
    if ban.until_at is None:
        raise BannedForGood(reason=ban.reason)
    raise Banned(until=moment(ban.until_at), reason=ban.reason)


def check_may_speak(community: Community, place: Standing, now: datetime) -> None:
    """Let pass who may write, answer or thank at all: not muted, every agreement accepted. Two queries.

    Raises:
        Muted, MutedForGood: they may read only.
        AgreementsOpen: an agreement has changed, or is new, since they accepted.

    """
    if mute := running(community, place.person_id, "mute", now):
        if mute.until_at is None:
            raise MutedForGood(reason=mute.reason)
        raise Muted(until=moment(mute.until_at), reason=mute.reason)
    accepted = Acceptance.objects.filter(community=community, person=place.person_id).values("agreement")
    if Agreement.objects.filter(community=community, replaced_at=None).exclude(pk__in=accepted).exists():
        raise AgreementsOpen


def checked_to_write(community: Community, place: Standing, *, text: str, pace: Pace, now: datetime) -> bool:
    """Let pass a new text; returns whether it is to be held until somebody who runs the community has read it.

    The one place where limits on writing are enforced: whoever keeps texts asks here, and counts the `pace`.

    Raises:
        Muted, MutedForGood, AgreementsOpen: as `check_may_speak`.
        SlowMode, TooManyTexts: they wrote too lately, or too much.
        TooManyLinks: a newcomer's text with more links than allowed.

    """
    check_may_speak(community, place, now)
    if place.role in rules.FREE:
        return False
    limit = limits(community)
    if until := rules.slow_until(limit, pace, now):
        raise SlowMode(seconds=int((until - now).total_seconds()) + 1, until=moment(until))
    if until := rules.crowded_until(limit, pace, now):
        raise TooManyTexts(until=moment(until))
    if not rules.is_new(limit, pace, place.role):
        return False
    rules.check_links(limit, text)
    return limit.holds_first
