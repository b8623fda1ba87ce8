"""Ideas: their form, the board, what one does with one, the numbers, and who decides."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import path
from django.utils import timezone

from kith.connect import api as connect
from kith.connect.api import IDEA_STATES, IdeaValue, Said
from kith.lib.errors import Refusal
from kith.web.pages.cards import shown
from kith.web.pages.guard import Here, allow, is_htmx, render
from kith.web.refusals import words

FAULTS: Mapping[type[Refusal], str] = {}
DAYS = (90, 365, 1095)


def write(here: Here, form: QueryDict, now: datetime) -> Said:
    assert here.person
    return connect.propose(
        community=here.community, text=form.get("text", ""), product=form.get("product", ""), by=here.person, now=now,
        space=form.get("space", ""), key=form.get("key", ""),
    )  # fmt: skip


def start(here: Here, now: datetime) -> dict[str, str]:
    return {"product": ""}


def facts(here: Here, said: Said, now: datetime) -> dict[str, Any]:
    """Return whether the reader decides on this idea."""
    assert isinstance(said.extra, IdeaValue)
    may = here.is_member and connect.may_decide(community=here.community, by=here.person, product=said.extra.product)
    return {"may_decide": may, "refused": ""}


@allow("see")
def board(request: HttpRequest, here: Here) -> HttpResponse:
    """Show ideas: `?state=`, `?product=`, `?sort=` support or newest, `?page=`."""
    asked = request.GET
    state, page = asked.get("state", ""), asked.get("page", "1")
    found = connect.board(
        community=here.community, reader=here.person, state=state if state in IDEA_STATES else "",
        product=asked.get("product", "")[:60], sort="newest" if asked.get("sort") == "newest" else "support",
        page=int(page) if page.isdecimal() and len(page) < 7 else 1,
    )  # fmt: skip
    return render(
        request, "ideas.html", here, nav="feed", board=found, cards=shown(request, here, found.ideas), states=("", *IDEA_STATES),
        state=state, product=asked.get("product", ""), sort=asked.get("sort", "support"), all=sum(found.counts.values()),
    )  # fmt: skip


@allow("see")
def numbers(request: HttpRequest, here: Here) -> HttpResponse:
    """Show how often, how fast and how many; `?days=` back."""
    days = request.GET.get("days", "")
    chosen = int(days) if days in {str(d) for d in DAYS} else 365
    found = connect.idea_numbers(here.community, reader=here.person, now=timezone.now(), days=chosen)
    return render(request, "ideas_numbers.html", here, nav="feed", found=found, spans=DAYS)


@allow("member", "POST")
def support(request: HttpRequest, here: Here, id: int) -> HttpResponse:  # noqa: A002 -- the name in the address
    """Support an idea, or take it back where `on` is empty."""
    assert here.person
    act = connect.support if request.POST.get("on") else connect.unsupport
    said = act(community=here.community, post_id=id, by=here.person, now=timezone.now())
    if is_htmx(request):
        return render(request, "kinds/idea_support.html", here, said=said)
    return redirect("thread", slug=here.slug, id=id)


@allow("member", "POST")
def decide(request: HttpRequest, here: Here, id: int) -> HttpResponse:  # noqa: A002
    """Adopt or decline (`go`), ship, or credit more people; what is wrong is said on the page, and nothing typed is lost."""
    assert here.person
    form: QueryDict = request.POST
    common: dict[str, Any] = {"community": here.community, "post_id": id, "by": here.person, "now": timezone.now()}
    try:
        match form.get("go", ""):
            case "ship":
                connect.ship_idea(
                    shipped=form.get("shipped", ""), replies=_numbers(form), handles=_handles(form), **common
                )
            case "credit":
                connect.credit_idea(replies=_numbers(form), handles=_handles(form), **common)
            case go:
                connect.decide_idea(is_adopted=go == "adopt", reason=form.get("reason", ""), **common)
    except (connect.IdeaNeedsReason, connect.NothingShipped, connect.NotCredited) as refusal:
        return _refused(request, here, id, refusal)
    return redirect("thread", slug=here.slug, id=id)


def _refused(request: HttpRequest, here: Here, post_id: int, refusal: Refusal) -> HttpResponse:
    found = connect.thread(here.community, post_id, reader=here.person)
    more = {"refused": words(refusal), "typed": request.POST}
    muted = here.person is not None and here.is_member and connect.is_muted(here.person, post_id)
    return render(
        request, "thread.html", here, nav="feed", thread=found, thanks=[], supers=here.supers, draft=None, status=refusal.status,
        live=here.live(connect.newest_news(here.community)), facts=facts(here, found.post, timezone.now()) | more, note=None, picture="", muted=muted,
    )  # fmt: skip


def _numbers(form: QueryDict) -> list[int]:
    return [int(raw) for raw in form.getlist("reply") if raw.isdecimal() and len(raw) < 18]


def _handles(form: QueryDict) -> list[str]:
    return form.get("handles", "").replace(",", " ").replace("，", " ").split()


@allow("staff", "GET", "POST")
def owners(request: HttpRequest, here: Here) -> HttpResponse:
    """Name who decides on ideas about a product besides those who run the community, or take it back."""
    assert here.person
    refused, status, form = "", 200, request.POST
    if request.method == "POST":
        common: dict[str, Any] = {"community": here.community, "by": here.person, "now": timezone.now()}
        try:
            if wanted := form.get("drop", ""):
                connect.drop_owner(owner_id=int(wanted) if wanted.isdecimal() and len(wanted) < 18 else 0, **common)
            else:
                connect.name_owner(handle=form.get("handle", ""), product=form.get("product", ""), **common)
        except Refusal as refusal:
            refused, status = words(refusal), refusal.status
        else:
            return redirect("idea_owners", slug=here.slug)
    return render(
        request, "ideas_owners.html", here, nav="settings", owners=connect.product_owners(here.community), refused=refused,
        typed=form, status=status,
    )  # fmt: skip


urlpatterns = [
    path("c/<slug:slug>/ideas", board, name="ideas"),
    path("c/<slug:slug>/ideas/numbers", numbers, name="idea_numbers"),
    path("c/<slug:slug>/settings/ideas", owners, name="idea_owners"),
    path("c/<slug:slug>/p/<int:id>/support", support, name="support"),
    path("c/<slug:slug>/p/<int:id>/decide", decide, name="decide_idea"),
]
