"""One's own: getting all that is kept of oneself, deleting the account; for operators, getting all of their community."""

from allauth.account.decorators import reauthentication_required
from django.contrib.auth import logout
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils import timezone

from kith.lib.errors import Refusal
from kith.own import api as own
from kith.own.api import BundleValue
from kith.people import api as people
from kith.web.pages.guard import Here, allow, render
from kith.web.refusals import words
from kith.web.signed_in import reader


@allow("account", "GET", "POST")
def own_data(request: HttpRequest) -> HttpResponse:
    """Show what somebody asked for of their own data; a POST asks."""
    person = reader(request)
    assert person
    if request.method == "POST":
        own.ask_for_bundle(by=person, now=timezone.now())
        return redirect("own_data")
    found = own.bundles_of(person=person, community=None, now=timezone.now())
    return render(request, "own/data.html", person=person, bundles=found, days=own.KEPT_DAYS)


@allow("account")
def own_file(request: HttpRequest, bundle_id: int) -> FileResponse:
    """Hand out an export of one's own data, to whoever asked for it."""
    person = reader(request)
    assert person
    found = own.bundle(person=person, community=None, bundle_id=bundle_id, now=timezone.now())
    return zipped(found, f"kith-{found.asked_at:%Y-%m-%d}.zip")


def zipped(found: BundleValue, name: str) -> FileResponse:
    """Answer with the file of an export; nobody between keeps it."""
    headers = {"Cache-Control": "private, no-store"}
    return FileResponse(
        found.path.open("rb"), as_attachment=True, filename=name, content_type="application/zip", headers=headers
    )


@allow("account", "GET", "POST")
@reauthentication_required(allow_get=True)  # type: ignore[untyped-decorator]  # allauth has no types
def leave(request: HttpRequest) -> HttpResponse:
    """Tell what goes and what stays; a POST deletes the account, once it is confirmed who asks (password, code or passkey)."""
    person = reader(request)
    assert person
    refused, status = "", 200
    if request.method == "POST":
        try:
            own.leave(person=person, texts=request.POST.get("texts", ""), now=timezone.now())
        except Refusal as refusal:
            refused, status = words(refusal), refusal.status
        else:
            logout(request)
            return redirect("left")
    return render(
        request, "own/leave.html", person=person, found=own.obstacles(person), communities=people.communities_of(person), refused=refused,
        texts=request.POST.get("texts", ""), pseudonym=own.PSEUDONYM, status=status,
    )  # fmt: skip


@allow("anyone")
def left(request: HttpRequest) -> HttpResponse:
    """Say farewell."""
    return render(request, "own/left.html", pseudonym=own.PSEUDONYM)


@allow("staff", "GET", "POST")
def export(request: HttpRequest, here: Here) -> HttpResponse:
    """Show the exports of the community an operator asked for; a POST asks."""
    assert here.person
    if request.method == "POST":
        own.ask_for_bundle(by=here.person, community=here.community, now=timezone.now())
        return redirect("export", slug=here.slug)
    found = own.bundles_of(person=here.person, community=here.community, now=timezone.now())
    return render(request, "own/export.html", here, nav="settings", bundles=found, days=own.KEPT_DAYS)


@allow("staff")
def export_file(request: HttpRequest, here: Here, bundle_id: int) -> FileResponse:
    """Hand out an export of the community, to whoever asked for it and still runs it."""
    assert here.person
    found = own.bundle(person=here.person, community=here.community, bundle_id=bundle_id, now=timezone.now())
    return zipped(found, f"{here.slug}-{found.asked_at:%Y-%m-%d}.zip")


urlpatterns = [
    path("account/data", own_data, name="own_data"),
    path("account/data/<int:bundle_id>.zip", own_file, name="own_file"),
    path("account/leave", leave, name="leave"),
    path("account/left", left, name="left"),
    path("c/<slug:slug>/settings/export", export, name="export"),
    path("c/<slug:slug>/settings/export/<int:bundle_id>.zip", export_file, name="export_file"),
]
