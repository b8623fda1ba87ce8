"""Who is signed in, read without the ORM, which takes longer to word these two questions than PostgreSQL to answer them.

`SessionStore` is named by SESSION_ENGINE, `Accounts` by AUTHENTICATION_BACKENDS; writing, expiry and what makes a session good
are Django's.
"""

from copy import deepcopy
from functools import lru_cache
from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.sessions.backends import db
from django.db import connection
from django.utils import timezone

from kith.people import api as people
from kith.people.api import Person

LIVING = "SELECT session_data FROM django_session WHERE session_key = %s AND expire_date > %s"


class SessionStore(db.SessionStore):
    """Sessions in the database: a sign-out in one process holds in all."""

    def load(self) -> dict[str, Any]:
        with connection.cursor() as cursor:
            cursor.execute(LIVING, [self.session_key, timezone.now()])
            found = cursor.fetchone()
        if found is None:
            self._session_key = None  # so that nobody chooses the key of a new session
            return {}
        return deepcopy(_decoded(found[0]))


# Whether a text was signed here does not change while a process lives.
@lru_cache(4096)
def _decoded(session_data: str) -> dict[str, Any]:
    return SessionStore().decode(session_data)


class Accounts(AuthenticationBackend):  # type: ignore[misc]  # allauth has no types
    """Signs in as allauth does."""

    def get_user(self, user_id: int) -> Person | None:
        person = people.person(user_id)
        return person if person and self.user_can_authenticate(person) else None
