"""Writes of gather: join, apply, decide, come in by a link, claim."""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F

from kith.energy.api import NewAct, record
from kith.gather import rules
from kith.gather.actions.agreements import accept_agreements
from kith.gather.actions.inviting import brought, invitation_of
from kith.gather.actions.sponsoring import ask_sponsor, bring_by_sponsor, checked_sponsor
from kith.gather.data import (
    AlreadyApplied,
    AlreadyDecided,
    Applied,
    EnterByAnotherDoor,
    InvitationOnly,
    LinkExpired,
    NothingToClaim,
    OperatorsOnly,
)
from kith.gather.models import Application, Claim, Invitation
from kith.gather.queries import applied, check_not_banned
from kith.lib.errors import NotFound
from kith.lib.text import clean_line
from kith.people.api import (
    AlreadyMember,
    Community,
    NotAMember,
    Person,
    Standing,
    add_member,
    may_run,
    merge_person,
    note_deed,
    standing,
)


def check_runs(community: Community, by: Person) -> None:
    if not may_run(standing(community, by)):
        raise OperatorsOnly


@transaction.atomic
def join(*, community: Community, person: Person, now: datetime, accepted: Collection[int] = ()) -> Standing:
    """Enter an open community; `accepted` are the ids of its agreements, all of them.

    Raises:
        EnterByAnotherDoor: it is not open.
        AlreadyMember: the person is in.
        Banned, BannedForGood, AgreementsMissing: as they say.

    """
    if community.entered_by != "open":
        raise EnterByAnotherDoor
    if standing(community, person):
        raise AlreadyMember
    _check_welcome(community, person, accepted, now)
    return add_member(community=community, person=person, now=now)


def _check_welcome(community: Community, person: Person, accepted: Collection[int], now: datetime) -> None:
    """Let pass who is not banned and accepts the agreements, and keep that they do: the same at every door."""
    check_not_banned(community, person, now)
    accept_agreements(community=community, person=person, accepted=accepted, now=now)


@transaction.atomic
def apply(
    *, community: Community, person: Person, answers: Sequence[str], now: datetime, accepted: Collection[int] = (),
    sponsor: str = "",
) -> Applied:  # fmt: skip
    """Ask to come in, answering the founder's questions and accepting the agreements; `sponsor` is who vouches, by their handle.

    Raises:
        EnterByAnotherDoor, InvitationOnly: the community does not take applications.
        AlreadyMember, AlreadyApplied: the person is in, or waits.
        AnswersMissing: a question is unanswered.
        SponsorMissing, NoSuchSponsor: as they say.
        Banned, BannedForGood, AgreementsMissing: as they say.

    """
    if community.entered_by != "application":
        raise InvitationOnly if community.entered_by == "invitation" else EnterByAnotherDoor
    if standing(community, person):
        raise AlreadyMember
    pairs = rules.checked_answers(community.questions, answers)
    named, vouching = checked_sponsor(community, person, sponsor)
    _check_welcome(community, person, accepted, now)
    try:
        with transaction.atomic():
            row = Application.objects.create(
                community=community, person=person, answers=pairs, made_at=now, sponsor_named=named, sponsor=vouching,
                sponsor_state="asked" if vouching else "",
            )  # fmt: skip
    except IntegrityError:
        raise AlreadyApplied from None
    ask_sponsor(row, now)
    return applied(row)


@transaction.atomic
def decide(
    *, community: Community, application_id: int, admit: bool, by: Person, now: datetime, reason: str = ""
) -> Applied:
    """Let an applicant in, or not. Admitting is an act of welcome in the energy book.

    Raises:
        OperatorsOnly: `by` does not run the community.
        NotFound: nobody applied here under this id.
        AlreadyDecided: somebody was faster.

    """
    check_runs(community, by)
    if not Application.objects.filter(pk=application_id, community=community).exists():
        raise NotFound
    done = Application.objects.filter(pk=application_id, community=community, state="pending").update(
        state="admitted" if admit else "declined", reason=clean_line(reason)[:300], decided_at=now, decided_by=by
    )
    if not done:
        raise AlreadyDecided
    row = Application.objects.select_related("community", "person", "sponsor", "decided_by").get(pk=application_id)
    kind = "gather.admitted" if admit else "gather.refused"
    note_deed(community=community, kind=kind, by=by, now=now, person=row.person, subject=f"application:{row.pk}")
    if admit and not standing(community, row.person):
        add_member(community=community, person=row.person, now=now)
        _welcome(community, by, row.person, now, f"application:{row.pk}")
        bring_by_sponsor(row, now)
    return applied(row)


def _welcome(community: Community, by: Person, newcomer: Person, now: datetime, source: str) -> None:
    record(
        community=community,
        acts=[NewAct(by.pk, "welcome", now, f"welcome:{newcomer.pk}", source, other_id=newcomer.pk)],
    )


@transaction.atomic
def accept_invitation(
    *, community: Community, token: str, person: Person, now: datetime, accepted: Collection[int] = ()
) -> Standing:
    """Come in by an invitation; whoever invited has introduced the newcomer.

    Raises:
        LinkExpired: the token is unknown, of another community, used up or too old.
        AlreadyMember: the person is in; the invitation keeps its use.
        Banned, BannedForGood, AgreementsMissing: as they say; then too.

    """
    if standing(community, person):
        raise AlreadyMember
    invitation_of(community=community, token=token, now=now)
    _check_welcome(community, person, accepted, now)
    link = Invitation.objects.filter(
        community=community, digest=rules.digest(token), expires_at__gt=now, uses_left__gt=0
    )
    if not link.update(uses_left=F("uses_left") - 1):
        raise LinkExpired
    row = Invitation.objects.select_related("by").get(digest=rules.digest(token))
    place = add_member(community=community, person=person, now=now)
    note_deed(
        community=community, kind="gather.joined", by=person, now=now, person=row.by, subject=f"invitation:{row.pk}"
    )
    brought(community=community, person=person, host=row.by, way="link", now=now, invitation=row)
    _welcome(community, row.by, person, now, f"invitation:{row.pk}")
    return place


@transaction.atomic
def offer_claim(*, community: Community, member: Standing, by: Person, now: datetime) -> str:
    """Make the link by which the person behind imported lines claims them; returns its token.

    Raises:
        OperatorsOnly: `by` does not run the community.
        NotAMember: they stand in another community.
        NothingToClaim: the member has an account.

    """
    check_runs(community, by)
    if member.community_id != community.pk:
        raise NotAMember
    if not member.is_imported:
        raise NothingToClaim
    token = rules.new_token()
    made = Claim.objects.create(
        community=community,
        person_id=member.person_id,
        by=by,
        digest=rules.digest(token),
        made_at=now,
        expires_at=now + rules.lifetime(rules.CLAIM_DAYS),
    )
    note_deed(
        community=community, kind="gather.claim_offered", by=by, now=now, person=Person(pk=member.person_id),
        subject=f"claim:{made.pk}",
    )  # fmt: skip
    return token


def claim_of(*, community: Community, token: str, now: datetime) -> str:
    """Return the name whose lines a claim link offers.

    Raises:
        LinkExpired: the token is unknown, used or too old.

    """
    row = Claim.objects.select_related("person").filter(
        community=community,
        digest=rules.digest(token),
        used_at=None,
        expires_at__gt=now,
        person__merged_into=None,
    )
    if not (found := row.first()):
        raise LinkExpired
    return found.person.name


@transaction.atomic
def claim(*, community: Community, token: str, person: Person, now: datetime) -> int:
    """Make imported lines the person's own: the imported person is merged into them, their place moves.

    Returns the id of the imported person, whose texts and ties the caller moves in the same transaction
    (`connect.take_over`): texts before ties, because the energy book comes last.

    Raises:
        LinkExpired: the token is unknown, used or too old.
        CannotMerge: somebody else was faster by another link, or the claimant has no account.
        Banned, BannedForGood: they may not come in.

    """
    claim_of(community=community, token=token, now=now)
    check_not_banned(community, person, now)
    used = Claim.objects.filter(digest=rules.digest(token), used_at=None).update(used_at=now, used_by=person)
    if not used:
        raise LinkExpired
    row = Claim.objects.select_related("person").get(digest=rules.digest(token))
    imported = row.person
    merge_person(imported=imported, into=person)
    note_deed(
        community=community, kind="gather.claimed", by=person, now=now, person=imported, subject=f"claim:{row.pk}"
    )
    return imported.pk
