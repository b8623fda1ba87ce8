"""Telling people what concerns them, each as they want it."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from kith.connect import rules
from kith.connect.actions.news import CHANNEL
from kith.connect.data import DEFAULT_WAYS, Ears, NewNotice, NoSuchSpace
from kith.connect.models import Hearing, Mute, Notice, Post, Space, Told, Wish
from kith.connect.queries.talk import row
from kith.energy.api import NewAct
from kith.lib.text import clean_line
from kith.people.api import Community, Deed, Person, Place, deeds_after, end_of_deeds

BELL = "bell"
DEEDS_AT_ONCE = 500
# How each wants it: what they said for the space, else in general, else what is usual; imported people
# have no way to hear, but the invented can be visited.
TELL = """
    INSERT INTO connect_notice (community_id, person_id, kind, cause, by_id, subject, root_id, detail, mails, pushes, at)
    SELECT %(community)s, w.person, w.kind, w.cause, w.by_id, w.subject, w.root, w.detail::jsonb, chosen.way = 'mail',
        chosen.way = 'mail' AND EXISTS (SELECT FROM connect_device d WHERE d.person_id = w.person), %(at)s
    FROM unnest(%(people)s::bigint[], %(kinds)s::text[], %(causes)s::text[], %(bys)s::bigint[], %(subjects)s::text[], %(roots)s::bigint[],
            %(spaces)s::bigint[], %(details)s::text[]) AS w(person, kind, cause, by_id, subject, root, space, detail)
        JOIN people_community c ON c.id = %(community)s
        JOIN people_person p ON p.id = w.person AND (p.email IS NOT NULL OR c.is_demo) AND p.is_active AND NOT p.is_bot
        CROSS JOIN LATERAL (SELECT COALESCE(
            (SELECT way FROM connect_wish v WHERE v.community_id = %(community)s AND v.kind = w.kind AND v.space_id = w.space AND v.person_id = w.person),
            (SELECT way FROM connect_wish v WHERE v.community_id = %(community)s AND v.kind = w.kind AND v.space_id IS NULL AND v.person_id = w.person),
            %(usual)s::jsonb ->> w.kind) AS way) chosen
    WHERE chosen.way <> 'off' AND NOT EXISTS (SELECT FROM connect_mute m WHERE m.root_id = w.root AND m.person_id = w.person)
    ON CONFLICT DO NOTHING RETURNING person_id
"""
WATCHING = """
    SELECT DISTINCT person_id FROM connect_wish
    WHERE community_id = %s AND kind = 'post' AND (space_id = %s OR space_id IS NULL) AND way <> 'off'
"""
EVERYBODY = "SELECT person_id FROM people_membership WHERE community_id = %s AND NOT is_bot"


def tell_people(*, community: Community, notices: Iterable[NewNotice], now: datetime) -> int:
    """Tell people of something, once each, in the transaction of what caused it; returns how many were told."""
    new = rules.once_each(notices)
    if not new:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(TELL, _values(community, new, now))
        told = [person for (person,) in cursor.fetchall()]
    ring(community=community, people=told)
    return len(told)


def _values(community: Community, new: list[NewNotice], now: datetime) -> dict[str, Any]:
    return {
        "community": community.pk, "at": now, "usual": json.dumps(DEFAULT_WAYS), "people": [n.person_id for n in new],
        "kinds": [n.kind for n in new], "causes": [n.cause for n in new], "bys": [n.by_id for n in new],
        "subjects": [n.subject for n in new], "roots": [n.root_id for n in new], "spaces": [n.space_id for n in new],
        "details": [json.dumps(dict(n.detail)) for n in new],
    }  # fmt: skip


def ring(*, community: Community, people: list[int]) -> None:
    """Have the open pages of some people look at their bell, once the transaction holds. Nothing is kept of it."""

    def send() -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_notify(%s, format('%%s 0 %%s %%s 0', %s::bigint, %s::text, person)) FROM unnest(%s::bigint[]) person",
                [CHANNEL, community.pk, BELL, people],
            )

    if people:
        transaction.on_commit(send, robust=True)


def tell_of_acts(*, community: Community, post: Post, acts: Iterable[NewAct], now: datetime) -> None:
    """Tell whom a text, thanks or an acceptance was given to; whose thread it is hears of every reply in it."""
    root_id = post.root_id or post.pk
    root = post if post.root_id is None else Post.objects.only("author_id", "space_id").get(pk=root_id)
    space = root.space_id
    new = [
        NewNotice(a.other_id, a.kind, a.key, a.actor_id, a.source, root_id, space)
        for a in acts
        if a.kind in rules.ACTS and a.other_id
    ]
    if post.root_id and any(a.kind in {"reply", "post"} for a in acts):
        new.append(
            NewNotice(root.author_id, "reply", f"reply:{post.pk}", post.author_id, f"post:{post.pk}", root_id, space)
        )
    tell_people(community=community, notices=new, now=now)


def tell_watchers(*, community: Community, post: Post, now: datetime) -> None:
    """Tell of a new post who watches its space, or all of them."""
    with connection.cursor() as cursor:
        cursor.execute(WATCHING, [community.pk, post.space_id])
        people = [person for (person,) in cursor.fetchall()]
    new = [
        NewNotice(p, "post", f"post:{post.pk}", post.author_id, f"post:{post.pk}", post.pk, post.space_id)
        for p in people
    ]
    tell_people(community=community, notices=new, now=now)


def untell(*, community: Community, cause: str = "", subject: str = "") -> None:
    """Take back what was told: of one cause, or all about a thing that is gone."""
    rows = Notice.objects.filter(community=community)
    rows = rows.filter(cause=cause) if cause else rows.filter(subject=subject)
    people = set(rows.filter(read_at=None).values_list("person_id", flat=True))
    rows.delete()
    ring(community=community, people=sorted(people))


@transaction.atomic
def tell_of_deeds(*, now: datetime) -> int:
    """Go on in the record of deeds, and tell those named in them; returns how many deeds were read.

    Two at once read nothing twice: who comes second waits, then goes on behind. The very first begins at the end.
    """
    told = Told.objects.select_for_update().first()
    if told is None:
        place = end_of_deeds()
        Told.objects.create(pk=1, tx=place.tx, deed_id=place.id)
        return 0
    found = deeds_after(Place(told.tx, told.deed_id), DEEDS_AT_ONCE)
    for deed in found:
        if kind := rules.DEEDS.get(deed.kind):
            _tell_of_deed(deed, kind, now)
    if found:
        Told.objects.filter(pk=told.pk).update(tx=found[-1].place.tx, deed_id=found[-1].place.id)
    return len(found)


def _tell_of_deed(deed: Deed, kind: str, now: datetime) -> None:
    community = Community(pk=deed.community_id)
    people = [deed.person_id] if deed.person_id else []
    if deed.kind in rules.TO_ALL:
        with connection.cursor() as cursor:
            cursor.execute(EVERYBODY, [deed.community_id])
            people = [person for (person,) in cursor.fetchall()]
    detail = dict(deed.detail) | {"deed": deed.kind}
    new = [NewNotice(p, kind, f"deed:{deed.id}", deed.by_id, deed.subject, detail=detail) for p in people if p]
    tell_people(community=community, notices=new, now=now)


def mark_read(*, community: Community, by: Person, now: datetime, ids: Iterable[int] = (), root_id: int = 0) -> int:
    """Mark notices as read: those of some ids, of a thread, or all; returns how many were not."""
    rows = Notice.objects.filter(community=community, person=by, read_at=None)
    if root_id:
        rows = rows.filter(root_id=root_id)
    elif chosen := list(ids):
        rows = rows.filter(pk__in=chosen)
    many = rows.update(read_at=now)
    ring(community=community, people=[by.pk] if many else [])
    return many


def wish(*, community: Community, by: Person, kind: str, way: str, space: str = "") -> None:
    """Say how one wants to hear of a kind, in a space or anywhere; an empty `way` for a space takes it back.

    Raises:
        UnknownNotice, UnknownWay, NoSuchSpace: as they say.

    """
    where = _space(community, space) if space else None
    if where and not way:
        Wish.objects.filter(community=community, person=by, kind=kind, space=where).delete()
        return
    rules.checked_wish(kind, way, has_space=where is not None)
    Wish.objects.update_or_create(community=community, person=by, kind=kind, space=where, defaults={"way": way})


def _space(community: Community, name: str) -> Space:
    found = Space.objects.filter(community=community, name=clean_line(name)).first()
    if found is None:
        raise NoSuchSpace
    return found


def hear(*, community: Community, by: Person, ears: Ears) -> Ears:
    """Say when and how mail may reach one.

    Raises:
        UnknownDigest, UnknownZone, NoQuiet: as they say.

    """
    wanted = rules.checked_ears(ears)
    Hearing.objects.update_or_create(community=community, person=by, defaults=asdict(wanted))
    return wanted


def take_mail(*, community: Community, person_id: int, takes: bool) -> None:
    """Stop or take up again all mail of notices, as the link in each of them does."""
    Hearing.objects.update_or_create(community=community, person_id=person_id, defaults={"takes_mail": takes})


def mute(*, community: Community, by: Person, post_id: int, on: bool) -> None:
    """Hear nothing more of the thread a post stands in, or take that back.

    Raises:
        PostGone: it is not here.

    """
    found = row(community, post_id)
    root_id = found.root_id or found.pk
    if on:
        Mute.objects.get_or_create(community=community, person=by, root_id=root_id)
        mark = Notice.objects.filter(community=community, person=by, root_id=root_id, sent_at=None)
        mark.update(mails=False)
        Notice.objects.filter(community=community, person=by, root_id=root_id, pushes=True).update(pushes=False)
    else:
        Mute.objects.filter(person=by, root_id=root_id).delete()
