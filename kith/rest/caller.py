"""Who calls: by a personal token, by the session of the pages, or nobody; and what may be shown to them."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils import timezone
from ninja.security import APIKeyCookie, HttpBearer
from ninja.utils import check_csrf

from kith.gather.api import OperatorsOnly
from kith.people import api as people
from kith.people.api import Community, Person
from kith.rest import limits, tokens
from kith.rest.data import SCOPES, BadToken, ScopeMissing, SignInFirst, StaleForm, Token


@dataclass(frozen=True, slots=True)
class Caller:
    """Who calls, and which of their rights they brought; `token` is None for a session and for nobody."""

    person: Person | None
    scopes: frozenset[str]
    token: Token | None = None


class Asked(HttpRequest):
    """A request that passed one of the ways below."""

    auth: Caller


def by_token(request: HttpRequest) -> Caller | None:
    """Return who holds the token of the Authorization header, None without that header.

    Raises:
        BadToken: there is a header, but no token that holds.

    """
    header = request.headers.get("Authorization", "").strip()
    if not header:
        return None
    scheme, _, secret = header.partition(" ")
    if scheme.lower() != "bearer":
        raise BadToken
    person, token = tokens.holder(secret=secret.strip(), now=timezone.now())
    return Caller(person, frozenset(token.scopes), token)


class PersonalToken(HttpBearer):
    """A token in `Authorization: Bearer`, with the scope that the operation asks."""

    def __init__(self, scope: str) -> None:
        super().__init__()
        self.scope = scope

    def __call__(self, request: HttpRequest) -> Caller | None:
        caller = by_token(request)
        if caller and caller.person:
            limits.check_caller(request, caller.person.pk)
        if caller and self.scope not in caller.scopes:
            raise ScopeMissing(scope=self.scope)
        return caller

    def authenticate(self, request: HttpRequest, token: str) -> Caller | None:
        """Fulfil ninja's contract; `__call__` does the work, because a bad header must not pass for none."""
        return self(request)


class Session(APIKeyCookie):
    """The session cookie of the pages; writing needs the anti-forgery header X-CSRFToken too."""

    param_name = "sessionid"

    def __call__(self, request: HttpRequest) -> Caller | None:
        if not request.user.is_authenticated:
            return None
        if check_csrf(request):
            raise StaleForm
        limits.check_caller(request, request.user.pk)
        return Caller(request.user, frozenset(SCOPES))

    def authenticate(self, request: HttpRequest, key: str | None) -> Caller | None:
        """Fulfil ninja's contract; the session middleware knows the cookie."""
        return self(request)


class Nobody(APIKeyCookie):
    """A stranger: sees what the boundary of a community leaves open. The schema shows it as the empty requirement."""

    def __call__(self, request: HttpRequest) -> Caller:
        limits.check_caller(request, None)
        return Caller(None, frozenset({"read"}))

    def authenticate(self, request: HttpRequest, key: str | None) -> Caller:
        """Fulfil ninja's contract."""
        return self(request)


session = Session()
ANYBODY = [PersonalToken("read"), session, Nobody()]
READER = [PersonalToken("read"), session]
WRITER = [PersonalToken("write"), session]
ADMIN = [PersonalToken("admin"), session]


def person(request: Asked) -> Person:
    """Return who calls.

    Raises:
        SignInFirst: nobody.

    """
    if request.auth.person is None:
        raise SignInFirst
    return request.auth.person


def seen(request: Asked, slug: str) -> Community:
    """Return a community that shows itself to the caller.

    Raises:
        NotFound: there is none, or it is none of theirs to see: the same answer to both.

    """
    community = people.community(slug)
    people.checked_sight(community, request.auth.person)
    return community


def run(request: Asked, slug: str) -> Community:
    """Return a community that the caller runs.

    Raises:
        NotFound: it does not show itself to them.
        OperatorsOnly: it does, but they do not run it.

    """
    community = people.community(slug)
    if not people.may_run(people.checked_sight(community, request.auth.person)):
        raise OperatorsOnly
    return community


def check_scope(request: Asked, scope: str) -> None:
    """Let pass who brought a scope.

    Raises:
        ScopeMissing: the token lacks it.

    """
    if scope not in request.auth.scopes:
        raise ScopeMissing(scope=scope)
