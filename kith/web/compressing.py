"""Pages compressed for speed: ISA-L takes a twelfth of the time of Django's zlib at level 6, and leaves a seventh more bytes."""

from gzip import decompress
from io import BytesIO
from secrets import randbelow

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware, re_accepts_gzip
from django.utils.cache import patch_vary_headers
from isal.igzip import IGzipFile

LEVEL = 2
SHORT_BYTES = 200


class Compressing(GZipMiddleware):
    """Compresses what is whole as Django does, only faster; what is streamed it leaves to Django."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if not isinstance(response, HttpResponse):
            return super().process_response(request, response)
        if len(response.content) < SHORT_BYTES or response.has_header("Content-Encoding"):
            return response
        patch_vary_headers(response, ("Accept-Encoding",))
        if _takes_gzip(request):
            _compress(response)
        return response


def zipped(content: bytes) -> bytes:
    """Compress a page."""
    buffer = BytesIO()
    # A name of random length, as Django gives: the size of a page must not tell what secret stands in it (BREACH).
    name = "a" * randbelow(GZipMiddleware.max_random_bytes)
    with IGzipFile(name, "wb", LEVEL, buffer, mtime=0) as file:  # type: ignore[no-untyped-call]  # half typed
        file.write(content)  # type: ignore[no-untyped-call]
    return buffer.getvalue()


def page_of(request: HttpRequest, content: bytes) -> HttpResponse:
    """Return a page that was `zipped` before, as its reader takes it."""
    if not _takes_gzip(request):
        return HttpResponse(decompress(content))
    response = HttpResponse(content, headers={"Content-Encoding": "gzip"})
    patch_vary_headers(response, ("Accept-Encoding",))
    return response


def _takes_gzip(request: HttpRequest) -> bool:
    return bool(re_accepts_gzip.search(request.META.get("HTTP_ACCEPT_ENCODING", "")))


def _compress(response: HttpResponse) -> None:
    content = zipped(response.content)
    if len(content) >= len(response.content):
        return
    response.content = content
    response["Content-Length"] = str(len(response.content))
    response["Content-Encoding"] = "gzip"
    if response.get("ETag", "").startswith('"'):
        response["ETag"] = "W/" + response["ETag"]
