"""Webhooks: addresses that are told what happens, what was sent to them, sending it again. For the founder and operators."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils import timezone

from kith.hooks import api as hooks
from kith.lib.errors import Refusal
from kith.web.pages.guard import Here, allow, render
from kith.web.refusals import words


@allow("staff", "GET", "POST")
def all_hooks(request: HttpRequest, here: Here) -> HttpResponse:
    """List the webhooks; a POST makes one and shows its secret, this once."""
    assert here.person
    typed = {"address": "", "wants": "*"}
    facts: dict[str, Any] = {"refused": "", "made": None}
    status = 200
    if request.method == "POST":
        typed = {name: request.POST.get(name, "") for name in typed}
        try:
            facts["made"] = hooks.make(
                community=here.community, address=typed["address"], wants=typed["wants"].split(), by=here.person,
                now=timezone.now(),
            )  # fmt: skip
        except Refusal as refusal:
            facts["refused"], status = words(refusal), refusal.status
    return render(
        request,
        "hooks.html",
        here,
        nav="settings",
        status=status,
        typed=typed,
        hooks=hooks.hooks(here.community),
        **facts,
    )


@allow("staff", "GET", "POST")
def one_hook(request: HttpRequest, here: Here, hook_id: int) -> HttpResponse:
    """Show what was sent to an address; a POST tries it, sends something again, changes or removes it."""
    if request.method != "POST":
        return _page(request, here, hook_id)
    go, _, which = request.POST.get("go", "").partition(":")
    try:
        secret = _do(request, here, hook_id, go, int(which) if which.isdecimal() and len(which) < 18 else 0)
    except hooks.BadWants as refusal:
        return _page(request, here, hook_id, refused=words(refusal), status=refusal.status)
    if secret:
        return _page(request, here, hook_id, secret=secret)
    return redirect("hooks", slug=here.slug) if go == "remove" else redirect("hook", slug=here.slug, hook_id=hook_id)


def _do(request: HttpRequest, here: Here, hook_id: int, go: str, which: int) -> str:
    """Do what a button says; returns a new secret where one was asked for."""
    assert here.person
    community, by, now = here.community, here.person, timezone.now()
    match go:
        case "remove":
            hooks.remove(community=community, hook_id=hook_id, by=by, now=now)
        case "try":
            hooks.try_out(community=community, hook_id=hook_id, now=now)
        case "again":
            hooks.send_again(community=community, hook_id=hook_id, delivery_id=which, now=now)
        case "on" | "off":
            hooks.change(community=community, hook_id=hook_id, by=by, now=now, is_on=go == "on")
        case "secret":
            return hooks.change_secret(community=community, hook_id=hook_id, by=by, now=now).secret
        case _:
            wants = request.POST.get("wants", "").split()
            hooks.change(community=community, hook_id=hook_id, by=by, now=now, wants=wants)
    return ""


def _page(
    request: HttpRequest, here: Here, hook_id: int, *, secret: str = "", refused: str = "", status: int = 200
) -> HttpResponse:
    found = hooks.hook(here.community, hook_id)
    before = request.GET.get("before", "")
    sent = hooks.deliveries(
        here.community, hook_id, before=int(before) if before.isdecimal() and len(before) < 18 else None,
        undelivered=request.GET.get("only") == "undelivered",
    )  # fmt: skip
    return render(
        request, "hook.html", here, nav="settings", status=status, hook=found, sent=sent, secret=secret, refused=refused
    )


urlpatterns = [
    path("c/<slug:slug>/settings/webhooks", all_hooks, name="hooks"),
    path("c/<slug:slug>/settings/webhooks/<int:hook_id>", one_hook, name="hook"),
]
