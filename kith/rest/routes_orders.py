"""Orders: placing, paying, money back. A buyer need not be a member of a public community."""

from typing import Any

from django.urls import reverse
from django.utils import timezone
from ninja import Router, Status

from kith.launch import api as launch
from kith.people.api import Community, Person, may_run, standing
from kith.rest.answers import BODY, answers
from kith.rest.caller import ADMIN, READER, WRITER, Asked, person, run, seen
from kith.rest.fields import Id, Slug
from kith.rest.fields_launch import (
    DisputeEnd,
    LaunchSlug,
    NewOrder,
    NewRefund,
    OrderNo,
    Proof,
    Provider,
    Seen,
    Shipped,
    WithReason,
)
from kith.rest.schemas import launch as schemas
from kith.rest.schemas import sale

router = Router(tags=["Orders"])
C = "/communities/{slug}"
O = C + "/orders/{no}"  # noqa: E741 -- an address, not a number


@router.post(
    f"{C}/launches/{{launch_slug}}/orders", auth=WRITER, response=answers(schemas.Order, *BODY, 404, 409, status=201), summary="Order",
)  # fmt: skip
def place_order(request: Asked, slug: Slug, launch_slug: LaunchSlug, data: NewOrder) -> Status[launch.OrderValue]:
    """Order units of a launch and hold them for as long as the launch says; sent again under its key it is the same order."""
    contact = launch.ContactValue(**data.contact.dict()) if data.contact else None
    made = launch.place(
        community=seen(request, slug), campaign=launch_slug, buyer=person(request), now=timezone.now(), client_key=data.key,
        wanted=[launch.Wanted(w.item_id, w.qty) for w in data.items], contact=contact, shows_energy=data.shows_energy,
        terms_digest=data.terms_digest, coupons=data.coupons, group=data.group,
        gift=launch.GiftWish(**data.gift.dict()) if data.gift else None,
    )  # fmt: skip
    return Status(201, made)


@router.get(f"{C}/orders", auth=READER, response=answers(schemas.Orders, 404, 422), summary="List your orders")
def my_orders(request: Asked, slug: Slug) -> dict[str, Any]:
    """Return your orders in a community, newest first."""
    return {"orders": launch.orders_of(seen(request, slug), person(request))}


@router.get(f"{C}/memberships", auth=READER, response=answers(sale.Terms, 404, 422), summary="List your memberships")
def my_memberships(request: Asked, slug: Slug) -> dict[str, Any]:
    """Return the times you paid to be a member, the latest first; what renews by itself is at `renewing`."""
    return {"terms": launch.terms_of(seen(request, slug), person(request), now=timezone.now())}


@router.get(f"{C}/paying-members", auth=ADMIN, response=answers(sale.Terms, 404, 422), summary="List paying members")
def paying_members(request: Asked, slug: Slug) -> dict[str, Any]:
    """Return the memberships that run now, those that end first first; for operators."""
    return {"terms": launch.members_of_plans(run(request, slug), now=timezone.now())}


@router.get(O, auth=READER, response=answers(schemas.WholeOrder, 404, 422), summary="Show an order")
def show_order(request: Asked, slug: Slug, no: OrderNo) -> launch.OrderPage:
    """Return an order of yours, or any to who runs the community."""
    community, who = seen(request, slug), person(request)
    return launch.order_page(community, no, reader=who, runs=_runs(community, who), now=timezone.now())


def _runs(community: Community, who: Person) -> bool:
    return may_run(standing(community, who))


@router.post(f"{O}/charges", auth=WRITER, response=answers(schemas.PayAt, *BODY, 404, 409, 502), summary="Pay an order")
def pay_order(request: Asked, slug: Slug, no: OrderNo, data: Provider) -> dict[str, Any]:
    """Ask a provider for the money and return where it is paid; asked again by the same device it is the same payment."""
    back, payer = reverse("order", kwargs={"slug": slug, "no": no}), launch.Payer(data.via, data.ip, data.openid)
    at = launch.charge(
        community=seen(request, slug), no=no, provider=data.provider, by=person(request), back=back, now=timezone.now(), payer=payer
    )  # fmt: skip
    return {"page": request.build_absolute_uri(at.page) if at.page else "", "scan": at.scan, "bridge": dict(at.bridge)}


@router.post(
    f"{O}/transfer", auth=WRITER, response=answers(schemas.Wire, *BODY, 404, 409), summary="Say that it was transferred"
)
def prove_transfer(request: Asked, slug: Slug, no: OrderNo, data: Proof) -> launch.WireValue:
    """Say that you transferred the money; two of the community's people confirm it."""
    return launch.prove(community=seen(request, slug), no=no, note=data.note, by=person(request), now=timezone.now())


@router.post(f"{O}/cancel", auth=WRITER, response=answers(schemas.Order, 404, 409, 422), summary="Let an order go")
def cancel_order(request: Asked, slug: Slug, no: OrderNo) -> launch.OrderValue:
    """Let go of an order that was not paid."""
    return launch.cancel(community=seen(request, slug), no=no, by=person(request), now=timezone.now())


@router.post(f"{O}/give-up", auth=WRITER, response=answers(schemas.Order, 404, 409, 422), summary="Give a deposit up")
def give_order_up(request: Asked, slug: Slug, no: OrderNo) -> launch.OrderValue:
    """Let go of an order whose deposit was paid; the deposit is kept or comes back, as the terms say."""
    return launch.give_up(community=seen(request, slug), no=no, by=person(request), now=timezone.now())


@router.post(f"{O}/withdrawal", auth=ADMIN, response=answers(schemas.Order, 404, 409, 422), summary="Withdraw an order")
def withdraw_order(request: Asked, slug: Slug, no: OrderNo) -> launch.OrderValue:
    """Take back what cannot be delivered; the deposit goes back, twice where it binds; for operators."""
    return launch.withdraw(community=run(request, slug), no=no, by=person(request), now=timezone.now())


@router.post(
    f"{O}/refund-wish", auth=WRITER, response=answers(schemas.Order, *BODY, 404, 409), summary="Ask for money back"
)
def ask_refund(request: Asked, slug: Slug, no: OrderNo, data: WithReason) -> launch.OrderValue:
    """Ask the sellers for money back."""
    return launch.ask_refund(
        community=seen(request, slug), no=no, reason=data.reason, by=person(request), now=timezone.now()
    )


@router.post(f"{O}/shipment", auth=ADMIN, response=answers(schemas.Order, *BODY, 404, 409), summary="Ship an order")
def ship_order(request: Asked, slug: Slug, no: OrderNo, data: Shipped) -> launch.OrderValue:
    """Say that the goods left; for operators."""
    return launch.ship(
        community=run(request, slug), no=no, tracking=data.tracking, by=person(request), now=timezone.now()
    )


@router.post(f"{O}/refunds", auth=ADMIN, response=answers(schemas.Wire, *BODY, 404, 409), summary="Give money back")
def refund_order(request: Asked, slug: Slug, no: OrderNo, data: NewRefund) -> launch.WireValue:
    """Give back units of lines, or an amount; sent again under its key it is the same refund; for operators."""
    return launch.refund(
        community=run(request, slug), no=no, parts=[launch.Part(p.n, p.qty, p.amount_minor) for p in data.parts], key=data.key,
        by=person(request), now=timezone.now(), by_hand=data.by_hand,
    )  # fmt: skip


@router.post(
    f"{C}/wires/{{wire_id}}/seen",
    auth=ADMIN,
    response=answers(schemas.Wire, *BODY, 404, 409),
    summary="Confirm a transfer",
)
def confirm_wire(request: Asked, slug: Slug, wire_id: Id, data: Seen) -> launch.WireValue:
    """Say whether a transfer arrived, or a refund went out; it counts when a second person says so too; for operators."""
    return launch.confirm(
        community=run(request, slug), wire_id=wire_id, is_there=data.is_there, by=person(request), now=timezone.now()
    )


@router.post(f"{O}/disputes", auth=ADMIN, response=answers(schemas.Dispute, *BODY, 404, 409, status=201), summary="Enter a complaint")  # fmt: skip
def open_dispute(request: Asked, slug: Slug, no: OrderNo, data: WithReason) -> Status[launch.DisputeValue]:
    """Say that a buyer complains; what was shared of the order stays where it is. For operators."""
    made = launch.open_dispute(
        community=run(request, slug), no=no, reason=data.reason, by=person(request), now=timezone.now()
    )
    return Status(201, made)


@router.post(f"{O}/disputes/end", auth=ADMIN, response=answers(schemas.Dispute, *BODY, 404), summary="End a complaint")
def end_dispute(request: Asked, slug: Slug, no: OrderNo, data: DisputeEnd) -> launch.DisputeValue:
    """Say how a complaint that was entered by hand ended; for operators."""
    return launch.end_dispute(
        community=run(request, slug), no=no, is_won=data.is_won, by=person(request), now=timezone.now()
    )


@router.delete(
    f"{C}/my-addresses", auth=WRITER, response=answers(schemas.Forgotten, 404, 422), summary="Forget your addresses"
)
def forget_addresses(request: Asked, slug: Slug) -> dict[str, int]:
    """Forget where your things were sent, whose links you opened and where your money went, each as soon as nothing needs it."""
    left = launch.forget_buyer(community=seen(request, slug), person=person(request), now=timezone.now())
    return {"still_needed": left}
