"""Making webhooks, changing and removing them, sending something again."""

import json
from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.db import transaction

from kith.hooks import rules
from kith.hooks.data import HOOKS_LIMIT, DeliveryValue, HookValue, MadeHook, NoSuchDelivery, TooManyHooks
from kith.hooks.models import Delivery, Hook
from kith.hooks.queries import as_delivery, as_hook, hook_of
from kith.lib.sealing import seal
from kith.people.api import Community, Person, note_deed

PURPOSE = "hooks"


def sealed(secret: str) -> bytes:
    return seal(secret, secret=settings.SECRET_KEY, purpose=PURPOSE)


@transaction.atomic
def make(*, community: Community, address: str, wants: Sequence[str], by: Person, now: datetime) -> MadeHook:
    """Have an address told what happens from now on; returns the secret, which is shown once.

    Raises:
        BadHookAddress, InnerAddress, BadWants: as they say.
        TooManyHooks: there are twenty.

    """
    where = rules.checked_address(address, inner=settings.HOOKS_INNER)
    kinds = rules.checked_wants(wants)
    Community.objects.select_for_update(no_key=True).get(pk=community.pk)
    if Hook.objects.filter(community=community).count() >= HOOKS_LIMIT:
        raise TooManyHooks(limit=HOOKS_LIMIT)
    secret = rules.new_secret()
    row = Hook.objects.create(
        community=community, address=where, secret=sealed(secret), wants=kinds, made_by=by, made_at=now
    )
    _note("made", row, by, now)
    return MadeHook(as_hook(row), secret)


@transaction.atomic
def change(
    *,
    community: Community,
    hook_id: int,
    by: Person,
    now: datetime,
    wants: Sequence[str] | None = None,
    is_on: bool | None = None,
) -> HookValue:
    """Change what an address is told, or whether it is told at all; what waited while it was off goes out when it is on.

    Raises:
        NoSuchHook, BadWants: as they say.

    """
    row = hook_of(community, hook_id)
    if wants is not None:
        row.wants = rules.checked_wants(wants)
    if is_on is not None:
        row.off_at, row.failing_since = (None, None) if is_on else (row.off_at or now, row.failing_since)
    row.save(update_fields=["wants", "off_at", "failing_since"])
    _note("changed", row, by, now)
    return as_hook(row)


@transaction.atomic
def change_secret(*, community: Community, hook_id: int, by: Person, now: datetime) -> MadeHook:
    """Give an address another secret, at once; returns it, shown once.

    Raises:
        NoSuchHook: there is none here under this id.

    """
    row, secret = hook_of(community, hook_id), rules.new_secret()
    Hook.objects.filter(pk=row.pk).update(secret=sealed(secret))
    _note("secret_changed", row, by, now)
    return MadeHook(as_hook(row), secret)


@transaction.atomic
def remove(*, community: Community, hook_id: int, by: Person, now: datetime) -> None:
    """Tell an address nothing any more, and forget what was sent there.

    Raises:
        NoSuchHook: there is none here under this id.

    """
    row = hook_of(community, hook_id)
    _note("removed", row, by, now)
    row.delete()


def send_again(*, community: Community, hook_id: int, delivery_id: int, now: datetime) -> DeliveryValue:
    """Send one message once more, whatever became of it; it keeps its id, so a receiver can tell that it is the same.

    Raises:
        NoSuchDelivery: there is none here under this id.

    """
    rows = Delivery.objects.filter(community=community, hook_id=hook_id, pk=delivery_id)
    if not rows.update(next_at=now, done_at=None, tries=0):
        raise NoSuchDelivery
    return as_delivery(rows.get())


def try_out(*, community: Community, hook_id: int, now: datetime) -> DeliveryValue:
    """Send a message that says nothing, whatever the address wants to hear.

    Raises:
        NoSuchHook: there is none here under this id.

    """
    row = hook_of(community, hook_id)
    name = f"try_{row.pk}_{int(now.timestamp() * 1000)}"
    body = json.dumps({"type": "hooks.tried", "timestamp": now.isoformat(), "data": {"community": community.slug}})
    made = Delivery.objects.create(
        community=community, hook=row, message_id=name, kind="hooks.tried", body=body, made_at=now, next_at=now
    )
    return as_delivery(made)


def _note(verb: str, row: Hook, by: Person, now: datetime) -> None:
    note_deed(community=row.community, kind=f"hooks.{verb}", by=by, subject=f"hook:{row.pk}", now=now)
