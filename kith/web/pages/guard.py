"""Who may open a page: stated at every view, checked here, walked by one test over every route and role."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Literal

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.shortcuts import render as django_render
from django.utils import timezone
from django.utils.translation import gettext_noop as _

from kith.connect import api as connect
from kith.connect.api import MembersOnly
from kith.gather import api as gather
from kith.lib import passes
from kith.lib.errors import NotAllowed, NotFound
from kith.people import api as people
from kith.people.api import Community, Person, Standing
from kith.see import api as see
from kith.web.signed_in import Ahead, entered, reader

May = Literal["anyone", "account", "see", "guest", "member", "staff", "founder"]
COUNT_SECONDS = 60
WAITING_SECONDS = 5
SUPERS_RINGED = 200


class SignedOut(NotAllowed):
    sentence = _("Please sign in first.")


class NotForYou(NotAllowed):
    sentence = _("This page belongs to the founder and operators.")


@dataclass(frozen=True, slots=True)
class Here:
    """The community a page belongs to, and who reads it; `answer` is the one to what the page asked ahead."""

    community: Community
    standing: Standing | None
    person: Person | None
    unread: int = 0
    answer: Any = None

    @property
    def slug(self) -> str:
        return self.community.slug

    @property
    def is_member(self) -> bool:
        return self.standing is not None

    @property
    def runs(self) -> bool:
        return people.may_run(self.standing)

    @property
    def members(self) -> int:
        """Count the members; as of a minute ago."""
        key = f"members:{self.community.pk}"
        return int(cache.get_or_set(key, lambda: people.count(self.community), COUNT_SECONDS) or 0)

    @property
    def waiting(self) -> int:
        """Count who waits at the door, for those who may open it."""
        if not self.runs:
            return 0
        key = f"waiting:{self.community.pk}"
        return int(cache.get_or_set(key, lambda: gather.count_waiting(self.community), WAITING_SECONDS) or 0)

    @property
    def to_decide(self) -> int:
        """Count what waits for a decision to keep order, for those who make them."""
        if not self.runs:
            return 0
        key = f"to_decide:{self.community.pk}"
        return int(
            cache.get_or_set(
                key, lambda: connect.count_held(self.community) + connect.count_cases(self.community), WAITING_SECONDS
            )
            or 0
        )

    @property
    def supers(self) -> frozenset[int]:
        """Return the ids of super nodes, for the ring around their faces; as of ten minutes ago."""
        key = f"supers:{self.community.pk}"
        found: frozenset[int] | None = cache.get(key)
        if found is None:
            found = frozenset(n.who.person_id for n in see.super_nodes(self.community, limit=SUPERS_RINGED))
            cache.set(key, found, 10 * COUNT_SECONDS)
        return found

    @property
    def frame(self) -> tuple[object, ...]:
        """Name all that the frame around a page shows of the community and of who reads it."""
        community, handle = self.community, self.standing.handle if self.standing else None
        return (
            community.slug,
            community.name,
            community.is_demo,
            self.members,
            handle,
            self.runs,
            self.waiting,
            self.unread,
            self.to_decide,
        )

    def live(self, after: int) -> str:
        """Return the address of the stream of news after the one of that id, with a pass only this reader holds."""
        who = self.person.pk if self.person else 0
        token = passes.issue(key=settings.SECRET_KEY, community_id=self.community.pk, person_id=who, now=timezone.now())
        return f"/live/{self.slug}?token={token}&after={after}"


View = Callable[..., HttpResponseBase]


def allow(may: May, *methods: str, ahead: Ahead | None = None) -> Callable[[View], View]:
    """State who may open a view, and by which methods (GET where none is named).

    "guest" is whoever may see the community and is signed in: a buyer need not be a member.
    Under "anyone" and "account" the view gets the request alone; else `slug` becomes a Here. A community that does not
    show itself to the reader is not found (404), because a 403 would tell that it exists. What a page asks `ahead` is asked
    together with who reads it.
    """
    allowed = methods or ("GET",)

    def wrap(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
            if request.method not in {*allowed, "HEAD", "OPTIONS"} or request.method == "OPTIONS":
                return HttpResponseNotAllowed(allowed)
            if may in {"anyone", "account"}:
                return view(request, **kwargs) if may == "anyone" or reader(request) else _sign_in(request)
            return _inside(view, may, ahead, request, **kwargs)

        guarded.may = may  # type: ignore[attr-defined]  # read by the test that walks routes and roles
        guarded.methods = allowed  # type: ignore[attr-defined]  # the same
        return guarded

    return wrap


def _inside(
    view: View, may: May, ahead: Ahead | None, request: HttpRequest, *, slug: str, **kwargs: Any
) -> HttpResponseBase:
    person, community, standing, unread, answer = entered(request, slug, ahead)
    here = Here(community, standing, person, unread if standing else 0, answer)
    if not people.may_see(visible_to=community.visible_to, standing=standing):
        raise NotFound
    if may == "see" or (may == "guest" and person is not None):
        return view(request, here, **kwargs)
    if standing is None:
        if person is None:
            return _sign_in(request)
        raise MembersOnly
    if (may == "staff" and not here.runs) or (may == "founder" and standing.role != "founder"):
        raise NotForYou
    return view(request, here, **kwargs)


def _sign_in(request: HttpRequest) -> HttpResponse:
    if request.headers.get("HX-Request"):
        raise SignedOut
    return redirect_to_login(request.get_full_path())


def render(
    request: HttpRequest, template: str, here: Here | None = None, status: int = 200, **facts: Any
) -> HttpResponse:
    """Render a page or fragment with Jinja2."""
    return django_render(
        request, template, {"here": here, "reader": reader(request), **facts}, status=status, using="jinja2"
    )


def is_htmx(request: HttpRequest) -> bool:
    return request.headers.get("HX-Request") == "true"
