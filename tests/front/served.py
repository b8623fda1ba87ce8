"""The front as it is served, with small limits and pages that tell what reached them."""

import hashlib
import json
import os
import sys
import time
from collections.abc import Iterator

from kith.front.asgi import Front, django  # it sets Django up; what follows needs that

# isort: split
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from kith.front import pages
from kith.front.bridge import Bridge
from kith.front.live_data import Limits
from kith.front.rush_data import Limits as RushLimits


@csrf_exempt
def upload(request: HttpRequest) -> HttpResponse:
    """Answer what came: the length and digest of a file and the fields beside it."""
    file = request.FILES["file"]
    assert isinstance(file, UploadedFile)
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    return HttpResponse(json.dumps({"size": file.size, "digest": digest.hexdigest(), "fields": request.POST.dict()}))


@csrf_exempt
def meta(request: HttpRequest) -> HttpResponse:
    shown = {key: value for key, value in request.META.items() if isinstance(value, str)}
    return HttpResponse(json.dumps(shown | {"path": request.path, "body": request.body.decode("latin1")}))


def drip(request: HttpRequest) -> StreamingHttpResponse:
    def pieces() -> Iterator[bytes]:
        for number in range(100):
            yield b"%06d\n" % number * 1000

    return StreamingHttpResponse(pieces())


def slow(request: HttpRequest) -> HttpResponse:
    sys.stderr.write("slow began\n")
    time.sleep(0.5)
    return HttpResponse("done")


def broken(request: HttpRequest) -> HttpResponse:
    raise SystemError("on purpose")


pages.urlpatterns[:0] = [
    path("upload", upload),
    path("meta", meta),
    path("drip", drip),
    path("slow", slow),
    path("broken", broken),
]

given = json.loads(os.environ.get("TEST_LIMITS", "{}"))
rush = RushLimits(**{"waiting": int(given.pop("waiting"))} if "waiting" in given else {})
application = Front(Bridge(django, body_bytes=20 << 20), Limits(**given), rush)
