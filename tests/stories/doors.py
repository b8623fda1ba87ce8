"""What a story needs before its first page, made through the doors of the parts; and the worker's minute. Runs in Kith's own process.

`kith manage shell` calls it: see `World.told` in conftest.
"""

import json

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.utils import timezone

from kith.launch import api as launch
from kith.people import api as people
from kith.people.api import Person
from kith.web.pages.personas import BACKEND
from kith.web.signed_in import SessionStore


def found(name: str, slug: str, pursuit: str, names: list[str], chapters: dict[str, str]) -> None:
    """Found a community of these people, the first of them by founding it; say each one's session."""
    now = timezone.now()
    first, *others = [people.make_person(name=n) for n in names]
    home = people.found(
        name=name, slug=slug, pursuit=pursuit, by=first, now=now, visible_to="public", entered_by="open", is_demo=True
    )  # where there is no money but the sandbox's
    for person in others:
        people.add_member(community=home, person=person, now=now, chapter=chapters.get(person.name, ""))
    say({person.name: _session(person) for person in (first, *others)})


def stranger(name: str) -> None:
    """Make somebody with an account and no place anywhere."""
    say({name: _session(people.make_person(name=name))})


def work() -> None:
    """Do what the worker does every minute, without waiting for it."""
    now = timezone.now()
    launch.ask_balances(now=now)
    launch.finish_due(now=now)
    say({})


def _session(person: Person) -> str:
    store = SessionStore()
    store[SESSION_KEY], store[BACKEND_SESSION_KEY] = str(person.pk), BACKEND
    store[HASH_SESSION_KEY] = person.get_session_auth_hash()
    store.save()
    assert store.session_key
    return store.session_key


def say(facts: dict[str, str]) -> None:
    print(json.dumps(facts))  # noqa: T201 -- this is how it answers
