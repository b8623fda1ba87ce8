"""By which poster a browser came: kept in it until its reader comes in."""

from django.http import HttpRequest
from django.utils import timezone

from kith.connect import api as connect
from kith.lib.errors import Refusal
from kith.people.api import Community, Person

COOKIE, COOKIE_SECONDS = "poster", 30 * 86_400


def arrived(request: HttpRequest, community: Community, person: Person) -> None:
    """Note by which poster somebody came who just came in or applied; a browser that opened none tells nothing."""
    code = str(request.get_signed_cookie(COOKIE, default="", max_age=COOKIE_SECONDS))
    if not code:
        return
    try:
        connect.arrive(code=code, community=community, person=person, now=timezone.now())
    except Refusal:
        return  # of another community, or closed meanwhile: who came in is in all the same
