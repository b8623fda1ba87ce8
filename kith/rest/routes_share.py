"""Shares of sales: rules, what is owed, payouts, pools."""

from typing import Any

from django.utils import timezone
from ninja import Router, Status

from kith.launch import api as launch
from kith.people.api import may_run, standing
from kith.rest.answers import BODY, answers
from kith.rest.caller import ADMIN, ANYBODY, READER, WRITER, Asked, person, run, seen
from kith.rest.fields import Id, Slug
from kith.rest.fields_launch import LaunchSlug, OrderNo
from kith.rest.fields_share import (
    Approval,
    HowMuch,
    NewPayout,
    NewPayTo,
    NewPool,
    NewRun,
    NewSharingRule,
    OfPool,
    OfWhich,
    PayoutNo,
    SandboxEnd,
    Shows,
    Signature,
    TransferProof,
)
from kith.rest.schemas import share as schemas
from kith.share import api as share

router = Router(tags=["Shares"])
C = "/communities/{slug}"
P = C + "/payouts/{payout_no}"
POOL = C + "/pools/{pool_id}"


@router.get(f"{C}/sharing", auth=ADMIN, response=answers(schemas.Sharing, 404, 422), summary="Show who gets what")
def show_sharing(request: Asked, slug: Slug) -> dict[str, Any]:
    """Return every version of who gets what of a sale; for operators."""
    community = run(request, slug)
    sign = share.sign_of(community, share.ACK_VERSION)
    return {
        "rules": share.rules_of(community), "cap_ppm": share.CAP_PPM, "text_version": share.ACK_VERSION, "signed_by": sign.name if sign else "",
    }  # fmt: skip


@router.post(
    f"{C}/sharing", auth=ADMIN, response=answers(schemas.SharingRule, *BODY, 404, 409, status=201), summary="Decide who gets what"
)  # fmt: skip
def write_sharing(request: Asked, slug: Slug, data: NewSharingRule) -> Status[share.RuleValue]:
    """Write the next version, for what is paid from now on; for the founder."""
    cuts = [share.Cut(**cut.dict()) for cut in data.cuts]
    return Status(
        201,
        share.write_rule(
            community=run(request, slug),
            cuts=cuts,
            by=person(request),
            now=timezone.now(),
            withheld_ppm=data.withheld_ppm,
        ),
    )


@router.post(
    f"{C}/sharing/second-tier", auth=ADMIN, response=answers(schemas.Signed, *BODY, 404, 409), summary="Sign for a second tier"
)  # fmt: skip
def sign_second_tier(request: Asked, slug: Slug, data: Signature) -> share.SignValue:
    """Sign that you have read what the law says about a second tier; for the founder."""
    return share.sign_second_tier(community=run(request, slug), by=person(request), now=timezone.now(), **data.dict())


@router.get(f"{C}/orders/{{no}}/shares", auth=ADMIN, response=answers(schemas.Shares, 404, 422), summary="Show the shares of an order")  # fmt: skip
def order_shares(request: Asked, slug: Slug, no: OrderNo) -> dict[str, Any]:
    """Return who gets what of an order, by line; for operators."""
    return {"shares": share.promises_of_sale(run(request, slug), no)}


@router.get(f"{C}/my-money", auth=READER, response=answers(schemas.MyMoney, 404, 422), summary="Show your money")
def my_money(request: Asked, slug: Slug) -> share.PersonMoney:
    """Return what you have of sales: owed, promised, on its way, paid."""
    return share.money_of(seen(request, slug), person(request))


@router.put(f"{C}/my-money/pay-to", auth=WRITER, response=answers(schemas.PayTo, *BODY, 404), summary="Say where your money goes")  # fmt: skip
def set_pay_to(request: Asked, slug: Slug, data: NewPayTo) -> dict[str, str]:
    """Say where your money goes, in your own words; kept sealed."""
    return {
        "text": share.set_pay_to(community=seen(request, slug), text=data.text, by=person(request), now=timezone.now())
    }


@router.post(
    f"{C}/my-money/payouts", auth=WRITER, response=answers(schemas.Payout, *BODY, 404, 409, status=201), summary="Ask to be paid"
)  # fmt: skip
def ask_payout(request: Asked, slug: Slug, data: NewPayout) -> Status[share.PayoutValue]:
    """Ask for what is owed to you, or a part of it; sent again under its key it is the same payout."""
    made = share.ask_payout(community=seen(request, slug), by=person(request), now=timezone.now(), **data.dict())
    return Status(201, made)


@router.get(f"{C}/money", auth=ADMIN, response=answers(schemas.Money, 404, 422), summary="Show what is owed")
def show_money(request: Asked, slug: Slug) -> dict[str, Any]:
    """Return what is owed, to whom and since when, payouts to see to, fund and pools; for operators."""
    community = run(request, slug)
    return {
        "owed": share.owed(community), "open": share.payouts(community, is_open=True), "fund": share.fund_of(community),
        "pools": share.pools_of(community),
    }  # fmt: skip


@router.post(
    f"{C}/payouts", auth=ADMIN, response=answers(schemas.Payouts, *BODY, 404, 409, status=201), summary="Propose payouts"
)  # fmt: skip
def propose_payouts(request: Asked, slug: Slug, data: NewRun) -> Status[dict[str, Any]]:
    """Propose to pay everybody to whom at least so much is owed; another person approves each; for operators."""
    made = share.propose_payouts(community=run(request, slug), by=person(request), now=timezone.now(), **data.dict())
    return Status(201, {"payouts": made})


@router.get(P, auth=READER, response=answers(schemas.Payout, 404, 422), summary="Show a payout")
def show_payout(request: Asked, slug: Slug, payout_no: PayoutNo) -> share.PayoutValue:
    """Return a payout of yours, or any to who runs the community, with where it goes."""
    community, who = seen(request, slug), person(request)
    return share.payout(community, payout_no, reader=who, runs=may_run(standing(community, who)))


@router.post(f"{P}/approval", auth=ADMIN, response=answers(schemas.Payout, *BODY, 404, 409, 502), summary="Approve a payout")  # fmt: skip
def approve_payout(request: Asked, slug: Slug, payout_no: PayoutNo, data: Approval) -> share.PayoutValue:
    """Approve a payout another person made, that is not yours; a provider sends it at once; for operators."""
    return share.approve_payout(
        community=run(request, slug), no=payout_no, provider=data.provider, by=person(request), now=timezone.now()
    )


@router.post(f"{P}/proof", auth=ADMIN, response=answers(schemas.Payout, *BODY, 404, 409), summary="Prove a payout")
def prove_payout(request: Asked, slug: Slug, payout_no: PayoutNo, data: TransferProof) -> share.PayoutValue:
    """Say that an approved payout was transferred, and what it is found by; for operators."""
    return share.prove_payout(
        community=run(request, slug), no=payout_no, note=data.note, by=person(request), now=timezone.now()
    )


@router.post(f"{P}/cancel", auth=WRITER, response=answers(schemas.Payout, 404, 409, 422), summary="Call a payout off")
def cancel_payout(request: Asked, slug: Slug, payout_no: PayoutNo) -> share.PayoutValue:
    """Call off a payout that was not sent: yours while nobody approved it, any for operators."""
    return share.cancel_payout(community=seen(request, slug), no=payout_no, by=person(request), now=timezone.now())


@router.post(f"{P}/sandbox", auth=ADMIN, response=answers(schemas.Payout, *BODY, 404, 409), summary="End a payout in the sandbox")  # fmt: skip
def end_payout(request: Asked, slug: Slug, payout_no: PayoutNo, data: SandboxEnd) -> share.PayoutValue:
    """Let the sandbox pay a payout, or fail; for operators."""
    return share.end_in_sandbox(
        community=run(request, slug), no=payout_no, how=data.how, by=person(request), now=timezone.now()
    )


@router.post(
    f"{C}/pools", auth=ADMIN, response=answers(schemas.Pool, *BODY, 404, 409, status=201), summary="Make a pool"
)
def make_pool(request: Asked, slug: Slug, data: NewPool) -> Status[share.PoolValue]:
    """Make a pool for those who contribute; for the founder."""
    return Status(
        201, share.make_pool(community=run(request, slug), by=person(request), now=timezone.now(), **data.dict())
    )


@router.get(f"{POOL}/preview", auth=ADMIN, response=answers(schemas.Gifts, 404, 422), summary="Preview a pool")
def preview_pool(
    request: Asked, slug: Slug, pool_id: Id, amount_minor: HowMuch = 0, currency: OfWhich = "CNY"
) -> dict[str, Any]:  # fmt: skip
    """Return who would get what of an amount now, or of all that stands there; for operators."""
    found = share.preview_pool(
        run(request, slug), pool_id, currency=currency, amount_minor=amount_minor or None, now=timezone.now()
    )
    return {"gifts": found}


@router.post(f"{POOL}/gifts", auth=ADMIN, response=answers(schemas.PoolRun, *BODY, 404, 409, status=201), summary="Give a pool out")  # fmt: skip
def give_out(request: Asked, slug: Slug, pool_id: Id, data: OfPool) -> Status[share.PoolRunValue]:
    """Give an amount of a pool to those who contributed; it is then owed to them; for operators."""
    made = share.give_out(
        community=run(request, slug), pool_id=pool_id, by=person(request), now=timezone.now(), **data.dict()
    )
    return Status(201, made)


@router.post(f"{POOL}/pours", auth=ADMIN, response=answers(schemas.Pool, *BODY, 404, 409, status=201), summary="Put the fund into a pool")  # fmt: skip
def pour(request: Asked, slug: Slug, pool_id: Id, data: OfPool) -> Status[share.PoolValue]:
    """Put an amount of the common fund into a pool; for the founder."""
    made = share.pour(
        community=run(request, slug), pool_id=pool_id, by=person(request), now=timezone.now(), **data.dict()
    )
    return Status(201, made)


@router.get(f"{C}/my-money/statements", auth=READER, response=answers(schemas.Statements, 404, 422), summary="List your statements")  # fmt: skip
def my_statements(request: Asked, slug: Slug) -> dict[str, Any]:
    """Return your statements, newest first; each names the digest of the one before."""
    return {"statements": share.statements_of(seen(request, slug), person(request))}


@router.get(f"{C}/my-money/statements/{{currency}}/{{n}}", auth=READER, response=answers(schemas.WholeStatement, 404, 422), summary="Show a statement")  # fmt: skip
def my_statement(request: Asked, slug: Slug, currency: OfWhich, n: Id) -> share.StatementPage:
    """Return a statement of yours with its lines."""
    return share.statement(seen(request, slug), person(request), currency, n)


@router.get(f"{C}/launches/{{launch_slug}}/where", auth=ANYBODY, response=answers(schemas.WherePrices, 404, 422), summary="Show where prices go")  # fmt: skip
def where_prices_go(request: Asked, slug: Slug, launch_slug: LaunchSlug) -> dict[str, Any]:
    """Return where the prices of a launch go, for the offers the founder shows."""
    community, now = seen(request, slug), timezone.now()
    found = launch.launch_page(community, launch_slug, now=now)
    prices = {i.offer.id: (i.price_minor, launch.tax_within(i.price_minor, i.offer.tax_ppm)) for i in found.items}
    return {"where": list(share.where_it_goes(community, prices, now=now).values())}


@router.put(f"{C}/offers/{{offer_id}}/picture", auth=ADMIN, response=answers(schemas.IsShown, *BODY, 404), summary="Show where a price goes, or not")  # fmt: skip
def show_where(request: Asked, slug: Slug, offer_id: Id, data: Shows) -> dict[str, bool]:
    """Let everybody see where the price of an offer goes, or no longer; for the founder."""
    community = run(request, slug)
    if offer_id not in {o.id for o in launch.offers(community)}:
        raise launch.NoSuchOffer(sku=offer_id)
    is_shown = share.show_where(
        community=community, offer_id=offer_id, is_shown=data.is_shown, by=person(request), now=timezone.now()
    )
    return {"is_shown": is_shown}
