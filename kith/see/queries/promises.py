"""Reads of promises: what was given to see by the parts that know, and what was promised by taking an errand."""

from datetime import datetime

from kith.people.api import Community
from kith.see.data import GivenBack as GivenBackView
from kith.see.data import Tally as TallyView
from kith.see.models import Errand, GivenBack, Tally
from kith.see.queries.errands import PAGE, as_errands
from kith.see.queries.pictures import somebodies


def tallies(community: Community) -> tuple[TallyView, ...]:
    """Return all there is to say of promises here. Three queries.

    Taking an errand promises it: kept when it was done, broken when it was dropped or lay in hand for a week.
    """
    rows = Tally.objects.filter(community=community).order_by("pk")
    given = [TallyView(t.name, t.source, t.at, t.kept, t.of) for t in rows]
    ended = Errand.objects.filter(community=community, taken_at__isnull=False, ended_at__isnull=False).order_by("pk")
    taken = [_errand(pk, at, state == "done") for pk, at, state in ended.values_list("pk", "ended_at", "state")]
    back = GivenBack.objects.filter(community=community).order_by("pk").values_list("errand_id", "given_back_at")
    return (*given, *taken, *(_errand(pk, at, False) for pk, at in back))


def given_back(community: Community, *, limit: int = PAGE) -> tuple[GivenBackView, ...]:
    """Return what was taken and given back, newest first. Five queries at most."""
    rows = list(GivenBack.objects.filter(community=community).order_by("-given_back_at", "-pk")[:limit])
    if not rows:
        return ()
    about = {e.id: e for e in as_errands(community, Errand.objects.filter(pk__in={r.errand_id for r in rows}))}
    owners = somebodies(community, {r.owner_id for r in rows if r.owner_id})
    return tuple(
        GivenBackView(about[r.errand_id], owners.get(r.owner_id or 0), r.taken_at, r.given_back_at)
        for r in rows
        if r.errand_id in about
    )


def _errand(pk: int, at: datetime | None, kept: bool) -> TallyView:  # noqa: FBT001 -- said by its place
    assert at
    return TallyView("errand", f"errand:{pk}", at, float(kept), 1.0)
