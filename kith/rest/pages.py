"""Where a person makes and revokes personal tokens."""

from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template import engines
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from kith.lib.errors import Refusal
from kith.people.api import Person
from kith.rest import tokens
from kith.rest.data import SCOPES, MadeToken
from kith.rest.refusals import words

LIFETIMES_DAYS = (30, 90, 365)


@cache
def template() -> Any:
    source = Path(__file__).resolve().parent / "templates" / "rest" / "tokens.html"
    return engines["jinja2"].from_string(source.read_text(encoding="utf-8"))


def _page(
    request: HttpRequest, person: Person, *, made: MadeToken | None = None, error: str = "", status: int = 200
) -> HttpResponse:
    facts = {
        "here": None, "reader": person, "tokens": tokens.listed(person=person), "made": made, "error": error, "scopes": SCOPES,
        "lifetimes": LIFETIMES_DAYS,
    }  # fmt: skip
    answer = HttpResponse(template().render(facts, request), status=status)
    answer["Cache-Control"] = "no-store"  # the secret is shown once
    return answer


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def listing(request: HttpRequest) -> HttpResponse:
    """Show one's tokens; POST makes one and shows its secret, this once."""
    assert isinstance(request.user, Person)
    if request.method != "POST":
        return _page(request, request.user)
    now, days = timezone.now(), request.POST.get("days", "")
    try:
        made = tokens.make(
            person=request.user, name=request.POST.get("name", ""), scopes=request.POST.getlist("scopes"), now=now,
            expires_at=now + timedelta(days=int(days)) if days in map(str, LIFETIMES_DAYS) else None,
        )  # fmt: skip
    except Refusal as refusal:
        return _page(request, request.user, error=words(refusal), status=refusal.status)
    return _page(request, request.user, made=made)


@login_required
@require_POST
def revoke(request: HttpRequest, id: int) -> HttpResponse:  # noqa: A002 -- the name in the address
    """Revoke a token of one's own."""
    assert isinstance(request.user, Person)
    tokens.revoke(person=request.user, token_id=id, now=timezone.now())
    return redirect("tokens")


urlpatterns = [
    path("account/tokens", listing, name="tokens"),
    path("account/tokens/<int:id>/revoke", revoke, name="revoke_token"),
]
