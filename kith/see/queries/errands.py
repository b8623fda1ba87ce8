"""Reads of errands: what there is to do today, what was done, and what came of it."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kith.people.api import Community
from kith.see.data import Errand as ErrandView
from kith.see.data import NoSuchErrand, Outcome, Reason
from kith.see.models import Errand
from kith.see.queries.pictures import somebodies

PAGE = 50


def errands(community: Community, *, now: datetime) -> tuple[ErrandView, ...]:
    """Return the errands of the day: those that run, the worthiest first, then those ended since midnight. Three queries."""
    midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    today = Q(state__in=("open", "taken")) | Q(owner__isnull=False, ended_at__gte=midnight)
    rows = as_errands(community, Errand.objects.filter(today, community=community).order_by("made_at", "pk"))
    return tuple(sorted(rows, key=lambda e: not e.is_running))


def errand(community: Community, errand_id: int) -> ErrandView:
    """Return one errand. Three queries.

    Raises:
        NoSuchErrand: it is not here, or its person has left.

    """
    found = as_errands(community, Errand.objects.filter(community=community, pk=errand_id))
    if not found:
        raise NoSuchErrand
    return found[0]


def ended_errands(
    community: Community, *, kind: str = "", before_id: int | None = None, limit: int = PAGE
) -> tuple[ErrandView, ...]:
    """Return what somebody did or dropped, newest first; lapsed ones are left out. Three queries."""
    rows = Errand.objects.filter(community=community, owner__isnull=False, ended_at__isnull=False)
    rows = rows.filter(kind=kind) if kind else rows
    rows = rows.filter(pk__lt=before_id) if before_id else rows
    return as_errands(community, rows.order_by("-pk")[:limit])


def latest_calls(community: Community, person_ids: Iterable[int]) -> dict[int, ErrandView]:
    """Return the newest errand about each person that somebody took or ended. Three queries."""
    rows = Errand.objects.filter(community=community, person_id__in=list(person_ids), owner__isnull=False, kind="call")
    return {e.who.person_id: e for e in as_errands(community, rows.order_by("pk"))}


def outcomes(community: Community) -> tuple[Outcome, ...]:
    """Return what came of the errands, by kind, of those whose two weeks are over. One query."""
    done, back = Q(state="done"), Q(came_back=True)
    rows = Errand.objects.filter(community=community, judged_at__isnull=False).values("kind").order_by("kind")
    counted = rows.annotate(
        done=Count("pk", filter=done), done_back=Count("pk", filter=done & back),
        left=Count("pk", filter=~done), left_back=Count("pk", filter=~done & back),
    )  # fmt: skip
    return tuple(Outcome(r["kind"], r["done"], r["done_back"], r["left"], r["left_back"]) for r in counted)


def errand_title(errand: ErrandView) -> str:
    """Say what to do, in the reader's language."""
    titles = {
        "welcome": _("Welcome %(name)s"),
        "answer": _("Answer %(name)s"),
        "thank": _("Thank %(name)s"),
        "introduce": _("Introduce %(name)s and %(other)s"),
        "hand_over": _("Hand something over to %(name)s"),
        "call": _("Call %(name)s"),
    }
    return titles[errand.kind] % {"name": errand.who.name, "other": errand.other.name if errand.other else ""}


def why(reason: Reason) -> str:
    """Say why there is something to do, in the reader's language."""
    facts = dict(reason.facts)
    days, hours, people = (int(facts.get(name, 0)) for name in ("days", "hours", "people"))
    waited = (
        ngettext("%(num)s day", "%(num)s days", days) % {"num": days}
        if days
        else ngettext("%(num)s hour", "%(num)s hours", hours) % {"num": hours}
    )
    touch = ngettext("in touch with one person", "in touch with %(num)s people", people) % {"num": people}
    sentences = {
        "newcomer_unheard": _("New here; said something and has waited %(waited)s for anybody to turn to them."),
        "newcomer_alone": _("Came in %(waited)s ago; nobody has said a word to them yet."),
        "unheard": _("Spoke %(waited)s ago; nobody has turned to them since."),
        "quiet": _("Silent for %(days)s days, active in %(weeks)s of the last 13 weeks; %(touch)s."),
        "slowing": _("Active in only %(weeks)s of the last 13 weeks; %(touch)s."),
        "both_know_one": _("They have not met; both know %(one)s."),
        "both_know_two": _("They have not met; both know %(one)s and %(two)s."),
        "helped": _("Answered %(people)s people in a month; %(unanswered)s of them never turned back."),
        "rests_on_centre": _(
            "%(percent)s%% of the energy runs through you who run this; %(people)s people already exchange with them."
        ),
    }
    return sentences[reason.code] % (facts | {"waited": waited, "touch": touch})


def as_errands(community: Community, rows: "QuerySet[Errand]") -> tuple[ErrandView, ...]:
    """Return the errands whose people are still members."""
    found = list(rows)
    named = {p for e in found for p in (e.person_id, e.other_id, e.owner_id) if p}
    who = somebodies(community, named)
    return tuple(
        ErrandView(
            id=e.pk, kind=e.kind, who=who[e.person_id], other=who[e.other_id] if e.other_id else None, source=e.source,
            reason=Reason(e.reason["code"], e.reason["facts"]), state=e.state, owner=who.get(e.owner_id or 0), note=e.note,
            made_at=e.made_at, taken_at=e.taken_at, ended_at=e.ended_at, came_back=e.came_back,
        )
        for e in found
        if e.person_id in who and (e.other_id is None or e.other_id in who)
    )  # fmt: skip
