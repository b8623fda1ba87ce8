"""The network to take away: the map as SVG, the people and ties as GraphML and as tables."""

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kith.lib import graph_export
from kith.see import api as see
from kith.see.api import Summary
from kith.web.jinja import full_day, number
from kith.web.pages.downloads import as_file
from kith.web.pages.guard import Here, allow


@allow("see")
def map_svg(request: HttpRequest, here: Here) -> HttpResponse:
    """Return the map as SVG, with the names the map shows."""
    summary = see.look(community=here.community, now=timezone.now())
    facts = " · ".join(
        [
            full_day(summary.at),
            ngettext("%(num)s member", "%(num)s members", summary.people) % {"num": number(summary.people)},
            ngettext("%(num)s tie", "%(num)s ties", summary.pairs) % {"num": number(summary.pairs)},
        ]
    )
    drawn = see.map_svg(here.community, title=here.community.name, facts=facts, cool=_("cool"), warm=_("warm"))
    return _file(drawn, "image/svg+xml", _name(here, summary, "svg"))


@allow("staff")
def graphml(request: HttpRequest, here: Here) -> HttpResponse:
    """Return people and ties as GraphML."""
    summary = see.look(community=here.community, now=timezone.now())
    found = graph_export.graphml(see.network_for_programs(here.community))
    return _file(found, "application/graphml+xml", _name(here, summary, "graphml"))


@allow("staff")
def graph_tables(request: HttpRequest, here: Here) -> HttpResponse:
    """Return people and ties as two tables in a zip."""
    summary = see.look(community=here.community, now=timezone.now())
    found = graph_export.tables(see.network_for_programs(here.community))
    return _file(found, "application/zip", _name(here, summary, "zip"))


def _name(here: Here, summary: Summary, kind: str) -> str:
    return f"{here.slug}-{summary.at:%Y-%m-%d}.{kind}"


def _file(raw: bytes, content_type: str, name: str) -> HttpResponse:
    return HttpResponse(raw, content_type=content_type, headers=as_file(name))


urlpatterns = [
    path("c/<slug:slug>/network/map.svg", map_svg, name="map_svg"),
    path("c/<slug:slug>/network/graph.graphml", graphml, name="graphml"),
    path("c/<slug:slug>/network/tables.zip", graph_tables, name="graph_tables"),
]
