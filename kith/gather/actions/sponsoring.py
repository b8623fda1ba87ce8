"""Sponsors (担保人): whom an application names, and what they say to it."""

from datetime import datetime

from django.db import transaction

from kith.energy.api import NewAct, record
from kith.gather.actions.inviting import brought
from kith.gather.data import NoSuchSponsor, NotNamed, SponsorAnswered, SponsorMissing
from kith.gather.models import Application
from kith.gather.queries import limits
from kith.lib.text import clean_line
from kith.people.api import Community, NotAMember, Person, may_see, member, note_deed, person


def checked_sponsor(community: Community, applicant: Person, raw: str) -> tuple[str, Person | None]:
    """Return what an applicant wrote as their sponsor, and who that is.

    Where the community does not show itself, a name nobody has is taken without a word: the answer would tell a stranger who
    is a member. Those who decide see that nobody is called so.

    Raises:
        SponsorMissing: the community wants one, and none is named.
        NoSuchSponsor: nobody is called so, where anybody may see the members.

    """
    named = clean_line(raw).strip().removeprefix("@").strip()[:60]
    if not named:
        if limits(community).needs_sponsor:
            raise SponsorMissing
        return "", None
    try:
        who = person(member(community, named[:48]).person_id)
    except NotAMember:
        who = None
    found = who if who and who.has_account and who.pk != applicant.pk else None
    if found is None and may_see(visible_to=community.visible_to, standing=None):
        raise NoSuchSponsor(name=named)
    return named, found


def ask_sponsor(row: Application, now: datetime) -> None:
    """Note that somebody is named, so that they are told."""
    if row.sponsor:
        note_deed(
            community=row.community, kind="gather.sponsor_asked", by=row.person, now=now, person=row.sponsor,
            subject=f"application:{row.pk}",
        )  # fmt: skip


@transaction.atomic
def answer_sponsorship(*, community: Community, application_id: int, yes: bool, by: Person, now: datetime) -> None:
    """Vouch for who named one as their sponsor, or do not. Those who decide see it; the applicant learns of a yes.

    Raises:
        NotNamed: no application here names `by`.
        SponsorAnswered: they have answered, or it was decided.

    """
    rows = Application.objects.filter(community=community, pk=application_id, sponsor=by)
    if (row := rows.first()) is None:
        raise NotNamed
    state = "confirmed" if yes else "declined"
    if not rows.filter(state="pending", sponsor_state="asked").update(sponsor_state=state, sponsor_at=now):
        raise SponsorAnswered
    note_deed(
        community=community, kind=f"gather.sponsor_{state}", by=by, now=now, person=row.person, subject=f"application:{row.pk}"
    )  # fmt: skip


def bring_by_sponsor(row: Application, now: datetime) -> None:
    """Have who vouched for somebody let in bring them: an act in the energy book, and in the tree."""
    if row.sponsor is None or row.sponsor_state != "confirmed":
        return
    act = NewAct(
        row.sponsor.pk, "sponsor", now, f"sponsor:{row.person_id}", f"application:{row.pk}", other_id=row.person_id
    )
    record(community=row.community, acts=[act])
    brought(community=row.community, person=row.person, host=row.sponsor, way="sponsor", now=now)
