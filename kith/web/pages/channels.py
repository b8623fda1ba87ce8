"""Whom to ask to bring a launch to others, and what came of it. For the founder and operators."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import path
from django.utils import timezone

from kith.launch import api as launch
from kith.launch.api import REPORTED
from kith.lib.errors import NotFound, Refusal
from kith.lib.graph_export import Column, table
from kith.lib.money import plain
from kith.people import api as people
from kith.see import api as see
from kith.web.pages.downloads import as_file
from kith.web.pages.guard import Here, allow, render
from kith.web.pages.typed import whole
from kith.web.refusals import words
from kith.web.words import model_words

PROPOSED, MOST = 10, 50
PAYEES_WARN = 30  # with three levels, the number from which the law speaks of an organisation: have a lawyer look


@allow("staff", "GET", "POST")
def channels(request: HttpRequest, here: Here, launch_slug: str) -> HttpResponse:
    """Show the channels of a launch; a POST proposes, asks, closes, judges a doubt or sets the rule, by `go`."""
    refused, status = "", 200
    if request.method == "POST":
        go = DONE.get(request.POST.get("go", ""))
        if go is None:
            raise NotFound
        try:
            go(here, launch_slug, request.POST)
        except NotFound:
            raise
        except Refusal as refusal:
            refused, status = words(refusal), refusal.status
        else:
            return redirect("channels", slug=here.slug, launch_slug=launch_slug)
    return _page(request, here, launch_slug, refused, status)


def _page(request: HttpRequest, here: Here, slug: str, refused: str, status: int) -> HttpResponse:
    page = launch.launch_page(here.community, slug, now=timezone.now(), with_drafts=True)
    plan = launch.channel_plan(here.community, slug)
    ids = [r.channel.person_id for r in plan.results]
    asked = [r for r in plan.results if r.channel.status != "proposed"]
    facts = {
        "c": page.campaign, "plan": plan, "refused": refused, "proposed": [r for r in plan.results if r.channel.status == "proposed"],
        "asked": asked, "places": people.standings(here.community, ids), "supers": see.supers_among(here.community, ids),
        "count": PROPOSED, "most": MOST, "warns": len(asked) >= PAYEES_WARN, "payees": PAYEES_WARN,
    }  # fmt: skip
    return render(request, "launch/channels.html", here, nav="launches", status=status, **facts)


def _number(raw: str) -> int:
    """Return a number typed in plain digits, -1 for what is none."""
    return whole(raw, -1)


def _propose(here: Here, slug: str, sent: QueryDict) -> None:
    assert here.person
    count = min(MOST, max(1, _number(sent.get("count", ""))))
    launch.propose_channels(community=here.community, slug=slug, count=count, by=here.person, now=timezone.now())


def _ask(here: Here, slug: str, sent: QueryDict) -> None:
    assert here.person
    person = _number(sent.get("person", ""))
    if person < 0:
        person = people.member(here.community, sent.get("handle", "").strip().removeprefix("@")).person_id
    launch.ask_channel(community=here.community, slug=slug, person_id=person, by=here.person, now=timezone.now())


def _close(here: Here, _slug: str, sent: QueryDict) -> None:
    assert here.person
    launch.close_channel(community=here.community, code=sent.get("code", ""), by=here.person, now=timezone.now())


def _rule(here: Here, slug: str, sent: QueryDict) -> None:
    assert here.person
    touch_days, bond_days = _number(sent.get("touch_days", "")), _number(sent.get("bond_days", ""))
    launch.set_channel_rule(
        community=here.community, slug=slug, touch_days=touch_days, bond_days=bond_days, by=here.person, now=timezone.now()
    )  # fmt: skip


def _judge(here: Here, _slug: str, sent: QueryDict) -> None:
    assert here.person
    doubt, is_fine = _number(sent.get("doubt", "")), sent.get("fine") == "1"
    launch.judge_doubt(community=here.community, doubt_id=doubt, is_fine=is_fine, by=here.person, now=timezone.now())


@allow("staff")
def attribution(request: HttpRequest, here: Here, launch_slug: str) -> HttpResponse:
    """Show whose sales they were by six models, the one that pays first."""
    page = launch.launch_page(here.community, launch_slug, now=timezone.now(), with_drafts=True)
    found = launch.attribution_report(here.community, launch_slug)
    return render(
        request, "launch/attribution.html", here, nav="launches", c=page.campaign, found=found, models=model_words()
    )


@allow("staff")
def attribution_csv(request: HttpRequest, here: Here, launch_slug: str) -> HttpResponse:
    """Give the same as a table, amounts with a point."""
    found = launch.attribution_report(here.community, launch_slug)
    amounts = [
        Column(name, "string", [plain(r.by_model[name], scale=found.scale) for r in found.rows]) for name in REPORTED
    ]
    names = Column("name", "string", [r.channel.name for r in found.rows])
    headers = as_file(f"attribution-{launch_slug}.csv")
    return HttpResponse(table([names, *amounts]), content_type="text/csv; charset=utf-8", headers=headers)


DONE: dict[str, Callable[[Here, str, QueryDict], None]] = {
    "propose": _propose, "ask": _ask, "close": _close, "rule": _rule, "judge": _judge,
}  # fmt: skip

urlpatterns = [
    path("c/<slug:slug>/launches/<slug:launch_slug>/channels", channels, name="channels"),
    path("c/<slug:slug>/launches/<slug:launch_slug>/attribution", attribution, name="attribution"),
    path("c/<slug:slug>/launches/<slug:launch_slug>/attribution.csv", attribution_csv, name="attribution_csv"),
]
