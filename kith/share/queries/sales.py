"""What was promised of sales."""

from django.db.models import Sum

from kith.ledger.api import AccountName
from kith.people.api import Community
from kith.share.data import Kept, Payee, PromiseValue
from kith.share.models import Promise, Sale


def account_of(payee: Payee, currency: str) -> AccountName:
    """Return where in the value book stands what somebody has of sales; the house has it in `sales`."""
    if payee.role == "house":
        return AccountName("sales", currency)
    if payee.role == "fund":
        return AccountName("pool", currency, "fund")
    if payee.role == "pool":
        return AccountName("pool", currency, "pool", payee.pool_id)
    return AccountName("share", currency, "person", payee.person_id)


def as_promise(row: Promise) -> PromiseValue:
    """Map a promise loaded with its sale."""
    sale = row.sale
    return PromiseValue(
        row.pk, sale.key, row.n, Payee(row.role, row.person_id or 0, row.pool_id or 0), row.rate_ppm, row.amount_minor, row.kept_minor,
        row.borne_minor, sale.currency, sale.state, sale.paid_at, sale.due_at, sale.released_at,
    )  # fmt: skip


def sale_row(community: Community, key: str) -> Sale | None:
    return Sale.objects.filter(community=community, key=key).first()


def promises_of_sale(community: Community, key: str) -> list[PromiseValue]:
    """Return who gets what of a sale, by line; empty when nothing of it is shared. One query."""
    rows = Promise.objects.select_related("sale").filter(community=community, sale__key=key)
    return [as_promise(row) for row in rows.order_by("n", "pk")]


def kept(community: Community) -> Kept:
    """Return what is left of every line that was shared, all promises and the house together: for audits."""
    rows = Promise.objects.filter(community=community).values_list("sale__key", "n").annotate(Sum("kept_minor"))
    return {(key, n): total for key, n, total in rows.order_by()}
