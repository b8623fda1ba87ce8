"""How often the API may be called: by a person, and from an address. Counted by the minute, for all web processes together.

A process counts for itself and adds what it counted to a shared row only every twentieth of a limit; the answer is the sum of
all. So a person who reads at an ordinary pace costs no statement at all, and P processes let through at most P twentieths too
many. django-ninja's own throttles keep a list of times in the cache and write it with every request: a write for every read.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

from django.conf import settings
from django.db import connection
from django.http import HttpRequest

from kith.lib.addresses import client_address, neighbourhood
from kith.rest.data import TooManyRequests

MINUTE = 60
STEPS = 20
KEYS = 50_000
SAFE = {"GET", "HEAD", "OPTIONS"}
# The row is of this minute, or begins anew.
ADD = """
    INSERT INTO rest_rate AS r (key, minute, seen) VALUES (%s, %s, %s)
    ON CONFLICT (key) DO UPDATE SET minute = GREATEST(r.minute, EXCLUDED.minute),
        seen = CASE WHEN r.minute >= EXCLUDED.minute THEN r.seen ELSE 0 END + EXCLUDED.seen
    RETURNING seen
"""


@dataclass(slots=True)
class _Count:
    minute: int
    shared: int = 0
    own: int = 0


class Counter:
    """Counts of this process, and what it knows of the others'."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._counts: dict[str, _Count] = {}

    def forget(self) -> None:
        with self._lock:
            self._counts.clear()

    def is_over(self, key: str, limit: int, minute: int, add: Callable[[str, int, int], int]) -> bool:
        """Count one, and tell whether the limit is passed. `add` adds to the shared count and returns it; refused ones are not counted."""
        with self._lock:
            count = self._of(key, minute)
            if count.shared + count.own >= limit:
                return True
            count.own += 1
            if count.own < max(1, limit // STEPS):
                return False
            many, count.own = count.own, 0
            count.shared += many  # until the answer is here
        total = add(key, minute, many)
        with self._lock:
            if count.minute == minute:
                count.shared = max(count.shared, total)
        return total > limit

    def _of(self, key: str, minute: int) -> _Count:
        found = self._counts.get(key)
        if found is None or found.minute != minute:
            if len(self._counts) >= KEYS:
                self._counts = {k: c for k, c in self._counts.items() if c.minute == minute}
            found = self._counts[key] = _Count(minute)
        return found


clock = time.time
counter = Counter()


def add_shared(key: str, minute: int, many: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(ADD, [key, minute, many])
        return int(cursor.fetchone()[0])


def sweep(*, minute: int) -> int:
    """Forget the counts of minutes that are over; returns how many."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM rest_rate WHERE minute < %s", [minute])
        return int(cursor.rowcount)


def minute_of(moment: float) -> int:
    return int(moment) // MINUTE


def _check(kind: str, who: str) -> None:
    now = clock()
    limit = settings.API_LIMITS[kind]
    if limit and counter.is_over(f"{kind}:{who}", limit, minute_of(now), add_shared):
        raise TooManyRequests(limit=limit, seconds=MINUTE - int(now) % MINUTE)


def check_address(request: HttpRequest) -> None:
    """Count a request from an address, whoever asks: before a token is looked at.

    Raises:
        TooManyRequests: there were more than the limit in this minute.

    """
    _check("address", _where(request))


def check_caller(request: HttpRequest, person_id: int | None) -> None:
    """Count a request of a person, by token or session, and again where it writes; of a stranger by their address.

    Raises:
        TooManyRequests: as above.

    """
    if person_id is None:
        _check("stranger", _where(request))
        return
    _check("person", str(person_id))
    if request.method not in SAFE:
        _check("write", str(person_id))


def _where(request: HttpRequest) -> str:
    forwarded, seen = request.headers.get("X-Forwarded-For", ""), request.META.get("REMOTE_ADDR", "")
    return neighbourhood(client_address(seen=seen, forwarded=forwarded, is_secure=request.is_secure()))
