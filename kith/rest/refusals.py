"""Every refusal leaves the API as JSON: {"error": code, "sentence": in the reader's language, "facts": {…}}."""

import json
import logging
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import BadRequest, PermissionDenied, RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import Http404, HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.http.request import UnreadablePostError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from ninja.errors import AuthenticationError, HttpError, ValidationError

from kith.lib.errors import NotAllowed, NotFound, Refusal
from kith.rest.data import (
    BadToken,
    Fault,
    InvalidInput,
    ScopeMissing,
    SignInFirst,
    TooLarge,
    TooManyRequests,
    Unreadable,
)

log = logging.getLogger(__name__)
SHOWN = 80

# What pydantic calls a fault, in our words; %(…)s places are filled from its context.
REASONS = {
    "missing": gettext_noop("This is missing."),
    "extra_forbidden": gettext_noop("There is no such field here."),
    "string_type": gettext_noop("This must be a text."),
    "string_unicode": gettext_noop("This holds characters that are not text."),
    "string_too_short": gettext_noop("At least %(min_length)s characters are needed."),
    "string_too_long": gettext_noop("At most %(max_length)s characters are taken."),
    "string_pattern_mismatch": gettext_noop("This is not of the form that is asked."),
    "too_short": gettext_noop("At least %(min_length)s are needed."),
    "too_long": gettext_noop("At most %(max_length)s are taken."),
    "int_type": gettext_noop("This must be a whole number."),
    "int_parsing": gettext_noop("This must be a whole number."),
    "int_parsing_size": gettext_noop("This number is too large."),
    "int_from_float": gettext_noop("This must be a whole number."),
    "greater_than_equal": gettext_noop("This must be at least %(ge)s."),
    "less_than_equal": gettext_noop("This must be at most %(le)s."),
    "bool_type": gettext_noop("This must be true or false."),
    "bool_parsing": gettext_noop("This must be true or false."),
    "literal_error": gettext_noop("This must be one of: %(expected)s."),
    "list_type": gettext_noop("This must be a list."),
    "nul": gettext_noop("This holds a NUL character."),
    "surrogate": gettext_noop("This holds characters that are not text."),
}
OTHERWISE = gettext_noop("This is not valid.")


def words(refusal: Refusal) -> str:
    """Return the refusal's sentence in the active language."""
    sentence = _(refusal.sentence)
    return sentence % refusal.facts if refusal.facts else sentence


def invalid(errors: Iterable[Mapping[str, Any]]) -> InvalidInput:
    """Return the refusal that names each field and why."""
    return InvalidInput(fields=[{"field": _field(e["loc"]), "why": _why(e)} for e in errors])


def _field(loc: Iterable[object]) -> str:
    """Return a field as its sender knows it, `body.values.0.word`; ninja's name for the whole body falls away."""
    source, *rest = [str(part) for part in loc]
    path = rest[1:] if source == "body" and rest[:1] == ["data"] else rest
    return ".".join([source, *path])[:SHOWN].encode("utf-8", "replace").decode().replace("\0", "?")


def _why(error: Mapping[str, Any]) -> str:
    return str(_(REASONS.get(error["type"], OTHERWISE)) % error.get("ctx", {}))


MEANINGS: list[tuple[type[Exception] | tuple[type[Exception], ...], type[Refusal]]] = [
    (AuthenticationError, SignInFirst),
    (HttpError, Unreadable),
    (Http404, NotFound),
    (PermissionDenied, NotAllowed),
    ((RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent), TooLarge),
    ((MultiPartParserError, BadRequest, UnreadablePostError), Unreadable),
]


def named(fault: BaseException) -> Refusal:
    """Return the refusal a fault means; what nobody foresaw is logged and named so."""
    if isinstance(fault, Refusal):
        return fault
    if isinstance(fault, ValidationError):
        return invalid(fault.errors)
    if isinstance(fault, HttpError) and isinstance(fault.__cause__, Refusal):  # ninja wraps what its parser raised
        return fault.__cause__
    for kinds, meaning in MEANINGS:
        if isinstance(fault, kinds):
            return meaning()
    log.error("unforeseen fault in the API", exc_info=fault)
    return Fault()


def refused_body(refusal: Refusal) -> bytes:
    """Return what the API says of a refusal, in the active language."""
    body = {"error": refusal.code, "sentence": words(refusal), "facts": refusal.facts}
    return json.dumps(body, ensure_ascii=False, default=str).encode()


def answer(_request: HttpRequest, fault: Exception) -> HttpResponse:
    """Answer a fault with its JSON; 401 and a lacking scope say how to ask (RFC 6750)."""
    refusal = named(fault)
    response = HttpResponse(
        refused_body(refusal), status=refusal.status, content_type="application/json; charset=utf-8"
    )
    if refusal.status == 401 or isinstance(refusal, ScopeMissing):
        response["WWW-Authenticate"] = _challenge(refusal)
    if isinstance(refusal, TooManyRequests):
        response["Retry-After"] = str(refusal.facts["seconds"])
    return response


def _challenge(refusal: Refusal) -> str:
    if isinstance(refusal, ScopeMissing):
        return f'Bearer realm="kith", error="insufficient_scope", scope="{refusal.facts["scope"]}"'
    return 'Bearer realm="kith", error="invalid_token"' if isinstance(refusal, BadToken) else 'Bearer realm="kith"'
