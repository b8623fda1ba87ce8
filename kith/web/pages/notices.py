"""What the reader was told: the bell, the list, how they want to be told, and the end of mails without signing in."""

from zoneinfo import available_timezones

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from kith.connect import api as connect
from kith.connect.api import Ears, NewDevice
from kith.lib.errors import NotFound, Refusal
from kith.web import notice_mail, notice_push, notice_words
from kith.web.pages.guard import Here, allow, is_htmx, render
from kith.web.pages.typed import whole


@allow("member", "GET", "POST")
def notices(request: HttpRequest, here: Here) -> HttpResponse:
    """Show what the reader was told, `?before=` a number; a POST marks all as read."""
    assert here.person
    if request.method == "POST":
        connect.mark_read(community=here.community, by=here.person, now=timezone.now())
        return redirect("notices", slug=here.slug)
    before = request.GET.get("before", "")
    cursor = int(before) if before.isdecimal() and len(before) < 18 else None
    found = connect.notices(here.community, here.person, before=cursor)
    loud = [] if cursor else connect.loud(here.community, here.person, now=timezone.now())
    template = "notices_page.html" if is_htmx(request) else "notices.html"
    return render(
        request, template, here, nav="notices", found=found, loud=loud, says=notice_words.words, leads_to=notice_words.leads_to, why=notice_words.why,
        icons=notice_words.ICONS, kinds=notice_words.kind_words(),
    )  # fmt: skip


@allow("member")
def bell(request: HttpRequest, here: Here) -> HttpResponse:
    """Return how many notices are unread, for pages that hear the bell."""
    return HttpResponse(str(here.unread), content_type="text/plain", headers={"Cache-Control": "no-store"})


@allow("member", "GET", "POST")
def hearing(request: HttpRequest, here: Here) -> HttpResponseBase:
    """Show and take how the reader wants to be told; a POST takes one `part`: ways, ears, space, device or undevice."""
    assert here.person
    fault = ""
    if request.method == "POST":
        part = request.POST.get("part", "")
        if part not in PARTS:
            raise NotFound
        try:
            PARTS[part](request, here)
            return redirect(f"{reverse('hearing', kwargs={'slug': here.slug})}?saved={part}#{part}")
        except Refusal as refusal:
            fault = _(refusal.sentence) % refusal.facts if refusal.facts else _(refusal.sentence)
    return _hearing(request, here, fault)


def _hearing(request: HttpRequest, here: Here, fault: str) -> HttpResponse:
    assert here.person
    return render(
        request, "hearing.html", here, nav="notices", wishes=connect.wishes(here.community, here.person), fault=fault,
        ears=connect.ears(here.community, here.person), spaces=[s.name for s in connect.spaces(here.community)], kinds=notice_words.kind_words(),
        ways=notice_words.way_words(), by_space=connect.BY_SPACE, zones=sorted(available_timezones()), home=settings.TIME_ZONE,
        push_key=connect.push_key(), devices=connect.devices(here.person), saved=request.GET.get("saved", ""), status=422 if fault else 200,
    )  # fmt: skip


def _ways(request: HttpRequest, here: Here) -> None:
    assert here.person
    for kind in connect.NOTICES:
        if way := request.POST.get(kind):
            connect.wish(community=here.community, by=here.person, kind=kind, way=way)


def _space(request: HttpRequest, here: Here) -> None:
    """Take what is wanted of one space: an empty way means as everywhere."""
    assert here.person
    for kind in connect.BY_SPACE:
        if kind in request.POST:
            connect.wish(
                community=here.community, by=here.person, kind=kind, way=request.POST[kind], space=request.POST.get("space", "") or "?"
            )  # fmt: skip


def _ears(request: HttpRequest, here: Here) -> None:
    assert here.person
    form = request.POST
    has_quiet = "quiet" in form
    wanted = Ears(
        takes_mail="takes_mail" in form, digest=form.get("digest", ""), zone=form.get("zone", ""),
        quiet_from_minute=_minute(form.get("from", "")) if has_quiet else None,
        quiet_until_minute=_minute(form.get("until", "")) if has_quiet else None, answers_newcomers="answers_newcomers" in form,
    )  # fmt: skip
    connect.hear(community=here.community, by=here.person, ears=wanted)


def _minute(clock: str) -> int | None:
    hour, _colon, minute = clock[:5].partition(":")
    if not (hour.isdecimal() and minute.isdecimal() and int(hour) < 24 and int(minute) < 60):
        return None
    return int(hour) * 60 + int(minute)


def _device(request: HttpRequest, here: Here) -> None:
    """Turn on what a browser said of itself (`static/js/push.js`)."""
    assert here.person
    form = request.POST
    said = NewDevice(
        form.get("endpoint", ""), form.get("p256dh", ""), form.get("auth", ""), notice_push.label(request.headers.get("User-Agent", ""))
    )  # fmt: skip
    connect.add_device(by=here.person, device=said, now=timezone.now())


def _undevice(request: HttpRequest, here: Here) -> None:
    assert here.person
    connect.drop_device(by=here.person, device_id=whole(request.POST.get("id", ""), 0, digits=18))


PARTS = {"ways": _ways, "space": _space, "ears": _ears, "device": _device, "undevice": _undevice}


@allow("member", "POST")
def mute(request: HttpRequest, here: Here, id: int) -> HttpResponse:  # noqa: A002 -- the name in the address
    """Hear nothing more of a thread; without `on`, hear of it again."""
    assert here.person
    connect.mute(community=here.community, by=here.person, post_id=id, on="on" in request.POST)
    return redirect("thread", slug=here.slug, id=id)


@csrf_exempt  # mail readers that stop mails by one click (RFC 8058) hold no token but the one in the address
@allow("anyone", "GET", "POST")
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Ask whether to stop the mails; a POST does it, with `back` it takes them up again. A GET changes nothing."""
    community, person_id = notice_mail.opened(token)
    done = ""
    if request.method == "POST":
        takes = "back" in request.POST
        connect.take_mail(community=community, person_id=person_id, takes=takes)
        done = "back" if takes else "stopped"
    return render(request, "notices_stop.html", community=community, done=done)


urlpatterns = [
    path("c/<slug:slug>/notices", notices, name="notices"),
    path("c/<slug:slug>/notices/settings", hearing, name="hearing"),
    path("c/<slug:slug>/bell", bell, name="bell"),
    path("c/<slug:slug>/p/<int:id>/mute", mute, name="mute"),
    path("mail/<str:token>", stop, name="stop_notices"),
]
