"""What every page stands in: front page, language, manifest, service worker, offline page."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import path, reverse
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from kith.gather import api as gather
from kith.people import api as people
from kith.web.pages.guard import allow, render
from kith.web.signed_in import reader

YEAR_SECONDS = 365 * 86_400
CACHED = ("css/app.css", "js/app.js", "js/theme.js", "vendor/figtree.woff2", "vendor/icons.svg", "img/logo.svg")


@allow("anyone")
def front(request: HttpRequest) -> HttpResponse:
    """Lead on: a member of one community into it, others to what they may see; the first founder to the beginning."""
    person = reader(request)
    mine = people.communities_of(person) if person else []
    public = [c for c in people.public_communities() if c not in mine]
    applied = [(c, a) for c, a in gather.applications_of(person) if c not in mine] if person else []
    if len(mine) == 1 and not (public or applied) and not settings.DEMO:
        return redirect("feed", slug=mine[0].slug)
    return render(request, "front.html", mine=mine, public=public, applied=applied, personas=personas())


def personas() -> list[tuple[str, str, str]]:
    """Return whom a visitor may be at one click, in the demo only: (key, name, what they are)."""
    if not settings.DEMO:
        return []
    from kith.demo.api import personas as invented  # noqa: PLC0415 -- a server without a demo never loads it

    return [(p.key, p.name, p.kind) for p in invented()]


@allow("anyone", "POST")
def language(request: HttpRequest) -> HttpResponse:
    """Read on in the other language; the choice is kept for a year."""
    onward = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(onward, {request.get_host()}):
        onward = "/"
    answer = redirect(onward)
    to = request.POST.get("to", "")
    if to in dict(settings.LANGUAGES):
        answer.set_cookie(settings.LANGUAGE_COOKIE_NAME, to, max_age=YEAR_SECONDS, samesite="Lax")
    return answer


@allow("anyone")
def manifest(request: HttpRequest) -> HttpResponse:
    """Tell a phone how Kith is installed."""
    icons = [
        {"src": static(f"img/icon-{size}.png"), "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}
        for size, purpose in ((192, "any"), (512, "any"), (512, "maskable"))
    ]
    facts = {
        "name": "Kith 同道", "short_name": "同道", "id": "/", "start_url": "/", "display": "standalone",
        "lang": translation.get_language() or "zh-hans", "background_color": "#f5f7f6", "theme_color": "#f5f7f6", "icons": icons,
    }  # fmt: skip
    return JsonResponse(facts, content_type="application/manifest+json", json_dumps_params={"ensure_ascii": False})


@allow("anyone")
def service_worker(request: HttpRequest) -> HttpResponse:
    """Serve the worker from the root, because its place is what it may serve."""
    kept = [static(name) for name in CACHED] + [reverse("offline")]
    answer = render(request, "sw.js", kept=kept, offline=reverse("offline"), picture=static("img/icon-192.png"))
    answer["Content-Type"] = "text/javascript; charset=utf-8"
    answer["Cache-Control"] = "no-cache"
    return answer


@allow("anyone")
def offline(request: HttpRequest) -> HttpResponse:
    """What is shown without a network."""
    sentence = _("You are offline. What you have written is kept; the page comes back with the network.")
    return render(request, "refusal.html", sentence=sentence, code="")


urlpatterns = [
    path("", front, name="front"),
    path("language", language, name="language"),
    path("manifest.webmanifest", manifest, name="manifest"),
    path("sw.js", service_worker, name="service_worker"),
    path("offline", offline, name="offline"),
]
