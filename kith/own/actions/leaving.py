"""Deleting an account: the person goes, the books stay true."""

from datetime import datetime
from pathlib import Path

from django.contrib.sessions.models import Session
from django.db import connection, transaction
from procrastinate.contrib.django import app

from kith.connect import api as connect
from kith.gather import api as gather
from kith.launch import api as launch
from kith.own import rules
from kith.own.data import TEXTS, LastFounderLeaves, MoneyOwed, NoAccount, Obstacles, OrdersOpen, UnknownChoice
from kith.own.models import Bundle
from kith.own.queries import lines_of, obstacles, room, touched
from kith.people import api as people
from kith.people.api import Community, Person
from kith.see import api as see


@transaction.atomic
def leave(*, person: Person, texts: str, now: datetime) -> None:
    """Delete an account. Who had it becomes a former member without a name; their texts are kept so, or emptied.

    Acts, ledger entries, orders and the record stay: by number, as both books need them. Names others wrote into their own
    texts stay theirs.

    Raises:
        UnknownChoice: `texts` is neither keep nor delete.
        NoAccount: they have none.
        LastFounderLeaves, OrdersOpen, MoneyOwed: that keeps them; nothing has changed.

    """
    if texts not in TEXTS:
        raise UnknownChoice
    held = Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    if not held.has_account:
        raise NoAccount
    _check(obstacles(held))
    ids = lines_of(held)
    for community in touched(ids):
        _leave_one(community, held, ids, texts, now)
    files = [room() / file for file in Bundle.objects.filter(person=held).values_list("file", flat=True)]
    _forget_rows(ids)
    people.erase_person(person=held, name=rules.PSEUDONYM)
    app.configure_task("own.sweep_sessions").defer(person_id=held.pk)
    transaction.on_commit(lambda: _remove(files))


def _remove(files: list[Path]) -> None:
    for file in files:
        file.unlink(missing_ok=True)


def _check(found: Obstacles) -> None:
    if found.founded:
        raise LastFounderLeaves(communities=", ".join(name for _, name in found.founded))
    if found.orders:
        raise OrdersOpen(orders=", ".join(no for _, no in found.orders))
    if found.owed:
        raise MoneyOwed(communities=", ".join(name for _, name in found.owed))


def _leave_one(community: Community, person: Person, ids: list[int], texts: str, now: datetime) -> None:
    connect.give_back_seats(community=community, person=person, now=now)
    connect.forget_author(community=community, person_ids=ids, empties=texts == "delete", now=now)
    gather.forget_member(community=community, person_ids=ids, name=rules.PSEUDONYM, now=now)
    launch.forget_customer(community=community, person=person, now=now)
    people.remove_members(community=community, person_ids=ids)
    people.note_deed(community=community, kind="own.left", by=person, person=person, now=now)
    see.outdate(community=community)


def _forget_rows(ids: list[int]) -> None:
    """Do to every table what the catalogue says, and take the ways in."""
    given = {"ids": ids}
    with connection.cursor() as cursor:
        for table in rules.CATALOGUE:
            if table.goes:
                cursor.execute(f"DELETE FROM {table.name} t WHERE {table.whose}", given)
            elif table.empties:
                sets = ", ".join(f"{column} = {value}" for column, value in table.empties.items())
                cursor.execute(f"UPDATE {table.name} t SET {sets} WHERE {table.whose}", given)
        for sql in WAYS_IN:
            cursor.execute(sql, given)


# allauth's tables: confirmations hang on addresses.
WAYS_IN = (
    "DELETE FROM account_emailconfirmation WHERE email_address_id IN (SELECT id FROM account_emailaddress WHERE user_id = ANY(%(ids)s))",
    "DELETE FROM account_emailaddress WHERE user_id = ANY(%(ids)s)",
    "DELETE FROM mfa_authenticator WHERE user_id = ANY(%(ids)s)",
)


def sweep_sessions(*, person_id: int) -> int:
    """Remove the sessions of somebody who left; they open nothing since then. Goes through all sessions; returns how many went."""
    gone = [s.pk for s in Session.objects.iterator() if s.get_decoded().get("_auth_user_id") == str(person_id)]
    return int(Session.objects.filter(pk__in=gone).delete()[0])
