"""Check-ins (打卡): their form, and what is done on their page: checking in, making up, featuring, the list of prizes."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.dates import WEEKDAYS_ABBR

from kith.connect import api as connect
from kith.connect.api import Said
from kith.lib.errors import Refusal
from kith.web.pages.guard import Here, allow
from kith.web.pages.kind_chain import number
from kith.web.pages.threads import thread_page
from kith.web.refusals import words

FAULTS: Mapping[type[Refusal], str] = {
    connect.BadChallenge: "starts_on", connect.BadPrize: "prizes", connect.TooManyPrizes: "prizes",
}  # fmt: skip
BEGUN = timedelta(days=20)  # twenty-one days with the first


def start(here: Here, now: datetime) -> dict[str, str]:
    today = connect.day_of(now)
    return {"starts_on": today.isoformat(), "ends_on": (today + BEGUN).isoformat(), "mode": "streak", "makeups": "0"}


def day(raw: str, other: date = date.min) -> date:
    """Read a date of a form; what is none is a day that no challenge has."""
    try:
        return date.fromisoformat(raw.strip())
    except ValueError:
        return other


def write(here: Here, form: QueryDict, now: datetime) -> Said:
    assert here.person
    return connect.start_challenge(
        community=here.community, text=form.get("text", ""), by=here.person, now=now, space=form.get("space", ""), key=form.get("key", ""),
        starts_on=day(form.get("starts_on", "")), ends_on=day(form.get("ends_on", "")), mode=form.get("mode", "streak"),
        makeups=number(form.get("makeups", "")) or 0, hides_ranking=bool(form.get("hides_ranking")), prizes=form.get("prizes", "").splitlines(),
    )  # fmt: skip


def facts(here: Here, said: Said, now: datetime) -> dict[str, Any]:
    try:
        found = connect.challenge(here.community, said.id, reader=here.person, now=now)
    except connect.Locked:
        return {}  # the page shows the preview of the post alone
    won = connect.prize_list(community=here.community, post_id=said.id, by=here.person) if found.runs and here.person else []  # fmt: skip
    draft = connect.draft(here.community, here.person, f"checkin-{said.id}") if here.person and here.is_member else None
    return {
        "challenge": found,
        "weeks": weeks(found),
        "weekdays": WEEKDAYS_ABBR.values(),
        "won": won,
        "typed": {},
        "refused": "",
        "draft": draft,
    }


def weeks(found: connect.ChallengePage) -> list[list[date | None]]:
    """Return the days of a challenge in weeks from Monday, None for days outside of it."""
    first, last = found.value.starts_on, found.value.ends_on
    monday = first - timedelta(days=first.weekday())
    many = ((last - monday).days // 7) + 1
    return [
        [d if first <= (d := monday + timedelta(days=7 * w + n)) <= last else None for n in range(7)]
        for w in range(many)
    ]


@allow("member", "POST")
def checkin_act(request: HttpRequest, here: Here, id: int) -> HttpResponse:  # noqa: A002 -- the name in the address
    """Check in, make up a day, feature a check-in, hide the ranking; what is refused is said above, nothing typed is lost."""
    form, now = request.POST, timezone.now()
    common: dict[str, Any] = {"community": here.community, "post_id": id, "by": here.person, "now": now}
    go = form.get("go", "in")
    try:
        if go in {"feature", "unfeature"}:
            connect.feature_checkin(**common, reply_id=number(form.get("reply", "")) or 0, is_featured=go == "feature")
        elif go in {"hide", "show"}:
            connect.hide_ranking(**common, is_hidden=go == "hide")
        else:
            on = day(form["on"], connect.day_of(now)) if form.get("on") else None
            connect.check_in(**common, text=form.get("text", ""), on=on, key=form.get("key", ""))
    except Refusal as refusal:
        if refusal.status in {403, 404}:
            raise
        return _again(request, here, id, form, refusal)
    return redirect(reverse("thread", kwargs={"slug": here.slug, "id": id}) + "#challenge")


def _again(request: HttpRequest, here: Here, post_id: int, form: QueryDict, refusal: Refusal) -> HttpResponse:
    live = here.live(connect.newest_news(here.community))
    found = connect.thread(here.community, post_id, reader=here.person)
    shown = facts(here, found.post, timezone.now()) | {"refused": words(refusal), "typed": form}
    return thread_page(request, here, found, live=live, facts=shown, status=refusal.status)


urlpatterns = [path("c/<slug:slug>/p/<int:id>/checkin", checkin_act, name="checkin_act")]
