"""Reads of hooks."""

from django.db.models import Count, Q

from kith.hooks.data import DeliveryValue, HookValue, NoSuchHook
from kith.hooks.models import Delivery, Hook
from kith.people.api import Community

PAGE = 50


def as_hook(row: Hook, waiting: int = 0) -> HookValue:
    return HookValue(
        row.pk, row.address, tuple(row.wants), row.made_at, row.made_by.name, row.off_at, row.failing_since, waiting
    )


def as_delivery(row: Delivery) -> DeliveryValue:
    state = "delivered" if row.done_at else "waiting" if row.next_at else "given_up"
    return DeliveryValue(
        row.pk, row.message_id, row.kind, row.body, row.made_at, state, row.tries, row.next_at, row.done_at, row.status, row.answer
    )  # fmt: skip


def hooks(community: Community) -> list[HookValue]:
    """Return the webhooks, the oldest first, with how many messages wait. Two queries."""
    rows = list(Hook.objects.filter(community=community).select_related("made_by").order_by("pk"))
    counted = Delivery.objects.filter(community=community).exclude(next_at=None).values("hook_id")
    waiting = dict(counted.annotate(many=Count("pk")).values_list("hook_id", "many"))
    return [as_hook(row, waiting.get(row.pk, 0)) for row in rows]


def hook_of(community: Community, hook_id: int) -> Hook:
    """Return the row of a webhook.

    Raises:
        NoSuchHook: there is none here under this id.

    """
    row = Hook.objects.filter(community=community, pk=hook_id).select_related("made_by").first()
    if row is None:
        raise NoSuchHook
    return row


def hook(community: Community, hook_id: int) -> HookValue:
    """Return one webhook.

    Raises:
        NoSuchHook: there is none here under this id.

    """
    return as_hook(hook_of(community, hook_id))


def deliveries(
    community: Community, hook_id: int, *, before: int | None = None, undelivered: bool = False, limit: int = PAGE
) -> list[DeliveryValue]:
    """Return what was sent to an address, or was to be, newest first; `before` is an id to go on from."""
    rows = Delivery.objects.filter(community=community, hook_id=hook_id)
    rows = rows.filter(Q(pk__lt=before)) if before else rows
    rows = rows.filter(done_at=None) if undelivered else rows
    return [as_delivery(row) for row in rows.order_by("-pk")[:limit]]
