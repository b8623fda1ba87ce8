"""Who is signed in, read without the ORM, which takes longer to word these two questions than PostgreSQL to answer them.

`SessionStore` is named by SESSION_ENGINE, `Accounts` by AUTHENTICATION_BACKENDS; writing, expiry and what makes a session good
are Django's.
"""

from collections.abc import Callable
from contextvars import ContextVar
from copy import deepcopy
from functools import lru_cache
from typing import Any, NamedTuple, cast

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.http import HttpRequest
from django.utils import timezone

from kith.connect import api as connect
from kith.people import api as people
from kith.people.api import Community, Person, Question, Standing

OF_LIVING = ["s.session_data", *[f"p.{name}" for name in people.PERSON]]
LIVING = """
    FROM django_session s LEFT JOIN people_person p ON p.id = %(guess)s
    WHERE s.session_key = %(session_key)s AND s.expire_date > %(at)s
"""
KEYS = 8192
# Whose a key was when it was last seen here: so the person comes with the session. Only a guess; the session decides.
_last_seen: dict[str, int] = {}
_homes: dict[str, int] = {}  # which community an address led to; also a guess
_fetched: ContextVar[Person | None] = ContextVar("fetched", default=None)


class SessionStore(db.SessionStore):
    """Sessions in the database: a sign-out in one process holds in all."""

    is_open = False

    def load(self) -> dict[str, Any]:
        return self.take(people.ask(self.question())[0])

    @property
    def guess(self) -> int | None:
        """Return whose session this was when it was last seen here; None where nobody knows, or it is loaded already."""
        return None if self.is_open else _last_seen.get(self.session_key or "")

    def question(self) -> people.Question:
        return people.Question(
            OF_LIVING, LIVING, {"guess": self.guess, "session_key": self.session_key, "at": timezone.now()}
        )

    def take(self, row: tuple[Any, ...] | None) -> dict[str, Any]:
        """Begin with the answer to `question`."""
        self.is_open = True
        _fetched.set(people.person_of(row[1:]) if row and row[1] else None)
        facts = _decoded(row[0]) if row else {}
        if SESSION_KEY in facts:
            _remember(_last_seen, self.session_key or "", int(facts[SESSION_KEY]))
        if row is None:
            self._session_key = None  # so that nobody chooses the key of a new session
        self._session_cache = deepcopy(facts)
        return self._session_cache


def reader(request: HttpRequest) -> Person | None:
    """Return who is signed in."""
    return request.user if request.user.is_authenticated else None


class Entered(NamedTuple):
    """Who is signed in, the community of an address, where they stand there, what they have not read, and the answer to what was asked ahead."""

    person: Person | None
    community: Community
    standing: Standing | None
    unread: int
    answer: tuple[Any, ...] | None


Ahead = Callable[[HttpRequest, int, int | None], Question]


def entered(request: HttpRequest, slug: str, ahead: Ahead | None = None) -> Entered:
    """Return who enters where. One query where the key and the address were seen before, with what a page asks `ahead` by the ids
    of its community and its reader.

    Raises:
        NotFound: there is no community at this address.

    """  # fmt: skip
    session = cast("SessionStore", request.session)
    guess, home, place, unread, answer = session.guess, _homes.get(slug), None, None, None
    if guess is not None:
        more = [ahead(request, home, guess)] if ahead and home else []
        row, place, unread, *rest = people.ask(
            session.question(), people.entering(slug, guess), connect.bell(slug, guess), *more
        )
        session.take(row)
        answer = rest[0] if rest else None
    person = reader(request)
    who = person.pk if person else None
    if who is None or who != guess:
        place, unread = people.ask(people.entering(slug, who), connect.bell(slug, who))
    community, standing = people.entered_of(place)
    _remember(_homes, slug, community.pk)
    if ahead and (answer is None or who != guess or community.pk != home):
        [answer] = people.ask(ahead(request, community.pk, who))
    return Entered(person, community, standing, unread[0] if unread else 0, answer)


def _remember(seen: dict[str, int], key: str, number: int) -> None:
    if seen.get(key) != number:
        if len(seen) >= KEYS:
            seen.clear()
        seen[key] = number


# Whether a text was signed here does not change while a process lives.
@lru_cache(4096)
def _decoded(session_data: str) -> dict[str, Any]:
    return SessionStore().decode(session_data)


class Accounts(AuthenticationBackend):  # type: ignore[misc]  # allauth has no types
    """Signs in as allauth does."""

    def get_user(self, user_id: int) -> Person | None:
        person = _fetched.get()
        _fetched.set(None)  # good for one question: later ones see what was written meanwhile
        if person is None or person.pk != user_id:
            person = people.person(user_id)
        return person if person and self.user_can_authenticate(person) else None
