"""What people contributed, as a pool counts it, and what pools gave out."""

from datetime import datetime

import numpy as np
from django.db.models import Sum

from kith.energy import api as energy
from kith.ledger import api as ledger
from kith.ledger.api import AccountName
from kith.people.api import Community, standings
from kith.share.data import GiftValue, NoSuchPayee, PoolRunValue, PoolValue
from kith.share.models import Gift, Pool, PoolRun
from kith.share.queries.money import currencies_of, scale_of
from kith.share.rules import pooling

DAY_SECONDS = 86_400


def pool_account(pool_id: int, currency: str) -> AccountName:
    return AccountName("pool", currency, "pool", pool_id)


def as_pool(row: Pool, there: dict[tuple[int, str], int]) -> PoolValue:
    held = {c: n for (pk, c), n in there.items() if pk == row.pk}
    return PoolValue(row.pk, row.name, row.policy, row.window_days, {c: (n, scale_of(c)) for c, n in held.items()})


def pools_of(community: Community) -> list[PoolValue]:
    """Return the pools and what stands in them, by name. One query and two a currency."""
    there = {
        (a.name.owner_id, c): a.balance_minor
        for c in currencies_of(community) for a in ledger.accounts(community, role="pool", asset=c) if a.name.owner_kind == "pool"
    }  # fmt: skip
    return [as_pool(row, there) for row in Pool.objects.filter(community=community).order_by("name")]


def fund_of(community: Community) -> dict[str, tuple[int, int]]:
    """Return what stands in the fund: amount and scale by currency."""
    found = {c: ledger.balance(community, AccountName("pool", c, "fund")) for c in currencies_of(community)}
    return {c: (n, scale_of(c)) for c, n in found.items()}


def pool_row(community: Community, pool_id: int) -> Pool:
    """Return a pool.

    Raises:
        NoSuchPayee: there is none here.

    """
    found = Pool.objects.filter(community=community, pk=pool_id).first()
    if found is None:
        raise NoSuchPayee
    return found


def contributions(community: Community, window_days: int, now: datetime) -> pooling.Points:
    """Return what each present member contributed, by window back from now. Reads the whole energy book once."""
    acts = energy.columns(community)
    whom = np.array([_whom(kind) for kind in acts.kinds], dtype=np.int64)[acts.kind]
    credited = np.where(whom == 0, acts.actor, acts.other)
    giver = np.where(whom == 0, acts.other, acts.actor)
    back = ((now.timestamp() - acts.at) // (window_days * DAY_SECONDS)).astype(np.int64)
    milli = np.rint(np.where(whom < 0, 0, acts.weight * pooling.MILLI)).astype(np.int64)
    found = pooling.points(credited, giver, back, milli)
    here = standings(community, found)
    return {p: of for p, of in found.items() if p in here and not here[p].is_bot and not here[p].is_imported}


def _whom(kind: str) -> int:
    return {"actor": 0, "other": 1}.get(pooling.REWARDED.get(kind, ""), -1)


def paid_by(row: Pool, currency: str) -> dict[int, int]:
    """Return what a pool gave to each so far."""
    found = Gift.objects.filter(run__pool=row, run__currency=currency).order_by().values_list("person")
    return dict(found.annotate(Sum("amount_minor")))


def preview_pool(community: Community, pool_id: int, *, currency: str, now: datetime, amount_minor: int | None = None) -> list[GiftValue]:  # fmt: skip
    """Return who would get what of an amount now, or of all that stands there, most first.

    Raises:
        NoSuchPayee, NothingPaidInCurrency: there is no such pool here, or no such money.

    """
    row = pool_row(community, pool_id)
    scale_of(currency)
    amount = ledger.balance(community, pool_account(row.pk, currency)) if amount_minor is None else amount_minor
    given = contributions(community, row.window_days, now)
    parts = pooling.given_out(row.policy, given, paid_by(row, currency), amount)
    names = standings(community, parts)
    found = [GiftValue(p, names[p].name, sum(given[p].values()), n) for p, n in parts.items()]
    return sorted(found, key=lambda g: (-g.amount_minor, g.name))


def pool_runs(community: Community, limit: int = 20) -> list[PoolRunValue]:
    """Return what pools gave out, newest first. Two queries."""
    rows = PoolRun.objects.select_related("pool", "by").prefetch_related("gifts__person").filter(community=community)
    return [
        PoolRunValue(
            r.pk, r.pool.name, r.policy, r.currency, scale_of(r.currency), r.amount_minor, r.by.name, r.at,
            tuple(
                GiftValue(g.person_id, g.person.name, g.points, g.amount_minor)
                for g in sorted(r.gifts.all(), key=lambda g: (-g.amount_minor, g.person.name))
            ),
        ) for r in rows.order_by("-pk")[:limit]
    ]  # fmt: skip
