"""Reads of introductions: for who introduces, for the two who are asked, and what they add."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Count, Q, QuerySet

from kith.energy import api as energy
from kith.people.api import Community
from kith.see.data import Introduction as IntroductionView
from kith.see.data import Lift, NoSuchIntroduction, Question, Somebody
from kith.see.models import Introduction
from kith.see.queries.pictures import somebodies
from kith.see.rules.consent import AT_ONCE, STANDS, ratio, state

TOLD = timedelta(days=14)
MUTUALS = 3
LOOKED_AT = 200


def introductions(community: Community, *, now: datetime, limit: int = 50) -> tuple[IntroductionView, ...]:
    """Return what may be asked, the best first, then what was asked or made within 30 days, the newest first. Three queries."""
    rows = Introduction.objects.filter(community=community, held_out=False)
    fresh = rows.filter(asked_at=None, judged_at=None, proposed_at__gt=now - STANDS).order_by("-score", "pk")
    moved = rows.filter(asked_at__gt=now - STANDS).order_by("-asked_at", "-pk")
    return _views(community, [*fresh[:limit], *moved[:limit]], now)


def introductions_of(community: Community, person_id: int, *, now: datetime) -> tuple[IntroductionView, ...]:
    """Return what somebody may ask or has asked between people they are in touch with. Four queries."""
    near = energy.partners(community, person_id)
    rows = Introduction.objects.filter(community=community, held_out=False)
    fresh = rows.filter(asked_at=None, judged_at=None, proposed_at__gt=now - STANDS, a_id__in=near, b_id__in=near)
    mine = rows.filter(asked_at__gt=now - STANDS, by_id=person_id)
    return _views(
        community, [*fresh.order_by("-score", "pk")[:AT_ONCE], *mine.order_by("-asked_at", "-pk")[:AT_ONCE]], now
    )


def introduction(community: Community, introduction_id: int, *, now: datetime) -> IntroductionView:
    """Return one introduction that is shown. Three queries.

    Raises:
        NoSuchIntroduction: there is none, it is held out by lot, or one of the two has left.

    """
    rows = Introduction.objects.filter(community=community, pk=introduction_id, held_out=False)
    found = _views(community, rows, now)
    if not found:
        raise NoSuchIntroduction
    return found[0]


def questions(community: Community, person_id: int, *, now: datetime, answered: bool = False) -> tuple[Question, ...]:
    """Return what somebody is asked and has not answered, then whom they were introduced to within two weeks. Four queries.

    With `answered` also what they have answered: they may change their mind.
    """
    about = Q(a_id=person_id) | Q(b_id=person_id)
    mine = about if answered else Q(a_id=person_id, a_says=None) | Q(b_id=person_id, b_says=None)
    rows = Introduction.objects.filter(community=community, held_out=False)
    open_ = rows.filter(mine, made_at=None, asked_at__gt=now - STANDS).order_by("asked_at", "pk")
    told = rows.filter(about, made_at__gt=now - TOLD, met=None).order_by("-made_at", "pk")
    return _questions(community, [*open_, *told], person_id)


def question(community: Community, introduction_id: int, person_id: int) -> Question:
    """Return an introduction as one of the two is asked about it. Three queries.

    Raises:
        NoSuchIntroduction: nobody asks them so, or the other has left.

    """
    about = Q(a_id=person_id) | Q(b_id=person_id)
    rows = Introduction.objects.filter(about, community=community, pk=introduction_id, held_out=False)
    found = _questions(community, rows.filter(asked_at__isnull=False), person_id)
    if not found:
        raise NoSuchIntroduction
    return found[0]


def lift(community: Community) -> Lift:
    """Return what introducing adds, of the pairs that were judged. One query."""
    rows = Introduction.objects.filter(community=community, judged_at__isnull=False)
    held, made, met = Q(held_out=True), Q(made_at__isnull=False), Q(met=True)
    n = rows.aggregate(
        shown=Count("pk", filter=~held), shown_met=Count("pk", filter=~held & met), held=Count("pk", filter=held),
        held_met=Count("pk", filter=held & met), made=Count("pk", filter=made), made_met=Count("pk", filter=made & met),
    )  # fmt: skip
    times = ratio(n["shown"], n["shown_met"], n["held"], n["held_met"])
    return Lift(n["shown"], n["shown_met"], n["held"], n["held_met"], n["made"], n["made_met"], times)


def _named(community: Community, rows: Iterable[Introduction]) -> dict[int, Somebody]:
    return somebodies(community, {p for i in rows for p in (i.a_id, i.b_id, i.by_id, *i.mutual) if p})


def _views(
    community: Community, rows: "QuerySet[Introduction] | list[Introduction]", now: datetime
) -> tuple[IntroductionView, ...]:
    found = list(rows)[:LOOKED_AT]
    who = _named(community, found)
    return tuple(
        IntroductionView(
            id=i.pk, a=who[i.a_id], b=who[i.b_id], mutual=_mutual(i, who), by=who.get(i.by_id or 0), proposed_at=i.proposed_at,
            state=state(proposed_at=i.proposed_at, asked_at=i.asked_at, made_at=i.made_at, now=now), asked_at=i.asked_at, made_at=i.made_at,
        )
        for i in found
        if i.a_id in who and i.b_id in who
    )  # fmt: skip


def _questions(
    community: Community, rows: "QuerySet[Introduction] | list[Introduction]", person_id: int
) -> tuple[Question, ...]:
    found = list(rows)
    who = _named(community, found)
    made = []
    for i in found:
        other, said = (i.b_id, i.a_says) if i.a_id == person_id else (i.a_id, i.b_says)
        if other in who and i.asked_at:
            made.append(Question(i.pk, who[other], who.get(i.by_id or 0), _mutual(i, who), i.asked_at, said, i.made_at))
    return tuple(made)


def _mutual(row: Introduction, who: dict[int, Somebody]) -> tuple[Somebody, ...]:
    return tuple(who[p] for p in row.mutual if p in who)[:MUTUALS]
