"""Threads and what one does in them. Each view: one call of connect, one rendering."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone

from kith.connect import api as connect
from kith.connect.api import HeldForReading, Said
from kith.lib.errors import Refusal
from kith.web.pages.cards import card_of
from kith.web.pages.guard import Here, allow, is_htmx, render
from kith.web.pages.kinds import facts_of
from kith.web.pages.threads import thread_page


@allow("see")
def thread(request: HttpRequest, here: Here, id: int) -> HttpResponse:  # noqa: A002 -- the name in the address
    """Show a post with its replies; a reply's address leads to its thread."""
    live = here.live(connect.newest_news(here.community))  # before the thread, so that nothing falls between the two
    found = connect.thread(here.community, id, reader=here.person)
    if found.post.id != id:
        return redirect(reverse("thread", kwargs={"slug": here.slug, "id": found.post.id}) + f"#post-{id}")
    if here.person and here.unread:
        connect.mark_read(community=here.community, by=here.person, root_id=id, now=timezone.now())
    return thread_page(request, here, found, live=live, facts=facts_of(here, found.post, timezone.now()))


@allow("see")
def card(request: HttpRequest, here: Here, id: int) -> HttpResponse:  # noqa: A002
    """Return a post as it stands in the feed now."""
    return HttpResponse(card_of(request, here, connect.one(here.community, id, reader=here.person)))


@allow("see")
def line(request: HttpRequest, here: Here, id: int) -> HttpResponse:  # noqa: A002
    """Return a reply as it stands in its thread now."""
    said = connect.one(here.community, id, reader=here.person)
    return _line(request, here, said)


@allow("see")
def body(request: HttpRequest, here: Here, id: int) -> HttpResponse:  # noqa: A002
    """Return the text alone, as HTML that connect has cleaned."""
    return HttpResponse(connect.one(here.community, id, reader=here.person).html)


def _line(request: HttpRequest, here: Here, said: Said) -> HttpResponse:
    ask = connect.one(here.community, said.root_id, reader=here.person) if said.root_id else None
    return render(
        request, "line.html", here, said=said, supers=here.supers, ask=ask if ask and ask.kind == "ask" else None
    )


@allow("member", "POST")
def post(request: HttpRequest, here: Here) -> HttpResponse:
    """Open a thread."""
    form = request.POST
    assert here.person
    try:
        said = connect.post(
            community=here.community, text=form.get("text", ""), by=here.person, now=timezone.now(),
            kind=form.get("kind", "talk"), space=form.get("space", ""), key=form.get("key", ""),
        )  # fmt: skip
    except Refusal as refusal:
        return _refused(request, here, refusal, "new")
    return _card_or_page(request, here, said)


def _refused(request: HttpRequest, here: Here, refusal: Refusal, place: str) -> HttpResponse:
    """Keep a text that was refused, so that nothing is lost."""
    text = request.POST.get("text", "")
    if isinstance(refusal, HeldForReading):
        return redirect(reverse("conduct", kwargs={"slug": here.slug}) + "?kept=1")
    if text.strip():
        _keep(here, place, text, request.POST.get("kind", "talk"))
    raise refusal


def _card_or_page(request: HttpRequest, here: Here, said: Said) -> HttpResponse:
    if is_htmx(request):
        return HttpResponse(card_of(request, here, said))
    return redirect("thread", slug=here.slug, id=said.root_id or said.id)


def _keep(here: Here, place: str, text: str, kind: str = "talk") -> None:
    assert here.person
    connect.drop_draft(community=here.community, by=here.person, place=place)
    connect.save_draft(community=here.community, by=here.person, place=place, text=text, kind=kind, now=timezone.now())


@allow("member", "POST")
def reply(request: HttpRequest, here: Here, id: int) -> HttpResponse:  # noqa: A002
    """Answer the post, or the reply that `answer` names."""
    form, to = request.POST, request.POST.get("answer", "")
    assert here.person
    try:
        said = connect.reply(
            community=here.community, to=int(to) if to.isdecimal() and len(to) < 18 else id, text=form.get("text", ""),
            by=here.person, now=timezone.now(), key=form.get("key", ""),
        )  # fmt: skip
    except Refusal as refusal:
        return _refused(request, here, refusal, f"reply-{id}")
    if is_htmx(request):
        return _line(request, here, said)
    return redirect(reverse("thread", kwargs={"slug": here.slug, "id": id}) + f"#post-{said.id}")


@allow("member", "GET", "POST")
def edit(request: HttpRequest, here: Here, id: int) -> HttpResponse:  # noqa: A002
    """Change one's own words in place."""
    assert here.person
    if request.method == "POST":
        text = request.POST.get("text", "")
        return HttpResponse(
            connect.edit(community=here.community, post_id=id, text=text, by=here.person, now=timezone.now()).html
        )
    said = connect.one(here.community, id, reader=here.person)
    if not said.mine:
        raise connect.NotYours
    return render(request, "edit.html", here, said=said)


@allow("member", "POST")
def delete(request: HttpRequest, here: Here, id: int) -> HttpResponse:  # noqa: A002
    """Take words back."""
    assert here.person
    connect.delete(community=here.community, post_id=id, by=here.person, now=timezone.now())
    return HttpResponse("") if is_htmx(request) else redirect("feed", slug=here.slug)


@allow("member", "POST")
def thank(request: HttpRequest, here: Here, id: int) -> HttpResponse:  # noqa: A002
    """Thank, say why, or take it back."""
    assert here.person
    now, form = timezone.now(), request.POST
    if form.get("on"):
        said = connect.thank(community=here.community, post_id=id, by=here.person, now=now, why=form.get("why", ""))
    else:
        said = connect.unthank(community=here.community, post_id=id, by=here.person, now=now)
    if form.get("why_only"):
        return HttpResponse("")
    return render(request, "thank.html", here, said=said)


@allow("member", "POST")
def accept(request: HttpRequest, here: Here, id: int) -> HttpResponse:  # noqa: A002
    """Accept a reply as the answer; an empty `answer` takes it back."""
    assert here.person
    answer = request.POST.get("answer", "")
    chosen = int(answer) if answer.isdecimal() and len(answer) < 18 else None
    connect.accept(community=here.community, post_id=id, answer_id=chosen, by=here.person, now=timezone.now())
    if not is_htmx(request):
        return redirect("thread", slug=here.slug, id=id)
    found = connect.thread(here.community, id, reader=here.person)
    return render(
        request,
        "thread_body.html",
        here,
        thread=found,
        supers=here.supers,
        facts=facts_of(here, found.post, timezone.now()),
    )


urlpatterns = [
    path("c/<slug:slug>/post", post, name="post"),
    path("c/<slug:slug>/p/<int:id>", thread, name="thread"),
    path("c/<slug:slug>/p/<int:id>/card", card, name="card"),
    path("c/<slug:slug>/p/<int:id>/line", line, name="line"),
    path("c/<slug:slug>/p/<int:id>/body", body, name="body"),
    path("c/<slug:slug>/p/<int:id>/reply", reply, name="reply"),
    path("c/<slug:slug>/p/<int:id>/edit", edit, name="edit"),
    path("c/<slug:slug>/p/<int:id>/delete", delete, name="delete"),
    path("c/<slug:slug>/p/<int:id>/thank", thank, name="thank"),
    path("c/<slug:slug>/p/<int:id>/accept", accept, name="accept"),
]
