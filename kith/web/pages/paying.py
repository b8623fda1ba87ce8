"""Where providers speak to us, and the page of the sandbox, which plays one."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from kith.launch import api as launch
from kith.lib.errors import Refusal
from kith.web.pages.guard import allow, render

BODY_LIMIT = 20_000


@allow("anyone", "POST")
@csrf_exempt  # a provider holds no cookie: its signature says who it is
def hear(request: HttpRequest, provider: str) -> HttpResponse:
    """Take a provider's message; what it says is believed by its signature alone."""
    try:
        body = request.body if int(request.headers.get("Content-Length") or 0) <= BODY_LIMIT else b""
        outcome = launch.hear(provider=provider, headers=request.headers, body=body, now=timezone.now())
    except Refusal as refusal:
        return JsonResponse({"error": refusal.code}, status=refusal.status)
    return JsonResponse({"outcome": outcome})


@allow("account", "GET", "POST")
def sandbox(request: HttpRequest, ref: str) -> HttpResponse:
    """Pay or refuse at the invented provider; it tells us as a real one would: at once, late, twice or not at all."""
    if request.method == "POST":
        launch.sandbox_end(ref=ref, how=request.POST.get("how", ""), now=timezone.now())
        found = launch.sandbox_payment(ref=ref)
        return redirect(found.back)
    return render(request, "launch/sandbox.html", found=launch.sandbox_payment(ref=ref), late_seconds=10)


urlpatterns = [
    path("pay/<slug:provider>", hear, name="hear"),
    path("sandbox/<slug:ref>", sandbox, name="sandbox"),
]
