"""What the composer needs: drafts, pictures, names to call."""

from pathlib import PurePosixPath

from django.http import FileResponse, HttpRequest, HttpResponse, JsonResponse
from django.urls import path, reverse
from django.utils import timezone

from kith.connect import api as connect
from kith.lib.errors import NotFound
from kith.people import api as people
from kith.web.pages.guard import Here, allow

NAMES = 8
FOREVER = "private, max-age=31536000, immutable"


@allow("member", "GET", "POST")
def draft(request: HttpRequest, here: Here, place: str) -> HttpResponse:
    """Keep a text begun, or return it. Empty text drops it."""
    assert here.person
    if request.method == "POST":
        form = request.POST
        if not form.get("text", "").strip():
            connect.drop_draft(community=here.community, by=here.person, place=place)
            return JsonResponse({"key": "", "text": ""})
        kept = connect.save_draft(
            community=here.community, by=here.person, place=place, text=form.get("text", ""), kind=form.get("kind", "talk"),
            key=form.get("key", ""), now=timezone.now(),
        )  # fmt: skip
        return JsonResponse({"key": kept.key, "text": kept.text})
    found = connect.draft(here.community, here.person, place)
    return JsonResponse({"key": found.key if found else "", "text": found.text if found else ""})


@allow("member", "POST")
def upload(request: HttpRequest, here: Here) -> HttpResponse:
    """Keep a pasted image; returns its address and markdown."""
    file = request.FILES.get("image")
    if file is None or here.person is None:
        raise connect.NotAnImage
    kept = connect.keep_picture(
        community=here.community, by=here.person, file=file, size=file.size or 0, now=timezone.now()
    )
    address = reverse("picture", kwargs={"slug": here.slug, "name": f"{kept.digest}.webp"})
    return JsonResponse({"url": address, "markdown": f"![]({address})", "width": kept.width, "height": kept.height})


@allow("see")
def picture(request: HttpRequest, here: Here, name: str) -> FileResponse:
    """Serve a picture to those who may see the community; its name is its digest, so it never changes."""
    digest = PurePosixPath(name).stem
    path_ = connect.picture_path(here.community.pk, digest)
    if not connect.has_image(here.community, digest, reader=here.person) or not path_.exists():
        raise NotFound
    return FileResponse(path_.open("rb"), content_type="image/webp", headers={"Cache-Control": FOREVER})


@allow("member")
def names(request: HttpRequest, here: Here) -> HttpResponse:
    """Return members whose name or handle holds `?q=`, for the list after an @."""
    found = people.members(here.community, search=request.GET.get("q", "")[:40], limit=NAMES)
    return JsonResponse({"names": [{"handle": m.handle, "name": m.name, "chapter": m.chapter} for m in found]})


urlpatterns = [
    path("c/<slug:slug>/draft/<str:place>", draft, name="draft"),
    path("c/<slug:slug>/upload", upload, name="upload"),
    path("c/<slug:slug>/media/<str:name>", picture, name="picture"),
    path("c/<slug:slug>/names", names, name="names"),
]
