"""Who is signed in, read without the ORM, which takes longer to word these two questions than PostgreSQL to answer them.

`SessionStore` is named by SESSION_ENGINE, `Accounts` by AUTHENTICATION_BACKENDS; writing, expiry and what makes a session good
are Django's.
"""

from contextvars import ContextVar
from copy import deepcopy
from functools import lru_cache
from typing import Any, cast

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.http import HttpRequest
from django.utils import timezone

from kith.connect import api as connect
from kith.people import api as people
from kith.people.api import Community, Person, Standing

LIVING = f"""
    SELECT s.session_data, {", ".join(f"p.{name}" for name in people.PERSON)}
    FROM django_session s LEFT JOIN people_person p ON p.id = %s
    WHERE s.session_key = %s AND s.expire_date > %s
"""
KEYS = 8192
# Whose a key was when it was last seen here: so the person comes with the session. Only a guess; the session decides.
_last_seen: dict[str, int] = {}
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
        return people.Question(LIVING, [self.guess, self.session_key, timezone.now()])

    def take(self, row: tuple[Any, ...] | None) -> dict[str, Any]:
        """Begin with the answer to `question`."""
        self.is_open = True
        _fetched.set(people.person_of(row[1:]) if row and row[1] else None)
        facts = _decoded(row[0]) if row else {}
        _remember(self.session_key or "", facts)
        if row is None:
            self._session_key = None  # so that nobody chooses the key of a new session
        self._session_cache = deepcopy(facts)
        return self._session_cache


def reader(request: HttpRequest) -> Person | None:
    """Return who is signed in."""
    return request.user if request.user.is_authenticated else None


def entered(request: HttpRequest, slug: str) -> tuple[Person | None, Community, Standing | None, int]:
    """Return who is signed in, the community of an address, where they stand there, and what they have not read. One query where the key was seen before.

    Raises:
        NotFound: there is no community at this address.

    """
    session = cast("SessionStore", request.session)
    guess, answer, unread = session.guess, None, None
    if guess is not None:
        row, answer, unread = people.ask(session.question(), people.entering(slug, guess), connect.bell(slug, guess))
        session.take(row)
    person = reader(request)
    if person is None or person.pk != guess:
        who = person.pk if person else None
        answer, unread = people.ask(people.entering(slug, who), connect.bell(slug, who))
    return person, *people.entered_of(answer), unread[0] if unread else 0


def _remember(key: str, facts: dict[str, Any]) -> None:
    if SESSION_KEY in facts and key not in _last_seen:
        if len(_last_seen) >= KEYS:
            _last_seen.clear()
        _last_seen[key] = int(facts[SESSION_KEY])


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
