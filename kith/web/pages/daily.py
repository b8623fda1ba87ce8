"""The daily report (社群日报): as a page, as a text to paste, as a long picture."""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, register_converter, reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control

from kith.connect import api as connect
from kith.connect.api import Daily
from kith.lib.long_picture import long_picture
from kith.web.pages.guard import Here, allow, render
from kith.web.pages.links import VENDOR

KEPT_SECONDS = 60


class Day:
    """A date in an address, as 2026-11-20."""

    regex = "[0-9]{4}-[0-9]{2}-[0-9]{2}"

    def to_python(self, value: str) -> date:
        return date.fromisoformat(value)

    def to_url(self, value: date | str) -> str:
        return str(value)


register_converter(Day, "day")


@allow("see")
def newest(request: HttpRequest, here: Here) -> HttpResponse:
    """Lead to the report of yesterday; on a community's first day to that of today."""
    now = timezone.now()
    today = connect.day_of(now)
    yesterday = today - timedelta(days=1)
    return redirect("daily", slug=here.slug, on=yesterday if connect.has_day(here.community, yesterday, now=now) else today)  # fmt: skip


@allow("see")
def daily(request: HttpRequest, here: Here, on: date) -> HttpResponse:
    """Show the report of a day."""
    now = timezone.now()
    found, before = report(here, on, now), on - timedelta(days=1)
    said = connect.daily_words(here.community, found, address=address(here, on))
    return render(
        request, "daily.html", here, nav="feed", found=found, said=said, supers=here.supers,
        before=before if connect.has_day(here.community, before, now=now) else None,
        after=on + timedelta(days=1) if found.is_over else None,
    )  # fmt: skip


@allow("see")
def daily_text(request: HttpRequest, here: Here, on: date) -> HttpResponse:
    """Return the report as a text."""
    said = connect.daily_words(here.community, report(here, on, timezone.now()), address=address(here, on))
    return HttpResponse(said.text, content_type="text/plain; charset=utf-8")


@allow("see")
def daily_picture(request: HttpRequest, here: Here, on: date) -> HttpResponse:
    """Draw the report as a long picture."""
    said = connect.daily_picture(here.community, report(here, on, timezone.now()), address=address(here, on))
    answer = HttpResponse(long_picture(said, seed=on.toordinal(), folder=VENDOR), content_type="image/png")
    answer["Content-Disposition"] = f'inline; filename="{here.slug}-{on}.png"'
    patch_cache_control(answer, private=True, max_age=KEPT_SECONDS)
    return answer


def address(here: Here, on: date) -> str:
    return settings.ADDRESS + reverse("daily", kwargs={"slug": here.slug, "on": on})


def report(here: Here, on: date, now: datetime) -> Daily:
    """Return the report of a day, as of a minute ago."""
    key = f"daily:{here.community.pk}:{on}"
    found: Daily | None = cache.get(key)
    if found is None:
        found = connect.daily_report(community=here.community, on=on, now=now)
        cache.set(key, found, KEPT_SECONDS)
    return found


urlpatterns = [
    path("c/<slug:slug>/daily", newest, name="newest_daily"),
    path("c/<slug:slug>/daily/<day:on>", daily, name="daily"),
    path("c/<slug:slug>/daily/<day:on>/text", daily_text, name="daily_text"),
    path("c/<slug:slug>/daily/<day:on>/picture.png", daily_picture, name="daily_picture"),
]
