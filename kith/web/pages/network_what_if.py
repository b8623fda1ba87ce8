"""Beside the map, what is only thought of: people gone, introductions made, whom to begin a launch with. Fragments for its panel."""

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils import timezone

from kith.launch import api as launch
from kith.see import api as see
from kith.web.pages.guard import Here, NotForYou, allow, render

SEEDS_FIRST = 10
SEEDS_LIMIT = 50


@allow("member")
def without(request: HttpRequest, here: Here) -> HttpResponse:
    """Say what would go if the people of `?person=` left, several together; without any the reader alone. Members may ask of themselves.

    `?add=` is one more, `?back=` one of them to leave out again.
    """
    assert here.standing
    given = [*request.GET.getlist("person"), *request.GET.getlist("add")]
    back = request.GET.get("back", "")
    gone = [int(p) for p in dict.fromkeys(given) if p.isdecimal() and len(p) < 18 and p != back]
    if not gone and back:
        return HttpResponse("")
    gone = gone or [here.standing.person_id]
    if not here.runs and gone != [here.standing.person_id]:
        raise NotForYou
    see.look(community=here.community, now=timezone.now())
    found = see.think_without(here.community, gone)
    sales_ppm = sum(launch.sales_parts(here.community, gone, now=timezone.now()).values())
    is_me = gone == [here.standing.person_id]
    return render(request, "see/without.html", here, found=found, is_me=is_me, sales_ppm=sales_ppm)


@allow("member")
def introduced(request: HttpRequest, here: Here) -> HttpResponse:
    """Show what would come of the introductions proposed: all for those who run the community, else those one may make oneself."""
    assert here.standing
    now = timezone.now()
    see.look(community=here.community, now=now)
    found = see.think_with(here.community, None if here.runs else here.standing.person_id, now=now)
    ends = [[one.a.person_id, one.b.person_id] for one in found.pairs]
    return render(request, "see/introduced.html", here, found=found, ends=ends)


@allow("staff")
def seeds(request: HttpRequest, here: Here) -> HttpResponse:
    """Show whom to begin a launch with: `?k=` how many, 1 to 50; `?part=1` only what was found."""
    given = request.GET.get("k", "")
    count = min(SEEDS_LIMIT, max(1, int(given))) if given.isdecimal() and len(given) < 4 else SEEDS_FIRST
    see.look(community=here.community, now=timezone.now())
    found = see.launch_seeds(here.community, count=count)
    template = "see/seeds_found.html" if request.GET.get("part") else "see/seeds.html"
    return render(request, template, here, found=found, count=count, limit=SEEDS_LIMIT)


urlpatterns = [
    path("c/<slug:slug>/network/without", without, name="without"),
    path("c/<slug:slug>/network/introduced", introduced, name="introduced"),
    path("c/<slug:slug>/network/seeds", seeds, name="seeds"),
]
