"""Going to where one pays, where providers speak to us, and the page of the sandbox, which plays one."""

import secrets
from typing import Any

import segno
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from kith.launch import api as launch
from kith.lib.errors import Refusal
from kith.web.pages.guard import Here, allow, render
from kith.web.pages.orders import refused_page
from kith.web.pages.payer import OPENID, payer, via

BODY_LIMIT = 100_000
ASKED = "wechat_asked"
REFUSALS = (launch.NothingToPay, launch.ProviderDown, launch.ProviderRefused, launch.NotThatWay, launch.UnknownProvider)


@allow("guest", "POST")
def pay(request: HttpRequest, here: Here, no: str) -> HttpResponse:
    """Go to where it is paid; for a transfer stay here, where it says to which account."""
    provider = request.POST.get("provider", "")[:12]
    if provider == "wechatpay" and via(request) == "wechat" and not request.session.get(OPENID):
        return _ask_wechat(request, here, no)
    return _go(request, here, no, provider)


def _go(request: HttpRequest, here: Here, no: str, provider: str) -> HttpResponse:
    assert here.person
    back, now = reverse("order", kwargs={"slug": here.slug, "no": no}), timezone.now()
    try:
        at = launch.charge(community=here.community, no=no, provider=provider, by=here.person, back=back, now=now, payer=payer(request))  # fmt: skip
    except REFUSALS as refusal:
        return refused_page(request, here, no, refusal)
    if at.scan or at.bridge:
        return _shown(request, here, no, at)
    if at.page.startswith("https://"):
        return _leave(request, here, provider, at.page)
    return redirect(at.page or f"{back}#transfer")


def _shown(request: HttpRequest, here: Here, no: str, at: launch.PayAt) -> HttpResponse:
    """Show a code to scan, or have WeChat's browser open the payment; the page asks whether it is paid."""
    assert here.person
    found = launch.order_page(here.community, no, reader=here.person, runs=False, now=timezone.now())
    code = segno.make(at.scan, error="m").svg_inline(scale=5, border=2, omitsize=True) if at.scan else ""
    facts: dict[str, Any] = {"found": found, "code": code, "bridge": dict(at.bridge), "via": via(request)}
    return render(request, "launch/pay.html", here, nav="launches", **facts)


def _leave(request: HttpRequest, here: Here, provider: str, to: str) -> HttpResponse:
    """Lead away by a page of our own: our policy lets no form end elsewhere, and WeChat's page wants to be told from which server one comes."""
    answer = render(request, "launch/leave.html", here, nav="launches", provider=provider, to=to)
    answer["Referrer-Policy"] = "origin"
    return answer


def _ask_wechat(request: HttpRequest, here: Here, no: str) -> HttpResponse:
    """Let WeChat say who pays; only who began it here is believed when they come back."""
    if not launch.reach_of("wechatpay", "wechat"):
        return refused_page(request, here, no, launch.NotThatWay())
    state = secrets.token_hex(16)
    request.session[ASKED] = f"{no}:{state}"
    try:
        to = launch.wechat_entry(state, reverse("from_wechat", kwargs={"slug": here.slug, "no": no}))
    except launch.UnknownProvider as refusal:
        return refused_page(request, here, no, refusal)
    return _leave(request, here, "wechatpay", to)


@allow("guest")
def from_wechat(request: HttpRequest, here: Here, no: str) -> HttpResponse:
    """Come back from WeChat, which says who pays, and go on to pay."""
    asked, came = request.session.pop(ASKED, ""), request.GET.get("state", "")[:64]
    if not asked or not secrets.compare_digest(asked, f"{no}:{came}"):
        return redirect("order", slug=here.slug, no=no)
    try:
        request.session[OPENID] = launch.wechat_openid(request.GET.get("code", "")[:64])
    except (launch.ProviderDown, launch.UnknownProvider) as refusal:
        return refused_page(request, here, no, refusal)
    return _go(request, here, no, "wechatpay")


@allow("guest")
def whether_paid(request: HttpRequest, here: Here, no: str) -> HttpResponse:
    """Say to a page that waits whether it still must (204), else lead it to the order."""
    assert here.person
    if launch.is_unpaid(here.community, no, here.person):
        return HttpResponse(status=204)
    return HttpResponse(headers={"HX-Redirect": reverse("order", kwargs={"slug": here.slug, "no": no})})


@allow("anyone", "POST")
@csrf_exempt  # a provider holds no cookie: its signature says who it is
def hear(request: HttpRequest, provider: str) -> HttpResponse:
    """Take a provider's message; what it says is believed by its signature alone."""
    try:
        body = request.body if int(request.headers.get("Content-Length") or 0) <= BODY_LIMIT else b""
        outcome = launch.hear(provider=provider, headers=request.headers, body=body, now=timezone.now())
    except Refusal as refusal:
        return JsonResponse({"error": refusal.code}, status=refusal.status)
    if thanks := launch.thanks(provider):
        return HttpResponse(thanks, content_type="text/plain")
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
    path("c/<slug:slug>/orders/<str:no>/pay", pay, name="pay"),
    path("c/<slug:slug>/orders/<str:no>/paid", whether_paid, name="whether_paid"),
    path("c/<slug:slug>/orders/<str:no>/wechat", from_wechat, name="from_wechat"),
    path("pay/<slug:provider>", hear, name="hear"),
    path("sandbox/<slug:ref>", sandbox, name="sandbox"),
]
