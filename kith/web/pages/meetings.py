"""Introductions: whom one may bring together, the question to both, their answers, and what it adds."""

from datetime import datetime

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils import timezone

from kith.see import api as see
from kith.see.api import Introduction, Question
from kith.web.pages.guard import Here, allow, is_htmx, render
from kith.web.pages.pulse import said

ASKED_SECONDS = 60


@allow("member")
def meetings(request: HttpRequest, here: Here) -> HttpResponse:
    """Show whom one may introduce: operators everybody, super nodes those they know both of, others nobody."""
    return _page(request, here, _mine(here))


def _mine(here: Here) -> tuple[Introduction, ...]:
    assert here.person
    if here.runs:
        return see.introductions(here.community, now=timezone.now())
    if here.person.pk not in see.supers_among(here.community, [here.person.pk]):
        return ()
    return see.introductions_of(here.community, here.person.pk, now=timezone.now())


def _page(request: HttpRequest, here: Here, found: tuple[Introduction, ...]) -> HttpResponse:
    return render(
        request, "see/meetings.html", here, nav="pulse" if here.runs else "me", found=found, define=see.definition,
        lift=see.lift(here.community) if here.runs else None,
    )  # fmt: skip


@allow("member", "POST")
def ask(request: HttpRequest, here: Here, id: int) -> HttpResponse:  # noqa: A002 -- the name in the address
    """Ask both of the two; from the pulse, `errand` names the row to send back."""
    assert here.person
    asked = see.ask(community=here.community, introduction_id=id, by=here.person, now=timezone.now())
    forget_asked(here, asked.a.person_id, asked.b.person_id)
    if not is_htmx(request):
        return redirect("meetings", slug=here.slug)
    errand = request.POST.get("errand", "")
    if here.runs and errand.isdecimal() and len(errand) < 18:
        return render(
            request, "see/errand.html", here, errand=see.errand(here.community, int(errand)), refusal="", **said()
        )
    return render(request, "see/meeting.html", here, i=asked)


@allow("member", "POST")
def answer(request: HttpRequest, here: Here, id: int) -> HttpResponse:  # noqa: A002
    """Say whether one would like to meet the other (`yes` 1 or 0); nobody learns of a no."""
    assert here.person
    yes = request.POST.get("yes") == "1"
    q = see.answer(community=here.community, introduction_id=id, by=here.person, yes=yes, now=timezone.now())
    forget_asked(here, here.person.pk, q.other.person_id)
    return render(request, "see/question.html", here, q=q) if is_htmx(request) else redirect("feed", slug=here.slug)


def questions(here: Here, now: datetime) -> tuple[Question, ...]:
    """Return what the reader is asked, as of a minute ago."""
    if here.standing is None:
        return ()
    key = _key(here, here.standing.person_id)
    found: tuple[Question, ...] | None = cache.get(key)
    if found is None:
        found = see.questions(here.community, here.standing.person_id, now=now)
        cache.set(key, found, ASKED_SECONDS)
    return found


def _key(here: Here, person_id: int) -> str:
    return f"asked:{here.community.pk}:{person_id}"


def forget_asked(here: Here, *person_ids: int) -> None:
    cache.delete_many([_key(here, person) for person in person_ids])


urlpatterns = [
    path("c/<slug:slug>/introductions", meetings, name="meetings"),
    path("c/<slug:slug>/introductions/<int:id>/ask", ask, name="ask_both"),
    path("c/<slug:slug>/introductions/<int:id>/answer", answer, name="answer"),
]
