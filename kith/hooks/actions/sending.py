"""Sending what waits for one address. Nothing is held in the database meanwhile."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from kith.hooks import rules
from kith.hooks.actions.keeping import PURPOSE
from kith.hooks.data import ADDRESS_LIMIT
from kith.hooks.models import Delivery, Hook
from kith.lib import outward
from kith.lib.outward import Answer
from kith.lib.sealing import unseal
from kith.people.api import note_deed

AT_ONCE = 50
VAIN = 3  # so many failures on end, and the address is left alone until the next time
SECONDS = 10
LEASE = timedelta(minutes=5)
GONE = 410


def send(*, hook_id: int, now: datetime) -> int:
    """Send what is due to one address, the oldest first; returns how many messages arrived.

    A message may arrive twice (killed between the answer and its note), never not at all before it is given up.
    """
    hook = Hook.objects.select_related("community").filter(pk=hook_id, off_at=None).first()
    if hook is None:
        return 0
    secret = unseal(bytes(hook.secret), secret=settings.SECRET_KEY, purpose=PURPOSE)
    arrived = vain = 0
    for delivery in _taken(hook, now):
        answer = post(hook.address, delivery, secret)
        _note(hook, delivery, answer, now)
        arrived, vain = (arrived + 1, 0) if answer.is_good else (arrived, vain + 1)
        if vain == VAIN or answer.status == GONE:
            break
    return arrived


@transaction.atomic
def _taken(hook: Hook, now: datetime) -> list[Delivery]:
    """Take what is due for some minutes, so that another worker does not send it too."""
    due = Delivery.objects.filter(hook=hook, next_at__lte=now).order_by("pk")
    rows = list(due.select_for_update(skip_locked=True)[:AT_ONCE])
    Delivery.objects.filter(pk__in=[r.pk for r in rows]).update(next_at=now + LEASE)
    return rows


def post(address: str, delivery: Delivery, secret: str) -> Answer:
    """Send one message."""
    at = int(timezone.now().timestamp())
    headers = {"content-type": "application/json"} | rules.signed(secret, delivery.message_id, at, delivery.body)
    return outward.post(
        address, body=delivery.body.encode(), headers=headers, inner=settings.HOOKS_INNER, limit=ADDRESS_LIMIT, seconds=SECONDS
    )  # fmt: skip


@transaction.atomic
def _note(hook: Hook, delivery: Delivery, answer: Answer, now: datetime) -> None:
    tries = delivery.tries + 1
    wait = rules.again_after(tries)
    Delivery.objects.filter(pk=delivery.pk).update(
        tries=tries, status=answer.status, answer=answer.text,
        done_at=now if answer.is_good else None,
        next_at=None if answer.is_good or wait is None else now + wait,
    )  # fmt: skip
    if answer.is_good:
        Hook.objects.filter(pk=hook.pk).exclude(failing_since=None).update(failing_since=None)
        return
    Hook.objects.filter(pk=hook.pk, failing_since=None).update(failing_since=now)
    row = Hook.objects.filter(pk=hook.pk, off_at=None).first()
    if row and row.failing_since and (answer.status == GONE or now - row.failing_since >= rules.OFF_AFTER):
        Hook.objects.filter(pk=hook.pk).update(off_at=now)
        note_deed(community=hook.community, kind="hooks.given_up", by=None, subject=f"hook:{hook.pk}", now=now)
