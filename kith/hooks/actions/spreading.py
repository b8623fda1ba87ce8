"""Reading on in the record and in the energy book, and laying out a message for every address that wants it."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction

from kith.energy import api as energy
from kith.hooks import rules
from kith.hooks.models import Delivery, Hook, Reach
from kith.people import api as people
from kith.people.api import Deed, Place, standings

LOCK = 0x686F6F6B
AT_ONCE = 2_000
# Ids of acts become visible out of order while transactions run; for so long they are looked at again.
LONGEST = timedelta(minutes=10)
# What is brought in from elsewhere happened before; nobody is told of it.
NEWS = timedelta(hours=1)
KEPT = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Message:
    """What is told, before it is known to whom."""

    community_id: int
    id: str
    kind: str
    at: datetime
    data: dict[str, Any]
    people: tuple[int | None, int | None]


@transaction.atomic
def spread(*, now: datetime) -> list[int]:
    """Lay out what happened since for those who want to hear it; returns the hooks to which something is to be sent.

    One at a time. What happened before the first webhook was made is told to nobody.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    hooks = list(Hook.objects.filter(off_at=None).select_related("community"))
    reach = Reach.objects.filter(pk=1).first()
    if not hooks or reach is None:
        _start_here(now)
        return []
    listeners = {h.community_id: [i for i in hooks if i.community_id == h.community_id] for h in hooks}
    deeds = people.deeds_after(Place(reach.deed_tx, reach.deed_id))
    acts = energy.acts_after(list(listeners), act_id=reach.act_id, since=now - NEWS, limit=AT_ONCE)
    _lay_out([*_of_deeds(deeds), *_of_acts(acts)], listeners, now)
    _go_on(reach, deeds, [act.id for _, act, _ in acts], now)
    return list(
        Delivery.objects.filter(hook__off_at=None, next_at__lte=now).values_list("hook_id", flat=True).distinct()
    )


def _start_here(now: datetime) -> None:
    place, act = people.end_of_deeds(), energy.last_act_id()
    Reach.objects.update_or_create(
        pk=1, defaults={"deed_tx": place.tx, "deed_id": place.id, "act_id": act, "act_read": act, "act_since": now}
    )


def _go_on(reach: Reach, deeds: list[Deed], act_ids: list[int], now: datetime) -> None:
    if deeds:
        reach.deed_tx, reach.deed_id = deeds[-1].place
    if len(act_ids) == AT_ONCE:  # more wait than are read at once
        reach.act_id = reach.act_read = act_ids[-1]
        reach.act_since = now
    elif now - reach.act_since >= LONGEST:
        reach.act_id, reach.act_read, reach.act_since = reach.act_read, max([reach.act_read, *act_ids]), now
    reach.save()


def _of_deeds(deeds: Iterable[Deed]) -> Iterator[Message]:
    for deed in deeds:
        told = {"subject": deed.subject, **deed.detail}
        yield Message(deed.community_id, f"deed_{deed.id}", deed.kind, deed.at, told, (deed.by_id, deed.person_id))


def _of_acts(acts: Iterable[tuple[int, energy.ActRow, int | None]]) -> Iterator[Message]:
    for community_id, act, reverses in acts:
        told = {"source": act.source, "weight": act.weight, "withdraws": f"act_{reverses}" if reverses else None}
        yield Message(community_id, f"act_{act.id}", f"act.{act.kind}", act.at, told, (act.actor_id, act.other_id))


def _lay_out(messages: list[Message], listeners: dict[int, list[Hook]], now: datetime) -> None:
    wanted = [(m, h) for m in messages for h in listeners.get(m.community_id, []) if rules.is_wanted(m.kind, h.wants)]
    handles = _handles({h.community_id: h for _, h in wanted}, [m for m, _ in wanted])
    Delivery.objects.bulk_create(
        (
            Delivery(
                community_id=m.community_id, hook=h, message_id=m.id, kind=m.kind, made_at=now, next_at=now,
                body=_body(m, h.community.slug, handles),
            )
            for m, h in wanted
        ),
        ignore_conflicts=True,
    )  # fmt: skip


def _handles(hooks: dict[int, Hook], messages: list[Message]) -> dict[tuple[int, int], str]:
    found: dict[tuple[int, int], str] = {}
    for community_id, hook in hooks.items():
        ids = {p for m in messages if m.community_id == community_id for p in m.people if p}
        found |= {(community_id, pk): place.handle for pk, place in standings(hook.community, ids).items()}
    return found


def _body(message: Message, slug: str, handles: dict[tuple[int, int], str]) -> str:
    """Return the message: people by their handles here, None for who has none (any more)."""
    by, to = (handles.get((message.community_id, pk)) if pk else None for pk in message.people)
    data = {"community": slug, "by": by, "person": to, **message.data}
    return json.dumps({"type": message.kind, "timestamp": message.at.isoformat(), "data": data}, ensure_ascii=False)


def sweep(*, now: datetime) -> int:
    """Forget what was sent a month ago; returns how many messages."""
    return Delivery.objects.filter(next_at=None, made_at__lt=now - KEPT).delete()[0]
