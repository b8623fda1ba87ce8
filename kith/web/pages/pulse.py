"""The operator's first page: how the community moves, what there is to do today and for whom, and the lists behind it."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kith.connect import api as connect
from kith.lib.errors import NotFound, Refusal
from kith.see import api as see
from kith.see.api import Errand, NotReported, Numbers, Report
from kith.web.jinja import number
from kith.web.pages import report_words as words
from kith.web.pages.guard import Here, allow, is_htmx, render
from kith.web.refusals import words as refused

SHOWN = 50
MOVES = {"take": see.take, "finish": see.finish, "drop": see.drop}


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as it is shown: with what it was 30 days ago, what it was counted from, and the address of its rows."""

    name: str
    value: str
    before: str
    n: str
    meaning: str
    rows: str


@allow("staff")
def pulse(request: HttpRequest, here: Here) -> HttpResponse:
    """Show the headline, the errands of the day and the few numbers."""
    now = timezone.now()
    try:
        report = see.report(here.community, now=now)
    except NotReported as refusal:
        return render(request, "see/pulse_unready.html", here, nav="pulse", sentence=refused(refusal))
    errands = see.errands(here.community, now=now)
    alarms = [words.crisis_word(name) for name, crisis in report.findings.crises.items() if crisis.alarm]
    return render(
        request, "see/pulse.html", here, nav="pulse", report=report, headline=see.headline(report), errands=errands,
        ended=sum(not e.is_running for e in errands), figures=figures(here, report), alarms=alarms, refusal="", **said(),
    )  # fmt: skip


def said() -> dict[str, Any]:
    """Return what a template needs to say an errand."""
    return {"title": see.errand_title, "why": see.why}


def figures(here: Here, report: Report) -> list[Figure]:
    """Return the few numbers, each with its past, its base, its definition and its rows."""
    now, before, centre = report.findings.numbers, report.findings.before, report.findings.dependence
    people = reverse("list", kwargs={"slug": here.slug})
    plain = {
        "temperature": (_("temperature"), _warm(now), _warm(before), number(now.active), f"{people}?sort=warmth"),
        "active": (_("active in 30 days"), _active(now), _active(before), number(now.people), f"{people}?sort=out"),
        "two_way": (_("ties that go both ways"), _both(now), _both(before), number(now.pairs), f"{people}?sort=two_way"),
        "newcomers": (_("newcomers heard within a day"), _heard(now), _heard(before), "", reverse("unheard", kwargs={"slug": here.slug})),
        "dependence": (_("of the energy touches the centre"), _share(centre.centre_share), _share(centre.centre_share_before), number(centre.people), reverse("crises", kwargs={"slug": here.slug})),
    }  # fmt: skip
    return [
        Figure(name, value, then, n, see.definition(key), rows) for key, (name, value, then, n, rows) in plain.items()
    ]


def _warm(numbers: Numbers) -> str:
    return f"{numbers.temperature:.1f}°" if numbers.active else ""


def _active(numbers: Numbers) -> str:
    return number(numbers.active) if numbers.people else ""


def _both(numbers: Numbers) -> str:
    return "" if numbers.two_way_percent is None else f"{numbers.two_way_percent}%"


def _heard(numbers: Numbers) -> str:
    facts = {"part": number(numbers.newcomers_answered), "all": number(numbers.newcomers_judged)}
    return _("%(part)s of %(all)s") % facts if numbers.newcomers_judged else ""


def _share(part: float | None) -> str:
    return "" if part is None else f"{100 * part:.0f}%"


@allow("staff", "POST")
def move(request: HttpRequest, here: Here, id: int, to: str) -> HttpResponse:  # noqa: A002 -- the name in the address
    """Take an errand, finish it or drop it, with a `note`; to htmx its row is sent as it stands then, refused or not."""
    assert here.person
    refusal = ""
    try:
        errand = _moved(request, here, id, to)
    except Refusal as fault:
        if not is_htmx(request) or fault.status == 404:
            raise
        errand, refusal = see.errand(here.community, id), refused(fault)
    if not is_htmx(request):
        return redirect("pulse", slug=here.slug)
    return render(request, "see/errand.html", here, errand=errand, refusal=refusal, **said())


def _moved(request: HttpRequest, here: Here, errand_id: int, to: str) -> Errand:
    assert here.person
    facts: dict[str, Any] = {"community": here.community, "errand_id": errand_id, "by": here.person}
    if to == "note":
        return see.note(**facts, note=request.POST.get("note", ""))
    if to not in MOVES:
        raise NotFound
    return MOVES[to](**facts, now=timezone.now())


@allow("staff")
def risk(request: HttpRequest, here: Here) -> HttpResponse:
    """Show who is likely to fall silent, those first of whom most would be lost, and what was done about it."""
    report = see.report(here.community, now=timezone.now())
    found = see.at_risk(here.community, at=report.at, limit=SHOWN)
    return render(
        request, "see/risk.html", here, nav="pulse", report=report, found=found, shown=SHOWN, define=see.definition, **said()
    )  # fmt: skip


@allow("staff", "POST")
def call(request: HttpRequest, here: Here, person: int) -> HttpResponse:
    """Take it in hand to call somebody of the list."""
    assert here.person
    taken = see.take_call(community=here.community, person_id=person, by=here.person, now=timezone.now())
    return (
        render(request, "see/called.html", here, errand=taken) if is_htmx(request) else redirect("risk", slug=here.slug)
    )


@allow("staff")
def unheard(request: HttpRequest, here: Here) -> HttpResponse:
    """Show whom nobody turned to, newcomers first."""
    report = see.report(here.community, now=timezone.now())
    found = see.unheard(here.community, at=report.at if report.is_silent else timezone.now())
    posts = [int(u.source[5:]) for u in found if u.source.startswith("post:") and u.source[5:].isdecimal()]
    return render(
        request, "see/unheard.html", here, nav="pulse", report=report, found=found, define=see.definition,
        titles=connect.titles(here.community, posts, reader=here.person),
    )  # fmt: skip


@allow("staff")
def errands(request: HttpRequest, here: Here) -> HttpResponse:
    """Show what was done and dropped, newest first, and what came of it; `?before=` the number of an errand."""
    before = request.GET.get("before", "")
    found = see.ended_errands(
        here.community, before_id=int(before) if before.isdecimal() and len(before) < 18 else None, limit=SHOWN + 1
    )
    return render(
        request, "see/errands.html", here, nav="pulse", found=found[:SHOWN], more=found[SHOWN - 1].id if len(found) > SHOWN else 0,
        outcomes=see.outcomes(here.community), define=see.definition, given_back=() if before else see.given_back(here.community, limit=SHOWN),
        **said(),
    )  # fmt: skip


urlpatterns = [
    path("c/<slug:slug>/pulse", pulse, name="pulse"),
    path("c/<slug:slug>/pulse/risk", risk, name="risk"),
    path("c/<slug:slug>/pulse/risk/<int:person>", call, name="call"),
    path("c/<slug:slug>/pulse/unheard", unheard, name="unheard"),
    path("c/<slug:slug>/pulse/errands", errands, name="errands"),
    path("c/<slug:slug>/pulse/errands/<int:id>/<slug:to>", move, name="errand"),
]
