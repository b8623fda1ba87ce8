"""Direct messages: with whom, what was written, blocking, reporting."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone

from kith.connect import api as connect
from kith.people import api as people
from kith.people.api import Standing
from kith.web.pages.guard import Here, allow, is_htmx, render


@allow("member")
def inbox(request: HttpRequest, here: Here) -> HttpResponse:
    """Show whom the reader writes with."""
    assert here.person
    reported = len(connect.reported(here.community)) if here.runs else 0
    return render(
        request, "messages.html", here, nav="messages", found=connect.correspondents(here.community, here.person), reported=reported
    )  # fmt: skip


@allow("member", "GET", "POST")
def talk(request: HttpRequest, here: Here, handle: str) -> HttpResponse:
    """Show what two people wrote, `?before=` a number; a POST writes."""
    assert here.person
    who = people.member(here.community, handle)
    if request.method == "POST":
        connect.send_message(
            community=here.community, to=who, text=request.POST.get("text", ""), by=here.person, now=timezone.now(),
            key=request.POST.get("key", ""),
        )  # fmt: skip
        return redirect(_to(here, who) + "#last")
    if who.person_id == here.person.pk:
        return redirect("messages", slug=here.slug)
    before = request.GET.get("before", "")
    found = connect.letters(
        here.community, here.person, who, before=int(before) if before.isdecimal() and len(before) < 18 else None
    )
    connect.see_messages(community=here.community, by=here.person, other_id=who.person_id, now=timezone.now())
    draft = connect.draft(here.community, here.person, f"to-{who.person_id}")
    live = here.live(connect.newest_news(here.community))
    template = "messages_page.html" if is_htmx(request) else "messages_with.html"
    return render(request, template, here, nav="messages", who=who, found=found, draft=draft, live=live)


def _to(here: Here, who: Standing) -> str:
    return reverse("talk", kwargs={"slug": here.slug, "handle": who.handle})


@allow("member", "POST")
def block(request: HttpRequest, here: Here, handle: str) -> HttpResponse:
    """Take no messages from somebody; without `on`, take them again."""
    assert here.person
    who = people.member(here.community, handle)
    connect.block(community=here.community, who=who, by=here.person, on="on" in request.POST)
    return redirect(_to(here, who))


@allow("member", "POST")
def message(request: HttpRequest, here: Here, id: int) -> HttpResponse:  # noqa: A002 -- the name in the address
    """Take a message back, or with `report` show it to those who run the community."""
    assert here.person
    do = connect.report_message if "report" in request.POST else connect.delete_message
    do(community=here.community, message_id=id, by=here.person, now=timezone.now())
    return redirect("messages", slug=here.slug) if not is_htmx(request) else HttpResponse("")


@allow("staff")
def reported(request: HttpRequest, here: Here) -> HttpResponse:
    """Show the messages that were reported: each alone, and nothing else of the two."""
    return render(request, "messages_reported.html", here, nav="messages", found=connect.reported(here.community))


@allow("staff", "POST")
def settle(request: HttpRequest, here: Here, id: int) -> HttpResponse:  # noqa: A002
    """Close a report; with `remove` the message loses its words."""
    assert here.person
    connect.settle_report(
        community=here.community, message_id=id, by=here.person, now=timezone.now(), remove="remove" in request.POST
    )
    return redirect("reported_messages", slug=here.slug)


urlpatterns = [
    path("c/<slug:slug>/messages", inbox, name="messages"),
    path("c/<slug:slug>/messages/reported", reported, name="reported_messages"),
    path("c/<slug:slug>/messages/<int:id>", message, name="message"),
    path("c/<slug:slug>/messages/<int:id>/settle", settle, name="settle_message"),
    path("c/<slug:slug>/m/<str:handle>/messages", talk, name="talk"),
    path("c/<slug:slug>/m/<str:handle>/block", block, name="block"),
]
