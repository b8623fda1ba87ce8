"""What if: a simulation of what choices would do, for who runs the community. Choices first, what comes anyway second."""

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone

from kith.people import api as people
from kith.see import api as see
from kith.see.api import BadSimulation, Choices, Simulated, Simulation, WhatIf
from kith.web.pages import what_if_words as words
from kith.web.pages.guard import Here, allow, render
from kith.web.refusals import words as refused

SHOWN = 10
USUAL = {"weeks": "26", "runs": "200", "seed": "1", "hosts": "0", "lose_top": "0", "answer": ""}


@allow("staff", "GET", "POST")
def what_if(request: HttpRequest, here: Here) -> HttpResponse:
    """Show the newest simulation and the form for another; POST asks for one."""
    if request.method != "POST":
        kept = see.simulations(here.community, limit=SHOWN)
        return _page(request, here, kept[0] if kept else None)
    assert here.person
    typed = typed_of(request.POST)
    try:
        made = see.ask_for_simulation(
            community=here.community, wanted=wanted_of(typed), by=here.person, now=timezone.now()
        )
    except BadSimulation as refusal:
        return _page(request, here, None, typed=typed, wrong=refused(refusal), status=422)
    return redirect(reverse("simulation", kwargs={"slug": here.slug, "id": made.id}))


@allow("staff")
def simulation(request: HttpRequest, here: Here, id: int) -> HttpResponse:  # noqa: A002 -- the name in the address
    """Show one that was asked for; while a worker is on it the page looks again by itself."""
    return _page(request, here, see.simulation(here.community, id))


def typed_of(sent: QueryDict) -> dict[str, str]:
    """Return what was typed, with what is usual where a field is missing."""
    typed = {name: sent.get(name, usual).strip()[:12] for name, usual in USUAL.items()}
    return typed | {"answer": "1" if sent.get("answer") else ""}


def wanted_of(typed: dict[str, str]) -> WhatIf:
    """Return what is wanted; what is no whole number is one that is refused."""
    weeks, runs, seed, hosts, lost = (_whole(typed[name]) for name in ("weeks", "runs", "seed", "hosts", "lose_top"))
    return WhatIf(Choices(bool(typed["answer"]), hosts, lost), weeks, runs, seed)


def _whole(raw: str) -> int:
    return int(raw) if raw.isascii() and raw.isdecimal() else -1


def _page(
    request: HttpRequest, here: Here, one: Simulation | None, *, typed: dict[str, str] | None = None, wrong: str = "", status: int = 200
) -> HttpResponse:  # fmt: skip
    found = one.found if one else None
    return render(
        request, "see/what_if.html", here, nav="pulse", one=one, found=found, words=words, see=see,
        typed=typed or _typed_again(one), wrong=wrong, gone=_names(here, found) if found else [],
        others=see.simulations(here.community, limit=SHOWN), status=status,
    )  # fmt: skip


def _typed_again(one: Simulation | None) -> dict[str, str]:
    if one is None:
        return USUAL | {"answer": "1", "lose_top": "3"}
    wanted, choices = one.wanted, one.wanted.choices
    return {
        "weeks": str(wanted.weeks), "runs": str(wanted.runs), "seed": str(wanted.seed), "hosts": str(choices.hosts),
        "lose_top": str(choices.lose_top), "answer": "1" if choices.answer_newcomers else "",
    }  # fmt: skip


def _names(here: Here, found: Simulated) -> list[str]:
    """Return who leaves in it, by name; who has left or hides since is not named."""
    places = people.standings(here.community, found.facts.gone)
    return [places[pk].name for pk in found.facts.gone if pk in places and not places[pk].hides_rank]


urlpatterns = [
    path("c/<slug:slug>/pulse/what-if", what_if, name="what_if"),
    path("c/<slug:slug>/pulse/what-if/<int:id>", simulation, name="simulation"),
]
