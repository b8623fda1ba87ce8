"""How people wish to be seen: outside of rankings, not measured at all; and which members are programs."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from kith.people import api as people
from kith.people.api import Community, Person, Standing
from kith.see.actions.meeting import forget_introductions
from kith.see.actions.picturing import CHEAP_SECONDS, outdate, refresh
from kith.see.data import ERRANDS
from kith.see.models import Errand, Measure, Node, Picture

# Errands that come of measuring; unheard is only a missing answer.
MEASURED = ("thank", "introduce", "hand_over", "call")


@transaction.atomic
def choose_sight(
    *, community: Community, person_id: int, hides_rank: bool, refuses_measures: bool, now: datetime
) -> Standing:
    """Keep a member out of rankings, or from being measured at all, from now on.

    Lists leave them out at once; what is drawn and named follows within ten minutes. Their acts stay in the book: what
    they give to others still counts in the measures of those.

    Raises:
        NotAMember: nobody here has this id.

    """
    chosen = people.choose_sight(
        community=community, person_id=person_id, hides_rank=hides_rank, refuses_measures=refuses_measures
    )
    if chosen.hides_rank:
        _leave_alone(community, person_id, MEASURED, now)
    if chosen.refuses_measures:
        Node.objects.filter(community=community, person_id=person_id).delete()
        Measure.objects.filter(community=community, person_id=person_id).delete()
    _follow(community, now)
    return chosen


@transaction.atomic
def mark_bot(
    *, community: Community, person_id: int, is_bot: bool, now: datetime, by: Person | None = None
) -> Standing:
    """Say that a member is a program, or is not: programs are in no ranking, no count of people, and nobody's errand.

    Raises:
        NotAMember: nobody here has this id.

    """
    marked = people.mark_bot(community=community, person_id=person_id, is_bot=is_bot)
    people.note_deed(
        community=community,
        kind="people.program_marked",
        by=by,
        now=now,
        person=Person(pk=person_id),
        detail={"is_bot": is_bot},
    )
    if is_bot:
        _leave_alone(community, person_id, ERRANDS, now)
    _follow(community, now)
    return marked


def _follow(community: Community, now: datetime) -> None:
    """Have the picture follow: at once where it is cheap to make, else within ten minutes; the report follows then too."""
    outdate(community=community)
    if Picture.objects.filter(community=community, took_seconds__lt=CHEAP_SECONDS).exists():
        refresh(community=community, now=now)


def _leave_alone(community: Community, person_id: int, kinds: tuple[str, ...], now: datetime) -> None:
    about = Q(person_id=person_id) | Q(other_id=person_id)
    waiting = Errand.objects.filter(about, community=community, kind__in=kinds, state__in=("open", "taken"))
    waiting.update(state="dropped", owner=None, ended_at=now)
    forget_introductions(community=community, person_id=person_id)
