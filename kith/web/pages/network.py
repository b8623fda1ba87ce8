"""The network of a community: the map, what is known of a person beside it, and the same facts as a list."""

import gzip
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, JsonResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from kith.see import api as see
from kith.see.api import MapFile, Node, NotOnTheMap
from kith.web.pages.guard import Here, allow, is_htmx, render

FOUND = 8


@allow("see")
def network(request: HttpRequest, here: Here) -> HttpResponse:
    """Show the map; `?person=` an id to begin with, else the first super node."""
    summary = see.look(community=here.community, now=timezone.now())
    person_url = reverse("inspector", kwargs={"slug": here.slug, "person": 0}).removesuffix("0") + "{id}"
    return render(
        request, "network.html", here, nav="network", summary=summary, person_url=person_url, modes=_modes(here),
        circle_of=see.circle_name("%s", is_chapter=False), has_film=see.may_film(summary.acts), **_known(here, _chosen(request, here)),
    )  # fmt: skip


def _modes(here: Here) -> list[tuple[str, str]]:
    """Return by what the map can be coloured; who may fall silent is for those who run the community."""
    modes = [("warmth", _("Warmth")), ("chapters", _("Chapters")), ("circles", _("Circles"))]
    return [*modes, ("risk", _("Risk"))] if here.runs else modes


def _chosen(request: HttpRequest, here: Here) -> Node | None:
    wanted = request.GET.get("person", "")
    if wanted.isdecimal() and len(wanted) < 18:
        try:
            return see.node(here.community, int(wanted))
        except NotOnTheMap:
            pass  # they came after the picture was made: begin as if nobody was asked for
    return next(iter(see.super_nodes(here.community, limit=1)), None)


@allow("see")
def map_data(request: HttpRequest, here: Here) -> HttpResponse:
    """Return the map's buffer, gzipped as it is stored; 304 while there is no new picture.

    `?at=2026-03` is how it was at the end of that month; `?of=` the version of the map it is for, 409 if there is a newer one.
    """
    see.look(community=here.community, now=timezone.now())
    if month := request.GET.get("at"):
        of = request.GET.get("of", "")
        version = int(of) if of.isdecimal() and len(of) < 10 else None
        return _packed(request, see.moment(here.community, month=month, version=version))
    if request.headers.get("If-None-Match") == see.etag(here.community):
        return _kept(HttpResponseNotModified(), see.etag(here.community))
    return _packed(request, see.picture(here.community))


def _packed(request: HttpRequest, found: MapFile) -> HttpResponse:
    packed = "gzip" in request.headers.get("Accept-Encoding", "")
    answer = HttpResponse(
        found.gzipped if packed else gzip.decompress(found.gzipped), content_type="application/octet-stream"
    )
    if packed:
        answer["Content-Encoding"] = "gzip"
    return _kept(answer, found.etag)


def _kept(answer: HttpResponse, etag: str) -> HttpResponse:
    answer["ETag"] = etag
    answer["Cache-Control"] = "private, no-cache"
    patch_vary_headers(answer, ["Accept-Encoding", "Cookie"])
    return answer


@allow("see")
def map_labels(request: HttpRequest, here: Here) -> HttpResponse:
    """Return the names on the map."""
    see.look(community=here.community, now=timezone.now())
    answer = JsonResponse(see.labels(here.community), json_dumps_params={"ensure_ascii": False})
    answer["Cache-Control"] = "private, no-cache"
    return answer


@allow("staff")
def map_risks(request: HttpRequest, here: Here) -> HttpResponse:
    """Return who may fall silent, a byte for each person of the map."""
    see.look(community=here.community, now=timezone.now())
    answer = HttpResponse(see.risks(here.community), content_type="application/octet-stream")
    answer["Cache-Control"] = "private, no-cache"
    return answer


@allow("see")
def inspector(request: HttpRequest, here: Here, person: int) -> HttpResponse:
    """Return what is known of one person, as a fragment beside the map."""
    return render(request, "see/inspector.html", here, **_known(here, see.node(here.community, person)))


def _known(here: Here, node: Node | None) -> dict[str, Any]:
    """Return what the inspector needs; the risk only for those who run the community."""
    risks = see.risks_of(here.community, [node.who.person_id]) if node and here.runs else {}
    risk = risks.get(node.who.person_id) if node else None
    return {"node": node, "sentence": see.sentence, "risk": risk, "risk_words": see.risk_words()}


@allow("see")
def find(request: HttpRequest, here: Here) -> HttpResponse:
    """Return people whose name holds `?q=`, as buttons that lead to them on the map."""
    search = request.GET.get("q", "").strip()[:60]
    if not search:
        return HttpResponse("")
    return render(request, "see/found.html", here, found=see.listing(here.community, search=search), shown=FOUND)


@allow("see")
def listing(request: HttpRequest, here: Here) -> HttpResponse:
    """Show the facts of the map as a table; `?sort=`, `?q=` part of a name, `?page=`."""
    summary = see.look(community=here.community, now=timezone.now())
    page, sort = request.GET.get("page", ""), request.GET.get("sort", "score")
    found = see.listing(
        here.community,
        sort=sort if sort in see.SORTS else "score",
        search=request.GET.get("q", "")[:60],
        page=int(page) if page.isdecimal() and len(page) < 9 else 1,
    )
    template = "see/rows.html" if is_htmx(request) else "see/list.html"
    risks = see.risks_of(here.community, [node.who.person_id for node in found.rows]) if here.runs else {}
    return render(
        request, template, here, nav="network", found=found, summary=summary, risks=risks, risk_words=see.risk_words(),
        sentence=see.sentence,
    )  # fmt: skip


urlpatterns = [
    path("c/<slug:slug>/network", network, name="network"),
    path("c/<slug:slug>/network/map.bin", map_data, name="map"),
    path("c/<slug:slug>/network/risks.bin", map_risks, name="map_risks"),
    path("c/<slug:slug>/network/labels.json", map_labels, name="map_labels"),
    path("c/<slug:slug>/network/find", find, name="find"),
    path("c/<slug:slug>/network/list", listing, name="list"),
    path("c/<slug:slug>/network/person/<int:person>", inspector, name="inspector"),
]
