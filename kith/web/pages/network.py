"""The network of a community: the map, what is known of a person beside it, and the same facts as a list."""

import gzip

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, JsonResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers

from kith.see import api as see
from kith.see.api import Node, NotOnTheMap
from kith.web.pages.guard import Here, allow, is_htmx, render

FOUND = 8


@allow("see")
def network(request: HttpRequest, here: Here) -> HttpResponse:
    """Show the map; `?person=` an id to begin with, else the first super node."""
    summary = see.look(community=here.community, now=timezone.now())
    person_url = reverse("inspector", kwargs={"slug": here.slug, "person": 0}).removesuffix("0") + "{id}"
    return render(
        request, "network.html", here, nav="network", summary=summary, chosen=_chosen(request, here), sentence=see.sentence,
        person_url=person_url, circle_of=see.circle_name("%s", is_chapter=False),
    )  # fmt: skip


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
    """Return the map's buffer, gzipped as it is stored; 304 while there is no new picture."""
    see.look(community=here.community, now=timezone.now())
    if request.headers.get("If-None-Match") == see.etag(here.community):
        return _kept(HttpResponseNotModified(), see.etag(here.community))
    found = see.picture(here.community)
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


@allow("see")
def inspector(request: HttpRequest, here: Here, person: int) -> HttpResponse:
    """Return what is known of one person, as a fragment beside the map."""
    return render(request, "see/inspector.html", here, node=see.node(here.community, person), sentence=see.sentence)


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
    return render(request, template, here, nav="network", found=found, summary=summary)


urlpatterns = [
    path("c/<slug:slug>/network", network, name="network"),
    path("c/<slug:slug>/network/map.bin", map_data, name="map"),
    path("c/<slug:slug>/network/labels.json", map_labels, name="map_labels"),
    path("c/<slug:slug>/network/find", find, name="find"),
    path("c/<slug:slug>/network/list", listing, name="list"),
    path("c/<slug:slug>/network/person/<int:person>", inspector, name="inspector"),
]
