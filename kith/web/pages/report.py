"""What the nightly report found, for who runs the community: the stage, the crises, cohorts and levels."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils import timezone

from kith.connect import api as connect
from kith.launch import api as launch
from kith.people import api as people
from kith.people.api import Standing
from kith.see import api as see
from kith.see.api import Report, Tally
from kith.web.pages import report_charts as charts
from kith.web.pages import report_words as words
from kith.web.pages.guard import Here, allow, render

LEAVING_SHOWN = 10
COHORTS_SHOWN = 12


@allow("staff")
def stage(request: HttpRequest, here: Here) -> HttpResponse:
    """Show the life from broadcast to community, and how much runs on members' own initiative."""
    return _page(request, here, "see/stage.html", _report(here))


@allow("staff")
def crises(request: HttpRequest, here: Here) -> HttpResponse:
    """Show the three crises against the community's own past, and what hangs on the centre."""
    found = _report(here)
    top = found.findings.dependence.top[:LEAVING_SHOWN]
    rows = [row for crisis in found.findings.crises.values() for row in crisis.rows]
    return _page(
        request, here, "see/crises.html", found, who=_who(here, (r.person for r in top)), top=top, places=_places(here, rows),
        sales=launch.sales_parts(here.community, [r.person for r in top], now=timezone.now()),
    )  # fmt: skip


@allow("staff")
def cohorts(request: HttpRequest, here: Here) -> HttpResponse:
    """Show who stayed of whom came when, how people move between levels, and on how few it rests."""
    found = _report(here)
    shown = charts.biggest(found.findings.cohorts)[:COHORTS_SHOWN]
    return _page(request, here, "see/cohorts.html", found, cohorts=shown)


def _report(here: Here) -> Report:
    return see.report(here.community, now=timezone.now())


def _page(request: HttpRequest, here: Here, template: str, found: Report, **facts: Any) -> HttpResponse:
    return render(
        request, template, here, nav="pulse", report=found, found=found.findings, charts=charts, words=words, **facts
    )


def _who(here: Here, person_ids: Iterable[int]) -> dict[int, Standing]:
    """Return who may be named in an order of people."""
    found = people.standings(here.community, person_ids)
    return {pk: place for pk, place in found.items() if not place.hides_rank}


def _places(here: Here, rows: Iterable[Tally]) -> dict[str, tuple[str, str]]:
    """Return the title and the address of where something was promised or sold, by the first two parts of its source; what is closed to the reader is left out."""
    sources = {tuple(row.source.split(":")[:2]) for row in rows}
    posts = connect.titles(here.community, (int(rest) for kind, rest in sources if kind == "post"), reader=here.person)
    found = {f"post:{pk}": (title, _at(here, "thread", id=pk)) for pk, title in posts.items()}
    named = launch.campaigns(here.community) if any(kind == "launch" for kind, _ in sources) else []
    return found | {f"launch:{c.slug}": (c.title, _at(here, "launch", launch_slug=c.slug)) for c in named}


def _at(here: Here, name: str, **where: Any) -> str:
    return reverse(name, kwargs={"slug": here.slug, **where})


urlpatterns = [
    path("c/<slug:slug>/pulse/stage", stage, name="stage"),
    path("c/<slug:slug>/pulse/crises", crises, name="crises"),
    path("c/<slug:slug>/pulse/cohorts", cohorts, name="cohorts"),
]
