"""Every refusal becomes a sentence in the reader's language; no traceback reaches anybody."""

import logging
from collections.abc import Callable
from urllib.parse import urlencode, urlsplit

from django.core.exceptions import PermissionDenied, RequestDataTooBig, TooManyFieldsSent
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kith.gather.api import AgreementsOpen
from kith.lib.errors import NotFound, Refusal

log = logging.getLogger(__name__)


def words(refusal: Refusal) -> str:
    """Return the refusal's sentence in the active language."""
    sentence = _(refusal.sentence)
    return sentence % refusal.facts if refusal.facts else sentence


def page(request: HttpRequest, sentence: str, status: int) -> HttpResponse:
    """Answer with a whole page, or for htmx and scripts with the sentence alone."""
    if request.headers.get("HX-Request"):
        return HttpResponse(sentence, status=status, content_type="text/plain; charset=utf-8")
    return render(request, "refusal.html", {"sentence": sentence, "code": status}, status=status, using="jinja2")


def lead(request: HttpRequest) -> HttpResponse:
    """Lead somebody who must accept agreements before they write on to where they can, and back afterwards."""
    came_from = urlsplit(request.headers.get("HX-Current-URL") or request.headers.get("Referer") or "/")
    slug = request.resolver_match.kwargs["slug"] if request.resolver_match else ""
    address = f"{reverse('agreements', kwargs={'slug': slug})}?{urlencode({'next': came_from.path})}"
    if not request.headers.get("HX-Request"):
        return redirect(address)
    return HttpResponse(status=204, headers={"HX-Redirect": address})


class Refusals:
    """Turns refusals that views raise into pages."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, fault: Exception) -> HttpResponse | None:
        match fault:
            case AgreementsOpen():
                return lead(request)
            case Refusal():
                return page(request, words(fault), fault.status)
            case Http404():
                return page(request, _(NotFound.sentence), 404)
            case PermissionDenied():
                return page(request, _("You may not do this."), 403)
            case RequestDataTooBig() | TooManyFieldsSent():
                return page(request, _("That is more than this form can take."), 413)
            case _:
                log.error("unforeseen fault at %s", request.path, exc_info=fault)
                return page(request, _("Something went wrong on our side. Nothing was lost; please try again."), 500)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose anti-forgery token is missing or old."""
    return page(request, _("This form was open too long. Go back, reload the page and send it again."), 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return page(request, _(NotFound.sentence), 404)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return page(request, _("Your browser sent something we could not read."), 400)


def fault(request: HttpRequest) -> HttpResponse:
    return page(request, _("Something went wrong on our side. Nothing was lost; please try again."), 500)
