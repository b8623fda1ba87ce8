"""Webhooks, for operators."""

from typing import Any

from django.utils import timezone
from ninja import Router, Status

from kith.hooks import api as hooks
from kith.rest.answers import BODY, answers
from kith.rest.caller import ADMIN, Asked, person, run
from kith.rest.fields import Id, Slug
from kith.rest.fields_hooks import ChangedHook, NewHook, Undelivered
from kith.rest.schemas import hooks as schemas

router = Router(tags=["Webhooks"])
H = "/communities/{slug}/webhooks"
ONE = f"{H}/{{hook_id}}"
D = f"{ONE}/deliveries"


@router.get(H, auth=ADMIN, response=answers(schemas.Hooks, 404, 422), summary="List webhooks")
def list_webhooks(request: Asked, slug: Slug) -> dict[str, Any]:
    """Return the addresses that are told what happens; for operators."""
    return {"hooks": hooks.hooks(run(request, slug))}


@router.post(H, auth=ADMIN, response=answers(schemas.MadeHook, *BODY, 404, 409, status=201), summary="Make a webhook")
def make_webhook(request: Asked, slug: Slug, data: NewHook) -> Status[hooks.MadeHook]:
    """Have an address told what happens from now on (Standard Webhooks: signed, tried again for a day); for operators."""
    made = hooks.make(community=run(request, slug), by=person(request), now=timezone.now(), **data.dict())
    return Status(201, made)


@router.patch(ONE, auth=ADMIN, response=answers(schemas.Hook, *BODY, 404), summary="Change a webhook")
def change_webhook(request: Asked, slug: Slug, hook_id: Id, data: ChangedHook) -> hooks.HookValue:
    """Change what it is told, or whether; for operators."""
    return hooks.change(
        community=run(request, slug), hook_id=hook_id, by=person(request), now=timezone.now(), **data.dict()
    )


@router.post(
    f"{ONE}/secret", auth=ADMIN, response=answers(schemas.MadeHook, 404, 422), summary="Change the secret of a webhook"
)
def change_webhook_secret(request: Asked, slug: Slug, hook_id: Id) -> hooks.MadeHook:
    """Give it another secret, at once; for operators."""
    return hooks.change_secret(community=run(request, slug), hook_id=hook_id, by=person(request), now=timezone.now())


@router.delete(ONE, auth=ADMIN, response=answers(None, 404, 422, status=204), summary="Remove a webhook")
def remove_webhook(request: Asked, slug: Slug, hook_id: Id) -> Status[None]:
    """Tell it nothing any more and forget what was sent; for operators."""
    hooks.remove(community=run(request, slug), hook_id=hook_id, by=person(request), now=timezone.now())
    return Status(204, None)


@router.post(
    f"{ONE}/try", auth=ADMIN, response=answers(schemas.Delivery, 404, 422, status=201), summary="Try a webhook"
)
def try_webhook(request: Asked, slug: Slug, hook_id: Id) -> Status[hooks.DeliveryValue]:
    """Send it a message that says nothing; for operators."""
    return Status(201, hooks.try_out(community=run(request, slug), hook_id=hook_id, now=timezone.now()))


@router.get(D, auth=ADMIN, response=answers(schemas.Deliveries, 404, 422), summary="List what was sent to a webhook")
def list_deliveries(request: Asked, slug: Slug, hook_id: Id, *, undelivered: Undelivered = False) -> dict[str, Any]:
    """Return the last 50 messages to it, or those that did not arrive, newest first; for operators."""
    community = run(request, slug)
    hooks.hook(community, hook_id)
    return {"deliveries": hooks.deliveries(community, hook_id, undelivered=undelivered)}


@router.post(
    f"{D}/{{delivery_id}}/again",
    auth=ADMIN,
    response=answers(schemas.Delivery, 404, 422),
    summary="Send a message again",
)
def send_again(request: Asked, slug: Slug, hook_id: Id, delivery_id: Id) -> hooks.DeliveryValue:
    """Send one message once more, under its old id; for operators."""
    return hooks.send_again(community=run(request, slug), hook_id=hook_id, delivery_id=delivery_id, now=timezone.now())
