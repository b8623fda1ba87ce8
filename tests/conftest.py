"""The cast: the founder 罗, an operator, a core figure, a member, a stranger, and a rival community."""

import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from hypothesis import settings
from pytest_django.plugin import blocking_manager_key

from kith.people.api import Community, Person, add_member, found
from tests.energy.kinds import bring_back_kinds
from tests.ledger.assets import bring_back_assets

# Fixtures of tests that commit; a live server asks for the other one only when it runs, where an item does not show it.
COMMITTING = {"transactional_db", "live_server"}
settings.register_profile("kith", deadline=None)  # a busy machine is no failure
settings.load_profile("kith")
NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Cast:
    """Everybody a test may need; 罗 founded `home`, 敌 founded `rival`."""

    home: Community
    rival: Community
    founder: Person
    operator: Person
    core: Person
    member: Person
    other: Person
    stranger: Person
    enemy: Person


def account(name: str, email: str) -> Person:
    return Person.objects.create_user(email, "correct horse", name)


def settle() -> Cast:
    """Make the cast through the doors."""
    founder, enemy = account("罗", "luo@example.org"), account("敌", "di@example.org")
    home = found(
        name="山野社", slug="shanye", pursuit="把山野带回家", by=founder, now=NOW - timedelta(days=400),
        values=[("真", "不说假话")], rules_text="有话直说。", entered_by="application", questions=["你为什么来？"],
    )  # fmt: skip
    rival = found(name="对岸", slug="duian", pursuit="在对岸", by=enemy, now=NOW - timedelta(days=300))
    roles = {"operator": ("Olga", "olga@example.org"), "core": ("何以南", "he@example.org")}
    people = {role: account(*who) for role, who in roles.items()}
    for role, person in people.items():
        add_member(community=home, person=person, role=role, now=NOW - timedelta(days=200))
    member, other = account("苏杭", "su@example.org"), account("赵穗", "zhao@example.org")
    for person in (member, other):
        add_member(community=home, person=person, now=NOW - timedelta(days=100))
    return Cast(
        home,
        rival,
        founder,
        people["operator"],
        people["core"],
        member,
        other,
        account("Ann", "ann@example.org"),
        enemy,
    )


@pytest.fixture
def cast(db: None) -> Cast:
    return settle()


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture(autouse=True)
def _fresh_cache() -> None:
    cache.clear()


@pytest.fixture
def committed(transactional_db: None) -> None:
    """For tests that must see commits."""


def until_settled() -> None:
    """Wait until what was committed is the oldest: a snapshot knows the transactions of the whole server, other runs' too."""
    for _ in range(600):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT coalesce(max(tx), 0) < pg_snapshot_xmin(pg_current_snapshot())::text::bigint FROM people_deed"
            )
            if cursor.fetchone()[0]:
                return
        time.sleep(0.05)
    raise AssertionError("a transaction that is older than the last deed runs on")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Generator[None, None, None]:
    """Bring back what migrations put into tables: the clean-up after a test that commits empties all of them."""
    yield
    if nextitem is not None and COMMITTING & set(getattr(item, "fixturenames", ())):
        with item.config.stash[blocking_manager_key].unblock():
            bring_back_kinds()
            bring_back_assets()
            connection.close()


@contextmanager
def undone() -> Generator[None, None, None]:
    """Have everything as it was, whatever is written within."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def signed_in(person: Person, *, checks_csrf: bool = False) -> Client:
    client = Client(enforce_csrf_checks=checks_csrf)
    client.force_login(person, backend="kith.web.signed_in.Accounts")
    return client
